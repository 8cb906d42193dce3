package office

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// This file tells those who follow published results what changed: one mail a day at most (ptsd/216), and each change at
// most once. A row says until when somebody was told before the mail goes out, so that a program that ends in between
// leaves a mail unsent and never one sent twice; what the mail server did not take is put back.

const (
	digestHour  = 8 * time.Hour    // after midnight: when mails go out
	digestLag   = 5 * time.Minute  // what changed within it waits for the next day: it may not be stored yet
	digestLease = 15 * time.Minute // of the job, renewed with each page of followers
	digestPage  = 20               // followers read at a time
	digestTries = 10               // then those whom no mail reached wait for the next change
	digestRows  = 20               // results named in one mail
	newsKept    = 60 * 24 * time.Hour
)

// noteOutcome notes that what everybody sees of a published result changed, and leaves a job to tell of it next morning.
func (b *batch) noteOutcome(ctx context.Context, id matter.ID) error {
	if err := b.tx.NoteOutcome(ctx, id, b.o.now()); err != nil || !b.o.CanSubscribe() {
		return err
	}
	day := calendar.On(b.o.now())
	if at := day.Midnight().Add(digestHour); !b.o.now().Add(digestLag + time.Minute).Before(at) {
		day++
	}
	return b.o.addDigest(ctx, b.tx, day)
}

// addDigest leaves the job of a morning, once.
func (o *Office) addDigest(ctx context.Context, tx *store.Tx, day calendar.Date) error {
	return tx.AddJob(ctx, store.Job{Uniq: "digest/" + day.String(), Kind: jobDigest, RunAt: day.Midnight().Add(digestHour), Created: o.now()})
}

// digests tells those who follow until ctx ends.
func (o *Office) digests(ctx context.Context) {
	tick := time.NewTicker(workEvery)
	defer tick.Stop()
	for {
		if err := o.digestJobs(ctx); err != nil && ctx.Err() == nil {
			slog.Error("digest", "fault", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (o *Office) digestJobs(ctx context.Context) error {
	if !o.CanSubscribe() {
		return nil
	}
	var jobs []store.Job
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimJobs(ctx, o.now(), digestLease, 1, jobDigest)
		return err
	})
	if err != nil || len(jobs) == 0 {
		return err
	}
	fault := o.digest(ctx, jobs[0])
	if err := ctx.Err(); err != nil {
		return err
	}
	return o.db.Write(ctx, func(tx *store.Tx) error {
		if fault == nil || jobs[0].Attempt >= digestTries {
			return tx.FinishJob(ctx, jobs[0], o.now())
		}
		return o.again(ctx, tx, jobs[0], fault)
	})
}

// digest goes through all followers. Whom no mail reached does not hold up the others.
func (o *Office) digest(ctx context.Context, j store.Job) error {
	upTo, unsent := o.now().Add(-digestLag), 0
	for after := []byte(nil); ; {
		var page []store.Subscription
		err := o.db.Read(ctx, func(q *store.Query) (err error) {
			page, err = q.SubscriptionsAfter(ctx, upTo, o.now(), after, digestPage)
			return err
		})
		if err != nil {
			return err
		}
		for _, f := range page {
			after = f.ID
			sent, err := o.tellSubscriber(ctx, f, upTo)
			if err != nil {
				return err
			}
			if !sent {
				unsent++
			}
		}
		if len(page) < digestPage {
			break
		}
		if err := o.db.Write(ctx, func(tx *store.Tx) error { return tx.KeepJob(ctx, j, j.Args, o.now().Add(digestLease)) }); err != nil {
			return err
		}
	}
	if unsent > 0 {
		return fmt.Errorf("office: %d mails about published results could not be sent", unsent)
	}
	return nil
}

// tellSubscriber sends one mail where there is something to tell; false where it could not be sent.
func (o *Office) tellSubscriber(ctx context.Context, row store.Subscription, upTo time.Time) (bool, error) {
	f, err := o.openSubscription(row)
	if err != nil {
		return false, err
	}
	l, err := o.digestLetter(ctx, row, f, upTo)
	if err != nil || l.Text == "" {
		return true, err
	}
	today, mine := o.Today(), false
	err = o.db.Write(ctx, func(tx *store.Tx) (err error) {
		if row.Told == today { // a second mail on one day: tomorrow
			return o.addDigest(ctx, tx, today+1)
		}
		mine, err = tx.TellSubscriber(ctx, row, upTo, today)
		return err
	})
	if err != nil || !mine {
		return true, err
	}
	carry, cancel := context.WithTimeout(ctx, carryTime)
	defer cancel()
	if o.courier.Carry(carry, l) == nil || ctx.Err() != nil { // stopped in the middle: it may have gone out
		return true, ctx.Err()
	}
	told := row
	told.Since, told.Told = upTo, today
	return false, o.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.TellSubscriber(ctx, told, row.Since, row.Told)
		return err
	})
}

// digestLetter is what a follower is told; without a text where nothing changed for her.
func (o *Office) digestLetter(ctx context.Context, row store.Subscription, f subscription, upTo time.Time) (Letter, error) {
	var v SubscriptionView
	var rows []Outcome
	total := 0
	err := o.db.Read(ctx, func(q *store.Query) error {
		want := o.outcomeFilter(f.Lang, f.F)
		want.One, want.NotedAfter, want.NotedUpTo, want.Changed, want.Limit = f.One, row.Since, upTo, true, digestRows
		places, err := q.Outcomes(ctx, want)
		if err != nil || len(places) == 0 {
			return err
		}
		want.Limit = countedOutcomes
		if total, err = q.CountOutcomes(ctx, want); err != nil {
			return err
		}
		if rows, err = o.outcomesAt(ctx, q, f.Lang, places); err != nil {
			return err
		}
		v, err = o.subscriptionStands(ctx, q, f.Lang, SubscriptionAsk{f.F, f.One})
		return err
	})
	if err != nil || len(rows) == 0 {
		return Letter{}, err
	}
	return Letter{Kind: ContactEmail, To: f.To, Subject: i18n.T(f.Lang, "subscribe.news_subject", "n", total), Leave: o.subscriptionAddress(f.Lang, row.ID, "/leave"),
		Text: i18n.T(f.Lang, "subscribe.news_text", "what", v.what(f.Lang), "list", o.digestList(f, rows, total),
			"day", i18n.DateYear(f.Lang, calendar.On(row.Expires)), "address", o.subscriptionAddress(f.Lang, row.ID, ""))}, nil
}

// digestList is each result with what became of it and where it is, and where the rest is.
func (o *Office) digestList(f subscription, rows []Outcome, total int) string {
	var b strings.Builder
	for i, r := range rows {
		fmt.Fprintf(&b, "%d. %s\n", i+1, i18n.T(f.Lang, digestKey(r), "title", r.Title))
		about := []string{}
		for _, s := range []string{r.Place, r.Organ, r.Finding} {
			if s != "" {
				about = append(about, s)
			}
		}
		if len(about) > 0 {
			fmt.Fprintf(&b, "   %s\n", strings.Join(about, " · "))
		}
		fmt.Fprintf(&b, "   %s\n\n", o.at(f.Lang, "/outcomes/"+r.ID.String()))
	}
	if total > len(rows) {
		fmt.Fprintf(&b, "%s\n\n", i18n.T(f.Lang, "subscribe.more", "n", total-len(rows), "address", o.at(f.Lang, "/outcomes")))
	}
	return strings.TrimSpace(b.String())
}

// digestKey is how a result is told of.
func digestKey(r Outcome) string {
	switch {
	case r.Withdrawn != nil:
		return "subscribe.is_withdrawn"
	case !r.Corrected.IsZero():
		return "subscribe.is_corrected"
	case r.Comment != "":
		return "subscribe.is_typical"
	}
	return "subscribe.is_new"
}
