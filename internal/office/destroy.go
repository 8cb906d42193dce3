package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// jobErase removes files whose keys were destroyed from the evidence store.
const jobErase = "erase"

// destruction is what is to be destroyed of one matter, and by whose approval.
type destruction struct {
	list        matter.ID
	certificate string
	scope       string
	parts       []string // these, of a matter restored from a backup; nil: all of the scope
	on          calendar.Date
	again       bool // destroyed before; a backup of before was restored
}

// eraseArgs are files to be removed. An address tells nothing, and without its key a file is noise.
type eraseArgs struct {
	Blobs []string `json:"blobs"`
}

// destroy takes parts of a matter away: an entry says which, then their keys, salts and ciphertexts go, and in the same
// transaction all that repeats them: numbers it is found by, index, stored answers. Nothing is done, and no entry made, where the
// term has not run out after all or somebody put the matter on hold. Done again it does nothing more.
func (b *batch) destroy(ctx context.Context, r *request, st matter.State) (Done, error) {
	p, want := b.o.procedureOf(st), r.destroy
	if p == nil {
		return Done{}, matter.ErrBrokenRecord
	}
	for _, d := range st.Destroyed {
		if d.List == want.list.String() && d.Certificate == want.certificate {
			return Done{Matter: st.ID, Seq: d.Seq}, nil
		}
	}
	if until, ends := p.KeptUntil(b.o.law, st, want.scope); !want.again && (!ends || until > b.o.Today() || b.reg.onHold(st.ID, b.o.Today())) {
		return Done{Matter: st.ID}, nil
	}
	going, blobs, err := b.going(ctx, st.ID, want)
	if err != nil || want.again && len(going) == 0 {
		return Done{Matter: st.ID}, err
	}
	names := make([]string, len(going))
	for i, part := range going {
		names[i] = matter.PartName(part.Seq, part.Class, part.Party)
	}
	given := matter.Facts{matter.GivenList: want.list.String(), matter.GivenCertificate: want.certificate, matter.GivenScope: want.scope,
		matter.GivenFiles: int64(len(blobs))}
	if want.again {
		given[matter.GivenAgain] = true
	}
	seq, err := b.append(ctx, st.ID, st, r.try, p.Destroy(names, given))
	if err != nil {
		return Done{}, err
	}
	return Done{Matter: st.ID, Seq: seq}, b.purge(ctx, st.ID, going, blobs)
}

// going are the parts that go, and the addresses of the files to which they hold the keys.
func (b *batch) going(ctx context.Context, id matter.ID, want *destruction) (parts []store.StoredPart, blobs []string, err error) {
	all, err := b.tx.Parts(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range all {
		named := slices.Contains(want.parts, matter.PartName(p.Seq, p.Class, p.Party))
		if want.parts != nil && !named || want.parts == nil && want.scope != procedure.ScopeWhole && string(p.Class) != want.scope {
			continue
		}
		part, err := b.o.unseal(id, p.Seq, sealedOf(p))
		if err != nil {
			return nil, nil, err
		}
		for _, f := range part.Files {
			blobs = append(blobs, f.Blob)
		}
		parts = append(parts, p)
	}
	return parts, blobs, nil
}

// purge removes parts and what repeats them. The entry that says so stands already.
func (b *batch) purge(ctx context.Context, id matter.ID, parts []store.StoredPart, blobs []string) error {
	for _, p := range parts {
		if err := b.tx.DestroyPart(ctx, p); err != nil {
			return err
		}
		if p.Class == matter.Sealed {
			if err := errors.Join(b.tx.DropPersonal(ctx, id, p.Seq), b.tx.DropContacts(ctx, id), b.tx.DropServeLinks(ctx, id)); err != nil {
				return err
			}
		}
	}
	if err := b.tx.PutSearches(ctx, []matter.ID{id}, nil); err != nil { // what may still be found is put back by the job of the entry
		return err
	}
	if err := b.tx.Forget(ctx, id); err != nil {
		return err
	}
	if len(blobs) == 0 {
		return nil
	}
	args, err := json.Marshal(eraseArgs{blobs})
	if err != nil {
		return fmt.Errorf("office: destroy: %w", err)
	}
	now := b.o.now()
	return b.tx.AddJob(ctx, store.Job{Kind: jobErase, Matter: id, Args: string(args), RunAt: now, Created: now})
}

// eraseJobs removes the files of parts that were destroyed.
func (o *Office) eraseJobs(ctx context.Context) error {
	for {
		var jobs []store.Job
		err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
			jobs, err = tx.ClaimJobs(ctx, o.now(), jobLease, jobBatch, jobErase)
			return err
		})
		if err != nil || len(jobs) == 0 {
			return err
		}
		for _, j := range jobs {
			var args eraseArgs
			if err := json.Unmarshal([]byte(j.Args), &args); err != nil {
				return fmt.Errorf("office: erase: %w", err)
			}
			for _, blob := range args.Blobs {
				if err := o.blobs.Remove(blob); err != nil {
					return fmt.Errorf("office: erase: %w", err)
				}
			}
			if err := o.db.Write(ctx, func(tx *store.Tx) error { return tx.FinishJob(ctx, j, o.now()) }); err != nil {
				return err
			}
		}
	}
}
