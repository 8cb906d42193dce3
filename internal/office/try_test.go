package office_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/calendar"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/procedure"
	"yifa/internal/procedure/trial"
	"yifa/internal/store"
	"yifa/law"
)

func TestTryDraft(t *testing.T)         { tryDraft(t, officetest.New(t)) }
func TestTryDraftPostgres(t *testing.T) { tryDraft(t, officetest.Postgres(t)) }

// lawWith is the law with some of its text changed, each place once: file, then old and new by turns.
func lawWith(t *testing.T, edits map[string][]string) *procedure.Law {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(law.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || name == procedure.LockFile {
			return err
		}
		raw, err := fs.ReadFile(law.FS, name)
		text := string(raw)
		for i := 0; i+1 < len(edits[name]); i += 2 {
			if !strings.Contains(text, edits[name][i]) {
				t.Fatalf("%s does not hold %q", name, edits[name][i])
			}
			text = strings.Replace(text, edits[name][i], edits[name][i+1], 1)
		}
		files[name] = &fstest.MapFile{Data: []byte(text)}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	l, faults := procedure.Load(files, nil)
	for _, f := range faults {
		t.Fatal(f)
	}
	return l
}

// cut is the part of a text from one mark to just before another.
func cut(t *testing.T, file, from, to string) string {
	t.Helper()
	raw, err := fs.ReadFile(law.FS, file)
	_, rest, found := strings.Cut(string(raw), from)
	part, _, ended := strings.Cut(rest, to)
	if err != nil || !found || !ended {
		t.Fatalf("%s: %v, from %q %v, to %q %v", file, err, from, found, to, ended)
	}
	return from + part
}

// tried is what a draft changes, looked up in the database opened for reading only.
func tried(t *testing.T, c *officetest.City, draft *procedure.Law, today calendar.Date) office.Tried {
	t.Helper()
	db, err := store.Look(t.Context(), c.Address())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.Write(t.Context(), func(*store.Tx) error { return nil }); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("a database opened for reading was written to: %v", err)
	}
	calls, most := 0, 0
	out, err := office.TryDraft(t.Context(), office.LawDraft{DB: db, Law: c.Law, Draft: draft, Today: today, Progress: func(done, all int) {
		if calls++; done != calls || done > all {
			t.Errorf("progress: %d of %d at call %d", done, all, calls)
		}
		most = all
	}})
	if err != nil {
		t.Fatal(err)
	}
	if calls != out.Open || most != out.Open {
		t.Errorf("progress came to %d of %d, %d matters are open", calls, most, out.Open)
	}
	return out
}

// lines lists a change, a line each.
func lines(c trial.Change) []string {
	var out []string
	for _, m := range c.Moved {
		out = append(out, fmt.Sprintf("%s %s→%s %s late=%v", m.Clock, m.Was, m.Is, m.Why, m.Late))
	}
	for _, o := range c.Opens {
		out = append(out, "opens "+o.Label+" "+strings.Join(o.Roles, "、"))
	}
	for _, o := range c.Closes {
		out = append(out, "closes "+o.Label+" "+strings.Join(o.Roles, "、"))
	}
	for _, r := range c.Refused {
		out = append(out, fmt.Sprintf("refused %d %s %s", r.Seq, r.Label, r.Reason))
	}
	for _, l := range c.Lapses {
		out = append(out, fmt.Sprintf("lapses %s %s", l.Label, l.Day))
	}
	if c.Becomes != "" {
		out = append(out, "becomes "+c.Becomes)
	}
	if c.Gone {
		out = append(out, "gone")
	}
	return out
}

// A draft that changes a limit, takes an act out, and lets another only follow a third names, for each open
// matter, the days that move, the acts that open and close, and the entries it would refuse. Nothing is written.
func tryDraft(t *testing.T, c *officetest.City) {
	received := c.File(officetest.Report()).ID
	accepted, _ := c.Accepted()
	waiting, _ := c.Accepted()
	c.Do(c.As(officetest.Officer), waiting, "ask_supplement", map[string][]string{"what": {"照片。"}})
	before := [3]any{c.State(received), c.State(accepted), c.State(waiting)}

	today := calendar.On(c.Clock.Now())
	if out := tried(t, c, lawWith(t, nil), today); len(out.Matters) > 0 || out.Open < 3 || out.Retold > 0 {
		t.Errorf("the law itself as a draft changes %+v", out)
	}
	const procedures, terms = "procedures/supervision.complaint/2026-02-01/procedure.yaml", "terms/complaint.yaml"
	draft := lawWith(t, map[string][]string{
		terms: {cut(t, terms, "- id: cmp-01\n", "status:"), strings.Replace(cut(t, terms, "- id: cmp-01\n", "status:"), "5 工作日", "3 工作日", 1),
			cut(t, terms, "- id: cmp-07\n", "status:"), strings.Replace(cut(t, terms, "- id: cmp-07\n", "status:"), "15 工作日", "20 工作日", 1)},
		procedures: {cut(t, procedures, "  - act: urge\n", "  - act: ask_identity\n"), "",
			"    by: head\n    cite: ptsd/22\n    form: assign\n", "    by: [head, leader]\n    cite: ptsd/22\n    form: assign\n",
			"        form: sort\n        number: complaint\n", "        form: sort\n        after: [note]\n        number: complaint\n"},
	})
	out := tried(t, c, draft, today.AddDays(7))
	want := map[any][]string{
		received: {"accept 2026-09-29→2026-09-24 期限原为 5 工作日，改为 3 工作日 late=true", "opens 指派承办人 单位领导", "opens 说明逾期原因 承办人、监督机构负责人", "closes 督办 单位领导"},
		accepted: {"opens 指派承办人 单位领导", "closes 督办 单位领导", "refused 3 分流 needs_act"},
		waiting:  {"supplement 2026-10-19→2026-10-26 期限原为 15 工作日，改为 20 工作日 late=false", "opens 指派承办人 单位领导", "closes 督办 单位领导", "refused 3 分流 needs_act"},
	}
	if len(out.Matters) != len(want) {
		t.Errorf("%d matters would change, not %d", len(out.Matters), len(want))
	}
	for _, m := range out.Matters {
		if got := lines(m); !slices.Equal(got, want[m.Matter]) {
			t.Errorf("%s: got\n%s\nwant\n%s", m.Stage, strings.Join(got, "\n"), strings.Join(want[m.Matter], "\n"))
		}
		if out.Organs[m.Holder] != "蓬江区司法局" || m.Draft != "supervision.complaint@2026-02-01" {
			t.Errorf("held by %q %q under %s", m.Holder, out.Organs[m.Holder], m.Draft)
		}
	}
	after := [3]any{c.State(received), c.State(accepted), c.State(waiting)}
	a, _ := json.Marshal(before)
	if b, _ := json.Marshal(after); string(a) != string(b) {
		t.Error("trying a draft changed a matter")
	}
	c.Sound()
}

// untouched: the law tried as a draft of itself changes no matter.
func untouched(t *testing.T, c *officetest.City) {
	t.Helper()
	for _, m := range tried(t, c, c.Law, calendar.On(c.Clock.Now())).Matters {
		t.Errorf("the law as a draft of itself changes %s: %s", m.Matter, strings.Join(lines(m), "; "))
	}
}
