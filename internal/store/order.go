package store

import (
	"context"
	"fmt"
	"time"
)

// ActOrder is many acts asked for at once by one person. Sealed holds what is asked, line by line, and what came of it.
type ActOrder struct {
	ID, Kind, Person    string
	Sealed              []byte
	Total, Done, Failed int
	State               string // running, done
	Created             time.Time
}

// PutOrder writes an order, new or changed, whole.
func (tx *Tx) PutOrder(ctx context.Context, o ActOrder) error {
	_, err := tx.exec(ctx, "order_put", o.ID, o.Kind, o.Person, o.Sealed, o.Total, o.Done, o.Failed, o.State, micros(o.Created))
	if err != nil {
		return fmt.Errorf("store: order %s: %w", o.ID, err)
	}
	return nil
}

// Order returns an order, or ErrNotFound.
func (q *Query) Order(ctx context.Context, id string) (ActOrder, error) {
	list, err := q.orders(ctx, "order_find", id)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return ActOrder{}, err
	}
	return list[0], nil
}

// AllOrders returns every order.
func (q *Query) AllOrders(ctx context.Context) ([]ActOrder, error) {
	return q.orders(ctx, "order_all")
}

// DropOrders removes orders made before an instant.
func (tx *Tx) DropOrders(ctx context.Context, before time.Time) error {
	_, err := tx.exec(ctx, "order_prune", micros(before))
	return err
}

func (q *Query) orders(ctx context.Context, name string, args ...any) ([]ActOrder, error) {
	var list []ActOrder
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		var o ActOrder
		var created int64
		err := scan(&o.ID, &o.Kind, &o.Person, &o.Sealed, &o.Total, &o.Done, &o.Failed, &o.State, &created)
		o.Created = fromMicros(created)
		list = append(list, o)
		return err
	})
	return list, err
}

// Work is how many open matters of a procedure version a person handles in an organ.
type Work struct {
	Procedure, Version string
	N                  int
}

// WorkOf counts what a person handles in an organ, whoever may read it.
func (q *Query) WorkOf(ctx context.Context, person, organ string) ([]Work, error) {
	var list []Work
	err := q.each(ctx, "matter_work", []any{person, organ}, func(scan scanFunc) error {
		var w Work
		err := scan(&w.Procedure, &w.Version, &w.N)
		list = append(list, w)
		return err
	})
	return list, err
}
