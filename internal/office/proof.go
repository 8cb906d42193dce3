package office

import (
	"context"
	"encoding/hex"
	"encoding/json"

	"yifa/internal/ledger"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// PaperProof is what proves a filed paper to a stranger without us: a receipt file of the entry by which its bytes were
// filed, which names their hashes and nobody. It is for whoever may read the paper. A paper asked for before it was made
// is made now.
func (o *Office) PaperProof(ctx context.Context, r Reader, id matter.ID, seq int) ([]byte, error) {
	_, body, err := o.OpenDocument(ctx, r, id, seq)
	if err != nil {
		return nil, err
	}
	if err := body.Close(); err != nil {
		return nil, err
	}
	var out []byte
	err = o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, id)
		if err != nil {
			return err
		}
		filed, known := d.entry(d.st.Filed[seq])
		if !known {
			return ErrNotFound
		}
		out, err = d.proofOf(ctx, q, filed)
		return err
	})
	return out, notFound(err)
}

// proofOf is the receipt file of one entry, with those of its parts that the reader may read whole.
func (d *dossier) proofOf(ctx context.Context, q *store.Query, e matter.Entry) ([]byte, error) {
	prover, err := d.o.ledger.Prover(ctx, q)
	if err != nil {
		return nil, err
	}
	file, err := prover.New()
	if err != nil {
		return nil, err
	}
	parts, err := q.Parts(ctx, d.st.ID)
	if err != nil {
		return nil, err
	}
	for _, stored := range d.entries {
		if stored.Entry.Seq != e.Seq {
			continue
		}
		line, err := d.receipted(ctx, prover, stored, parts)
		if err != nil {
			return nil, err
		}
		file.Entries = []ledger.Receipted{line}
	}
	if len(file.Entries) == 0 {
		return nil, ErrNotFound
	}
	return json.MarshalIndent(file, "", "  ")
}

// ReceiptHash is the hash of the entry that began the matter of a receipt code, as a slip on paper bears it.
func (o *Office) ReceiptHash(ctx context.Context, code string) (string, error) {
	r, err := o.ByCode(ctx, code, "")
	if err != nil {
		return "", err
	}
	var hash string
	err = o.db.Read(ctx, func(q *store.Query) error {
		entries, err := q.Entries(ctx, r.Filer, 0)
		if err == nil && len(entries) == 0 {
			err = ErrNotFound
		}
		if err == nil {
			hash = hex.EncodeToString(entries[0].Hash[:])
		}
		return err
	})
	return hash, notFound(err)
}
