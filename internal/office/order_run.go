package office

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/store"
)

// This file does what orders ask for.

// orders does orders until ctx ends.
func (o *Office) orders(ctx context.Context) {
	tick := time.NewTicker(workEvery)
	defer tick.Stop()
	for {
		if err := o.orderJobs(ctx); err != nil && ctx.Err() == nil {
			slog.Error("order", "fault", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// orderJobs does the orders that wait, one after the other.
func (o *Office) orderJobs(ctx context.Context) error {
	for {
		var jobs []store.Job
		err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
			jobs, err = tx.ClaimJobs(ctx, o.now(), orderLease, 1, jobOrder)
			return err
		})
		if err != nil || len(jobs) == 0 {
			return err
		}
		fault := o.doOrder(ctx, jobs[0])
		if err := ctx.Err(); err != nil {
			return err
		}
		err = o.db.Write(ctx, func(tx *store.Tx) error {
			if fault == nil {
				return tx.FinishJob(ctx, jobs[0], o.now())
			}
			return o.again(ctx, tx, jobs[0], fault)
		})
		if err != nil {
			return err
		}
	}
}

// doOrder does what is left of an order, as the person who asked and with the posts of that moment. Each line has its
// idempotency key, so that a program that ends in the middle leaves no act done twice.
func (o *Office) doOrder(ctx context.Context, j store.Job) error {
	for {
		var row store.ActOrder
		var r Reader
		err := o.db.Read(ctx, func(q *store.Query) (err error) {
			if row, err = q.Order(ctx, j.Args); err != nil {
				return err
			}
			account, err := q.Account(ctx, row.Person)
			if err != nil {
				return err
			}
			r, err = o.reader(ctx, q, account, i18n.ZhHans)
			return err
		})
		if err != nil {
			return err
		}
		content, err := o.openOrder(row)
		if err != nil {
			return err
		}
		if r.Lang = content.Lang; content.Proof != nil {
			r.proof, r.ordered = *content.Proof, true
		}
		left := o.doChunk(ctx, r, row.ID, content.Lines)
		if err := ctx.Err(); err != nil {
			return err
		}
		if left == 0 {
			row.State = OrderDone
		}
		err = o.db.Write(ctx, func(tx *store.Tx) error {
			return errors.Join(o.putOrder(ctx, tx, row, content), tx.KeepJob(ctx, j, j.Args, o.now().Add(orderLease)))
		})
		if err != nil || left == 0 {
			return err
		}
	}
}

// doChunk does the next acts of an order, of one phase, and returns how many are left.
func (o *Office) doChunk(ctx context.Context, r Reader, id string, lines []orderLine) int {
	var now []int
	left := 0
	for i, l := range lines {
		switch {
		case l.Tried:
		case len(now) < orderChunk && (len(now) == 0 || lines[now[0]].Phase == l.Phase):
			now = append(now, i)
		default:
			left++
		}
	}
	next, done := make(chan int), sync.WaitGroup{}
	for range orderAtOnce {
		done.Go(func() {
			for i := range next {
				o.doLine(ctx, r, fmt.Sprintf("order/%s/%d", id, i), &lines[i])
			}
		})
	}
	for _, i := range now {
		next <- i
	}
	close(next)
	done.Wait()
	return left
}

// doLine does one act. What the law refuses is written down in words; a fault leaves the line to be tried again once.
func (o *Office) doLine(ctx context.Context, r Reader, key string, l *orderLine) {
	var done Done
	var err error
	switch {
	case l.Procedure == registerAccount:
		l.First, err = o.importAccount(ctx, r, l.Fields)
	case l.Existing != "":
		done, err = o.takeLine(ctx, r, key, l)
	default:
		procedure := l.Procedure
		if l.Matter != 0 {
			procedure = ""
		}
		act := Act{Matter: l.Matter, Procedure: procedure, Act: l.Act, Fields: l.Fields, Key: key}
		if !l.Day.IsZero() {
			act.Happened = calendar.DayOnly(l.Day)
		}
		done, err = o.Perform(ctx, r, act)
		if l.Procedure == complaint {
			l.First = done.Code
		}
		if err == nil && l.Then != "" {
			_, err = o.Perform(ctx, r, Act{Matter: done.Go, Act: l.Then, Fields: l.ThenFields, Key: key + "/then"})
		}
	}
	if ctx.Err() != nil {
		return
	}
	words, fault := o.wordLine(r, err)
	if l.Tried, l.Made, l.Error = true, done.Matter, words; fault {
		slog.Error("order", "line", key, "fault", err)
	}
	switch {
	case l.Then != "" && done.Go != 0:
		l.Made = done.Go
	case l.Matter != 0:
		l.Made = l.Matter
	}
}

// wordLine says in words why a line was not done, "" where it was, and whether that is a fault of ours.
func (o *Office) wordLine(r Reader, err error) (words string, fault bool) {
	var refused *Refused
	var bad BadFields
	switch {
	case err == nil:
		return "", false
	case errors.As(err, &refused):
		return refused.View.Said(), false
	case errors.As(err, &bad):
		return strings.Join(sortedValues(bad), " "), false
	case errors.Is(err, ErrNotFound):
		return i18n.T(r.Lang, "people.line_gone"), false
	}
	return i18n.T(r.Lang, "people.line_fault"), true
}

func sortedValues(bad BadFields) []string {
	var out []string
	for _, name := range sortedKeys(bad) {
		out = append(out, bad[name])
	}
	return out
}
