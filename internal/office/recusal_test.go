package office_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/procedure"
)

// looks are all the ways in which an official comes to know of a matter: what each finds, "" for nothing.
func looks(t *testing.T, c *officetest.City, person string, id matter.ID) map[string]bool {
	t.Helper()
	ctx, r, out := t.Context(), c.As(person), map[string]bool{}
	met := func(where string, err error) {
		if err != nil && !errors.Is(err, office.ErrNotFound) {
			t.Errorf("%s as %s: %v", where, person, err)
		}
		out[where] = err == nil
	}
	_, err := c.Office.Matter(ctx, r, id)
	met("matter", err)
	_, _, err = c.Office.Record(ctx, r, id)
	met("record", err)
	_, err = c.Office.Document(ctx, r, id, documentOf(t, c, id))
	met("document", err)
	for _, class := range []matter.Class{matter.Filer, matter.Staff} {
		_, body, err := c.Office.OpenFile(ctx, r, id, office.FileRef{Seq: 1, Class: class})
		if err == nil {
			out["file"] = true
			must(t, body.Close())
		}
	}
	for _, act := range []string{"record_verification", "note", "recuse_self"} {
		_, err = c.Office.Form(ctx, r, id, act, nil)
		met("form "+act, err)
	}
	list := func(where string, f office.Filter) {
		v, err := c.Office.List(ctx, r, f)
		must(t, err)
		others := slices.DeleteFunc(slices.Clone(v.Rows), func(b office.Brief) bool { return b.ID == id })
		out[where], out[where+" counts"] = len(others) < len(v.Rows), v.Total > len(others)
	}
	list("list", office.Filter{Closed: "all"})
	list("mine", office.Filter{Scope: "mine"})
	list("search", office.Filter{Query: "搬走桌椅", Closed: "all"})
	list("search of staff", office.Filter{Query: "车身单位名称", Closed: "all"})
	today, err := c.Office.TodayPage(ctx, r)
	must(t, err)
	is := func(b office.Brief) bool { return b.ID == id }
	out["today"] = slices.ContainsFunc(slices.Concat(today.First, today.Waiting, today.Unread), is) || today.Mine > 0 || today.Late > 0
	out["notices"] = slices.ContainsFunc(today.Notices, func(n office.NoticeView) bool { return n.ID == id })
	return out
}

// actor is somebody in his first post.
func actor(c *officetest.City, person string) matter.Actor {
	post := c.Office.Posts(person)[0]
	return matter.Actor{Person: person, Post: post.ID, Organ: post.Organ}
}

func documentOf(t *testing.T, c *officetest.City, id matter.ID) int {
	t.Helper()
	done, made := c.State(id).LastOf("accept")
	if !made {
		t.Fatal("nothing was accepted")
	}
	return done.Seq
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestRecusedReadsNothing: while a recusal is only asked, the handler goes on and finds the matter
// everywhere. Once it is decided, nothing of it is left to him: neither page nor count, nor the notice
// that already stood on his first page; and no act in it, alone or in bulk.
func TestRecusedReadsNothing(t *testing.T) {
	c := officetest.New(t)
	draft := c.Draft(officetest.Report())
	if _, err := c.Office.AddDraftFile(t.Context(), draft, office.Reader{}, office.Upload{Name: "现场.png", Body: photo(7)}); err != nil {
		t.Fatal(err)
	}
	id := c.FileDraft(draft).ID
	c.Sort(id)
	c.Do(c.As(officetest.Officer), id, "accept", map[string][]string{"scope": {"有没有出示证件。"}})
	c.Do(c.As(officetest.Leader), id, "urge", map[string][]string{"note": {"请抓紧。"}})
	must(t, c.Office.Work(t.Context()))
	asked := c.AskRecusal(id, officetest.Officer)
	must(t, c.Office.Work(t.Context()))
	for where, found := range looks(t, c, officetest.Officer, id) {
		if !found {
			t.Errorf("while it is only asked, the handler does not find the matter: %s", where)
		}
	}
	if _, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), asked); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("whom it concerns reads the request: %v", err)
	}
	before := c.State(id).Rev
	c.Do(c.As(officetest.Head), asked, "grant", map[string][]string{"reason": {"有直接利害关系。"}})
	must(t, c.Office.Work(t.Context()))
	for where, found := range looks(t, c, officetest.Officer, id) {
		if found {
			t.Errorf("the recused officer still finds the matter: %s", where)
		}
	}
	recusedActs(t, c, id, before)
	st := c.State(id)
	if len(st.Assigned["handler"]) > 0 || c.State(asked).Stage != "granted" {
		t.Errorf("assigned %v, request %s", st.Assigned, c.State(asked).Stage)
	}
	told, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), asked)
	must(t, err)
	if len(told.Links) > 0 || strings.Contains(fmt.Sprintf("%+v", told), "铺位") {
		t.Error("the decision leads its officer back to the matter, or shows him what was asked")
	}
	c.Sound()
}

// recusedActs: no act, nor the same on many matters, nor one from an older page.
func recusedActs(t *testing.T, c *officetest.City, id matter.ID, rev int) {
	t.Helper()
	officer := c.As(officetest.Officer)
	for _, act := range []string{"note", "record_verification", "message_filer", "claim", "recuse_self", "correct", "ask_identity"} {
		for _, rev := range []int{0, rev} {
			_, err := c.Office.Perform(t.Context(), officer, office.Act{Matter: id, Act: act, Rev: rev, Fields: map[string][]string{"note": {"一句。"}}})
			if !errors.Is(err, office.ErrNotFound) {
				t.Errorf("%s from %d: %v", act, rev, err)
			}
		}
		_, err := c.Office.Submit(t.Context(), procedure.Attempt{Matter: id, Act: act, Happened: calendar.MomentAt(c.Clock.Now()), Recorded: c.Clock.Now(), By: actor(c, officetest.Officer)})
		var no *procedure.Refusal
		if !errors.As(err, &no) || no.Reason != procedure.Recused || no.Cite != "ptsd/63" {
			t.Errorf("the law says of %s: %v", act, err)
		}
	}
	for _, r := range c.Office.PerformEach(t.Context(), officer, map[matter.ID]int{id: rev}, office.Act{Act: "claim"}) {
		if !errors.Is(r.Err, office.ErrNotFound) {
			t.Errorf("in bulk: %v", r.Err)
		}
	}
}

// TestRecusedIsNotOffered: the matter goes back to the pool, its head is told, and nobody is offered
// who was recused: neither as handler nor as second person, nor for another recusal.
func TestRecusedIsNotOffered(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	offered := func(r office.Reader, act, field string) []string {
		t.Helper()
		v, err := c.Office.Form(t.Context(), r, id, act, nil)
		must(t, err)
		var out []string
		for _, f := range v.Fields {
			for _, o := range f.Options {
				if f.Name == field {
					out = append(out, o.Value)
				}
			}
		}
		return out
	}
	head, second := c.As(officetest.Head), c.As(officetest.Officer2)
	if got := offered(head, "propose_recusal", "concerned"); !slices.Contains(got, officetest.Officer) || !slices.Contains(got, officetest.Leader) {
		t.Errorf("the head may name %v", got)
	}
	c.Recuse(id, officetest.Officer)
	must(t, c.Office.Work(t.Context()))
	v, err := c.Office.List(t.Context(), head, office.Filter{Scope: "pool"})
	must(t, err)
	if !slices.ContainsFunc(v.Rows, func(b office.Brief) bool { return b.ID == id }) {
		t.Error("the matter is not in the pool")
	}
	c.Do(second, id, "claim", nil)
	for _, x := range []struct {
		r          office.Reader
		act, field string
	}{{head, "assign", "person"}, {head, "propose_recusal", "concerned"}, {second, "record_verification", "second"}, {second, "hand_over", "person"}} {
		if got := offered(x.r, x.act, x.field); slices.Contains(got, officetest.Officer) || len(got) == 0 {
			t.Errorf("%s offers %v", x.act, got)
		}
	}
	_, err = c.Office.Perform(t.Context(), head, office.Act{Matter: id, Act: "assign", Fields: map[string][]string{"person": {officetest.Officer}}})
	refused(t, err, procedure.PersonRecused, "ptsd/63")
}

// TestHeadIsTold: whoever heads the office hears that a matter lost its handler.
func TestHeadIsTold(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	asked := c.AskRecusal(id, officetest.Officer)
	c.Do(c.As(officetest.Leader), asked, "grant", map[string][]string{"reason": {"有直接利害关系。"}})
	must(t, c.Office.Work(t.Context()))
	today, err := c.Office.TodayPage(t.Context(), c.As(officetest.Head))
	must(t, err)
	if !slices.ContainsFunc(today.Notices, func(n office.NoticeView) bool { return n.ID == id }) {
		t.Errorf("the head was told %+v", today.Notices)
	}
}

func refused(t *testing.T, err error, reason, cite string) {
	t.Helper()
	var no *procedure.Refusal
	if !errors.As(err, &no) || no.Reason != reason || no.Cite != cite {
		t.Errorf("%v, want refused as %s by %s", err, reason, cite)
	}
}

// TestCarriedRefusal: what the law refuses in the matter to which a decision is carried refuses the whole
// decision. Nothing of it is written in either matter, its neighbours of the same transaction are done,
// and the reader hears it as a refusal of what he did.
func TestCarriedRefusal(t *testing.T) {
	for name, c := range map[string]*officetest.City{"sqlite": officetest.New(t), "postgres": officetest.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			id, _ := c.Accepted()
			first := c.AskRecusal(id, officetest.Officer)
			second := c.Do(c.Filer(id), id, "ask_recusal", map[string][]string{"whom": {"handler"}, "ground": {"kinship"}, "recusal_reason": {"亲戚。"}}).Opened[0]
			other, _ := c.Sorted()
			c.Do(c.As(officetest.Head), first, "grant", map[string][]string{"reason": {"有利害关系。"}})
			parent, child := c.State(id).Rev, c.State(second).Rev
			errs := make([]error, 3)
			together(t, c, 3, func(i int) {
				a := office.Act{Matter: second, Act: "grant", Fields: map[string][]string{"reason": {"同意。"}}}
				if i > 0 {
					a = office.Act{Matter: []matter.ID{id, other}[i-1], Act: "note", Fields: map[string][]string{"note": {"一句。"}}}
				}
				_, errs[i] = c.Office.Perform(t.Context(), c.As(officetest.Head), a)
			})
			refused(t, errs[0], procedure.PersonRecused, "ptsd/63")
			var told *office.Refused
			if !errors.As(errs[0], &told) || !strings.Contains(told.View.What, "决定回避") || told.View.Why == "" {
				t.Errorf("the head hears %+v", told)
			}
			if errs[1] != nil || errs[2] != nil {
				t.Errorf("the neighbours: %v, %v", errs[1], errs[2])
			}
			if a, b := c.State(id).Rev-parent, c.State(second).Rev-child; a != 1 || b != 0 {
				t.Errorf("%d and %d entries were written", a, b)
			}
			c.Sound()
			c.GapFree()
		})
	}
}

// TestFilersRequest: her request is hers beside her report, with its own days; what others asked is not,
// and neither tells her a name.
func TestFilersRequest(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	theirs := c.AskRecusal(id, officetest.Officer2)
	mine := c.Do(c.Filer(id), id, "ask_recusal", map[string][]string{"whom": {"handler"}, "ground": {"kinship"}, "recusal_reason": {"他是队长的亲戚。"}}).Opened[0]
	v, err := c.Office.Track(t.Context(), c.Filer(id))
	must(t, err)
	if len(v.Splits) != 1 || v.Splits[0].ID != mine {
		t.Errorf("beside her report stand %+v", v.Splits)
	}
	if _, err := c.Office.SplitOff(t.Context(), c.Filer(id), theirs); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("she reads what a leader asked: %v", err)
	}
	r, err := c.Office.SplitOff(t.Context(), c.Filer(id), mine)
	must(t, err)
	c.Do(c.As(officetest.Head), mine, "refuse", map[string][]string{"reason": {"没有查到亲属关系。"}})
	v, err = c.Office.Track(t.Context(), r)
	must(t, err)
	text := fmt.Sprintf("%+v", v)
	if !strings.Contains(text, "没有查到亲属关系") || strings.Contains(text, "何予宁") || strings.Contains(text, "甄若棠") {
		t.Errorf("she reads %s", text)
	}
	if !slices.ContainsFunc(v.Acts, func(a office.ActView) bool { return a.Act == "ask_again" && a.Open }) {
		t.Error("she cannot ask once more")
	}
	_, parts, err := c.Office.Record(t.Context(), c.As(officetest.Officer), id)
	must(t, err)
	if strings.Contains(fmt.Sprintf("%+v", parts), "亲戚") {
		t.Error("whom it concerns reads her reasons in the record")
	}
	page, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), id)
	must(t, err)
	if strings.Contains(fmt.Sprintf("%+v", page), "亲戚") {
		t.Error("whom it concerns reads her reasons")
	}
}
