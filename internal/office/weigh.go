package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
	"yifa/internal/suggest"
)

// jobWeigh looks whether a report seems to be sent in bulk (ptsd/225). Its job names the matter and the entry, nothing else.
const jobWeigh = procedure.WorkWeigh

// How many of the newest reports of an office, of today and yesterday, one is compared with, and over how many days its usual
// number is counted.
const (
	weighedWith = 60
	usualDays   = 30
	weighBatch  = 32
)

// addWeighing leaves behind the weighing that an act ordered.
func (b *batch) addWeighing(ctx context.Context, e matter.Entry) error {
	i := slices.IndexFunc(e.Delta.Tell, func(n matter.Notice) bool { return n.Kind == procedure.NoticeWork && n.To == jobWeigh })
	if i < 0 {
		return nil
	}
	args, err := json.Marshal(weighArgs{Seq: e.Seq, Then: e.Delta.Tell[i].What})
	if err != nil {
		return fmt.Errorf("office: weigh: %w", err)
	}
	return b.tx.AddJob(ctx, store.Job{Uniq: fmt.Sprintf("weigh/%s/%d", e.Matter, e.Seq), Kind: jobWeigh, Matter: e.Matter, Args: string(args), RunAt: e.Recorded, Created: e.Recorded})
}

// weighArgs says which entry ordered it, and by which act a report is set aside.
type weighArgs struct {
	Seq  int    `json:"seq"`
	Then string `json:"then"`
}

// weighJobs weighs what was filed.
func (o *Office) weighJobs(ctx context.Context) error {
	var jobs []store.Job
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimJobs(ctx, o.now(), jobLease, weighBatch, jobWeigh)
		return err
	})
	if err != nil {
		return err
	}
	faults := map[int]error{}
	for i, j := range jobs {
		if faults[i] = o.weigh(ctx, j); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if len(jobs) == 0 {
		return nil
	}
	err = o.db.Write(ctx, func(tx *store.Tx) error {
		for i, j := range jobs {
			if faults[i] != nil {
				if err := o.again(ctx, tx, j, faults[i]); err != nil {
					return err
				}
			} else if err := tx.FinishJob(ctx, j, o.now()); err != nil {
				return err
			}
		}
		return nil
	})
	if len(jobs) == weighBatch {
		o.wake()
	}
	return err
}

// weigh lists a report apart where much speaks for its being sent in bulk. One that somebody has begun to sort is left alone.
func (o *Office) weigh(ctx context.Context, j store.Job) error {
	var args weighArgs
	if err := json.Unmarshal([]byte(j.Args), &args); err != nil {
		return fmt.Errorf("office: weigh %s: %w", j.Matter, err)
	}
	var bulk suggest.Bulk
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		bulk, err = o.bulkOf(ctx, q, j.Matter)
		return err
	})
	if err != nil || !bulk.SetAside() {
		return err
	}
	now := o.now()
	fields := map[string][]string{"bulk_grounds": bulk.Grounds, "bulk_copies": {strconv.Itoa(bulk.Copies)}, "bulk_links": {strconv.Itoa(bulk.Links)},
		"bulk_day": {strconv.Itoa(bulk.Day)}, "bulk_usual": {strconv.Itoa(bulk.Usual)}}
	_, err = o.submit(ctx, request{try: procedure.Attempt{Matter: j.Matter, Act: args.Then, By: matter.Actor{Person: matter.PersonSystem},
		Happened: calendar.MomentAt(now), Recorded: now, Key: fmt.Sprintf("weigh/%s/%d", j.Matter, args.Seq), Fields: fields}})
	var refusal *procedure.Refusal
	if errors.As(err, &refusal) || errors.Is(err, matter.ErrConflict) {
		slog.Debug("not set aside", "matter", j.Matter)
		return nil
	}
	return err
}

// bulkOf is what speaks for a report's being sent in bulk, beside the newest ones that came to the same office.
func (o *Office) bulkOf(ctx context.Context, q *store.Query, id matter.ID) (suggest.Bulk, error) {
	states, err := q.States(ctx, id)
	if err != nil {
		return suggest.Bulk{}, notFound(err)
	}
	own := states[0]
	office := store.Filter{Reader: o.accessReader([]string{"organ:" + own.Holder + ":" + access.Officer}), Procedure: o.procedureOf(own).ID, Holders: []string{own.Holder}}
	recent := office
	recent.OpenedFrom, recent.Limit = own.Opened.Day.AddDays(-1), weighedWith
	rows, err := q.List(ctx, recent)
	if err != nil {
		return suggest.Bulk{}, err
	}
	ids := append(slices.DeleteFunc(idsOf(rows), func(other matter.ID) bool { return other == id }), id)
	others, err := q.StatesOf(ctx, ids)
	if err != nil {
		return suggest.Bulk{}, err
	}
	_, told, err := o.textsBeside(ctx, q, ids, ids)
	if err != nil {
		return suggest.Bulk{}, err
	}
	report := func(st matter.State) suggest.Report {
		return suggest.Report{Account: told[st.ID]["account"] + "\n" + told[st.ID]["wish"], Organ: st.Facts.Text("organ")}
	}
	var beside []suggest.Report
	for _, other := range ids[:len(ids)-1] {
		beside = append(beside, report(others[other]))
	}
	usual := 0
	if organ := own.Facts.Text("organ"); organ != "" {
		before := office
		before.Organ, before.OpenedFrom, before.OpenedTo, before.Limit = organ, own.Opened.Day.AddDays(-usualDays), own.Opened.Day.AddDays(-1), countedUpTo
		n, err := q.CountMatters(ctx, before)
		if err != nil {
			return suggest.Bulk{}, err
		}
		usual = n / usualDays
	}
	return suggest.Weigh(report(own), beside, usual), nil
}
