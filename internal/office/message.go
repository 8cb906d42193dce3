package office

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// jobMessage tells a filer who has confirmed a contact that there is news. Its job names the matter, and nothing else.
const jobMessage = "message"

// messageGather is within how long several acts make one message.
const messageGather = 10 * time.Minute

// addMessage leaves a job to tell the filer that there is news (ptsd/121): where somebody else did what she sees.
func (b *batch) addMessage(ctx context.Context, e matter.Entry) error {
	p, st := b.dirty[e.Matter], b.states[e.Matter]
	if b.o.courier == nil || p == nil || e.Seq == 1 || e.Actor.Person == matter.PersonFiler || isAnonymous(st) || len(st.Facts.List(confirmedField)) == 0 || !seenByFiler(p, e.Act) {
		return nil
	}
	at := b.o.now().Truncate(messageGather).Add(messageGather)
	return b.tx.AddJob(ctx, store.Job{Uniq: fmt.Sprintf("message/%s/%d", e.Matter, at.Unix()), Kind: jobMessage, Matter: e.Matter, RunAt: at, Created: b.o.now()})
}

// seenByFiler says whether the filer is shown an act.
func seenByFiler(p *procedure.Procedure, act string) bool {
	return slices.ContainsFunc(p.Acts(act), func(a *procedure.Act) bool { return a.Visible != "" && a.Visible != "staff" })
}

// messageJobs tells those who have news. A message that cannot be carried is tried again ever more rarely.
func (o *Office) messageJobs(ctx context.Context) error {
	if o.courier == nil {
		return nil
	}
	var jobs []store.Job
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimJobs(ctx, o.now(), jobLease, paperBatch, jobMessage)
		return err
	})
	if err != nil {
		return err
	}
	for _, j := range jobs {
		fault := o.tellFiler(ctx, j.Matter)
		if err := ctx.Err(); err != nil {
			return err
		}
		err := o.db.Write(ctx, func(tx *store.Tx) error {
			if fault == nil {
				return tx.FinishJob(ctx, j, o.now())
			}
			slog.Error("job", "kind", j.Kind, "attempt", j.Attempt, "fault", fault)
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

// tellFiler tells each confirmed contact of a matter that there is news and where, and never what.
func (o *Office) tellFiler(ctx context.Context, id matter.ID) error {
	var contacts []store.Contact
	var lang i18n.Lang
	err := o.db.Read(ctx, func(q *store.Query) error {
		states, err := q.States(ctx, id)
		if err != nil {
			return err
		}
		lang = i18n.Lang(states[0].Facts.Text("lang"))
		contacts, err = q.Contacts(ctx, id, o.now())
		return err
	})
	if err != nil {
		return err
	}
	var faults []error
	for _, c := range contacts {
		if c.Kind == ContactAccount || !o.courier.Carries(c.Kind) {
			continue
		}
		to, err := o.openContact(c)
		if err != nil {
			return err
		}
		carry, cancel := context.WithTimeout(ctx, carryTime)
		faults = append(faults, o.courier.Carry(carry, Letter{Kind: c.Kind, To: to, Subject: i18n.T(lang, "contact.news_subject"), Text: o.newsText(lang)}))
		cancel()
	}
	return errors.Join(faults...)
}

// newsText is the same for every matter.
func (o *Office) newsText(lang i18n.Lang) string {
	if o.origin == "" {
		return i18n.T(lang, "contact.news_text")
	}
	return i18n.T(lang, "contact.news_text_at", "address", strings.TrimSuffix(o.origin, "/")+lang.Prefix()+"/track")
}
