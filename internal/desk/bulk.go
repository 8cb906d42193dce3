package desk

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// maxBulk is how many matters one form may name.
const maxBulk = 100

// newKey is an idempotency key for one showing of a form.
func newKey() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func pickValue(b office.Brief) string { return b.ID.String() + ":" + strconv.Itoa(b.Rev) }

// picked is one matter chosen, with the revision the page showed.
type picked struct {
	Value string
	ID    matter.ID
	Rev   int
	Brief office.Brief
}

// bulkView is an act on many matters: first its form, then what came of it.
type bulkView struct {
	Label  string
	Act    string
	Key    string
	Back   string
	Picked []picked
	Form   formView
	Rows   []bulkRow
	Done   int
}

// bulkRow says what happened to one matter.
type bulkRow struct {
	Title, Path string
	Meta        []string
	Done        bool
	Text        string
}

// bulk serves POST /desk/bulk: shows the form of the act where it has one, and does it once that is filled.
func (d *Desk) bulk(v visit) error {
	out := bulkView{Act: v.PostForm.Get("act"), Key: v.PostForm.Get("key"), Back: backTo(v.PostForm.Get("back"))}
	form, err := d.pick(v, &out)
	if err != nil {
		return err
	}
	if len(out.Picked) == 0 {
		return v.show(page{status: http.StatusBadRequest, title: v.t("desk.bulk"), nav: "/desk/matters", content: bulkNonePage(out)})
	}
	out.Label = form.Act.Label
	values := door.Typed(v.Request, form.Fields)
	switch {
	case len(form.Fields) > 0 && v.PostForm.Get("filled") == "":
		return d.showBulk(v, out, form, http.StatusOK)
	case v.unsure != "":
		return d.bulkUnsure(v, out, form, values)
	}
	revs := map[matter.ID]int{}
	for _, p := range out.Picked {
		revs[p.ID] = p.Rev
	}
	results := map[matter.ID]error{}
	for _, r := range d.Office.PerformEach(v.Context(), v.reader, revs, office.Act{Act: out.Act, Fields: values, Key: out.Key}) {
		results[r.ID] = r.Err
		if errors.Is(r.Err, office.ErrProve) { // sent once more it has the same key: what is done is not done twice
			return d.bulkUnsure(v, out, form, values)
		}
	}
	var bad office.BadFields
	if errors.As(results[out.Picked[0].ID], &bad) { // the same answers for all: wrong once is wrong everywhere
		form.Fields = typedInto(form.Fields, values)
		out.Key = newKey()
		return d.showBulk(v, out, form.BadForm(bad), http.StatusBadRequest)
	}
	for _, p := range out.Picked {
		row, err := v.bulkRow(p, results[p.ID])
		if err != nil {
			return err
		}
		if row.Done {
			out.Done++
		}
		out.Rows = append(out.Rows, row)
	}
	return v.show(page{title: out.Label, nav: "/desk/matters", content: bulkDonePage(out)})
}

// pick reads the matters chosen, those the reader may know of, and gives the form of the act.
func (d *Desk) pick(v visit, out *bulkView) (office.FormView, error) {
	var form office.FormView
	seen := map[matter.ID]bool{}
	for _, value := range v.PostForm["m"] {
		idText, revText, _ := strings.Cut(value, ":")
		id, err := matter.ParseID(idText)
		rev, err2 := strconv.Atoi(revText)
		if err != nil || err2 != nil || seen[id] {
			continue
		}
		if seen[id] = true; len(seen) > maxBulk {
			return form, web.BadInput("m", "desk.bulk_too_many", "n", maxBulk)
		}
		one, err := d.Office.Form(v.Context(), v.reader, id, out.Act, nil)
		if errors.Is(err, office.ErrNotFound) {
			continue
		}
		if err != nil {
			return form, err
		}
		if len(out.Picked) == 0 {
			form = one
		}
		out.Picked = append(out.Picked, picked{value, id, rev, one.Matter})
	}
	return form, nil
}

// bulkUnsure asks who sends an act on many matters, and keeps what was typed.
func (d *Desk) bulkUnsure(v visit, out bulkView, form office.FormView, values map[string][]string) error {
	form.Fields, form.Prove = typedInto(form.Fields, values), true
	return d.showBulk(v, out, form, http.StatusUnauthorized)
}

// typedInto gives questions the answers typed.
func typedInto(fields []office.FieldView, values map[string][]string) []office.FieldView {
	for i := range fields {
		fields[i].Value = values[fields[i].Name]
	}
	return fields
}

func (d *Desk) showBulk(v visit, out bulkView, form office.FormView, status int) error {
	form.Refusal = nil // said of each matter once it is tried
	out.Form = formOf(v.Context(), form)
	if form.Prove {
		if err := d.askProof(v, &out.Form); err != nil {
			return err
		}
	}
	if status == http.StatusUnauthorized {
		v.asked(&out.Form)
	}
	return v.show(page{status: status, title: out.Label, nav: "/desk/matters", content: bulkFormPage(out)})
}

// bulkRow words what came of one matter.
func (v visit) bulkRow(p picked, err error) (bulkRow, error) {
	row := bulkRow{Title: p.Brief.Title, Path: matterPath(p.ID), Meta: []string{p.Brief.Number, p.Brief.Stage}}
	var refused *office.Refused
	var bad office.BadFields
	switch {
	case err == nil:
		row.Done, row.Text = true, v.t("desk.bulk_done")
	case errors.As(err, &refused):
		row.Text = refused.View.Said()
	case errors.Is(err, matter.ErrConflict):
		row.Text = v.t("desk.bulk_conflict")
	case errors.Is(err, office.ErrNotFound):
		row.Text = v.t("desk.bulk_gone")
	case errors.Is(err, office.ErrKeyReused):
		row.Text = v.t("desk.bulk_again")
	case errors.As(err, &bad):
		row.Text = i18n.Sentences(i18n.From(v.Context()), slices.Sorted(maps.Values(bad))...)
	default:
		return row, err
	}
	return row, nil
}
