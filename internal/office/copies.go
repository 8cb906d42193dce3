package office

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// copies are the redacted copies that count, by the file they are of: the newest one that was not taken back (ptsd/201).
func (d *dossier) copies() map[string]FileRef {
	out := map[string]FileRef{}
	for _, s := range d.entries {
		if _, voided := d.st.Voided[s.Entry.Seq]; voided {
			continue
		}
		for _, p := range d.parts[s.Entry.Seq] {
			for i, f := range p.Files {
				if f.Of != "" {
					out[f.Of] = FileRef{s.Entry.Seq, p.Class, i}
				}
			}
		}
	}
	return out
}

// onlyNewest leaves whoever reads from outside nothing of a redacted copy that does not count: it may show what the newer
// one covers.
func (d *dossier) onlyNewest() {
	if !d.outside && d.r.Filer == 0 {
		return
	}
	newest := d.copies()
	for seq, parts := range d.parts {
		for _, p := range parts {
			for i, f := range p.Files {
				if f.Of != "" && newest[f.Of] != (FileRef{seq, p.Class, i}) {
					p.Files[i] = matter.File{Of: f.Of, Name: f.Name}
				}
			}
		}
	}
}

// volumeOfFile is the volume a file lies in: a redacted copy takes the place of the file it is of, which stays inside with
// the copies that count no more (ptsd/202).
func volumeOfFile(f FileView, copies map[string]FileRef) string {
	ref := FileRef{f.Seq, f.Class, f.Index}
	newest, covered := copies[ref.String()]
	switch is := volumeOf(f.Class); {
	case is == VolumeMain && (f.Former || covered && newest != ref):
		return VolumeInside
	default:
		return is
	}
}

// saidCover words what was painted over: the file, and for each reason how many places on which pages.
func (d *dossier) saidCover(form *procedure.Form, f *procedure.Field, answer string) string {
	c, key, _ := f.ParseCover(answer)
	if key != "" {
		return answer
	}
	name := ""
	for _, p := range d.parts[c.Seq] {
		if p.Class == c.Class && c.Index < len(p.Files) {
			name = p.Files[c.Index].Name
		}
	}
	lines := []string{name}
	for _, option := range f.Options {
		n, pages := 0, []int{}
		for _, m := range c.Marks {
			if m.Reason == option.Value && m.Text == "" {
				n++
				pages = append(pages, m.Page)
			}
		}
		if n == 0 {
			continue
		}
		slices.Sort(pages)
		var list []string
		for _, page := range slices.Compact(pages) {
			list = append(list, fmt.Sprint(page))
		}
		lines = append(lines, i18n.T(d.r.Lang, "office.cover.said", "reason", d.w.option(form, f, option).Label, "n", strconv.Itoa(n), "pages", strings.Join(list, i18n.T(d.r.Lang, "office.list_comma"))))
	}
	return strings.Join(lines, i18n.T(d.r.Lang, "office.list_items"))
}
