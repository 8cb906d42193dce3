package store

import (
	"context"
	"encoding/json"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Row is what lists know of a matter. It holds ids, days and numbers, no personal text.
type Row struct {
	ID           matter.ID
	Procedure    string // id@version
	Stage        string
	Rev          int
	Holder       string        // organ that holds it now
	Opened       calendar.Date // legal day of the first entry
	Sort         calendar.Date // lists are newest first by (Sort, ID); it never changes
	Number       string        // "" while none is drawn
	Closed       bool
	Confidential bool
	Category     string        // enumeration
	Organ        string        // organ complained of, "" unknown
	Assignee     string        // person, "" nobody
	News         calendar.Date // last day of an act of somebody else that the filer sees; zero: none
	NextDue      calendar.Date // earliest day the matter's organ must keep; zero: none runs
}

// RowOf fills what a state alone tells: NextDue is the earliest due day of all running clocks.
// Closed, Confidential, Category, Organ, Assignee and News are for the caller, who knows the procedure.
func RowOf(st matter.State) Row {
	r := Row{ID: st.ID, Procedure: st.Procedure, Stage: st.Stage, Rev: st.Rev, Holder: st.Holder,
		Opened: st.Opened.Day, Sort: st.Opened.Day, Number: st.Number("matter")}
	for _, c := range st.Clocks {
		if c.Status == matter.Running && !c.Due.IsZero() && (r.NextDue.IsZero() || c.Due < r.NextDue) {
			r.NextDue = c.Due
		}
	}
	return r
}

// PutMatter writes the projection of a matter, new or changed.
func (tx *Tx) PutMatter(ctx context.Context, r Row, st matter.State) error {
	state, err := json.Marshal(st)
	if err != nil {
		return fmt.Errorf("store: put matter %s: %w", r.ID, err)
	}
	procedure, version := cutProcedure(r.Procedure)
	_, err = tx.exec(ctx, "matter_put", r.ID.Shard(), r.ID, procedure, version, r.Stage, r.Rev, r.Holder,
		int(r.Opened), int(r.Sort), r.Number, r.Closed, r.Confidential, r.Category, r.Organ, r.Assignee,
		int(r.NextDue), string(state), int(r.News))
	if err != nil {
		return fmt.Errorf("store: put matter %s: %w", r.ID, err)
	}
	return nil
}

// Lock locks the matters, in id order whatever the order given, until the transaction ends, and
// returns their states in the order given. ErrNotFound where one does not exist.
func (tx *Tx) Lock(ctx context.Context, ids ...matter.ID) ([]matter.State, error) {
	return tx.states(ctx, "lock", ids)
}

// States returns the states of matters in the order given, and holds them unchanged (FOR SHARE)
// until the transaction ends. ErrNotFound where one does not exist.
func (tx *Tx) States(ctx context.Context, ids ...matter.ID) ([]matter.State, error) {
	return tx.states(ctx, "share", ids)
}

// States returns the states of matters in the order given. ErrNotFound where one does not exist.
func (q *Query) States(ctx context.Context, ids ...matter.ID) ([]matter.State, error) {
	return q.states(ctx, "", ids)
}

func (q *Query) states(ctx context.Context, lock string, ids []matter.ID) ([]matter.State, error) {
	found, err := q.statesOf(ctx, lock, ids)
	if err != nil {
		return nil, err
	}
	states := make([]matter.State, len(ids))
	for i, id := range ids {
		st, ok := found[id]
		if !ok {
			return nil, fmt.Errorf("store: state of %s: %w", id, ErrNotFound)
		}
		states[i] = st
	}
	return states, nil
}

// Matter returns the projection row of a matter, or ErrNotFound.
func (q *Query) Matter(ctx context.Context, id matter.ID) (Row, error) {
	var row Row
	err := q.each(ctx, "matter_row", []any{id.Shard(), id}, func(scan scanFunc) (err error) {
		row, err = scanRow(scan)
		return err
	})
	if err == nil && row.ID != id {
		err = fmt.Errorf("store: matter %s: %w", id, ErrNotFound)
	}
	return row, err
}

// EachMatter calls fn for every matter of the shards from..to, both included, in order of shard and
// id, with its row and its state as stored. For verification.
func (q *Query) EachMatter(ctx context.Context, from, to matter.Shard, fn func(Row, matter.State) error) error {
	return q.each(ctx, "matter_each", []any{from, to}, func(scan scanFunc) error {
		var state string
		row, err := scanRow(scan, &state)
		if err != nil {
			return err
		}
		st, err := decodeState(state)
		if err != nil {
			return fmt.Errorf("store: state of %s: %w", row.ID, err)
		}
		return fn(row, st)
	})
}

func decodeState(s string) (matter.State, error) {
	var st matter.State
	if err := json.Unmarshal([]byte(s), &st); err != nil {
		return st, fmt.Errorf("%w: %w", matter.ErrBrokenRecord, err)
	}
	return st, nil
}

// scanRow reads the columns of query/matter_row.sql, then more.
func scanRow(scan scanFunc, more ...any) (Row, error) {
	var r Row
	var version string
	err := scan(append([]any{&r.ID, &r.Procedure, &version, &r.Stage, &r.Rev, &r.Holder, &r.Opened, &r.Sort,
		&r.Number, &r.Closed, &r.Confidential, &r.Category, &r.Organ, &r.Assignee, &r.NextDue, &r.News}, more...)...)
	if version != "" {
		r.Procedure += "@" + version
	}
	return r, err
}
