package worked_test

import (
	"strings"
	"testing"
)

// What a form asks and an act notes is read by something, or shown to somebody.
func TestUnread(t *testing.T) {
	const file, forms = notice + "procedure.yaml", notice + "forms/"
	for _, x := range []struct {
		name  string
		edits [][3]string
		want  string // "": nothing is found
	}{
		{"fact nothing reads", [][3]string{{file, "facts:\n", "facts:\n  seen: {type: bool, label: 看过}\n"}, {file, "assign: {handler: actor}, likely: 1}", "assign: {handler: actor}, facts: {seen: true}, likely: 1}"}},
			"procedure.yaml:15: fact seen: nothing reads it (let a condition, right, paper or figure use it, or take it out)"},
		{"fact that the page shows", [][3]string{{file, "facts:\n", "facts:\n  seen: {type: bool, label: 看过, shown: true}\n"}, {file, "assign: {handler: actor}, likely: 1}", "assign: {handler: actor}, facts: {seen: true}, likely: 1}"}}, ""},
		{"shown without words", [][3]string{{file, "facts:\n", "facts:\n  way: {type: enum, options: [short, long], label: 走法, shown: true}\n"}, {file, "assign: {handler: actor}, likely: 1}", "assign: {handler: actor}, facts: {way: short}, likely: 1}"}},
			"procedure.yaml:15: fact way is shown, but nothing words its options (add says: {OPTION: LABEL, …})"},
		{"answer to a note", [][3]string{{file, "{act: message,", "{act: note,"}, {forms + "message.yaml", "fields:\n", "fields:\n  - {name: loud, type: bool, class: clear, label: 大声}\n"}},
			"forms/message.yaml:3: field loud: nothing reads the answer (let a condition, right, paper or figure use it, make it a text for people to read, or do not ask)"},
		{"text of a note", [][3]string{{file, "{act: message,", "{act: note,"}, {forms + "message.yaml", "fields:\n", "fields:\n  - {name: aside, type: text, class: filer, label: 旁注}\n"}},
			"forms/message.yaml:3: field aside: nobody is shown the answer (quote it in a paper, give it on, call it what pages show (title, place, message, note), or do not ask)"},
		{"text of a note that a paper quotes", [][3]string{{file, "{act: message,", "{act: note,"}, {forms + "message.yaml", "fields:\n", "fields:\n  - {name: aside, type: text, class: filer, label: 旁注}\n"},
			{notice + "documents/acceptance.md", "受理通知\n", "受理通知\n{aside}\n"}}, ""},
	} {
		law := small()
		for _, e := range x.edits {
			text := string(law[e[0]].Data)
			if !strings.Contains(text, e[1]) {
				t.Fatalf("%s: %s does not hold %q", x.name, e[0], e[1])
			}
			law[e[0]].Data = []byte(strings.Replace(text, e[1], e[2], 1))
		}
		_, faults := compiled(law, nil)
		var lines []string
		for _, f := range faults {
			lines = append(lines, strings.TrimPrefix(f.Error(), notice))
		}
		got := strings.Join(lines, "\n")
		if x.want != "" && !strings.Contains(got, x.want) {
			t.Errorf("%s: wanted\n%s\ngot\n%s", x.name, x.want, got)
		}
		if x.want == "" && (strings.Contains(got, "nothing reads") || strings.Contains(got, "nobody is shown")) {
			t.Errorf("%s: got\n%s", x.name, got)
		}
	}
}
