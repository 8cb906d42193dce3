package office

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"yifa/internal/calendar"
	"yifa/internal/document"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// jobDocument makes the bytes of a paper and files them.
const jobDocument = "document"

// maxPaper is more bytes than any paper has.
const maxPaper = 64 << 20

// paperBatch is how many papers are made before other work is looked at again.
const paperBatch = 16

// documentArgs says of which entry of the job's matter the paper is to be made.
type documentArgs struct {
	Seq int `json:"seq"`
}

// filing is the paper a request files.
type filing struct {
	filed matter.Filed
	file  matter.File
}

// documentJobs makes the papers that wait. Filing writes by itself, so a job is finished after it; done again it files
// nothing. A paper that cannot be made is tried again ever more rarely: fonts may be added meanwhile.
func (o *Office) documentJobs(ctx context.Context) error {
	var jobs []store.Job
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimJobs(ctx, o.now(), jobLease, paperBatch, jobDocument)
		return err
	})
	if err != nil {
		return err
	}
	for _, j := range jobs {
		var args documentArgs
		fault := json.Unmarshal([]byte(j.Args), &args)
		if fault == nil {
			fault = o.fileDocument(ctx, j.Matter, args.Seq)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		err := o.db.Write(ctx, func(tx *store.Tx) error {
			if fault == nil {
				return tx.FinishJob(ctx, j, o.now())
			}
			slog.Error("job", "kind", j.Kind, "matter", j.Matter, "attempt", j.Attempt, "fault", fault)
			return tx.FailJob(ctx, j, fault.Error(), o.now().Add(jobLease<<min(j.Attempt, jobSlowest)))
		})
		if err != nil {
			return err
		}
	}
	if len(jobs) == paperBatch {
		o.wake()
	}
	return nil
}

// fileDocument makes the paper of an entry, stores it, and files it by an act of the system. A paper that is filed, or
// was taken back, is left alone. It fails with *document.MissingGlyph where no font has a character.
func (o *Office) fileDocument(ctx context.Context, id matter.ID, seq int) error {
	if _, err := o.ledger.Step(ctx); err != nil { // so that the paper can say its place; the record goes on without its log
		slog.Warn("ledger", "fault", err)
	}
	made, wanted, err := o.paperOf(ctx, id, seq)
	if err != nil || !wanted {
		return err
	}
	pdf, seal, err := o.typeset(made.paper)
	if err != nil {
		return err
	}
	blob, err := o.blobs.Put(ctx, bytes.NewReader(pdf), maxPaper)
	if err != nil {
		return fmt.Errorf("office: paper of %s/%d: %w", id, seq, err)
	}
	f := filing{filed: matter.Filed{Of: seq, Template: made.template, Blob: blob.Address, Seal: seal},
		file: matter.File{Field: "document", Name: fileName(made.paper.Number, made.paper.Title), Media: "application/pdf", Size: blob.Size,
			SHA256: blob.SHA256[:], SM3: blob.SM3[:], Blob: blob.Address, Key: blob.Key}}
	now := o.now()
	try := procedure.Attempt{Matter: id, Act: procedure.FileAct, By: matter.Actor{Person: matter.PersonSystem}, Happened: calendar.MomentAt(now), Recorded: now}
	done, err := o.submit(ctx, request{try: try, filing: &f})
	if err == nil && done.Seq == 0 { // another was faster: nothing points to these bytes
		err = o.blobs.Remove(blob.Address)
	}
	return err
}

// typeset makes the bytes of a paper, sealed where whoever signs it has a seal, and says by which certificate.
func (o *Office) typeset(p document.Paper) (pdf []byte, seal string, err error) {
	s, has := o.seals.For(p.Signer, o.now())
	if has {
		p.Note = i18n.T(i18n.ZhHans, "office.document.sealed")
	}
	if pdf, err = o.fonts.PDF(p); err != nil || !has {
		return pdf, "", err
	}
	pdf, err = o.fonts.Sign(p, pdf, s)
	return pdf, s.Fingerprint(), err
}

// paperOf fills the paper of an entry for everybody who may read it; false where there is nothing to be made.
func (o *Office) paperOf(ctx context.Context, id matter.ID, seq int) (filled, bool, error) {
	var made filled
	wanted := false
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.load(ctx, q, Reader{}, id)
		if err != nil {
			return err
		}
		e, _ := d.entry(seq)
		if _, wanted = d.document(e); !wanted || d.st.Filed[seq] != 0 {
			wanted = false
			return nil
		}
		made, err = d.paper(ctx, q, e)
		return err
	})
	return made, wanted, err
}

// file enters a paper's bytes into the record, once.
func (b *batch) file(ctx context.Context, r *request, st matter.State) (Done, error) {
	p := b.o.procedureOf(st)
	if p == nil {
		return Done{}, matter.ErrBrokenRecord
	}
	entries, err := b.tx.Entries(ctx, st.ID, r.filing.filed.Of-1)
	if err != nil || len(entries) == 0 {
		return Done{}, err
	}
	if at := st.Filed[r.filing.filed.Of]; at != 0 { // by this very request, if its first answer was lost
		done := Done{Matter: st.ID}
		if e := entries[at-r.filing.filed.Of].Entry; e.Delta.Filed.Blob == r.filing.filed.Blob {
			done.Seq = at
		}
		return done, nil
	}
	decision, wanted := p.File(b.o.law, st, entries[0].Entry, procedure.Filing{Filed: r.filing.filed, File: r.filing.file})
	if !wanted {
		return Done{Matter: st.ID}, nil
	}
	seq, err := b.append(ctx, st.ID, st, r.try, decision)
	return Done{Matter: st.ID, Seq: seq}, err
}

// addWork leaves word of the texts of an entry that are to be indexed, and of the paper it made, unless papers are made
// when they are first asked for.
func (b *batch) addWork(ctx context.Context, e matter.Entry) error {
	if sameTexts(e) {
		return nil
	}
	job := store.Job{Uniq: indexUniq(e.Matter, e.Seq), Kind: jobIndex, Matter: e.Matter, Args: "{}", RunAt: e.Recorded, Created: e.Recorded}
	if err := b.tx.AddJob(ctx, job); err != nil {
		return err
	}
	return b.addPaper(ctx, e)
}

// addPaper leaves word of the paper an entry made.
func (b *batch) addPaper(ctx context.Context, e matter.Entry) error {
	if b.o.lazyPapers || !slices.ContainsFunc(e.Delta.Tell, isPaper) {
		return nil
	}
	args, err := json.Marshal(documentArgs{e.Seq})
	if err != nil {
		return fmt.Errorf("office: paper of %s/%d: %w", e.Matter, e.Seq, err)
	}
	return b.tx.AddJob(ctx, store.Job{Uniq: fmt.Sprintf("document/%s/%d", e.Matter, e.Seq), Kind: jobDocument, Matter: e.Matter, Args: string(args),
		RunAt: e.Recorded, Created: e.Recorded})
}

func isPaper(n matter.Notice) bool { return n.Kind == "document" }

// OpenDocument opens the filed bytes of a paper for whoever may read it. One asked for before it was made is made
// now, in the same way. It fails with *document.MissingGlyph where that cannot be.
func (o *Office) OpenDocument(ctx context.Context, r Reader, id matter.ID, seq int) (FileView, io.ReadSeekCloser, error) {
	filed, err := o.filedOf(ctx, r, id, seq)
	if err == nil && filed == nil {
		if err = o.fileDocument(ctx, id, seq); err == nil {
			filed, err = o.filedOf(ctx, r, id, seq)
		}
	}
	if err == nil && filed == nil {
		err = ErrNotFound
	}
	if err != nil {
		return FileView{}, nil, notFound(err)
	}
	body, err := o.blobs.Open(filed.file.Blob, filed.file.Key)
	if err != nil {
		return FileView{}, nil, fmt.Errorf("office: paper of %s/%d: %w", id, seq, err)
	}
	return fileView(seq, matter.Staff, 0, filed.file), body, nil
}

func (o *Office) filedOf(ctx context.Context, r Reader, id matter.ID, seq int) (*FiledView, error) {
	var filed *FiledView
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, id)
		if err != nil {
			return err
		}
		e, _ := d.entry(seq)
		view, made := d.document(e)
		if !made {
			return ErrNotFound
		}
		filed = view.Filed
		return nil
	})
	return filed, err
}

// fileName is what a paper is saved as: its number and its title, which name nobody.
func fileName(number, title string) string {
	return shortName(strings.TrimSpace(number+" "+title) + ".pdf")
}

// nameMost is how many characters a file's name may have: file systems take 255 bytes.
const nameMost = 72

// shortName cuts a file's name that no disk would take, with a mark where it was cut; its extension stays.
func shortName(name string) string {
	if utf8.RuneCountInString(name) <= nameMost {
		return name
	}
	end := path.Ext(name)
	if utf8.RuneCountInString(end) > 8 {
		end = ""
	}
	return string([]rune(name)[:nameMost-1-utf8.RuneCountInString(end)]) + "…" + end
}
