package worked_test

import (
	"slices"
	"strings"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
	"yifa/internal/procedure/proof"
)

// duties are found that nobody may lawfully do, whoever there is.
func TestDuties(t *testing.T) {
	const file = notice + "procedure.yaml"
	for _, x := range []struct {
		name  string
		edits [][3]string
		want  string
	}{
		{"taken on only by those it excludes", [][3]string{{file, "handler: {posts: [officer], assigned: true, not: [complained_of]", "handler: {posts: [officer], assigned: true, not: [sorter]"},
			{file, ", assign: {handler: \"field:person\"}", ""}},
			"role handler: only a sorter takes it on, and whoever acted as sorter may not be in it (let somebody else assign the role, or take the exclusion out)"},
		{"assigned to whom a fact keeps away", [][3]string{{file, "facts:\n", "facts:\n  person: {type: persons, bars: hrc/7, label: 回避的人}\n"}},
			"act hand_to assign: handler goes to whom person keeps away from the matter, so that it is always refused (assign the role to somebody named in another field)"},
		{"at an organ that is named later", [][3]string{{file, "head: {posts: [head],", "head: {posts: [head], at: \"organ:to\","}, {file, "facts:\n", "facts:\n  to: {type: organ, label: 接办单位}\n"},
			{file, ", holder: field:to, assign: {handler: none}", ", holder: field:to, to: refused"}, {file, "{act: pass_on, label: 移交, by: head", "{act: pass_on, label: 移交, by: handler"}},
			"act decide: nobody can do it as head, because nothing that comes before sets to (set the fact before, or take the role out of by)"},
	} {
		law := small()
		for _, e := range x.edits {
			text := string(law[e[0]].Data)
			if !strings.Contains(text, e[1]) {
				t.Fatalf("%s: %s does not hold %q", x.name, e[0], e[1])
			}
			law[e[0]].Data = []byte(strings.Replace(text, e[1], e[2], 1))
		}
		l, faults := procedure.Load(law, nil)
		faults = append(faults, proof.Check(l)...)
		if !slices.ContainsFunc(faults, func(f calendar.Fault) bool { return strings.Contains(f.Error(), x.want) }) {
			t.Errorf("%s: wanted %s, got %v", x.name, x.want, faults)
		}
	}
}

// The law is held to who there really is: nobody in a post, one person in two posts that may not meet, one person
// alone on whom an act hangs.
func TestStaffing(t *testing.T) {
	l, faults := procedure.Load(small(), nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	office := procedure.Organ{Key: "north-office", Kind: "office", Division: "440703"}
	on := calendar.New(2026, 3, 2)
	post := func(person, role string) procedure.Post {
		return procedure.Post{ID: person + role, Person: person, Organ: office.Key, Role: role, From: calendar.New(2026, 1, 1)}
	}
	gone := post("li", "officer")
	gone.To = on
	for _, x := range []struct {
		name  string
		posts []procedure.Post
		want  []string // of acts, why
	}{
		{"no head", []procedure.Post{post("chen", "officer"), post("wu", "officer")}, []string{
			"refuse 没有人担任负责人 ", "hand_to 没有人担任负责人 ", "extend 没有人担任负责人 ", "decide 没有人担任负责人 ", "pass_on 没有人担任负责人 "}},
		{"one person in both posts", []procedure.Post{post("chen", "officer"), post("chen", "head"), gone}, []string{
			"decide 负责人不能就是经办人，但符合两个条件的只有同一个人 ", "refuse 只有一个人能办；这个人回避或者不在，就没有人能办 chen"}},
		{"one head", []procedure.Post{post("chen", "officer"), post("wu", "officer"), post("zhou", "head")}, []string{
			"decide 只有一个人能办；这个人回避或者不在，就没有人能办 zhou"}},
		{"enough", []procedure.Post{post("chen", "officer"), post("wu", "officer"), post("zhou", "head"), post("sun", "head")}, nil},
	} {
		var got []string
		for _, s := range proof.Staffing(l, proof.Staff{Organs: []procedure.Organ{office}, Posts: x.posts, On: on}) {
			if s.Procedure == "repair.notice@2026-01-01" {
				got = append(got, s.Act+" "+s.Why+" "+s.Only)
			}
		}
		for _, w := range x.want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: no %q in\n%s", x.name, w, strings.Join(got, "\n"))
			}
		}
		if x.want == nil && got != nil {
			t.Errorf("%s: got\n%s", x.name, strings.Join(got, "\n"))
		}
	}
}
