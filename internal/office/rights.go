package office

import (
	"slices"
	"strings"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// RightsView is who may do what in one procedure, and who reads what of it, in words.
type RightsView struct {
	Title, Version string
	Who            []string // heads of columns
	Lines          []RightsLine
	Given, Barred  []string
	Texts          []RightsTexts
}

// RightsLine is one act: where it can be done, and for each of Who by which condition; "" where not.
type RightsLine struct {
	Act    string
	Stages []string
	Cells  []string
}

// RightsTexts is what is asked and read by those who read a class.
type RightsTexts struct {
	Class  matter.Class
	Labels []string
}

// SeesView is what one standing reads of each class, in the order of matter.Classes.
type SeesView struct {
	Label  string
	Extent []access.Extent
}

// RoomView is a part of the desk and the posts that open it.
type RoomView struct {
	Label string
	Posts []string
}

// RightsOf is who may do what in a procedure as it stands today. ErrNotFound for whom the matrix is not open.
func (o *Office) RightsOf(r Reader, id string) (RightsView, error) {
	if !r.May(access.Matrix) {
		return RightsView{}, ErrNotFound
	}
	p, err := o.law.Procedure(id, o.Today())
	if err != nil {
		return RightsView{}, ErrNotFound
	}
	return rightsView(words{o, p, r.Lang}), nil
}

// RightsIn lists the procedures of the matrix, every one in force. ErrNotFound for whom it is not open.
func (o *Office) RightsIn(r Reader) ([]OptionView, error) {
	if !r.May(access.Matrix) {
		return nil, ErrNotFound
	}
	var out []OptionView
	for _, w := range lawfulOn(o, o.Today(), r.Lang) {
		out = append(out, OptionView{Value: w.p.ID, Label: w.title(), Hint: w.text("about")})
	}
	return out, nil
}

// Rights is the matrix of every procedure in force on a day, for printing without an office.
func Rights(l *procedure.Law, on calendar.Date, lang i18n.Lang) []RightsView {
	var out []RightsView
	for _, w := range lawfulOn(&Office{law: l}, on, lang) {
		out = append(out, rightsView(w))
	}
	return out
}

func lawfulOn(o *Office, on calendar.Date, lang i18n.Lang) []words {
	var out []words
	for _, p := range o.law.All() {
		if now, err := o.law.Procedure(p.ID, on); err == nil && now == p {
			out = append(out, words{o, p, lang})
		}
	}
	return out
}

// Sees is what each standing reads, in words of a language.
func Sees(lang i18n.Lang) []SeesView {
	var out []SeesView
	for _, s := range access.Standings {
		v := SeesView{Label: i18n.T(lang, "rights.standing."+string(s))}
		for _, c := range matter.Classes {
			v.Extent = append(v.Extent, s.Sees(c))
		}
		out = append(out, v)
	}
	return out
}

// Rooms is who may enter which part of the desk, in words of a language.
func Rooms(lang i18n.Lang) []RoomView {
	var out []RoomView
	for _, room := range access.Rooms {
		v := RoomView{Label: i18n.T(lang, "rights.room."+string(room))}
		for _, post := range room.Posts() {
			v.Posts = append(v.Posts, i18n.T(lang, "office.post."+post))
		}
		out = append(out, v)
	}
	return out
}

func rightsView(w words) RightsView {
	t := access.TableOf(w.p)
	v := RightsView{Title: w.title(), Version: w.p.Version}
	for _, who := range t.Who {
		v.Who = append(v.Who, w.whoMay(who))
	}
	for _, l := range t.Lines {
		line := RightsLine{Act: w.act(l.Act.Name)}
		for _, s := range l.Stages {
			label, _ := w.stage(s)
			line.Stages = append(line.Stages, label)
		}
		if len(l.Stages) == w.unfinished() && l.Act.Name != "" {
			line.Stages = []string{i18n.T(w.lang, "rights.any_stage")}
		}
		for _, who := range t.Who {
			line.Cells = append(line.Cells, w.ways(l.Ways[who]))
		}
		v.Lines = append(v.Lines, line)
	}
	if posts := w.p.PostsAtHolder(); len(posts) > 0 {
		for i := range posts {
			posts[i] = i18n.T(w.lang, "office.post."+posts[i])
		}
		v.Given = append(v.Given, i18n.T(w.lang, "rights.at_holder", "posts", strings.Join(posts, i18n.T(w.lang, "office.list_items"))))
	}
	for _, g := range t.Given {
		v.Given = append(v.Given, w.given(g))
	}
	for _, fact := range t.Barred {
		v.Barred = append(v.Barred, i18n.T(w.lang, "rights.barred", "fact", w.fact(fact)))
	}
	for _, c := range matter.Classes {
		texts := RightsTexts{Class: c}
		for _, x := range t.Texts[c] {
			form := w.p.Forms[x.Form]
			if label := w.fieldLabel(form, form.Field(x.Field)); !slices.Contains(texts.Labels, label) {
				texts.Labels = append(texts.Labels, label)
			}
		}
		if len(texts.Labels) > 0 {
			v.Texts = append(v.Texts, texts)
		}
	}
	return v
}

// unfinished is how many stages a matter can stand in before it is over.
func (w words) unfinished() int {
	n := 0
	for _, s := range w.p.Stages.Each {
		if !s.Final {
			n++
		}
	}
	return n
}

// fact is the label of a fact or of the question that asks it.
func (w words) fact(name string) string {
	for _, form := range w.p.Asking(name) {
		return w.fieldLabel(form, form.Field(name))
	}
	return w.named("facts."+name+".label", name)
}

func (w words) whoMay(who string) string {
	switch who {
	case access.ByFiler, access.BySystem, access.ByOperator, access.ByLinked:
		return i18n.T(w.lang, "rights.who."+who)
	}
	return i18n.T(w.lang, "office.post."+who)
}

// ways says by which conditions somebody may do an act; "" where by none.
func (w words) ways(ways []access.Way) string {
	var out []string
	for _, way := range ways {
		var conditions []string
		say := func(key string, args ...any) {
			conditions = append(conditions, i18n.T(w.lang, "rights.way."+key, args...))
		}
		switch where, fact, _ := strings.Cut(way.At, ":"); where {
		case "any":
			say("at_any")
		case "organ":
			say("at_fact", "fact", w.fact(fact))
		}
		if way.Assigned {
			say("assigned", "role", w.role(way.Role))
		}
		for _, not := range way.Not {
			name := w.fact(not)
			if w.p.Roles.Get(not) != nil {
				name = w.role(not)
			}
			say("not", "role", name)
		}
		if way.When {
			say("when")
		}
		text := i18n.T(w.lang, "rights.may")
		if len(conditions) > 0 {
			text = strings.Join(conditions, i18n.T(w.lang, "rights.and"))
		}
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return strings.Join(out, i18n.T(w.lang, "rights.or"))
}

// given says what an act gives or takes.
func (w words) given(g access.Given) string {
	key := "rights.gives." + g.Right
	if g.Deny {
		key = "rights.takes." + g.Right
	}
	text := i18n.T(w.lang, key, "act", w.act(g.Act.Name), "who", w.holder(g.Holder))
	if g.When {
		text += i18n.T(w.lang, "rights.given_when")
	}
	return text
}

// holder is a holder key of the law in words: organ:{FACT}, organ:{FACT}:ROLE, person:{FACT}, public.
func (w words) holder(key string) string {
	parts := strings.Split(key, ":")
	name := func(text string) string {
		text = strings.Trim(text, "{}")
		switch text {
		case "holder", "actor":
			return i18n.T(w.lang, "rights.slot."+text)
		}
		return i18n.T(w.lang, "rights.named", "fact", w.fact(text))
	}
	switch {
	case len(parts) == 3:
		return i18n.T(w.lang, "rights.post_at", "organ", name(parts[1]), "post", i18n.T(w.lang, "office.post."+parts[2]))
	case len(parts) == 2:
		return name(parts[1])
	}
	return i18n.T(w.lang, "rights.everybody")
}
