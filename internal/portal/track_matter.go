package portal

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// matterView is the page a person finds by the receipt code.
type matterView struct {
	office.Tracked
	Days     []nextDay
	Clocks   []web.Clock
	Items    []web.TimelineItem
	Messages []messageView
	Files    []web.File
	Papers   []web.File // letters
	Acts     []web.Act
	Answered bool // a message of the office waits for an answer
	Message  *formView
	Other    []remedyView
	Taken    string   // label of the act just done
	Turn     *web.Act // what waits for the filer
	Off      bool     // it was split off the matter the code belongs to
	Again    *againView
}

// againView is what somebody can do who finds that what was answered is not solved.
type againView struct {
	Ask, Label string        // the act by which she has it looked at again; empty: she cannot any more
	By         calendar.Date // last day of it
	Why        string        // she cannot
	New        string        // where she reports on instead
}

// messageView is one message with its files.
type messageView struct {
	web.Message
	Files []web.File
}

// trackMatter serves GET /track/matter.
func (p *Portal) trackMatter(w http.ResponseWriter, r *http.Request) error {
	reader, found, err := p.reader(w, r)
	if err != nil {
		return err
	}
	if !found {
		p.forgetCode(w)
		return redirect(w, r, "/track?said=ended")
	}
	t, err := p.Office.Track(r.Context(), reader)
	if err != nil {
		return err
	}
	v, err := p.matterView(r, reader, t)
	if err != nil {
		return err
	}
	web.Secret(w)
	return show(w, r, http.StatusOK, t.Stage+" - "+web.T(r.Context(), "portal.track_title"), trackMatterPage(v))
}

func (p *Portal) matterView(r *http.Request, reader office.Reader, t office.Tracked) (matterView, error) {
	ctx, lang := r.Context(), langOf(r)
	if code := p.heldCode(r); len(code) > 4 && !strings.HasPrefix(code, byContact) {
		t.CodeTail = code[len(code)-4:]
	}
	_, of, _ := strings.Cut(p.held(r), "/")
	v := matterView{Tracked: t, Off: of != "", Papers: documentsOf(t.Documents), Items: door.Timeline(t.Timeline, web.T(ctx, "portal.now"))}
	v.Stage = plainStage(lang, t.Brief)
	for i, item := range t.Timeline {
		if item.State == "now" {
			v.Items[i].Title = v.Stage
		}
	}
	for _, n := range t.Next {
		v.Days = append(v.Days, nextOf(lang, n))
	}
	for _, c := range t.Clocks {
		k := clockOf(lang, c)
		if k.Face == web.Closed {
			continue
		}
		k.Key = len(v.Clocks) == 0
		if k.Face != web.Suspended { // why stands beside the day under 接下来
			k.Why = nil
		}
		v.Clocks = append(v.Clocks, k)
	}
	for _, m := range t.MatterView.Messages {
		v.Messages = append(v.Messages, messageOf(r, m))
		v.Answered = v.Answered || m.New && !m.Mine
	}
	for _, f := range t.MatterView.Files {
		v.Files = append(v.Files, fileOf(ctx, f))
	}
	if done := r.URL.Query().Get("done"); done != "" {
		if form, err := p.Office.Form(ctx, reader, t.ID, done, nil); err == nil { // an act nobody has is not named
			v.Taken = form.Act.Label
		}
	}
	v.Other, v.Again = remediesOf(t.Remedies), againOf(t)
	return v, p.offer(r, reader, &v)
}

// againOf is nil where nothing was answered yet, or it is being looked at again.
func againOf(t office.Tracked) *againView {
	i := slices.IndexFunc(t.MatterView.Acts, func(a office.ActView) bool { return a.Act == actAskAgain })
	if i < 0 {
		return nil
	}
	a, v := t.MatterView.Acts[i], &againView{New: "/report"}
	if t.Published != 0 {
		v.New = notSolvedPath(office.Outcome{ID: t.Published})
	}
	switch {
	case a.Open:
		v.Ask, v.Label = "/track/acts/"+a.Act, a.Label
	case a.Refusal != nil:
		v.Why = a.Refusal.Said()
	}
	for _, c := range t.Clocks {
		if c.Name == clockAskAgain && a.Open {
			v.By = c.Due
		}
	}
	return v
}

// offer fills what the filer can do: the acts as links, the message as a form beside the dialogue.
func (p *Portal) offer(r *http.Request, reader office.Reader, v *matterView) error {
	ctx := r.Context()
	for _, a := range v.Tracked.MatterView.Acts {
		if a.Act != actMessage {
			v.Acts = append(v.Acts, actOf(a))
			if a.Open && slices.Contains(filerTurn, a.Act) && v.Turn == nil {
				v.Turn = &v.Acts[len(v.Acts)-1]
			}
			continue
		}
		if !a.Open {
			continue
		}
		form, err := p.Office.Form(ctx, reader, v.ID, actMessage, nil)
		if err != nil {
			return err
		}
		if len(form.Fields) > 0 {
			form.Fields[0].Label = form.Act.Label // 写给承办人 stands for itself beside the dialogue
		}
		f := formOf(ctx, form)
		v.Message = &f
	}
	return nil
}

func messageOf(r *http.Request, m office.Message) messageView {
	ctx := r.Context()
	who := m.From
	if m.Mine {
		who = web.T(ctx, "portal.you")
	}
	v := messageView{Message: web.Message{Mine: m.Mine, Text: m.Text, Who: who, At: m.On}}
	if m.New && !m.Mine {
		v.Tag = &web.Tag{Text: web.T(ctx, "portal.message_new"), Kind: "yellow"}
	}
	for _, f := range m.Files {
		v.Files = append(v.Files, fileOf(ctx, f))
	}
	return v
}

// actOf is one act as the side panel lists it: a link, or the reason why not now.
func actOf(a office.ActView) web.Act {
	act := web.Act{Name: a.Label, Note: a.Note, Unverified: a.Unsaid}
	switch {
	case a.Open:
		act.Path, act.Unverified = "/track/acts/"+a.Act, false
	case a.Refusal != nil:
		act.Note, act.Waiting = a.Refusal.Said(), true
	}
	return act
}

// codeTail names the code by which the matter was found: one was shown with a receipt, the other when a paper was collected.
func codeTail(ctx context.Context, collected bool) string {
	if collected {
		return web.T(ctx, "collect.code_tail")
	}
	return web.T(ctx, "portal.code_tail")
}
