package office

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"yifa/internal/identity"
	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// The questions of a report that the office answers itself beside confirmedField: by which door it came in, and where
// that was an app, by which (ptsd/210).
const (
	channelField = "channel"
	appField     = "app"
	channelWeb   = "web"
	channelApp   = "app"
)

// Contribution is a report that an app hands in whole for a person.
type Contribution struct {
	App    string // its id: letters, digits, dashes
	Token  string // from ContributionToken
	Number string // what the hotline calls it; "" from an app that hands in for the public
	Fields map[string][]string
	Files  []Upload
}

// tokenText writes tokens and request numbers: 16 bytes, 26 characters.
var tokenText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// tokenBytes is the length of a token and of a request number.
const tokenBytes = 16

// ContributionToken names one sending of an app. A key of the app's own choosing gives the same token again within the
// draft's 24 hours, so that what is sent twice is one report; an empty key gives a new one each time. Whoever holds the
// token learns the number of the request and nothing else.
func (o *Office) ContributionToken(app, key string) string {
	var b [tokenBytes]byte
	if key == "" {
		_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	} else {
		copy(b[:], o.vault.MAC(vault.Contribution, []byte("token\x00"+app+"\x00"+key)))
	}
	return tokenText.EncodeToString(b[:])
}

// contributed is the draft of a token: its address shows the receipt code, so it does not follow from the token without
// the vault.
func (o *Office) contributed(token string) string {
	return base64.RawURLEncoding.EncodeToString(o.vault.MAC(vault.Contribution, []byte("draft\x00"+token))[:24])
}

// KeepContribution takes a report into the draft of its token, and says whether the report can be filed as it stands.
// Sent again it changes nothing where it was filed. Errors: BadFields; ErrKeyReused where something else was filed under
// the token, or it was used so long ago that this can no longer be told. Nothing is kept where it fails.
func (o *Office) KeepContribution(ctx context.Context, r Reader, c Contribution) error {
	id := o.contributed(c.Token)
	if bad, err := o.checkReport(ctx, c.Fields, nil, r.Lang); err != nil || len(bad) > 0 {
		if err == nil {
			err = bad
		}
		return err
	}
	content := draftContent{Fields: c.Fields, App: c.App, Number: c.Number}
	err := o.takeContribution(ctx, r, c.Files, &content)
	content.Sent = content.fingerprint()
	gone := content.Files // what is left over
	if err == nil {
		err = o.db.Write(ctx, func(tx *store.Tx) (err error) {
			gone, err = o.replaceDraft(ctx, tx, id, content)
			return err
		})
	}
	if err != nil {
		gone = content.Files
	}
	return errors.Join(err, o.removeFiles(gone))
}

// takeContribution seals the files of a contribution.
func (o *Office) takeContribution(ctx context.Context, r Reader, uploads []Upload, c *draftContent) error {
	for _, u := range uploads {
		if err := o.evidence.CheckCount(len(c.Files) + 1); err != nil {
			return tooManyFiles(r, u, err)
		}
		files, err := o.take(ctx, r, map[string][]Upload{"files": {u}})
		if err != nil {
			return err
		}
		c.Files = append(c.Files, draftFile{Key: files["files"][0].Blob, Files: files["files"]})
	}
	return nil
}

// replaceDraft puts a contribution into its draft and gives the files that are then nobody's: those that stood in the
// draft before, or where it was filed already, those that came now.
func (o *Office) replaceDraft(ctx context.Context, tx *store.Tx, id string, c draftContent) ([]draftFile, error) {
	s, err := tx.Draft(ctx, draftKey(id), o.now())
	if errors.Is(err, store.ErrNotFound) {
		code := identity.ReceiptCodeFrom(o.vault.MAC(receiptOf, []byte(id)))
		if _, _, err := tx.FindReceiptCode(ctx, o.vault.ReceiptCodeMAC(code.Digits())); err == nil {
			return c.Files, ErrKeyReused
		} else if !errors.Is(err, store.ErrNotFound) {
			return c.Files, err
		}
		return nil, o.putDraft(ctx, tx, id, c, o.now().Add(draftKept))
	}
	if err != nil {
		return c.Files, err
	}
	had, err := o.openDraft(id, s)
	switch {
	case err != nil:
		return c.Files, err
	case had.Filed != nil && had.Sent != c.Sent:
		return c.Files, ErrKeyReused
	case had.Filed != nil:
		return c.Files, nil
	}
	return had.Files, o.putDraft(ctx, tx, id, c, s.Expires)
}

// removeFiles takes files off the disk that no draft and no matter names.
func (o *Office) removeFiles(list []draftFile) error {
	var faults []error
	for _, d := range list {
		for _, f := range d.Files {
			faults = append(faults, o.blobs.Remove(f.Blob))
		}
	}
	return errors.Join(faults...)
}

// FileContribution files what KeepContribution kept and gives the receipt; done twice, the same one. ErrNotFound where
// nothing is kept under the token.
func (o *Office) FileContribution(ctx context.Context, r Reader, token string) (Receipt, error) {
	return o.FileReport(ctx, o.contributed(token), r.Lang, nil)
}

// fingerprint tells what was sent, whatever the addresses its files are stored under. "" is no report.
func (c draftContent) fingerprint() string {
	h := sha256.New()
	for _, name := range sortedKeys(c.Fields) {
		writeList(h, name, c.Fields[name])
	}
	for _, f := range c.Files {
		_, _ = fmt.Fprintf(h, "%q %x\n", f.Files[0].Name, f.Files[0].SHA256)
	}
	_, _ = fmt.Fprintf(h, "app %q %q\n", c.App, c.Number)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// sayChannel answers, in the filer's place, by which door the report came in.
func (c draftContent) sayChannel() {
	c.Fields[channelField] = []string{channelWeb}
	delete(c.Fields, appField)
	delete(c.Fields, handedNumber)
	if c.Mail {
		c.Fields[channelField] = []string{channelEmail}
	}
	if c.App != "" {
		c.Fields[channelField], c.Fields[appField] = []string{channelApp}, []string{c.App}
	}
	if c.Number != "" {
		c.Fields[channelField], c.Fields[handedNumber] = []string{channelHotline}, []string{c.Number}
	}
}

// HandedRequest is the number of the request in which a reference of the hotline was given; ErrNotFound where none is.
func (o *Office) HandedRequest(ctx context.Context, reference string) (string, error) {
	var there []matter.ID
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		there, err = o.handedTo(ctx, q, reference)
		return err
	})
	if err == nil && len(there) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return "", err
	}
	return o.RequestNumber(there[0]), nil
}

// RequestNumber is the number under which an app follows a report it handed in. It opens the little that Follow tells,
// and neither the matter's id nor its receipt code can be told from it. It stays the same when the active key is rotated.
func (o *Office) RequestNumber(id matter.ID) string {
	plain := []byte(id.String())
	tag := o.vault.MAC(vault.Contribution, append([]byte("number\x00"), plain...))[:tokenBytes/2]
	return tokenText.EncodeToString(append(tag, o.masked(tag, uint64(id))...))
}

// masked hides an id under its tag, and shows it again.
func (o *Office) masked(tag []byte, id uint64) []byte {
	mask := o.vault.MAC(vault.Contribution, append([]byte("mask\x00"), tag...))[:8]
	for i := range mask {
		mask[i] ^= byte(id >> (8 * (7 - i)))
	}
	return mask
}

// numbered is the matter of a request number, ErrNotFound for what is none.
func (o *Office) numbered(number string) (matter.ID, error) {
	b, err := tokenText.DecodeString(strings.ToLower(number))
	if err != nil || len(b) != tokenBytes {
		return 0, ErrNotFound
	}
	var hidden uint64
	for _, x := range b[tokenBytes/2:] {
		hidden = hidden<<8 | uint64(x)
	}
	var id uint64
	for _, x := range o.masked(b[:tokenBytes/2], hidden) {
		id = id<<8 | uint64(x)
	}
	if id>>63 != 0 || o.RequestNumber(matter.ID(id)) != strings.ToLower(number) {
		return 0, ErrNotFound
	}
	return matter.ID(id), nil
}
