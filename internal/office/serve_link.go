package office

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// The limits of links by which papers are collected (ptsd/173). A used or expired link is known for a while longer, so
// that whoever opens it is told what to do.
const (
	linkKept  = 7 * 24 * time.Hour
	linkTries = 5
	linkKnown = 90 * 24 * time.Hour
)

// What a link may come to instead of opening anything.
var (
	ErrLinkCheck = errors.New("office: not what belongs to the link")
	ErrLinkUsed  = errors.New("office: the link has served")
	ErrLinkOver  = errors.New("office: the link is over")
)

// linkAddress is where a link leads, without the host. It names nobody and no matter.
func linkAddress(token string) string { return "/collect/" + token }

// makeLink gives a matter a new link; those it had before end.
func (o *Office) makeLink(ctx context.Context, tx *store.Tx, id matter.ID, check string) (token string, err error) {
	token = strings.ToLower(rand.Text())
	err = tx.PutServeLink(ctx, store.ServeLink{MAC: o.linkMAC(token), Matter: id, Proof: o.linkProof(token, check), Expires: o.now().Add(linkKept)})
	return token, err
}

func (o *Office) linkMAC(token string) []byte { return o.vault.MAC(vault.ServeLink, []byte(token)) }

// linkProof is the keyed hash of what must be known beside a link.
func (o *Office) linkProof(token, check string) []byte {
	return o.vault.MAC(vault.ServeLink, []byte(token+"\x00"+plainTail(check)))
}

// tailLength is how much of the end of a number is asked for.
const tailLength = 4

// plainTail is the end of a number as it is compared: letters large, digits of ASCII, nothing else.
func plainTail(typed string) string {
	var b strings.Builder
	for _, c := range strings.ToUpper(typed) {
		if c >= '０' && c <= 'Ｚ' {
			c -= '０' - '0'
		}
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' {
			b.WriteRune(c)
		}
	}
	tail := b.String()
	return tail[max(0, len(tail)-tailLength):]
}

// LinkStands says whether a link could open something now: nil, ErrLinkUsed, ErrLinkOver, or ErrNotFound where there never
// was one. It tells nothing of what it leads to.
func (o *Office) LinkStands(ctx context.Context, token string) error {
	var l store.ServeLink
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		l, err = tx.ServeLink(ctx, o.linkMAC(token))
		return err
	})
	if err != nil {
		return notFound(err)
	}
	return o.standing(l)
}

func (o *Office) standing(l store.ServeLink) error {
	switch {
	case !l.Used.IsZero():
		return ErrLinkUsed
	case l.Tries >= linkTries || !l.Expires.After(o.now()):
		return ErrLinkOver
	}
	return nil
}

// OpenLink opens a link for whoever knows what belongs to it, once: it does what the law attaches to that, and gives the
// code by which the matter is found again, which is shown and never stored. ErrLinkCheck, ErrLinkUsed, ErrLinkOver and
// ErrNotFound say why not.
func (o *Office) OpenLink(ctx context.Context, token, check string, lang i18n.Lang) (code string, err error) {
	l, err := o.checkLink(ctx, token, check)
	if err != nil {
		return "", err
	}
	made := identity.NewReceiptCode()
	mac := o.vault.ReceiptCodeMAC(made.Digits())
	use := func(ctx context.Context, tx *store.Tx, _ Done) error {
		return errors.Join(tx.UseServeLink(ctx, l.MAC, o.now()), tx.PutReceiptCode(ctx, mac, l.Matter))
	}
	act, err := o.collecting(ctx, l.Matter)
	switch {
	case err != nil:
		return "", err
	case act == "": // opened before: only the code is new
		err = o.beside(ctx, func(tx *store.Tx) error { return use(ctx, tx, Done{}) })
	default:
		try := o.filerAttempt(l.Matter, act)
		_, err = o.submit(ctx, request{try: try, also: use})
	}
	if errors.Is(notFound(err), ErrNotFound) {
		return "", ErrLinkUsed // by another tab, at the same moment
	}
	if err != nil {
		return "", o.explain(ctx, Reader{Lang: lang, Filer: l.Matter}, Act{Matter: l.Matter, Act: act}, err)
	}
	return made.Digits(), nil
}

// checkLink holds what was entered to a link, and counts what was wrong.
func (o *Office) checkLink(ctx context.Context, token, check string) (store.ServeLink, error) {
	var l store.ServeLink
	var said error
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		if l, err = tx.ServeLink(ctx, o.linkMAC(token)); err != nil {
			return err
		}
		if said = o.standing(l); said == nil && !hmac.Equal(l.Proof, o.linkProof(token, check)) {
			said = ErrLinkCheck
			if l.Tries+1 >= linkTries {
				said = ErrLinkOver
			}
			return tx.TryServeLink(ctx, l.MAC) // counted though it is refused
		}
		return nil
	})
	return l, errors.Join(notFound(err), said)
}

// filerAttempt is an act of whoever holds a matter's code, now.
func (o *Office) filerAttempt(id matter.ID, act string) procedure.Attempt {
	try := o.reportAttempt(nil, nil)
	try.Matter, try.Procedure, try.Act, try.Files = id, "", act, nil
	return try
}

// collecting is the act that opening a link is, "" where it was done before. ErrLinkOver where the matter stands where
// nothing can be collected.
func (o *Office) collecting(ctx context.Context, id matter.ID) (string, error) {
	act := ""
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.stand(ctx, q, Reader{Filer: id}, id)
		if err != nil {
			return err
		}
		over := true
		for _, c := range d.choices() {
			if !c.Act.Collects || !slices.Contains(d.w.p.ActsIn(d.st.Stage), c.Act) {
				continue
			}
			over = false
			if c.Open && act == "" {
				act = c.Act.Name
			}
		}
		if over {
			return ErrLinkOver
		}
		return nil
	})
	return act, notFound(err)
}
