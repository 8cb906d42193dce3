package portal

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"yifa/internal/door"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// mineView is where somebody finds the matters again whose filer has confirmed her contact.
type mineView struct {
	Contact  web.Field
	Code     web.Field
	Ticket   string // a code was sent
	Error    string
	Field    string
	Can      bool   // codes can be sent here
	Provider string // address that leads to the provider of identities; empty: there is none
	Named    string
	Ended    bool
	Matters  []office.Brief
}

// mine serves GET /mine: the list, or what leads to it.
func (p *Portal) mine(w http.ResponseWriter, r *http.Request) error {
	c, found := p.heldContact(r)
	if !found {
		return p.showMine(w, r, http.StatusOK, mineView{Ended: r.URL.Query().Get("said") == "ended"})
	}
	list, err := p.Office.MattersOf(r.Context(), c, langOf(r))
	if err != nil {
		return err
	}
	for i, b := range list {
		list[i].Stage = plainStage(langOf(r), b)
	}
	p.keepContact(w, c)
	web.Secret(w)
	return show(w, r, http.StatusOK, web.T(r.Context(), "contact.mine_title"), mineListPage(mineView{Matters: list}))
}

func (p *Portal) showMine(w http.ResponseWriter, r *http.Request, status int, v mineView) error {
	ctx := r.Context()
	v.Can = len(p.Office.Confirmable()) > 0
	v.Contact = web.Field{Kind: web.TextField, Name: "contact", Label: web.T(ctx, "contact.contact"), Hint: web.T(ctx, "contact.contact_hint"), Autocomplete: "off", Max: 200}
	v.Code = codeField(r, "code")
	switch v.Field {
	case "contact":
		v.Contact.Error, v.Contact.Value = v.Error, r.PostForm.Get("contact")
	case "code":
		v.Code.Error = v.Error
	}
	if p.Provider != nil {
		v.Provider, v.Named = "/identify", p.providerName(r)
	}
	web.Secret(w)
	return show(w, r, status, web.T(ctx, "contact.mine_title"), minePage(v))
}

// startMine serves POST /mine: sends a code to whatever contact was typed, known here or not. Whether it has matters shows
// only to whoever has confirmed it.
func (p *Portal) startMine(w http.ResponseWriter, r *http.Request) error {
	if err := door.ReadText(r); err != nil {
		return err
	}
	typed := r.PostForm.Get("contact")
	kind := office.KindOf(typed)
	if kind != "" {
		if err := p.guards.sendCode(r); err != nil {
			return err
		}
	}
	ticket, err := p.Office.SendCode(r.Context(), kind, typed, langOf(r))
	if fault := codeFault(r, err); fault != "" {
		return p.showMine(w, r, http.StatusUnprocessableEntity, mineView{Field: "contact", Error: fault})
	}
	if err != nil {
		return err
	}
	return redirect(w, r, "/mine/code/"+ticket)
}

// mineCode serves GET /mine/code/{ticket}: asks for the code that was sent.
func (p *Portal) mineCode(w http.ResponseWriter, r *http.Request) error {
	return p.showMine(w, r, http.StatusOK, mineView{Ticket: r.PathValue("ticket")})
}

// checkMine serves POST /mine/code/{ticket}.
func (p *Portal) checkMine(w http.ResponseWriter, r *http.Request) error {
	if err := door.ReadText(r); err != nil {
		return err
	}
	if err := p.guards.tryContact(r); err != nil {
		return err
	}
	c, err := p.Office.CheckCode(r.Context(), r.PathValue("ticket"), r.PostForm.Get("code"))
	if fault := codeFault(r, err); fault != "" {
		return p.showMine(w, r, http.StatusUnprocessableEntity, mineView{Ticket: r.PathValue("ticket"), Field: "code", Error: fault})
	}
	if err != nil {
		return err
	}
	p.keepContact(w, c)
	return redirect(w, r, "/mine")
}

// openMine serves POST /mine/open: looks at one of the matters, as with its receipt code.
func (p *Portal) openMine(w http.ResponseWriter, r *http.Request) error {
	c, found := p.heldContact(r)
	if !found {
		return redirect(w, r, "/mine?said=ended")
	}
	id, ok := parseID(r.PostFormValue("matter"))
	if !ok {
		return web.NotFound
	}
	if _, err := p.Office.ByContact(r.Context(), c, id, langOf(r)); err != nil {
		if errors.Is(err, office.ErrNotFound) {
			return web.NotFound
		}
		return err
	}
	p.keepCode(w, heldByContact(c, id))
	return redirect(w, r, "/track/matter")
}

// leaveMine serves POST /mine/leave: both look-ups end.
func (p *Portal) leaveMine(w http.ResponseWriter, r *http.Request) error {
	p.setNamed(w, contactCookie, "", -1)
	p.forgetCode(w)
	return redirect(w, r, "/mine")
}

// byContact begins what stands in place of a receipt code where a matter was found by a contact.
const byContact = "@"

func heldByContact(c office.Contact, id matter.ID) string {
	return byContact + c.Text() + byContact + id.String()
}

// readerOf is who looks with what is held: a receipt code, or a confirmed contact and a matter of it.
func (p *Portal) readerOf(r *http.Request, held string) (office.Reader, error) {
	rest, is := strings.CutPrefix(held, byContact)
	if !is {
		return p.Office.ByCode(r.Context(), held, langOf(r))
	}
	contact, of, _ := strings.Cut(rest, byContact)
	id, ok := parseID(of)
	if !ok {
		return office.Reader{}, office.ErrNotFound
	}
	return p.Office.ByContact(r.Context(), office.ContactFrom(contact), id, langOf(r))
}

const contactCookie = "yifa_mine"

// keepContact keeps who has confirmed a contact for half an hour, sealed.
func (p *Portal) keepContact(w http.ResponseWriter, c office.Contact) {
	p.setNamed(w, contactCookie, p.sealed(contactCookie, c.Text()), int(codeLife/time.Second))
}

func (p *Portal) heldContact(r *http.Request) (office.Contact, bool) {
	text := p.unsealed(r, contactCookie)
	return office.ContactFrom(text), text != ""
}
