package office

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/procedure/trial"
	"yifa/internal/store"
)

// LawDraft is a law to be tried on the open matters of a database before it is published.
type LawDraft struct {
	DB       *store.DB // opened for reading is enough
	Law      *procedure.Law
	Draft    *procedure.Law
	Today    calendar.Date
	Progress func(done, all int) // may be nil
}

// Tried is what a draft would change. Matters holds only those in which something would.
type Tried struct {
	Open    int               `json:"open"`             // matters looked at
	Retold  int               `json:"retold,omitempty"` // of them, decided under another text of their version than the law holds
	Matters []trial.Change    `json:"matters"`
	Organs  map[string]string `json:"organs,omitempty"` // names of the organs that hold them
}

// TryDraft replays every open matter under a draft of the law, and says what would come out otherwise. It
// writes nothing and decides nothing.
func TryDraft(ctx context.Context, d LawDraft) (Tried, error) {
	out := Tried{Matters: []trial.Change{}, Organs: map[string]string{}}
	err := d.DB.Read(ctx, func(q *store.Query) error {
		t, err := d.trial(ctx, q)
		if err != nil {
			return err
		}
		all, err := q.CountOpen(ctx)
		if err != nil {
			return err
		}
		for from := matter.Shard(0); from < shards; from += together {
			found, err := openMatters(ctx, q, from, from+together-1)
			if err != nil {
				return err
			}
			for _, m := range found {
				change, err := t.Of(m)
				if err != nil {
					return fmt.Errorf("office: try %s: %w", m.State.ID, err)
				}
				out.Open++
				out.Retold += retold(d.Law, m.State)
				if !change.IsEmpty() {
					out.Matters = append(out.Matters, change)
					out.Organs[change.Holder] = t.Organs[change.Holder].Name
				}
				if d.Progress != nil {
					d.Progress(out.Open, all)
				}
			}
		}
		return nil
	})
	slices.SortFunc(out.Matters, byHolder)
	return out, err
}

// retold is 1 where the law no longer holds the text a matter was decided under.
func retold(l *procedure.Law, st matter.State) int {
	if _, err := l.ByHash(st.Hash); err != nil {
		return 1
	}
	return 0
}

// byHolder orders changes by organ and procedure, then matter.
func byHolder(a, b trial.Change) int {
	if c := strings.Compare(a.Holder+" "+a.Procedure, b.Holder+" "+b.Procedure); c != 0 {
		return c
	}
	return strings.Compare(a.Matter.String(), b.Matter.String())
}

// trial prepares both courses with the registers as they stand; notices on the calendar hold for both laws.
func (d LawDraft) trial(ctx context.Context, q *store.Query) (*trial.Trial, error) {
	is, err := (&Office{db: d.DB, law: d.Law}).registers(ctx, q)
	if err != nil {
		return nil, err
	}
	drafted, err := (&Office{db: d.DB, law: d.Draft}).registers(ctx, q)
	if err != nil {
		return nil, err
	}
	return trial.New(trial.Trial{Law: d.Law, Draft: d.Draft, Calendar: is.Calendar, Drafted: drafted.Calendar,
		Posts: is.Posts, Organs: is.Organs, Today: d.Today}), nil
}

// openMatters reads the open matters of some shards with their records and what is linked to them.
func openMatters(ctx context.Context, q *store.Query, from, to matter.Shard) ([]trial.Matter, error) {
	var out []trial.Matter
	at := map[matter.ID]int{}
	err := q.EachOpen(ctx, from, to, func(st matter.State) error {
		at[st.ID] = len(out)
		out = append(out, trial.Matter{State: st, Linked: map[matter.ID]matter.State{}})
		return nil
	})
	if err != nil || len(out) == 0 {
		return nil, err
	}
	err = q.EachOpenEntry(ctx, from, to, func(e store.StoredEntry) error {
		i := at[e.Entry.Matter]
		out[i].Entries = append(out[i].Entries, e.Entry)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var ids []matter.ID
	for _, m := range out {
		for _, l := range m.State.Links {
			ids = append(ids, l.To)
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	linked, err := q.StatesOf(ctx, ids)
	for _, m := range out {
		for _, l := range m.State.Links {
			if st, known := linked[l.To]; known {
				m.Linked[l.To] = st
			}
		}
	}
	return out, err
}
