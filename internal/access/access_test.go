package access_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

var day = calendar.New(2026, 3, 2)

// drawRows are rights and denials of one holder and of others.
func drawRows(t *rapid.T) []matter.Access {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) matter.Access {
		a := matter.Access{Holder: rapid.SampledFrom([]string{"person:li", "post:1", "organ:o", "organ:o:r", "organ:o:s", "person:wu"}).Draw(t, "holder"),
			Right: rapid.SampledFrom([]string{access.Read, access.Act}).Draw(t, "right"), From: day.AddDays(rapid.IntRange(-2, 2).Draw(t, "from")), Deny: rapid.Bool().Draw(t, "deny")}
		if rapid.Bool().Draw(t, "ends") {
			a.To = a.From.AddDays(rapid.IntRange(0, 3).Draw(t, "days"))
		}
		return a
	}), 0, 6).Draw(t, "rows")
}

// A denial only takes, a right only gives what no denial takes, and rows of other holders and days change nothing.
func TestTo(t *testing.T) {
	li := access.Reader{Keys: access.Keys("li", []procedure.Post{{ID: "1", Organ: "o", Role: "r"}}, nil), On: day}
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		now := access.To(rows, li)
		if now.Act && !now.Read {
			t.Fatalf("%+v lets act and not read", rows)
		}
		for _, right := range []string{access.Read, access.Act} {
			denied := access.To(append(slices.Clone(rows), matter.Access{Holder: "organ:o", Right: right, From: day, Deny: true}), li)
			if denied.Act || denied.Read && right == access.Read {
				t.Errorf("denied %s of %+v, still %+v", right, rows, denied)
			}
		}
		more := access.To(append(slices.Clone(rows), matter.Access{Holder: "post:1", Right: access.Read, From: day}), li)
		if now.Read && !more.Read || now.Act != more.Act {
			t.Errorf("a right to read made %+v of %+v", more, now)
		}
		for _, other := range []matter.Access{
			{Holder: "person:wu", Right: access.Read, From: day, Deny: true}, {Holder: "organ:o:s", Right: access.Act, From: day},
			{Holder: "post:1", Right: access.Act, From: day.AddDays(1)}, {Holder: "person:li", Right: access.Read, From: day.AddDays(-2), To: day, Deny: true},
		} {
			if got := access.To(append(slices.Clone(rows), other), li); got != now {
				t.Errorf("%+v made %+v of %+v", other, got, now)
			}
		}
		if access.To(rows, access.Reader{On: day}) != (access.Rights{}) {
			t.Errorf("somebody without keys has rights by %+v", rows)
		}
	})
}

// The last word about a holder, right and denial is the one that counts.
func TestCurrent(t *testing.T) {
	denied := matter.Access{Holder: "person:li", Right: access.Read, From: day, Deny: true}
	over := denied
	over.To = day
	given := matter.Access{Holder: "person:li", Right: access.Read, From: day}
	if got := access.Current([]matter.Access{denied, given, over}); !slices.Equal(got, []matter.Access{given, over}) {
		t.Errorf("%+v", got)
	}
}

// Who reads what of a matter: nobody what is sealed, everybody what is public, the filer her own words to staff.
func TestSees(t *testing.T) {
	want := map[access.Standing][]access.Extent{ // public, parties, filer, staff, sealed
		access.Anybody:  {access.All, access.Nothing, access.Nothing, access.Nothing, access.Nothing},
		access.Party:    {access.All, access.All, access.Nothing, access.Nothing, access.Nothing},
		access.Filer:    {access.All, access.All, access.All, access.Own, access.Nothing},
		access.Official: {access.All, access.All, access.All, access.All, access.Nothing},
	}
	for _, s := range access.Standings {
		for i, c := range matter.Classes {
			if got := s.Sees(c); got != want[s][i] {
				t.Errorf("%s of class %s: %d", s, c, got)
			}
			if s.Sees("unheard") != access.Nothing {
				t.Errorf("%s reads a class nobody knows", s)
			}
		}
		for _, circle := range matter.Classes { // a paper tells nothing that its reader may not read
			for _, c := range matter.Classes {
				if s.ReadsPaper(circle) && access.Within(circle, c) && s.Sees(c) != access.All {
					t.Errorf("%s reads %s in a paper for %s", s, c, circle)
				}
			}
		}
	}
	if len(want) != len(access.Standings) {
		t.Error("a standing is not tested")
	}
}

func TestStand(t *testing.T) {
	both := access.Rights{Read: true, Act: true}
	for want, got := range map[access.Standing]access.Standing{
		access.Filer: access.Stand(true, false, access.Rights{}), access.Official: access.Stand(false, true, both),
		access.Party: access.Stand(false, true, access.Rights{Read: true}), access.Anybody: access.Stand(false, false, both),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Every room is opened by somebody, and by nobody without a post.
func TestRooms(t *testing.T) {
	for _, r := range access.Rooms {
		if len(r.Posts()) == 0 || r.Opens(nil) || !r.Opens(r.Posts()[:1]) || r.Opens([]string{"enforcement_officer", "organ_contact"}) {
			t.Errorf("%s is opened by %v", r, r.Posts())
		}
	}
}

// Who filed is known to the handler and the head, and only while it is open and its time runs.
func TestKnowsFiler(t *testing.T) {
	on := calendar.New(2026, 9, 21)
	state := func(open bool, status matter.ClockStatus, due calendar.Date) matter.State {
		return matter.State{Facts: matter.Facts{"identity_open": open}, Assigned: map[string][]string{"handler": {"li"}},
			Clocks: map[string]matter.Clock{"identity_shown": {Status: status, Due: due}}}
	}
	for _, c := range []struct {
		name   string
		st     matter.State
		person string
		head   bool
		want   bool
	}{
		{"handler", state(true, matter.Running, on), "li", false, true},
		{"head", state(true, matter.Running, on), "wu", true, true},
		{"another", state(true, matter.Running, on), "wu", false, false},
		{"nobody", state(true, matter.Running, on), "", false, false},
		{"closed", state(false, matter.Running, on), "li", true, false},
		{"over", state(true, matter.Running, on.AddDays(-1)), "li", true, false},
		{"stopped", state(true, matter.Stopped, on), "li", true, false},
		{"never opened", matter.State{Facts: matter.Facts{"identity_open": true}, Assigned: map[string][]string{"handler": {"li"}}}, "li", true, false},
	} {
		if got := access.KnowsFiler(c.st, c.person, c.head, on); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
