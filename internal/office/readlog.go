package office

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// readNote is a line of the read log: who read which part of what, under which post.
type readNote struct {
	Person string       `json:"person"`
	Post   string       `json:"post"`
	Matter matter.ID    `json:"matter"`
	Seq    int          `json:"seq"`
	Class  matter.Class `json:"class"`
	What   string       `json:"what"`          // identity: the whole; masked: the last characters; found: by a number; texts, file: what is for the office alone
	Why    string       `json:"why,omitempty"` // a purpose out of Purposes
	Organ  string       `json:"organ,omitempty"`
	At     string       `json:"at"`
}

// Purposes are for what an identity may be read in whole (ptsd/131). They are a list, since a reason in words of one's
// own would carry the name into the log.
var Purposes = []string{"contact", "meet", "verify", "protect", "required"}

// noteRead appends a line to the chained read log of the matter's shard.
func (o *Office) noteRead(ctx context.Context, tx *store.Tx, d *dossier, n readNote) error {
	n.Person, n.Post, n.Matter, n.At = d.r.Person, d.actors[0].Post, d.st.ID, o.now().UTC().Format("2006-01-02T15:04:05Z")
	n.Organ = d.st.Holder
	line, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("office: read log: %w", err)
	}
	shard := d.st.ID.Shard()
	last, err := tx.LastRead(ctx, shard)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	entry := store.ReadLine{Shard: shard, Seq: last.Seq + 1, Matter: d.st.ID, Line: string(line), At: o.now(), Prev: last.Hash, Person: n.Person, Organ: n.Organ}
	entry.Hash = readHash(entry.Prev, line)
	return tx.AppendRead(ctx, entry)
}

func readHash(prev [32]byte, line []byte) [32]byte {
	h := sha256.New()
	h.Write([]byte("yifa read 1\n"))
	h.Write(prev[:])
	h.Write(line)
	return [32]byte(h.Sum(nil))
}

// readsPage is how many lines of the read log are checked at a time.
const readsPage = 500

// reads checks the chain of the log of sensitive reads.
func (v *verifier) reads(ctx context.Context, s matter.Shard) error {
	var last store.ReadLine
	for {
		lines, err := v.q.Reads(ctx, s, last.Seq, readsPage)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if l.Seq != last.Seq+1 || l.Prev != last.Hash || readHash(l.Prev, []byte(l.Line)) != l.Hash {
				return v.differ("read log %d/%d: does not follow the line before it", s, l.Seq)
			}
			var n readNote
			if err := json.Unmarshal([]byte(l.Line), &n); err != nil || n.Organ != l.Organ || n.Person != l.Person && n.Organ != "" {
				return v.differ("read log %d/%d: the columns beside the line do not say what it says", s, l.Seq)
			}
			last = l
		}
		if len(lines) < readsPage {
			return nil
		}
	}
}

// ReadView is a line of the read log as a page shows it.
type ReadView struct {
	At     time.Time
	Who    string
	Own    bool
	What   string // identity, masked, found
	Why    string // a purpose, or ""
	Matter matter.ID
	Number string // of the matter, or its title; "" where the reader may not know of it
}

// readsShown is how many lines of the log a page shows.
const readsShown = 200

// Reads are the newest readings the reader did himself, and for those who answer for an organ all done there: of personal
// data (ptsd/131), or of what filers wrote for the office alone (ptsd/113).
func (o *Office) Reads(ctx context.Context, r Reader, texts bool) ([]ReadView, error) {
	if !r.Official() {
		return nil, ErrNotFound
	}
	var organs []string
	for _, p := range r.posts {
		if slices.Contains(access.Audit.Posts(), p.Role) {
			organs = append(organs, p.Organ)
		}
	}
	var out []ReadView
	err := o.db.Read(ctx, func(q *store.Query) error {
		lines, err := q.ReadsBy(ctx, store.ReadsOf{Person: r.Person, Organs: organs, Texts: texts}, readsShown)
		if err != nil {
			return err
		}
		names, err := o.names(ctx, q)
		if err != nil {
			return err
		}
		known, err := o.readNumbers(ctx, q, r, lines)
		if err != nil {
			return err
		}
		for _, l := range lines {
			var n readNote
			if err := json.Unmarshal([]byte(l.Line), &n); err != nil {
				return fmt.Errorf("office: read log %d/%d: %w", l.Shard, l.Seq, err)
			}
			out = append(out, ReadView{At: l.At, Who: o.nameOf(names, n.Person), Own: n.Person == r.Person, What: n.What, Why: n.Why, Matter: l.Matter, Number: known[l.Matter]})
		}
		return nil
	})
	return out, err
}

// readNumbers names the matters of some lines that the reader may still know of.
func (o *Office) readNumbers(ctx context.Context, q *store.Query, r Reader, lines []store.ReadLine) (map[matter.ID]string, error) {
	ids := make([]matter.ID, 0, len(lines))
	for _, l := range lines {
		ids = append(ids, l.Matter)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	may, err := q.Readable(ctx, ids, o.accessReader(r.keys))
	if err != nil {
		return nil, err
	}
	states, err := q.StatesOf(ctx, slices.DeleteFunc(ids, func(id matter.ID) bool { return !may[id] }))
	out := make(map[matter.ID]string, len(states))
	for id, st := range states {
		if out[id] = st.Number("matter"); out[id] == "" {
			out[id] = i18n.T(r.Lang, "calendar.no_number")
		}
	}
	return out, err
}
