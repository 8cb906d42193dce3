package office

import (
	"context"
	"regexp"
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// placeholder is a field in a document's template: {organ}, {due:answer}, {cite:rating}.
var placeholder = regexp.MustCompile(`\{([a-z_0-9]+)(?::([a-z_0-9]+))?\}`)

// Document is an official paper in its first form: a readable page, filled from the entry that made
// it and from nothing later.
func (o *Office) Document(ctx context.Context, r Reader, id matter.ID, seq int) (DocumentText, error) {
	var out DocumentText
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, id)
		if err != nil {
			return err
		}
		e, known := d.entry(seq)
		if !known {
			return ErrNotFound
		}
		view, made := d.document(e)
		if !made {
			return ErrNotFound
		}
		out = DocumentText{DocumentView: view, Matter: d.view().Brief}
		template, err := d.template(view.Name)
		if err != nil {
			return err
		}
		// An official paper is Chinese whatever language the page around it has.
		d.w.lang, d.r.Lang = i18n.ZhHans, i18n.ZhHans
		lines := strings.Split(strings.TrimSpace(d.fillIn(template, e, view)), "\n")
		out.Issuer, out.Title = lines[0], d.w.document(view.Name)
		for _, line := range lines[1:] {
			line = strings.TrimSpace(line)
			if line != "" && line != out.Title && line != view.Number {
				out.Paras = append(out.Paras, line)
			}
		}
		return nil
	})
	return out, notFound(err)
}

// template is the text of a document in the very version the matter is decided under.
func (d *dossier) template(name string) (string, error) {
	def := d.w.p.Documents.Get(name)
	if def == nil {
		return "", ErrNotFound
	}
	raw, err := d.o.readLaw(d.w.p.Dir + "/" + def.Template)
	return string(raw), err
}

// fillIn fills a template. A field that is not known stays out; a line that only held it disappears.
func (d *dossier) fillIn(template string, e matter.Entry, view DocumentView) string {
	var out []string
	for _, line := range strings.Split(template, "\n") {
		empty := true
		filled := placeholder.ReplaceAllStringFunc(line, func(m string) string {
			part := placeholder.FindStringSubmatch(m)
			v := d.documentField(part[1], part[2], e, view)
			empty = empty && v == ""
			return v
		})
		if !placeholder.MatchString(line) || !empty {
			out = append(out, filled)
		}
	}
	return strings.Join(out, "\n")
}

// documentField is the value of one field as it stood when the entry was made.
func (d *dossier) documentField(name, of string, e matter.Entry, view DocumentView) string {
	switch name {
	case "organ":
		return d.o.organName(d.r.Lang, d.holderAt(e.Seq))
	case "document_number":
		return view.Number
	case "matter_number":
		return d.st.Number("matter")
	case "title":
		return d.title()
	case "received":
		return i18n.DateYear(d.r.Lang, d.st.Opened.Day)
	case "day":
		return i18n.DateYear(d.r.Lang, e.Happened.Day)
	case "feedback":
		return i18n.T(d.r.Lang, "office.feedback")
	case "due":
		if c, known := e.Delta.Clocks[of]; known && !c.Due.IsZero() {
			return i18n.DateFull(d.r.Lang, c.Due)
		}
		if c, known := d.st.Clocks[of]; known && !c.Due.IsZero() {
			return i18n.DateFull(d.r.Lang, c.Due)
		}
		return ""
	case "cite":
		if c, known := d.st.Clocks[of]; known {
			if _, t, err := d.o.law.Book.Term(c.Term, c.Anchor); err == nil {
				return d.o.cite(d.r.Lang, t.Cite.String(), e.Happened.Day).Text
			}
		}
		return ""
	}
	if t := d.textOf(e.Seq, name); t != "" {
		return t
	}
	for _, facts := range []matter.Facts{e.Given, e.Delta.Facts, d.st.Facts} {
		if values := facts.List(name); len(values) > 0 {
			return d.w.list(name, values)
		}
	}
	return d.text(name)
}

// holderAt is the organ that held the matter when an entry was made.
func (d *dossier) holderAt(seq int) string {
	holder := ""
	for _, s := range d.entries {
		if s.Entry.Seq <= seq && s.Entry.Delta.Holder != "" {
			holder = s.Entry.Delta.Holder
		}
	}
	return holder
}
