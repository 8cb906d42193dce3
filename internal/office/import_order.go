package office

import (
	"context"
	"errors"
	"slices"

	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// This file goes on from a table that was read: its owner's word, what its acts give, and the second person's word where
// the register asks for one.

// ImportView is a table as its owner sees it before and after it is taken.
type ImportView struct {
	Kind, File       string
	Rows, Good, Same int
	Bad              int           // rows with something wrong
	Faults           []ImportFault // in order of rows; at most orderShown
	More             int
	Ignored          []string
}

func (i *imported) view() *ImportView {
	v := &ImportView{Kind: i.Kind, File: i.File, Rows: i.Rows, Good: i.Good, Same: i.Same, Bad: i.Rows - i.Good - i.Same, Faults: i.Faults, Ignored: i.Ignored}
	if len(v.Faults) > orderShown {
		v.More, v.Faults = len(v.Faults)-orderShown, v.Faults[:orderShown]
	}
	return v
}

// changeOrder changes an order of the reader's own in a given state; ErrNotFound for others.
func (o *Office) changeOrder(ctx context.Context, r Reader, id, state string, change func(*store.Tx, *store.ActOrder, *order) error) error {
	return notFound(o.db.Write(ctx, func(tx *store.Tx) error {
		row, err := tx.Order(ctx, id)
		if err == nil && (row.Person != r.Person || row.State != state) {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		content, err := o.openOrder(row)
		if err != nil {
			return err
		}
		if err := change(tx, &row, &content); err != nil {
			return err
		}
		return o.putOrder(ctx, tx, row, content)
	}))
}

// StartImport begins the acts of a table's good rows. ErrNotFound where nothing waits, or for somebody else's; ErrProve where an
// act asks its doer to show who he is.
func (o *Office) StartImport(ctx context.Context, r Reader, id string) error {
	err := o.changeOrder(ctx, r, id, OrderReady, func(tx *store.Tx, row *store.ActOrder, content *order) error {
		if len(content.Lines) == 0 {
			return ErrNotFound
		}
		if err := o.signOrder(r, content); err != nil {
			return err
		}
		row.State = OrderRunning
		return o.addOrderJob(ctx, tx, id)
	})
	o.wake()
	return err
}

// Given is a secret that an order drew: the password of an account, or the receipt code of a report.
type Given struct {
	Kind   string // of the table
	Name   string // whose account; or the reference of a report
	Login  string // "" of a report
	Secret string
}

// TakeGiven tells the secrets that an order drew, once: afterwards nobody knows them but whoever was told.
func (o *Office) TakeGiven(ctx context.Context, r Reader, id string) ([]Given, error) {
	var out []Given
	err := o.changeOrder(ctx, r, id, OrderDone, func(_ *store.Tx, _ *store.ActOrder, content *order) error {
		for i, l := range content.Lines {
			switch {
			case l.First == "":
				continue
			case l.Procedure == complaint:
				out = append(out, Given{Kind: ImportHanded, Name: l.Fields[handedNumber][0], Secret: l.First})
			default:
				out = append(out, Given{Kind: ImportPeople, Name: l.Fields[columnName][0], Login: l.Fields[columnLogin][0], Secret: l.First})
			}
			content.Lines[i].First = ""
		}
		if len(out) == 0 {
			return ErrNotFound
		}
		return nil
	})
	return out, err
}

// importAccount makes an account of a row, and gives its first password. One that is there already, by the same line before the
// program was stopped, is no fault; its password was never told and has to be reset.
func (o *Office) importAccount(ctx context.Context, r Reader, fields map[string][]string) (string, error) {
	n := NewAccount{Person: fields["person"][0], Login: fields[columnLogin][0], Name: fields[columnName][0], Organ: fields["organ"][0], Reason: fields[fieldReason][0]}
	a, err := o.accountBy(ctx, n.Login)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return o.CreateAccount(ctx, r, n)
	case err == nil && (a.Person != n.Person || a.Name != n.Name):
		return "", BadFields{columnLogin: i18n.T(r.Lang, "office.account_login_taken")}
	}
	return "", err
}

// ConfirmEntered asks for every entry of organs that waits for a second administrator, and was not the reader's own, to be
// confirmed. It gives the order by which that is done; ErrNotFound where nothing waits for him.
func (o *Office) ConfirmEntered(ctx context.Context, r Reader) (string, error) {
	if !r.May(access.People) {
		return "", ErrNotFound
	}
	content := order{Kind: "confirm"}
	err := o.db.Read(ctx, func(q *store.Query) error {
		waiting, err := o.waitingFor(ctx, q, r)
		for _, st := range waiting {
			content.Lines = append(content.Lines, orderLine{Label: o.enteredLabel(st), Matter: st.ID, Procedure: organProcedure, Act: actConfirm, Fields: map[string][]string{}})
		}
		return err
	})
	if err == nil && len(content.Lines) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return "", err
	}
	return o.newOrder(ctx, r, content)
}

func (o *Office) enteredLabel(st matter.State) string {
	return st.Facts.Text("name") + " " + st.Facts.Text("key")
}

// confirmMost is how many entries one order confirms.
const confirmMost = 20_000

// waitingFor are the entries of organs that wait for another administrator than those who made them, where the reader is one.
func (o *Office) waitingFor(ctx context.Context, q *store.Query, r Reader) ([]matter.State, error) {
	rows, err := q.List(ctx, store.Filter{Reader: o.accessReader(r.keys), Procedure: organProcedure, Stages: o.entered(), Open: true, Limit: confirmMost})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var out []matter.State
	for at := 0; at < len(rows); at += 500 {
		page := rows[at:min(at+500, len(rows))]
		states, err := q.StatesOf(ctx, idsOf(page))
		if err != nil {
			return nil, err
		}
		for _, row := range page {
			if st := states[row.ID]; !slices.Contains(st.Facts.List("entered_by"), r.Person) {
				out = append(out, st)
			}
		}
	}
	return out, nil
}
