package desk

import (
	"encoding/csv"
	"errors"
	"net/http"
	"strings"

	"yifa/internal/access"
	"yifa/internal/door"
	"yifa/internal/identity"
	"yifa/internal/office"
	"yifa/internal/web"
)

const (
	importPath = "/desk/import"
	filesField = "files"
)

// importView is the page on which a table is sent in.
type importView struct {
	From   web.Crumb // the page that leads here
	Kinds  []string
	Fields []web.Field
	Errors []web.FieldError
}

// importPage serves GET /desk/import.
func (d *Desk) importPage(v visit) error {
	return d.showImport(v, http.StatusOK, nil)
}

func (d *Desk) showImport(v visit, status int, bad office.BadFields) error {
	may := office.ImportKinds(v.reader)
	if len(may) == 0 {
		return web.NotFound
	}
	chosen := v.PostForm.Get("kind")
	if chosen == "" {
		chosen = v.URL.Query().Get("kind")
	}
	kinds := web.Field{Kind: web.Radios, Name: "kind", Label: v.t("import.kind"), Value: chosen, Error: bad["kind"]}
	for _, k := range may {
		kinds.Options = append(kinds.Options, web.Option{Value: k, Label: v.t("import.kind." + k), Hint: v.t("import.kind_hint." + k)})
	}
	if len(may) == 1 {
		kinds.Value = may[0]
	}
	out := importView{From: web.Crumb{Path: organsPath, Text: v.t("people.organs")}, Kinds: may, Fields: []web.Field{kinds,
		{Kind: web.FileField, Name: filesField, Label: v.t("import.file"), Hint: v.t("import.file_hint"), Accept: ".xlsx,.csv", Error: bad[filesField]},
		{Kind: web.AreaField, Name: "reason", Label: v.t("import.reason"), Hint: v.t("import.reason_hint"), Rows: 3, Max: 200, Value: door.Clean(v.PostForm.Get("reason")), Error: bad["reason"], Sees: web.SeenByStaff},
	}}
	if !v.reader.May(access.People) {
		out.From = web.Crumb{Path: recordPath, Text: v.t("desk.nav_record")}
	}
	out.Errors = web.FieldErrors(out.Fields)
	return v.show(page{status: status, title: v.t("import.title"), nav: out.From.Path, content: importingPage(out)})
}

// importTable serves POST /desk/import: the table is read, and what is wrong with it told; nothing is written yet.
func (d *Desk) importTable(v visit) error {
	if len(office.ImportKinds(v.reader)) == 0 {
		return web.NotFound
	}
	file := office.Upload{}
	if sent := v.sent.Uploads[filesField]; len(sent) > 0 {
		file = sent[0]
	}
	if v.sent.TooLarge == filesField {
		return d.showImport(v, http.StatusBadRequest, office.BadFields{filesField: v.t("import.fault.large")})
	}
	id, err := d.Office.Import(v.Context(), v.reader, v.PostForm.Get("kind"), door.Clean(v.PostForm.Get("reason")), file)
	var bad office.BadFields
	if errors.As(err, &bad) {
		if bad[filesField] == "" && file.Body != nil {
			bad[filesField] = v.t("desk.files_again")
		}
		return d.showImport(v, http.StatusBadRequest, bad)
	}
	if err != nil {
		return missing(err)
	}
	return v.redirect(orderPath + "/" + id)
}

// importTemplate serves GET /desk/import/{kind}/template.xlsx: an empty table.
func (d *Desk) importTemplate(v visit) error {
	data, err := d.Office.ImportTemplate(v.Context(), v.reader, v.PathValue("kind"))
	if err != nil {
		return missing(err)
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	h.Set("Content-Disposition", `attachment; filename="`+v.PathValue("kind")+`.xlsx"`)
	_, err = v.w.Write(data)
	return err
}

// startOrder serves POST /desk/orders/{order}: the table's owner lets its good rows be taken.
func (d *Desk) startOrder(v visit) error {
	id := v.PathValue("order")
	err := d.Office.StartImport(v.Context(), v.reader, id)
	if errors.Is(err, office.ErrNotFound) { // pressed twice, it runs already
		_, err = d.Office.Order(v.Context(), v.reader, id)
	}
	if err != nil {
		return missing(err)
	}
	return v.redirect(orderPath + "/" + id)
}

// given serves POST /desk/orders/{order}/given: the passwords or receipt codes an import drew, once, as a table.
func (d *Desk) given(v visit) error {
	list, err := d.Office.TakeGiven(v.Context(), v.reader, v.PathValue("order"))
	if err != nil {
		return missing(err)
	}
	rows := [][]string{{v.t("import.name"), v.t("import.login"), v.t("account.given")}}
	if list[0].Kind == office.ImportHanded {
		rows = [][]string{{v.t("import.reference"), v.t("desk.receipt")}}
	}
	for _, one := range list {
		if one.Kind == office.ImportHanded {
			rows = append(rows, []string{plainCell(one.Name), groupedCode(one.Secret)})
		} else {
			rows = append(rows, []string{plainCell(one.Name), one.Login, one.Secret})
		}
	}
	web.Secret(v.w)
	v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="given.csv"`)
	if _, err := v.w.Write([]byte("\ufeff")); err != nil { // programs for tables read UTF-8 only so
		return err
	}
	return csv.NewWriter(v.w).WriteAll(rows)
}

// groupedCode is a receipt code in groups, as it stands on a slip; so no program for tables takes it for a number.
func groupedCode(code string) string {
	if c, err := identity.ParseReceiptCode(code); err == nil {
		return c.Grouped()
	}
	return code
}

// plainCell keeps a program for tables from computing a cell that begins like a formula.
func plainCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// confirmOrgans serves POST /desk/organs/confirm: a second administrator confirms all that wait for one.
func (d *Desk) confirmOrgans(v visit) error {
	id, err := d.Office.ConfirmEntered(v.Context(), v.reader)
	if err != nil {
		return missing(err)
	}
	return v.redirect(orderPath + "/" + id)
}
