package office

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/store"
)

// channelEmail is the way in of a report that began as a mail.
const channelEmail = "email"

// How often one address is written to (ptsd/304).
const (
	mailedDay    = 5
	MailedWithin = 24 * time.Hour
)

var (
	// ErrMailed: the address wrote as often as it is answered.
	ErrMailed = errors.New("office: that address was answered often enough today")
	// ErrNotCarried: the answer could not be sent; nothing is kept but a draft nobody knows of.
	ErrNotCarried = errors.New("office: the answer to a mail could not be sent")
)

// Mailed is a mail somebody wrote to report a problem. From is what it says: nobody vouches for it.
type Mailed struct {
	From, Subject, Text string
	Files               []Upload
}

// AnswersMail says whether mails can be taken: the sender is answered by mail, with a link.
func (o *Office) AnswersMail() bool { return o.CanSubscribe() }

// KeepMail makes a draft of a mail and sends its sender the link, by which he looks it through and files it (ptsd/304).
// Nothing is filed, and of the address nothing is kept. Files that are not taken are named in the answer. BadFields names
// "from" where it is no address.
func (o *Office) KeepMail(ctx context.Context, r Reader, m Mailed) error {
	to := plainContact(ContactEmail, m.From)
	if to == "" {
		return BadFields{"from": i18n.T(r.Lang, "subscribe.bad")}
	}
	if err := o.spendAnswer(ctx, to); err != nil {
		return err
	}
	d, err := o.NewDraft(ctx)
	if err != nil {
		return err
	}
	var refused []string
	for _, f := range m.Files {
		var bad BadFields
		_, err := o.AddDraftFile(ctx, d.ID, r, f)
		switch {
		case errors.As(err, &bad):
			refused = append(refused, f.Name)
		case err != nil:
			return err
		}
	}
	_, err = o.changeDraft(ctx, d.ID, func(c *draftContent) error {
		c.Mail = true
		c.Fields["account"] = []string{strings.TrimSpace(m.Subject + "\n\n" + m.Text)}
		return nil
	})
	if err != nil {
		return err
	}
	carry, cancel := context.WithTimeout(ctx, carryTime)
	defer cancel()
	if err := o.courier.Carry(carry, o.mailAnswer(to, m, d.ID, refused)); err != nil {
		slog.Error("message", "kind", ContactEmail, "fault", err)
		return ErrNotCarried
	}
	return nil
}

// spendAnswer counts the answers to an address within a day.
func (o *Office) spendAnswer(ctx context.Context, to string) error {
	day, until := o.Today(), o.now().Add(MailedWithin)
	free := false
	err := o.beside(ctx, func(tx *store.Tx) error {
		free = false
		for n := range mailedDay {
			fresh, err := tx.UsePoW(ctx, fmt.Sprintf("mail/%s/%s/%d", o.contactBlind("mail", to), day, n), until)
			if free = fresh; err != nil || fresh {
				return err
			}
		}
		return nil
	})
	if err == nil && !free {
		err = ErrMailed
	}
	return err
}

// mailAnswer is written in the languages of the site one below the other: nobody knows which one the sender reads.
func (o *Office) mailAnswer(to string, m Mailed, draft string, refused []string) Letter {
	var texts []string
	for _, lang := range []i18n.Lang{i18n.ZhHans, i18n.En} {
		files := ""
		if len(m.Files) > 0 {
			files = i18n.T(lang, "mailed.files", "n", len(m.Files)-len(refused)) + "\n"
		}
		if len(refused) > 0 {
			files += i18n.T(lang, "mailed.refused", "names", strings.Join(refused, i18n.T(lang, "portal.list_sep"))) + "\n"
		}
		texts = append(texts, i18n.T(lang, "mailed.text", "hours", int(draftKept/time.Hour), "address", o.at(lang, "/report/d/"+draft+"/what"), "files", files))
	}
	return Letter{Kind: ContactEmail, To: to, Subject: i18n.T(i18n.ZhHans, "mailed.subject"), Text: strings.Join(texts, "\n\n――――――――\n\n")}
}
