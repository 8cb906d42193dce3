package office_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yifa/internal/access"
	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
	"yifa/internal/store"
)

// word is a canary of the worked cases: one for each text and each name of a file that a step gives.
var word = regexp.MustCompile(`qx[0-9]+qx`)

// marked is a worked case with a canary in every text it gives and in every one it could give beside; fields are the
// questions it answers so.
func marked(one worked.Case, n *int) (out worked.Case, fields map[string]bool) {
	out, fields = one, map[string]bool{}
	lines := map[string]string{}
	out.Lines = slices.Clone(one.Lines)
	for i, line := range out.Lines {
		if line.Step == nil {
			continue
		}
		step := *line.Step
		step.Fields, step.Files = maps.Clone(step.Fields), maps.Clone(step.Files)
		if step.Fields == nil {
			step.Fields = map[string][]string{}
		}
		if step.Files == nil {
			step.Files = map[string][]string{}
		}
		out.Lines[i].Step = &step
		acts := step.Procedure.Acts(step.Act)
		if len(acts) == 0 || step.Procedure.Form(acts[0]) == nil {
			continue
		}
		form := step.Procedure.Form(acts[0])
		for _, f := range form.Fields {
			given, names, beside := step.Fields[f.Name], step.Files[f.Name], !f.Required && f.Show == "" && step.Refused == nil
			switch {
			case f.Class == procedure.Clear:
				continue
			case f.Type == "filling":
				for name, given := range step.Fields {
					if strings.HasPrefix(name, f.Name+".") && f.Takes == "" {
						*n++
						step.Fields[name] = []string{strings.Join(given, "") + fmt.Sprintf(" qx%dqx", *n)}
					}
				}
			case (f.Type == "text" || f.Type == "longtext") && (len(given) == 1 && given[0] != "" || len(given) == 0 && beside):
				*n++
				step.Fields[f.Name] = []string{strings.TrimSpace(strings.Join(given, "") + fmt.Sprintf(" qx%dqx", *n))}
			case f.Type == "rows" && len(given) == 1:
				step.Fields[f.Name] = []string{rowsMarked(f, given[0], lines, n)}
				handed(acts[0], f, fields, step.Refused == nil)
			case f.Type == "files" && (len(names) > 0 || beside):
				*n++
				if f.Max > 0 { // no more than it takes
					names = names[:min(len(names), f.Max-1)]
				}
				step.Files[f.Name] = append(slices.Clone(names), fmt.Sprintf("qx%dqx.png", *n))
			default:
				continue
			}
			name := step.Procedure.ID + " " + form.Name + "." + f.Name
			fields[name] = fields[name] || step.Refused == nil
			handed(acts[0], f, fields, step.Refused == nil)
		}
	}
	return out, fields
}

// rowsMarked are lines with a canary in every cell that is a text; the same cell has the same one throughout a case, or a
// line that is known again would be another.
func rowsMarked(f *procedure.Field, text string, known map[string]string, n *int) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		cells := strings.Split(line, "|")
		for i := range min(len(cells), len(f.Columns)) {
			if len(f.Columns[i].Options) > 0 || cells[i] == "" {
				continue
			}
			if known[cells[i]] == "" {
				*n++
				known[cells[i]] = fmt.Sprintf("%s qx%dqx", cells[i], *n)
			}
			cells[i] = known[cells[i]]
		}
		out = append(out, strings.Join(cells, "|"))
	}
	return strings.Join(out, "\n")
}

// handed notes which fields of the acts that an act opens get their texts from a field of it, or from the lines of one.
func handed(a *procedure.Act, f *procedure.Field, fields map[string]bool, done bool) {
	for _, o := range a.Opens {
		for name, from := range o.Given.Each {
			column, is := strings.CutPrefix(*from, "each:")
			if *from == "field:"+f.Name || is && o.Each == f.Name && column != "id" {
				at := o.Procedure + " " + o.Act + "." + name
				fields[at] = fields[at] || done
			}
		}
	}
}

// covering are as few worked cases as give every text field that some case gives, each with its canaries.
func covering(t *testing.T, l *procedure.Law) []worked.Case {
	t.Helper()
	all, faults := worked.Load(l)
	for _, f := range faults {
		t.Error(f)
	}
	n, missing, seen := 0, 0, map[string]bool{}
	var out []worked.Case
	for _, one := range all {
		if one.Begins.Subject.Shard == "zero" {
			continue // registers hold no texts but for their administrators
		}
		m, fields := marked(one, &n)
		fresh := false
		for name, done := range fields {
			if done && !seen[name] {
				seen[name], fresh = true, true
			}
		}
		if fresh {
			out = append(out, m)
		}
	}
	for _, p := range l.All() {
		for _, texts := range access.TableOf(p).Texts {
			for _, x := range texts {
				f := p.Forms[x.Form].Field(x.Field)
				if p.Subject.Shard != "zero" && (f.Type == "text" || f.Type == "longtext" || f.Type == "files") && !seen[p.ID+" "+x.Form+"."+x.Field] {
					missing++
					t.Logf("no worked case gives %s of form %s of %s: it holds no canary", x.Field, x.Form, p.ID)
				}
			}
		}
	}
	// What is left is asked only by acts of other matters, or beside an answer no case gives.
	if len(seen) < 100 || missing > 24 {
		t.Fatalf("%d fields with a canary, %d without", len(seen), missing)
	}
	return out
}

// held is where a canary lies: in which part of which entry of which matter.
type held struct {
	id     matter.ID
	seq    int
	class  matter.Class
	filers bool // the filer wrote it, or it is of the entry that began the matter
}

// where finds every canary in the record.
func where(t *testing.T, c *officetest.City, ids []matter.ID) map[string][]held {
	t.Helper()
	out := map[string][]held{}
	for _, id := range ids {
		parts, err := c.Office.Opened(t.Context(), id)
		must(t, err)
		for seq, list := range parts {
			by := c.State(id).Done[0].By
			for _, d := range c.State(id).Done {
				if d.Seq == seq {
					by = d.By
				}
			}
			for _, p := range list {
				for _, w := range word.FindAllString(fmt.Sprintf("%+v %+v", p.Fields, p.Files), -1) {
					out[w] = append(out[w], held{id, seq, p.Class, seq == 1 || by.Person == matter.PersonFiler})
				}
			}
		}
	}
	return out
}

// mayMeet says whether a reader may read a canary that lies there, by the rows of rights and the rule of access alone.
func mayMeet(t *testing.T, c *officetest.City, r office.Reader, at held) bool {
	t.Helper()
	var rows []matter.Access
	must(t, c.DB.Read(t.Context(), func(q *store.Query) (err error) { rows, err = q.AccessTo(t.Context(), at.id); return err }))
	if at.class == matter.Public && slices.ContainsFunc(rows, func(a matter.Access) bool { return a.Holder == "public" && !a.Deny }) {
		return c.State(at.id).Stage != "withdrawn"
	}
	rights := access.To(rows, access.Reader{Keys: r.Keys(), On: c.Office.Today()})
	if r.Filer != at.id && !rights.Read {
		return false
	}
	extent := access.Stand(r.Filer == at.id, r.Official(), rights).Sees(at.class)
	return extent == access.All || extent == access.Own && at.filers
}

// TestLeaksOfCases: of every text and every name of a file that the worked cases of every procedure give, nobody meets
// one that lies in a part he may not read, by whatever the office tells: pages, forms, papers, lists, search, figures.
func TestLeaksOfCases(t *testing.T) {
	t.Parallel()
	law := officetest.New(t).Law
	met := map[string]bool{}
	for _, one := range covering(t, law) {
		c := officetest.New(t)
		c.Clock.Set(demo.Begin.Midnight().Add(8 * time.Hour))
		people(t, c, one)
		played, faults := worked.Play(t.Context(), c.Law, one, performer{c})
		for _, f := range faults {
			t.Error(f)
		}
		must(t, c.Office.Work(t.Context()))
		ids := everyMatter(t, c)
		if len(played) == 0 || len(ids) == 0 {
			t.Errorf("%s: no matter", one.Name)
		}
		lies := where(t, c, ids)
		for name, r := range readersOf(c, one, ids) {
			var said strings.Builder
			for _, id := range ids {
				if r.Filer == 0 || r.Filer == id {
					said.WriteString(everything(t, c, r, id))
				}
			}
			for w := range lies {
				list, err := c.Office.List(t.Context(), r, office.Filter{Query: w, Closed: "all"})
				must(t, err)
				for _, row := range list.Rows {
					if !slices.ContainsFunc(lies[w], func(h held) bool {
						return h.id == row.ID && mayMeet(t, c, r, h) && slices.Contains(access.Searched, h.class)
					}) {
						t.Errorf("%s: %s finds %s by %s, which lies in %+v", one.Name, name, row.ID, w, lies[w])
					}
				}
			}
			for _, w := range slices.Compact(slices.Sorted(slices.Values(word.FindAllString(said.String(), -1)))) {
				met[w] = true
				if !slices.ContainsFunc(lies[w], func(h held) bool { return mayMeet(t, c, r, h) }) {
					t.Errorf("%s: %s meets %s, which lies in %+v", one.Name, name, w, lies[w])
				}
			}
		}
	}
	if len(met) < 50 {
		t.Errorf("only %d canaries were met by anybody", len(met))
	}
}

// everyMatter are all matters of a city but those of the registers.
func everyMatter(t *testing.T, c *officetest.City) []matter.ID {
	t.Helper()
	var ids []matter.ID
	must(t, c.DB.Read(t.Context(), func(q *store.Query) error {
		return q.EachMatter(t.Context(), 1, 1023, func(row store.Row, _ matter.State) error { ids = append(ids, row.ID); return nil })
	}))
	return ids
}

// readersOf are everybody a case names, one of each other kind, the filers, and the public.
func readersOf(c *officetest.City, one worked.Case, ids []matter.ID) map[string]office.Reader {
	out := map[string]office.Reader{"the public": c.Office.Public(i18n.ZhHans)}
	for _, person := range []string{officetest.Officer2, officetest.Leader, officetest.Intake, officetest.Stranger, "luo-jingyi", "zhong-lingyun"} {
		out[person] = c.As(person)
	}
	for _, p := range one.Posts {
		out[p.Person] = c.As(p.Person)
	}
	for _, id := range ids {
		if p, err := c.Law.ByKey(c.State(id).Procedure); err == nil && slices.Contains(access.TableOf(p).Who, access.ByFiler) {
			out["filer of "+id.String()] = c.Filer(id)
		}
	}
	return out
}
