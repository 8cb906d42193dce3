package desk

import (
	"strings"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// matterView is the page of one matter.
type matterView struct {
	office.MatterView
	Path     string
	Crumbs   []web.Crumb
	Facts    []web.Fact
	Tabs     []web.Crumb // anchors of the page
	Clocks   []web.Clock
	Ended    []web.Clock
	Open     []web.Act
	Closed   []web.Act
	Late     []web.Act // belong to earlier stages, and may still be entered
	Items    []web.TimelineItem
	Messages []messageView
	Papers   []web.File
	Files    []web.File
	Existing []existingPaper
	Reply    *formView
	Note     *formView
	Done     string // label of the act just done
	Reported string // heading of the answers it was opened with
}

// messageView is one message with its files.
type messageView struct {
	web.Message
	Files []web.File
}

// matter serves GET /desk/matters/{id}.
func (d *Desk) matter(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	m, err := d.Office.Matter(v.Context(), v.reader, id, actMessage, actNote)
	if err != nil {
		return missing(err)
	}
	if m.Unseen {
		if err := d.Office.See(v.Context(), v.reader, id); err != nil {
			return err
		}
	}
	out := v.layMatter(m)
	for _, form := range m.Forms {
		if form.Act.Act == actMessage {
			out.Reply = shortForm(v, form)
		} else {
			out.Note = shortForm(v, form)
		}
	}
	return v.show(page{title: m.Title, nav: "/desk/matters", content: matterPage(out)})
}

// shortForm is a form in the page of its matter: its texts alone. Files and late entry are on its own page.
func shortForm(v visit, form office.FormView) *formView {
	form.Late = false
	f := formOf(v.Context(), form)
	texts := f.Fields[:0]
	for _, q := range f.Fields {
		if q.Kind == web.AreaField || q.Kind == web.TextField && len(q.List) == 0 {
			q.Rows, q.Sees = 3, ""
			if form.Act.Act == actMessage { // its words are for the filer, who uses the same form
				q.Label, q.Hint = v.t("desk.reply"), ""
			}
			texts = append(texts, q)
		}
	}
	f.Fields, f.Action = texts, matterPath(form.Matter.ID)+"/acts/"+form.Act.Act
	return &f
}

func (v visit) layMatter(m office.MatterView) matterView {
	ctx := v.Context()
	out := matterView{MatterView: m, Path: matterPath(m.ID), Items: timelineOf(ctx, m.Timeline)}
	name := m.Number
	if name == "" {
		name = m.Title
	}
	out.Crumbs = []web.Crumb{{Path: "/desk", Text: v.t("desk.nav_today")}, {Path: "/desk/matters", Text: v.t("desk.nav_matters")}, {Text: name}}
	out.Facts = v.facts(m)
	for _, c := range m.Clocks {
		if k := clockOf(c); k.Face == web.Closed {
			out.Ended = append(out.Ended, k)
		} else {
			k.Key = len(out.Clocks) == 0
			out.Clocks = append(out.Clocks, k)
		}
	}
	done := v.URL.Query().Get("done")
	for _, a := range m.Acts {
		if a.Act == done {
			out.Done = a.Label
		}
		switch {
		case a.Late:
			out.Late = append(out.Late, web.Act{Name: a.Label, Path: matterPath(m.ID) + "/acts/" + a.Act})
			fallthrough
		case !a.Open:
			out.Closed = closeAct(out.Closed, actOf(m.ID, a))
		case a.Imports:
			out.Open = importOf(v, out.Open, actOf(m.ID, a), importPathOf(m.ID))
		case a.Act != actMessage && a.Act != actNote: // these two have their forms in the page
			out.Open = append(out.Open, actOf(m.ID, a))
		}
	}
	if done != "" && out.Done == "" {
		out.Done = lastDone(m.Timeline, v.t("desk.this_step"))
	}
	for _, msg := range m.Messages {
		out.Messages = append(out.Messages, v.message(m.ID, msg))
	}
	for _, f := range m.Files {
		out.Files = append(out.Files, fileOf(ctx, m.ID, f))
	}
	out.Existing = v.existingList(m.ID, m.Existing)
	for _, doc := range m.Documents {
		out.Papers = append(out.Papers, v.paperOf(m.ID, doc))
	}
	if m.Served != nil {
		served := v.paperOf(m.ID, *m.Served)
		served.Path, served.Sees = matterPath(m.ID)+"/paper", ""
		out.Papers = append(out.Papers, served)
	}
	for _, doc := range m.Parts {
		out.Papers = append(out.Papers, v.paperOf(doc.In, doc))
	}
	out.Open = append(v.ways(m), out.Open...)
	out.Tabs, out.Reported = v.tabs(out), out.reportedTitle(v)
	return out
}

// importOf adds the page on which existing papers are taken in, once, whatever volumes they can go to.
func importOf(v visit, list []web.Act, a web.Act, path string) []web.Act {
	for _, other := range list {
		if other.Path == path {
			return list
		}
	}
	a.Name, a.Note, a.Path = v.t("existing.title"), v.t("existing.note"), path
	return append(list, a)
}

// paperOf is a paper's line in the list of a matter.
func (v visit) paperOf(in matter.ID, doc office.DocumentView) web.File {
	paper := web.File{Icon: "draft", Name: doc.Label, Path: documentPath(in, doc.Seq), On: doc.On, Meta: []string{doc.Number}, Sees: web.SeenBy(doc.Class)}
	if doc.Gone != "" {
		paper.Meta = append(paper.Meta, doc.Gone)
	}
	if doc.Making {
		paper.Meta = append(paper.Meta, v.t("desk.paper_making"))
	}
	return paper
}

// closeAct adds an act that cannot be done. Acts that wait for the same thing stand in one line: the reason is read once.
func closeAct(list []web.Act, a web.Act) []web.Act {
	for i, other := range list {
		if other.Note == a.Note && other.Waiting == a.Waiting {
			list[i].Others = append(list[i].Others, a.Name)
			if other.Cite != nil && (a.Cite == nil || *a.Cite != *other.Cite) {
				list[i].Cite = nil // each has its own ground; its page says which
			}
			list[i].Unverified = other.Unverified || a.Unverified
			return list
		}
	}
	return append(list, a)
}

// lastDone is the name of what was done last: an act just done is often no longer among those of the page.
func lastDone(items []office.TimelineItem, otherwise string) string {
	for _, i := range items {
		if i.State == "done" && !i.Voided {
			return i.Title
		}
	}
	return otherwise
}

func (v visit) message(id matter.ID, m office.Message) messageView {
	out := messageView{Message: web.Message{Mine: m.Mine, Text: m.Text, Who: m.From, At: m.On}}
	if m.New && !m.Mine {
		out.Tag = &web.Tag{Text: v.t("desk.not_answered"), Kind: "yellow"}
	}
	for _, f := range m.Files {
		out.Files = append(out.Files, fileOf(v.Context(), id, f))
	}
	return out
}

// facts are the line under the title: who filed, about whom, who handles it, where.
func (v visit) facts(m office.MatterView) []web.Fact {
	handlers := strings.Join(m.Handlers, v.t("desk.list_sep"))
	if handlers == "" {
		handlers = v.t("desk.nobody")
	}
	var list []web.Fact
	began := "desk.registered"
	switch {
	case m.Outside:
		if began = "desk.told_on"; m.Own { // a recused colleague is told as a person
			began = "desk.told_you_on"
		}
		list = append(list, web.Fact{Key: v.t("desk.office"), Value: m.Office})
	case m.Talk:
		began = "desk.received"
		list = append(list, web.Fact{Key: v.t("desk.filer"), Value: m.Filer, Sees: web.SeenByNone})
	}
	if m.AboutAs != "" {
		list = append(list, web.Fact{Key: m.AboutAs, Value: m.About})
	}
	list = append(list, web.Fact{Key: v.t("desk.handler"), Value: handlers})
	for _, f := range m.Beside {
		list = append(list, web.Fact{Key: f.Label, Value: f.Value})
	}
	list = append(list, web.Fact{Key: v.t(began), At: m.Opened})
	if m.Place != "" {
		list = append(list, web.Fact{Key: v.t("desk.place"), Value: m.Place})
	}
	if m.Booked {
		list = append(list, web.Fact{Key: v.t("room.title"), Value: v.t("room.event"), Path: matterPath(m.ID) + "/event.ics"})
	}
	for _, l := range m.Links {
		if l.Part {
			continue // in a table of its own
		}
		name := l.Brief.Number
		if name == "" || l.Part {
			name = strings.TrimSpace(l.Brief.Title + " " + name)
		}
		list = append(list, web.Fact{Key: l.Kind, Value: v.t("desk.linked", "name", name, "stage", l.Brief.Stage), Whole: l.Brief.Number, Path: matterPath(l.Brief.ID)})
	}
	return list
}

// reportedTitle heads the answers of the act that opened the matter.
func (m matterView) reportedTitle(v visit) string {
	if m.Talk {
		return v.t("desk.reported")
	}
	return v.t("desk.registered_first")
}

// tabs are the anchors of the page, those that lead somewhere.
func (v visit) tabs(m matterView) []web.Crumb {
	var list []web.Crumb
	add := func(there bool, id, text string) {
		if there {
			list = append(list, web.Crumb{Path: "#" + id, Text: text})
		}
	}
	talk := v.t("desk.dialogue")
	for _, msg := range m.MatterView.Messages {
		if msg.New && !msg.Mine {
			talk = v.t("desk.dialogue_new")
		}
	}
	add(len(m.Clocks)+len(m.Ended) > 0, "clocks", v.t("desk.clocks"))
	add(true, "acts", v.t("desk.acts"))
	add(m.Publishing != nil, "publishing", v.t("desk.publishing_public"))
	add(m.Publishing == nil && len(m.Fields) > 0, "reported", m.reportedTitle(v))
	add(len(m.PartTables) > 0, "parts", v.t("desk.part_matters"))
	add(true, "line", v.t("desk.timeline"))
	add(m.Talk, "dialogue", talk)
	add(true, "papers", v.t("desk.papers"))
	add(!m.Outside, "notes", v.t("desk.notes"))
	return list
}
