package office

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// jobOrder does the acts of an order.
const jobOrder = "order"

// How an order is paced, and how long what came of it can be looked up.
const (
	orderChunk  = 200 // acts between two notes of how far it is
	orderAtOnce = 32  // acts given to the writer at a time
	orderLease  = 2 * time.Minute
	keepOrders  = 30 * 24 * time.Hour
)

// States of an order.
const (
	OrderReady   = "ready" // waits for its owner's word
	OrderRunning = "running"
	OrderDone    = "done"
)

// order is many acts asked for at once by one person.
type order struct {
	Kind   string      `json:"kind"` // hand_over, import, confirm, copies, existing
	Reason string      `json:"reason"`
	Lang   i18n.Lang   `json:"lang"`
	Lines  []orderLine `json:"lines"`
	// Proof is by what the person had shown who he is when he asked, where an act asks for that.
	Proof  *matter.Proof `json:"proof,omitempty"`
	Import *imported     `json:"import,omitempty"`
}

// orderLine is one act of an order, and what came of it.
type orderLine struct {
	Label      string              `json:"label"`
	Matter     matter.ID           `json:"matter,omitzero"`
	Procedure  string              `json:"procedure,omitempty"`
	Act        string              `json:"act"`
	Fields     map[string][]string `json:"fields"`
	Tried      bool                `json:"tried,omitempty"`
	Error      string              `json:"error,omitempty"` // "" once done
	Made       matter.ID           `json:"made,omitzero"`   // the matter acted in
	Phase      int                 `json:"phase,omitempty"` // lines of a lower one are done first
	Then       string              `json:"then,omitempty"`  // act in the matter that the first one opens
	ThenFields map[string][]string `json:"then_fields,omitempty"`
	Existing   string              `json:"existing,omitempty"` // the file that the act takes in
	Day        calendar.Date       `json:"day,omitzero"`       // on which it happened; zero: the day it is done
	First      string              `json:"first,omitempty"`    // the password of an account, or the receipt code of a report, until it was told
}

// OrderView is an order as its person sees it.
type OrderView struct {
	ID, Kind, State     string
	Reason              string
	Total, Done, Failed int
	Lines               []OrderLineView // those that failed first; at most orderShown
	More                int
	Import              *ImportView
	Given               int // passwords and receipt codes not told yet
}

// OrderLineView is one line of an order.
type OrderLineView struct {
	Label, Act string
	Matter     matter.ID
	Done       bool
	Error      string
}

// orderShown is how many lines a page shows.
const orderShown = 200

func orderKey(id string) []byte { return []byte("order/" + id) }

// putOrder seals an order and writes it.
func (o *Office) putOrder(ctx context.Context, tx *store.Tx, row store.ActOrder, content order) error {
	plain, err := json.Marshal(content)
	if err != nil {
		return fmt.Errorf("office: order: %w", err)
	}
	s, err := o.vault.Seal(plain, orderKey(row.ID))
	if err != nil {
		return err
	}
	if row.Sealed, err = json.Marshal(s); err != nil {
		return fmt.Errorf("office: order: %w", err)
	}
	row.Total, row.Done, row.Failed = len(content.Lines), 0, 0
	for _, l := range content.Lines {
		switch {
		case l.Tried && l.Error == "":
			row.Done++
		case l.Tried:
			row.Failed++
		}
	}
	return tx.PutOrder(ctx, row)
}

func (o *Office) openOrder(row store.ActOrder) (order, error) {
	var content order
	var s vault.Sealed
	if err := json.Unmarshal(row.Sealed, &s); err != nil {
		return content, fmt.Errorf("office: order: %w", err)
	}
	plain, err := o.vault.Open(s, orderKey(row.ID))
	if err != nil {
		return content, err
	}
	if err := json.Unmarshal(plain, &content); err != nil {
		return content, fmt.Errorf("office: order: %w", err)
	}
	return content, nil
}

// newOrder writes an order of a reader, to be done at once, and returns its id. ErrProve where an act of it asks him to
// show who he is and he has not lately.
func (o *Office) newOrder(ctx context.Context, r Reader, content order) (string, error) {
	return o.keepOrder(ctx, r, content, OrderRunning)
}

// keepOrder writes an order of a reader; one that is running is done at once.
func (o *Office) keepOrder(ctx context.Context, r Reader, content order, state string) (string, error) {
	row := store.ActOrder{ID: newKey(), Kind: content.Kind, Person: r.Person, State: state, Created: o.now()}
	content.Lang = r.Lang
	if state == OrderRunning {
		if err := o.signOrder(r, &content); err != nil {
			return "", err
		}
	}
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		if err := o.putOrder(ctx, tx, row, content); err != nil || state != OrderRunning {
			return err
		}
		return o.addOrderJob(ctx, tx, row.ID)
	})
	o.wake()
	return row.ID, err
}

// signOrder notes by what a reader who starts an order has shown who he is; ErrProve where an act of it asks that and he has
// not lately.
func (o *Office) signOrder(r Reader, content *order) error {
	content.Proof = o.proof(r)
	if content.Proof == nil && slices.ContainsFunc(content.Lines, func(l orderLine) bool { return o.law.Proves(l.Act) }) {
		return ErrProve
	}
	return nil
}

func (o *Office) addOrderJob(ctx context.Context, tx *store.Tx, id string) error {
	return tx.AddJob(ctx, store.Job{Uniq: "order/" + id, Kind: jobOrder, Args: id, RunAt: o.now(), Created: o.now()})
}

// Order is an order of the reader's own; ErrNotFound for anybody else's.
func (o *Office) Order(ctx context.Context, r Reader, id string) (OrderView, error) {
	var v OrderView
	err := o.db.Read(ctx, func(q *store.Query) error {
		row, err := q.Order(ctx, id)
		if err == nil && row.Person != r.Person {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		content, err := o.openOrder(row)
		if err != nil {
			return err
		}
		v = OrderView{ID: id, Kind: row.Kind, State: row.State, Reason: content.Reason, Total: row.Total, Done: row.Done, Failed: row.Failed}
		v.show(content)
		if content.Import != nil {
			v.Import = content.Import.view()
		}
		return nil
	})
	return v, notFound(err)
}

// show lists the lines, those that failed first.
func (v *OrderView) show(content order) {
	for _, l := range content.Lines {
		if l.First != "" {
			v.Given++
		}
		v.Lines = append(v.Lines, OrderLineView{Label: l.Label, Act: l.Act, Matter: l.Made, Done: l.Tried && l.Error == "", Error: l.Error})
	}
	slices.SortStableFunc(v.Lines, func(a, b OrderLineView) int {
		switch {
		case a.Error != "" && b.Error == "":
			return -1
		case a.Error == "" && b.Error != "":
			return 1
		}
		return 0
	})
	if len(v.Lines) > orderShown {
		v.More, v.Lines = len(v.Lines)-orderShown, v.Lines[:orderShown]
	}
}
