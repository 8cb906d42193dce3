package office

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"yifa/internal/ledger"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// ReceiptFile is what a filer keeps so that a stranger can check, without us, what she handed in and when: the entries
// she made herself, and the one by which staff wrote down what she told them, each with its header, its salt, the parts she may read, and the proof that the log holds it, or the
// promise that it will. Other entries of officials are not in it: their headers name persons whom the filer is not told.
func (o *Office) ReceiptFile(ctx context.Context, r Reader) ([]byte, error) {
	return o.receiptFile(ctx, r, true)
}

// SlipFile is the receipt of a report just filed, for whoever knows the address of its draft: the first entry without a
// word of what was written, since that address shows none either.
func (o *Office) SlipFile(ctx context.Context, s Slip) ([]byte, error) {
	return o.receiptFile(ctx, Reader{Filer: s.ID}, false)
}

// receiptFile makes the receipt of all that the filer handed in, or of the first alone and without its texts.
func (o *Office) receiptFile(ctx context.Context, r Reader, whole bool) ([]byte, error) {
	var out []byte
	err := o.db.Read(ctx, func(q *store.Query) error {
		if r.Filer == 0 {
			return ErrNotFound
		}
		d, err := o.open(ctx, q, r, r.Filer)
		if err != nil {
			return err
		}
		prover, err := o.ledger.Prover(ctx, q)
		if err != nil {
			return err
		}
		file, err := prover.New()
		if err != nil {
			return err
		}
		var parts []store.StoredPart
		entries := d.entries[:1]
		if whole {
			entries = d.entries
			if parts, err = q.Parts(ctx, d.st.ID); err != nil {
				return err
			}
		}
		for _, e := range entries {
			if e.Entry.Actor.Person != matter.PersonFiler && e.Entry.Seq != 1 {
				continue
			}
			line, err := d.receipted(ctx, prover, e, parts)
			if err != nil {
				return err
			}
			file.Entries = append(file.Entries, line)
		}
		if len(file.Entries) == 0 {
			return ErrNotFound
		}
		out, err = json.MarshalIndent(file, "", "  ")
		return err
	})
	return out, notFound(err)
}

// receipted is one entry with its proof and those of its parts that the reader may read whole.
func (d *dossier) receipted(ctx context.Context, prover *ledger.Prover, e store.StoredEntry, parts []store.StoredPart) (ledger.Receipted, error) {
	at := store.Place{Matter: e.Entry.Matter, Seq: e.Entry.Seq}
	proof, err := prover.Prove(ctx, at)
	line, err := prover.Receipt(at, e, proof, err)
	if err != nil {
		return line, err
	}
	for _, p := range parts {
		if p.Seq != at.Seq || !d.mayOpen(p.Class, p.Seq) {
			continue
		}
		plain, salt, err := d.o.vault.Reveal(sealedOf(p).Sealed, place(at.Matter, at.Seq, p.Class, p.Party))
		if err != nil {
			return line, fmt.Errorf("office: part %s of %s/%d: %w", p.Class, at.Matter, at.Seq, err)
		}
		if whole, err := d.readsWhole(plain); err != nil || !whole {
			if err != nil {
				return line, fmt.Errorf("office: part %s of %s/%d: %w", p.Class, at.Matter, at.Seq, err)
			}
			continue
		}
		line.Parts = append(line.Parts, ledger.ReceiptedPart{Text: string(plain), Salt: salt})
	}
	return line, nil
}

// readsWhole says whether the reader may read all of a part that is open to her: of what stands with staff she reads
// her own words only, and a commitment opens whole or not at all.
func (d *dossier) readsWhole(plain []byte) (bool, error) {
	var part matter.Part
	if err := json.Unmarshal(plain, &part); err != nil {
		return false, err
	}
	if d.r.Filer != 0 && part.Class == matter.Staff {
		d.ownWords(&part)
	}
	left, err := json.Marshal(part)
	return bytes.Equal(left, plain), err
}
