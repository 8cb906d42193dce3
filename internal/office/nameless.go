package office

import (
	"context"
	"strings"

	"yifa/internal/disclosure"
	"yifa/internal/i18n"
	"yifa/internal/store"
)

// nameless holds texts that go to others, such as another organ, to what the law says of them: what may tell who somebody
// is does not stand there, or a text beside them says why (ptsd/285). It tells what it found, and at which field.
func (o *Office) nameless(ctx context.Context, r Reader, a Act) error {
	if a.Matter == 0 || !o.law.Nameless(a.Act) {
		return nil
	}
	bad := BadFields{}
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.stand(ctx, q, r, a.Matter)
		if err != nil {
			return err
		}
		acts := d.w.p.Acts(a.Act)
		if len(acts) == 0 {
			return nil
		}
		for _, f := range d.w.p.Form(acts[0]).NamelessTexts() {
			if strings.TrimSpace(strings.Join(a.Fields[f.Nameless], "")) != "" {
				continue
			}
			if found := disclosure.Find(strings.Join(a.Fields[f.Name], "\n")); len(found) > 0 {
				bad[f.Name] = i18n.T(r.Lang, "office.disclosure.leaves", "what", d.marked(found))
			}
		}
		return nil
	})
	if err == nil && len(bad) > 0 {
		return bad
	}
	return notFound(err)
}

// marked names what was found in a text, each thing once.
func (d *dossier) marked(found []disclosure.Mark) string {
	const most = 5
	var out []string
	seen := map[string]bool{}
	for _, m := range found {
		if !seen[m.Text] && len(out) < most {
			out = append(out, i18n.T(d.r.Lang, "office.disclosure.mark_of", "words", m.Text, "kind", d.kindOf(m.Kind)))
		}
		seen[m.Text] = true
	}
	return strings.Join(out, i18n.T(d.r.Lang, "office.list_comma"))
}
