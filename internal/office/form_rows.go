package office

import (
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/procedure"
)

// columns says what stands in each line of rows, in its order; "" where nothing does.
func (w words) columns(form *procedure.Form, f *procedure.Field) string {
	if len(f.Columns) == 0 {
		return ""
	}
	var out []string
	for _, c := range f.Columns {
		label := w.text("forms." + form.Name + ".fields." + f.Name + ".columns." + c.Name + ".label")
		if !c.Required {
			label += i18n.T(w.lang, "web.optional")
		}
		if len(c.Options) > 0 {
			label = i18n.T(w.lang, "office.rows_options", "label", label, "options", c.Choices())
		}
		out = append(out, label)
	}
	return i18n.T(w.lang, "office.rows", "columns", strings.Join(out, " | "))
}
