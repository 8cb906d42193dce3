package office

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"log/slog"

	"yifa/internal/calendar"
	"yifa/internal/evidence"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// Act is what a door asks for.
type Act struct {
	Matter    matter.ID // zero: opens a new matter of Procedure
	Procedure string
	Act       string
	Rev       int             // revision the page showed; 0: none was shown
	Happened  calendar.Moment // zero: now
	Fields    map[string][]string
	Uploads   map[string][]Upload
	Arrived   map[string][]string // by field: files that came piece by piece before
	Import    matter.ID           // the files came among existing papers sorted for this matter
	Key       string              // idempotency key
}

// Upload is a file on its way in.
type Upload struct {
	Name string
	Body io.Reader
}

// Done is a stored act.
type Done struct {
	Matter matter.ID
	Seq    int
	Opened []matter.ID // by the act, and by what it brought about
	Under  []string    `json:",omitempty"` // their procedures
	Go     matter.ID   // the opened matter in which whoever acted goes on; zero: none
	Coded  matter.ID   `json:",omitempty"` // of which Code is; zero: the act gives none
	Code   string      `json:"-"`          // receipt code to hand out or to keep; told once and never stored
}

// Result is one line of an act done on many matters.
type Result struct {
	ID  matter.ID
	Err error
}

// Perform does an act: it is refused, stored whole or not at all, and answered when it is on disk.
// Errors: *Refused, BadFields, *Conflict, ErrNotFound, ErrKeyReused; anything else is a fault.
func (o *Office) Perform(ctx context.Context, r Reader, a Act) (Done, error) {
	if r.Filer != 0 && a.Matter != r.Filer || a.Procedure == registerAccount { // see CreateAccount: no act without its effect
		return Done{}, ErrNotFound
	}
	if err := o.standsBy(ctx, r, a); err != nil {
		return Done{}, err
	}
	a, err := o.byNumber(ctx, r, a)
	if err != nil {
		return Done{}, err
	}
	if err := errors.Join(o.disclose(ctx, r, &a), o.nameless(ctx, r, a)); err != nil {
		return Done{}, err
	}
	files, err := o.take(ctx, r, a.Uploads)
	if err != nil {
		return Done{}, err
	}
	if len(a.Arrived) > 0 && a.Key == "" {
		a.Key = newKey()
	}
	spend, err := o.arrived(ctx, r, a, files)
	if err != nil {
		return Done{}, err
	}
	undo, err := o.cover(ctx, r, &a, files)
	if err != nil {
		return Done{}, err
	}
	done, err := o.attempt(ctx, r, a, files, spend)
	err = o.explain(ctx, r, a, err)
	if settled(err) {
		undo()
	}
	return done, err
}

// PerformEach does the same act on many matters, each on its own; revs are what the page showed.
func (o *Office) PerformEach(ctx context.Context, r Reader, revs map[matter.ID]int, a Act) []Result {
	var out []Result
	for id, rev := range revs {
		one := a
		one.Matter, one.Rev = id, rev
		if a.Key != "" {
			one.Key = a.Key + "/" + id.String()
		}
		_, err := o.Perform(ctx, r, one)
		out = append(out, Result{id, err})
	}
	return out
}

// attempt hands the act to the writer. spend is done with it.
func (o *Office) attempt(ctx context.Context, r Reader, a Act, files map[string][]matter.File, spend func(context.Context, *store.Tx) error) (Done, error) {
	now, body := o.now(), bodyHash(a, files)
	if a.Happened.Day.IsZero() {
		a.Happened = calendar.MomentAt(now)
	}
	try := procedure.Attempt{Matter: a.Matter, Procedure: a.Procedure, Act: a.Act, Happened: a.Happened, Recorded: now,
		Rev: a.Rev, Fields: a.Fields, Files: files, Key: a.Key, Proved: o.proof(r)}
	holder := ""
	if a.Matter != 0 && r.Filer == 0 {
		var err error
		if holder, err = o.holder(ctx, r, a.Matter); err != nil {
			return Done{}, err
		}
	}
	by := r.actors(holder)
	try.By = by[0]
	req := request{try: try, others: by[1:], keys: r.keys, body: body,
		also: func(ctx context.Context, tx *store.Tx, _ Done) error { return spend(ctx, tx) }}
	if try.Key == "" {
		req.try.Key = newKey()
	}
	who := r.Person
	if r.Filer != 0 {
		who = r.Filer.String()
	}
	code := o.codeFor(who, req.try.Key).Digits()
	req.code = o.vault.ReceiptCodeMAC(code)
	done, err := o.submit(ctx, req)
	if done.Coded != 0 {
		done.Code = code
	}
	return done, err
}

// holder is the organ that holds a matter, for a reader who may know of it.
func (o *Office) holder(ctx context.Context, r Reader, id matter.ID) (string, error) {
	var holder string
	err := o.db.Read(ctx, func(q *store.Query) error {
		if err := o.mayRead(ctx, q, r, id); err != nil {
			return err
		}
		row, err := q.Matter(ctx, id)
		holder = row.Holder
		return err
	})
	return holder, notFound(err)
}

// notFound makes the store's answer ours.
func notFound(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return ErrNotFound
	}
	return err
}

// bodyHash is what an idempotency key is bound to: everything that was sent but the key.
func bodyHash(a Act, files map[string][]matter.File) [32]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%s\n%d\n%d %d\n", a.Matter, a.Procedure, a.Act, a.Rev, a.Happened.Day, a.Happened.Minute)
	for _, name := range sortedKeys(a.Fields) {
		writeList(h, name, a.Fields[name])
	}
	for _, name := range sortedKeys(files) {
		for _, f := range files[name] {
			fmt.Fprintf(h, "%q %x\n", name, f.SHA256)
		}
	}
	return [32]byte(h.Sum(nil))
}

func writeList(h hash.Hash, name string, values []string) {
	fmt.Fprintf(h, "%q", name)
	for _, v := range values {
		fmt.Fprintf(h, " %q", v)
	}
	fmt.Fprintln(h)
}

// take stores uploads: the original, and beside it the copy without hidden data.
func (o *Office) take(ctx context.Context, r Reader, uploads map[string][]Upload) (map[string][]matter.File, error) {
	files := map[string][]matter.File{}
	for _, name := range sortedKeys(uploads) {
		for _, u := range uploads[name] {
			f, err := o.evidence.Take(ctx, u.Name, u.Body)
			var no *evidence.Unacceptable
			if errors.As(err, &no) {
				return nil, BadFields{name: unacceptable(r.Lang, u.Name, no)}
			}
			if errors.Is(err, evidence.ErrScanner) {
				slog.Error("evidence", "fault", err)
				return nil, BadFields{name: i18n.T(r.Lang, "office.file.unscanned", "name", u.Name)}
			}
			if err != nil {
				return nil, fmt.Errorf("office: take file: %w", full(err))
			}
			files[name] = append(files[name], filesOf(f)...)
		}
		if err := o.evidence.CheckCount(len(uploads[name])); err != nil {
			var no *evidence.Unacceptable
			errors.As(err, &no)
			return nil, BadFields{name: unacceptable(r.Lang, "", no)}
		}
	}
	return files, nil
}

// filesOf is a taken file as the record keeps it: the original, then its clean copy if there is one.
func filesOf(f evidence.File) []matter.File {
	one := func(b evidence.Blob, kind evidence.Kind, clean bool) matter.File {
		return matter.File{Name: f.Name, Media: string(kind), Size: b.Size, SHA256: b.SHA256[:], SM3: b.SM3[:],
			Blob: b.Address, Key: b.Key, Clean: clean}
	}
	out := []matter.File{one(f.Original, f.Kind, false)}
	if f.Clean != nil {
		return append(out, one(*f.Clean, f.CleanKind, true))
	}
	out[0].Why, out[0].Found = string(f.NoCleanCopy), f.Found
	return out
}

// otherKinds are kinds of file that offices have, for which there is a way out: by media type, the words for it.
var otherKinds = map[string]string{"image/tiff": "tiff", "application/msword": "old_word", "application/x-ole-storage": "old_word", "application/ofd": "ofd",
	"application/zip": "archive", "application/x-rar-compressed": "archive", "application/x-7z-compressed": "archive",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "sheet", "application/vnd.ms-excel": "sheet"}

// unacceptable words the refusal of a file: which one, why, and what to send instead.
func unacceptable(lang i18n.Lang, name string, no *evidence.Unacceptable) string {
	kinds, accepted := "", no.Accepted
	if len(accepted) == 0 {
		accepted = evidence.Accepted()
	}
	for i, k := range accepted {
		if i > 0 {
			kinds += i18n.T(lang, "office.list_comma")
		}
		kinds += k.Extension()[1:]
	}
	limit := fmt.Sprint(no.Limit)
	if no.Why == evidence.TooLarge {
		limit = i18n.Size(no.Limit)
	}
	if way := otherKinds[no.Found]; no.Why == evidence.WrongKind && way != "" {
		return i18n.T(lang, "office.file."+way, "name", name)
	}
	return i18n.T(lang, "office.file."+string(no.Why), "name", name, "limit", limit, "kinds", kinds)
}
