package office

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// unnamed are the files of an attempt, and where an anonymous filer sends them, without the names they had: a name can tell
// who she is, and when and with what a picture was taken. The record never holds it.
func unnamed(st matter.State, try procedure.Attempt) map[string][]matter.File {
	identity := append(slices.Clone(try.Fields["identity"]), st.Facts.List("identity")...)
	if try.By.Person != matter.PersonFiler || !slices.Contains(identity, "anonymous") {
		return try.Files
	}
	out := map[string][]matter.File{}
	for _, field := range sortedKeys(try.Files) {
		n, own := 0, ""
		for _, f := range try.Files[field] {
			if !f.Clean || f.Name != own { // the clean copy stands behind its original
				n++
			}
			own = f.Name
			kind, _, _ := strings.Cut(f.Media, "/")
			if !slices.Contains([]string{"image", "video", "audio"}, kind) {
				kind = "other"
			}
			f.Name = fmt.Sprint(i18n.T(i18n.ZhHans, "office.unnamed."+kind), n, path.Ext(f.Name))
			out[field] = append(out[field], f)
		}
	}
	return out
}
