package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// ProcedureText is the text of a procedure version as it stood when it was first used.
type ProcedureText struct {
	Hash      string            // as entries name it
	Procedure string            // id@version
	Files     map[string]string // path within the version's folder → content
}

// PutProcedureText stores a text unless its hash is stored already.
func (tx *Tx) PutProcedureText(ctx context.Context, t ProcedureText) error {
	files, err := json.Marshal(t.Files)
	if err != nil {
		return fmt.Errorf("store: procedure text %s: %w", t.Procedure, err)
	}
	_, err = tx.exec(ctx, "procedure_text_put", t.Hash, t.Procedure, string(files))
	return err
}

// ProcedureText returns the text with a hash, or ErrNotFound.
func (q *Query) ProcedureText(ctx context.Context, hash string) (ProcedureText, error) {
	t := ProcedureText{Hash: hash}
	var files string
	if err := q.one(ctx, "procedure_text_find", []any{hash}, &t.Procedure, &files); err != nil {
		return t, err
	}
	if err := json.Unmarshal([]byte(files), &t.Files); err != nil {
		return t, fmt.Errorf("store: procedure text %s: %w", hash, err)
	}
	return t, nil
}

// PutMeta stores a small fact about the installation.
func (tx *Tx) PutMeta(ctx context.Context, key, value string) error {
	_, err := tx.exec(ctx, "meta_put", key, value)
	return err
}

// Meta returns a small fact about the installation, or ErrNotFound.
func (q *Query) Meta(ctx context.Context, key string) (string, error) {
	var v string
	err := q.one(ctx, "meta_find", []any{key}, &v)
	return v, err
}
