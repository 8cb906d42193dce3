package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// jobDeliver sends a party the link by which she collects a paper. Its job names the matter and the entry, nothing else.
const jobDeliver = procedure.WorkDeliver

// deliverMost is how often a link is tried to be carried before the paper counts as not delivered.
const deliverMost = 3

// deliverArgs says which entry ordered the delivery.
type deliverArgs struct {
	Seq int `json:"seq"`
}

// addDelivery leaves behind the work of delivering that an act ordered.
func (b *batch) addDelivery(ctx context.Context, e matter.Entry) error {
	ordered := func(n matter.Notice) bool { return n.Kind == procedure.NoticeWork && n.To == jobDeliver }
	if !slices.ContainsFunc(e.Delta.Tell, ordered) {
		return nil
	}
	args, err := json.Marshal(deliverArgs{e.Seq})
	if err != nil {
		return fmt.Errorf("office: deliver: %w", err)
	}
	return b.tx.AddJob(ctx, store.Job{Uniq: fmt.Sprintf("deliver/%s/%d", e.Matter, e.Seq), Kind: jobDeliver, Matter: e.Matter, Args: string(args),
		RunAt: e.Recorded, Created: e.Recorded})
}

// deliverJobs sends what is to be delivered, and enters what came of it.
func (o *Office) deliverJobs(ctx context.Context) error {
	var jobs []store.Job
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimJobs(ctx, o.now(), jobLease, paperBatch, jobDeliver)
		return err
	})
	if err != nil {
		return err
	}
	for _, j := range jobs {
		var args deliverArgs
		fault := json.Unmarshal([]byte(j.Args), &args)
		if fault == nil {
			fault = o.deliver(ctx, j, args.Seq)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		err := o.db.Write(ctx, func(tx *store.Tx) error {
			if fault == nil {
				return tx.FinishJob(ctx, j, o.now())
			}
			slog.Error("job", "kind", j.Kind, "matter", j.Matter, "attempt", j.Attempt, "fault", fault)
			return tx.FailJob(ctx, j, fault.Error(), o.now().Add(jobLease<<min(j.Attempt, jobSlowest)))
		})
		if err != nil {
			return err
		}
	}
	if len(jobs) == paperBatch {
		o.wake()
	}
	return nil
}

// deliver sends one link, to each address that was confirmed, and enters that it arrived where one of them was reached;
// that it did not, where none could be after several attempts. An order since overtaken is left alone.
func (o *Office) deliver(ctx context.Context, j store.Job, seq int) error {
	letters, work, err := o.letters(ctx, j.Matter, seq)
	if err != nil || work == nil {
		return err
	}
	var faults []error
	arrived := false
	for _, l := range letters {
		carry, cancel := context.WithTimeout(ctx, carryTime)
		err := o.courier.Carry(carry, l)
		cancel()
		arrived = arrived || err == nil
		faults = append(faults, err)
	}
	act := work.Then
	switch {
	case !arrived && len(letters) > 0 && j.Attempt < deliverMost:
		return errors.Join(faults...)
	case !arrived:
		act = work.Else
	}
	now := o.now()
	_, err = o.submit(ctx, request{try: procedure.Attempt{Matter: j.Matter, Act: act, By: matter.Actor{Person: matter.PersonSystem},
		Happened: calendar.MomentAt(now), Recorded: now, Key: fmt.Sprintf("deliver/%s/%d", j.Matter, seq)}})
	var refusal *procedure.Refusal
	if errors.As(err, &refusal) { // somebody was faster: the party herself, or whoever took it back
		return nil
	}
	return err
}

// letters makes the link that an entry ordered and writes the messages that carry it; no work where the matter has moved on.
func (o *Office) letters(ctx context.Context, id matter.ID, seq int) ([]Letter, *procedure.Work, error) {
	var letters []Letter
	var work *procedure.Work
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		letters, work = nil, nil
		d, err := o.load(ctx, &tx.Query, Reader{}, id)
		if err != nil {
			return err
		}
		e, _ := d.entry(seq)
		def := d.w.definition(e.Act)
		_, voided := d.st.Voided[seq]
		if def == nil || voided || !slices.ContainsFunc(d.w.p.ActsIn(d.st.Stage), func(a *procedure.Act) bool { return a.Name == def.Work.Then }) {
			return nil
		}
		work = &def.Work
		told, err := d.toldFor(ctx, &tx.Query, procedure.DeliverPhone, procedure.DeliverEmail, procedure.DeliverCheck)
		if err != nil {
			return err
		}
		for kind, to := range map[string]string{ContactPhone: told[procedure.DeliverPhone], ContactEmail: told[procedure.DeliverEmail]} {
			if plain := plainContact(kind, to); plain != "" && slices.Contains(o.Confirmable(), kind) {
				letters = append(letters, Letter{Kind: kind, To: plain, Subject: i18n.T(i18n.ZhHans, "collect.letter_subject")})
			}
		}
		if len(letters) == 0 {
			return nil
		}
		token, err := o.makeLink(ctx, tx, id, told[procedure.DeliverCheck])
		for i := range letters {
			letters[i].Text = i18n.T(i18n.ZhHans, "collect.letter_text", "organ", d.o.organName(i18n.ZhHans, d.st.Holder), "address", o.origin+linkAddress(token))
		}
		return err
	})
	return letters, work, notFound(err)
}

// toldFor are the newest standing texts of some names, sealed ones too: for work the office does without anybody reading them.
func (d *dossier) toldFor(ctx context.Context, q *store.Query, names ...string) (map[string]string, error) {
	stored, err := q.Parts(ctx, d.st.ID)
	if err != nil {
		return nil, err
	}
	at, out := map[string]int{}, map[string]string{}
	for _, p := range stored {
		if _, voided := d.st.Voided[p.Seq]; voided {
			continue
		}
		part, err := d.o.unseal(d.st.ID, p.Seq, sealedOf(p))
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if t := strings.TrimSpace(part.Fields[name]); t != "" && p.Seq >= at[name] {
				at[name], out[name] = p.Seq, t
			}
		}
	}
	return out, nil
}
