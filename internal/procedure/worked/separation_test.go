package worked_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
	"yifa/internal/procedure/proof"
	"yifa/internal/procedure/worked"
)

// separated is the small law with a legal review and a hearing: who investigates does not review, and neither of them
// presides.
func separated(t *testing.T) fstest.MapFS {
	t.Helper()
	const file = notice + "procedure.yaml"
	law := small()
	text := string(law[file].Data)
	for _, e := range [][2]string{
		{"roles:\n", "roles:\n  reviewer: {posts: [officer], not: [handler], cite: hrc/7, label: 法制审核人员}\n  chair: {posts: [officer], not: [handler, reviewer], cite: hrc/7, label: 听证主持人}\n"},
		{"      - act: decide\n", "      - {act: review, label: 法制审核, by: reviewer, cite: hrc/7, after: [hear]}\n      - {act: preside, label: 主持听证, by: chair, cite: hrc/7, after: [hear, review]}\n      - act: decide\n"},
	} {
		if !strings.Contains(text, e[0]) {
			t.Fatalf("the small law does not hold %q", e[0])
		}
		text = strings.Replace(text, e[0], e[1], 1)
	}
	law[file] = &fstest.MapFile{Data: []byte(text)}
	law[notice+"cases/three.txt"] = &fstest.MapFile{Data: []byte(`# hrc/7: 调查、审核、主持由不同的人
use: town
staff: wu officer north-office
staff: sun officer north-office
calendar: 2026
2026-03-02 filer report kind=minor division=440703001 cost=300 seen_on=2026-03-01 what=门坏了
2026-03-03 sorter:chen@north-office take
2026-03-04 handler:chen@north-office accept
2026-03-05 handler:chen@north-office hear
2026-03-06 reviewer:chen@north-office review
! refused review hrc/7 second_person
2026-03-06 reviewer:wu@north-office review
2026-03-09 chair:chen@north-office preside
! refused preside hrc/7 second_person
2026-03-09 chair:wu@north-office preside
! refused preside hrc/7 second_person
2026-03-09 chair:sun@north-office preside
= assigned handler chen
`)}
	return law
}

// three plays the case of three people.
func three(t *testing.T, law fstest.MapFS) (*procedure.Law, []calendar.Fault) {
	t.Helper()
	l, _ := procedure.Load(law, nil) // what it says in other languages is not what this is about
	cases, _ := worked.Load(l)
	i := slices.IndexFunc(cases, func(c worked.Case) bool { return strings.HasSuffix(c.File, "cases/three.txt") })
	if i < 0 {
		t.Fatal("the case was not read")
	}
	_, faults := worked.Play(t.Context(), l, cases[i], worked.NewPure(l))
	return l, faults
}

// Who investigates, who reviews and who presides are three people: the engine refuses each second part, and the staff of
// an organ is found too few though every two parts could be told apart.
func TestSeparationOfDuties(t *testing.T) {
	l, faults := three(t, separated(t))
	if len(faults) > 0 {
		t.Error(faults)
	}
	for _, part := range []string{"not: [handler], cite: hrc/7, label: 法制", "not: [handler, reviewer], "} {
		law := separated(t)
		const file = notice + "procedure.yaml"
		law[file].Data = []byte(strings.Replace(string(law[file].Data), part, strings.TrimLeft(part[strings.Index(part, "],")+2:], " "), 1))
		if _, faults := three(t, law); len(faults) == 0 {
			t.Errorf("without %q nobody was refused", part)
		}
	}
	office := procedure.Organ{Key: "north-office", Kind: "office", Division: "440703"}
	staffed := func(people ...string) (why string) {
		s := proof.Staff{Organs: []procedure.Organ{office}, On: calendar.New(2026, 3, 2)}
		for _, p := range people {
			s.Posts = append(s.Posts, procedure.Post{ID: p, Person: p, Organ: office.Key, Role: "officer", From: calendar.New(2026, 1, 1)})
		}
		for _, x := range proof.Staffing(l, s) {
			if x.Act == "preside" {
				return x.Why
			}
		}
		return ""
	}
	if why := staffed("chen", "wu"); why != "要由不同的人担任经办人、法制审核人员和听证主持人，但符合条件的人不够" {
		t.Errorf("two people for three parts: %q", why)
	}
	if why := staffed("chen", "wu", "sun"); why != "" {
		t.Errorf("three people for three parts: %q", why)
	}
}
