package desk

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// securityPath is where somebody sees and changes by what he signs in.
const securityPath = "/desk/account/security"

func queryEscape(s string) string { return url.QueryEscape(s) }

// account serves GET /desk/account: who is signed in, under which posts.
func (d *Desk) account(v visit) error { return d.showAccount(v, feedView{}) }

func (d *Desk) showAccount(v visit, f feedView) (err error) {
	if f.Made, err = d.Office.FeedMade(v.Context(), v.reader); err != nil {
		return err
	}
	return v.show(page{title: v.t("desk.account"), content: accountPage(v.reader, f)})
}

// passwordView is the page on which somebody changes his password.
type passwordView struct {
	Fields []web.Field
	Done   bool
}

// passwordPage serves GET /desk/account/password.
func (d *Desk) passwordPage(v visit) error {
	return d.showPassword(v, http.StatusOK, passwordView{Done: v.URL.Query().Has("done")}, nil)
}

func (d *Desk) showPassword(v visit, status int, out passwordView, faults map[string]string) error {
	for _, f := range []struct{ name, label, hint, fill string }{
		{"old", "desk.password_old", "", "current-password"},
		{"new", "desk.password_new", "desk.password_rule", "new-password"},
		{"again", "desk.password_again", "", "new-password"},
	} {
		hint := ""
		if f.hint != "" {
			hint = v.t(f.hint)
		}
		out.Fields = append(out.Fields, web.Field{Kind: web.TextField, Type: "password", Name: f.name, Label: v.t(f.label), Hint: hint, Autocomplete: f.fill, Error: faults[f.name]})
	}
	web.Secret(v.w)
	return v.show(page{status: status, title: v.t("desk.password_change"), content: passwordPage(out)})
}

// changePassword serves POST /desk/account/password.
func (d *Desk) changePassword(v visit) error {
	old, next := v.PostForm.Get("old"), v.PostForm.Get("new")
	faults := map[string]string{}
	switch {
	case old == "":
		faults["old"] = v.t("desk.password_old_missing")
	case next != v.PostForm.Get("again"):
		faults["again"] = v.t("desk.password_differs")
	default:
		if err := d.limits.Allow(v.Request, classSignIn); err != nil {
			return err
		}
		out, err := d.tried(v, secret{signInView{}, v.reader.Login, "desk.prove_wrong"}, func() (office.Signed, error) {
			err := d.Office.ChangePassword(v.Context(), v.reader, old, next, d.from(v))
			if why := v.passwordFault(err); why != "" {
				faults["new"] = why
				err = nil
			}
			return office.Signed{}, err
		})
		if err != nil {
			return err
		}
		if out.Error != "" {
			faults["old"] = out.Error
		}
	}
	if len(faults) > 0 {
		return d.showPassword(v, http.StatusUnprocessableEntity, passwordView{}, faults)
	}
	return v.redirect("/desk/account/password?done=1")
}

// securityView is by what somebody signs in, and where he is signed in.
type securityView struct {
	Factors  office.Factors
	Sessions []office.SessionView
	Last     []office.SignInView
	MustHave bool
	Setup    *setupView
	Recovery []string // codes made just now, shown once
	Told     string
	Error    string
	Passkey  *office.Ceremony // a passkey being made
	Passkeys bool             // can be made at this address
}

// setupView is a program for codes being set up.
type setupView struct {
	Secret string
	QR     web.QR
	Error  string
}

// lastShown is how many of the latest attempts the page shows; signInsPage how many a page of all of them has.
const (
	lastShown   = 5
	signInsPage = 50
)

// security serves GET /desk/account/security.
func (d *Desk) security(v visit) error { return d.showSecurity(v, http.StatusOK, securityView{}) }

func (d *Desk) showSecurity(v visit, status int, out securityView) (err error) {
	if out.Factors, err = d.Office.Factors(v.Context(), v.reader); err != nil {
		return err
	}
	if out.Sessions, err = d.Office.Sessions(v.Context(), v.reader); err != nil {
		return err
	}
	if out.Last, err = d.Office.SignIns(v.Context(), v.reader, time.Time{}, lastShown); err != nil {
		return err
	}
	out.Passkeys = office.PasskeysAt(d.origin(v.Request))
	out.MustHave = v.reader.MustEnrol && !out.Factors.Any()
	web.Secret(v.w)
	shown := page{status: status, title: v.t("desk.security"), content: securityPage(out)}
	if out.Passkey != nil {
		shown.scripts = []string{"passkey.js"}
	}
	return v.show(shown)
}

// changeSecurity serves POST /desk/account/security: begins or ends a second factor, makes recovery codes, ends
// sessions. What is told once is in the answer itself.
func (d *Desk) changeSecurity(v visit) error {
	ctx, form := v.Context(), v.PostForm
	var err error
	switch form.Get("act") {
	case "codes":
		return d.setUpCodes(v)
	case "confirm":
		return d.confirmCodes(v)
	case "passkey":
		made, err := d.Office.NewPasskey(ctx, v.reader, d.origin(v.Request))
		if errors.Is(err, office.ErrNoPasskeys) {
			return d.showSecurity(v, http.StatusUnprocessableEntity, securityView{Error: v.t("desk.passkey_failed")})
		}
		if err != nil {
			return missing(err)
		}
		return d.showSecurity(v, http.StatusOK, securityView{Passkey: &made})
	case "add":
		return d.addPasskey(v)
	case "recovery":
		codes, err := d.Office.NewRecovery(ctx, v.reader, d.from(v))
		if err != nil {
			return missing(err)
		}
		return d.showSecurity(v, http.StatusOK, securityView{Recovery: codes})
	case "drop":
		err = d.Office.DropFactor(ctx, v.reader, form.Get("factor"), d.from(v))
		if errors.Is(err, office.ErrLastFactor) {
			return d.showSecurity(v, http.StatusUnprocessableEntity, securityView{Error: v.t("desk.factor_last")})
		}
	case "end":
		err = d.Office.EndSession(ctx, v.reader, form.Get("session"))
	default:
		return d.showSecurity(v, http.StatusBadRequest, securityView{})
	}
	if err != nil {
		return missing(err)
	}
	return v.redirect(securityPath)
}

// setUpCodes shows the secret that a program for codes is to have.
func (d *Desk) setUpCodes(v visit) error {
	secret, err := d.Office.NewCodes(v.Context(), v.reader, i18n.T(i18n.ZhHans, "desk.codes_issuer"))
	if err != nil {
		return missing(err)
	}
	qr, err := web.NewQR(secret.Address)
	if err != nil {
		return err
	}
	return d.showSecurity(v, http.StatusOK, securityView{Setup: &setupView{Secret: secret.Secret, QR: qr}})
}

// addPasskey takes the browser's answer to the making of a passkey. It is named after the browser and system it is on.
func (d *Desk) addPasskey(v visit) error {
	from := d.from(v)
	recovery, err := d.Office.AddPasskey(v.Context(), v.reader, office.PasskeyAnswer{Origin: d.origin(v.Request), Ceremony: v.PostForm.Get("ceremony"),
		Answer: v.PostForm.Get("answer"), Name: from.Agent, From: from})
	if errors.Is(err, office.ErrCredentials) || errors.Is(err, office.ErrNotFound) || errors.Is(err, office.ErrNoPasskeys) {
		return d.showSecurity(v, http.StatusUnprocessableEntity, securityView{Error: v.t("desk.passkey_failed")})
	}
	if err != nil {
		return err
	}
	return d.showSecurity(v, http.StatusOK, securityView{Recovery: recovery, Told: v.t("desk.passkey_ready")})
}

// confirmCodes takes the first code of the program.
func (d *Desk) confirmCodes(v visit) error {
	if err := d.limits.Allow(v.Request, classSignIn); err != nil {
		return err
	}
	recovery, err := d.Office.ConfirmCodes(v.Context(), v.reader, v.PostForm.Get("first-code"), d.from(v))
	if errors.Is(err, office.ErrCredentials) {
		return d.showSecurity(v, http.StatusUnprocessableEntity, securityView{Setup: &setupView{Error: v.t("desk.code_wrong")}})
	}
	if err != nil {
		return missing(err)
	}
	return d.showSecurity(v, http.StatusOK, securityView{Recovery: recovery, Told: v.t("desk.codes_ready")})
}

// signInsView is one page of the attempts to sign in to an account.
type signInsView struct {
	List []office.SignInView
	Next string // path of older ones
}

// signIns serves GET /desk/account/sign-ins.
func (d *Desk) signIns(v visit) error {
	before, _ := time.Parse(time.RFC3339Nano, v.URL.Query().Get("before"))
	list, err := d.Office.SignIns(v.Context(), v.reader, before, signInsPage+1)
	if err != nil {
		return err
	}
	out := signInsView{List: list}
	if len(list) > signInsPage {
		out.List = list[:signInsPage]
		out.Next = "/desk/account/sign-ins?before=" + queryEscape(list[signInsPage-1].At.Format(time.RFC3339Nano))
	}
	return v.show(page{title: v.t("desk.sign_ins"), content: signInsPageOf(out)})
}

func at(t time.Time) calendar.Moment { return calendar.MomentAt(t) }
