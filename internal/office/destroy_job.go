package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// jobDestroy carries an approved list of destruction out.
const jobDestroy = "destroy"

// How a destruction is paced.
const (
	destroyLease  = 2 * time.Minute // a program that ends is succeeded after it
	destroyEvery  = 20              // matters between two notes that somebody goes on
	destroyLooks  = 5 * time.Second
	scrubPages    = 64 // pages of the text index joined at a time
	scrubAttempts = 20
)

// destroyArgs is the job of a destruction: by which act the system says that it is done.
type destroyArgs struct {
	Then string `json:"then"`
}

// addDestruction leaves behind the work of carrying out what an act approved.
func (b *batch) addDestruction(ctx context.Context, e matter.Entry) error {
	for _, n := range e.Delta.Tell {
		if n.Kind != procedure.NoticeWork || n.To != jobDestroy {
			continue
		}
		args, err := json.Marshal(destroyArgs{n.What})
		if err != nil {
			return fmt.Errorf("office: destroy: %w", err)
		}
		return b.tx.AddJob(ctx, store.Job{Uniq: fmt.Sprintf("destroy/%s/%d", e.Matter, e.Seq), Kind: jobDestroy, Matter: e.Matter, Args: string(args),
			RunAt: e.Recorded, Created: e.Recorded})
	}
	return nil
}

// destructions carries out what is due until ctx ends.
func (o *Office) destructions(ctx context.Context) {
	o.every(ctx, destroyLooks, "destroy", o.destroyJobs)
}

// destroyJobs carries out the lists that are due. A program killed meanwhile leaves them to the next, which finds done what
// is on disk and goes on after it.
func (o *Office) destroyJobs(ctx context.Context) error {
	var jobs []store.Job
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimJobs(ctx, o.now(), destroyLease, 1, jobDestroy)
		return err
	})
	if err != nil {
		return err
	}
	if len(jobs) == 0 {
		return o.eraseJobs(ctx)
	}
	var args destroyArgs
	if err := json.Unmarshal([]byte(jobs[0].Args), &args); err != nil {
		return fmt.Errorf("office: destroy: %w", err)
	}
	if err := o.carryOut(ctx, jobs[0], args.Then); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return errors.Join(err, o.db.Write(ctx, func(tx *store.Tx) error { return o.again(ctx, tx, jobs[0], err) }))
	}
	return nil
}

// carryOut destroys what a list names, wipes the files of the database, writes down what was destroyed where it outlives
// them, and only then certifies it.
func (o *Office) carryOut(ctx context.Context, j store.Job, then string) error {
	list, err := o.stateNow(ctx, j.Matter)
	if err != nil {
		return err
	}
	d := destruction{list: j.Matter, certificate: list.Number("matter"), scope: list.Facts.Text("scope"), on: o.Today()}
	var done, left []matter.ID
	for i, text := range list.Facts.List("cleared") {
		id, err := matter.ParseID(text)
		if err != nil {
			return err
		}
		if i%destroyEvery == 0 {
			if err := o.db.Write(ctx, func(tx *store.Tx) error { return tx.KeepJob(ctx, j, j.Args, o.now().Add(destroyLease)) }); err != nil {
				return err
			}
		}
		stands, err := o.destroyOne(ctx, id, d)
		if err != nil {
			return fmt.Errorf("office: destroy %s: %w", id, err)
		}
		if stands {
			done = append(done, id)
		} else {
			left = append(left, id)
		}
	}
	if err := o.wipe(ctx); err != nil {
		return err
	}
	if err := o.certify(ctx, list, then, done, left); err != nil {
		return err
	}
	return o.db.Write(ctx, func(tx *store.Tx) error { return tx.FinishJob(ctx, j, o.now()) })
}

// destroyOne destroys what is to go of one matter; false where it stays, because it was put on hold or its term runs on.
func (o *Office) destroyOne(ctx context.Context, id matter.ID, d destruction) (bool, error) {
	now := o.now()
	try := procedure.Attempt{Matter: id, Act: procedure.DestroyAct, By: matter.Actor{Person: matter.PersonSystem}, Happened: calendar.DayOnly(d.on), Recorded: now}
	done, err := o.submit(ctx, request{try: try, destroy: &d})
	if errors.Is(err, ErrNotFound) && d.again {
		return false, nil // of after the backup
	}
	return done.Seq != 0, err
}

// wipe takes what was destroyed out of files, text index and the files of the database, and writes down what it was.
func (o *Office) wipe(ctx context.Context) error {
	if err := o.eraseJobs(ctx); err != nil {
		return err
	}
	if err := o.keepDestroyed(ctx); err != nil {
		return err
	}
	for more := true; more; { // rows taken out of the text index leave it when its pieces are joined
		err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
			more, err = tx.MergeSearch(ctx, -scrubPages)
			return err
		})
		if err != nil {
			return err
		}
	}
	err := o.db.Scrub(ctx)
	for range scrubAttempts {
		if !errors.Is(err, store.ErrBusy) {
			break
		}
		err = o.db.Scrub(ctx)
	}
	return err
}

// certify says by an act of the system what was destroyed.
func (o *Office) certify(ctx context.Context, list matter.State, act string, done, left []matter.ID) error {
	states := map[matter.ID]matter.State{}
	err := o.db.Read(ctx, func(q *store.Query) (err error) { states, err = q.StatesOf(ctx, slices.Concat(done, left)); return err })
	if err != nil {
		return err
	}
	parts, files := 0, 0
	var lines []string
	for _, id := range done {
		st := states[id]
		for _, d := range st.Destroyed {
			if d.List == list.ID.String() {
				parts, files = parts+len(d.Parts), files+d.Files
			}
		}
		lines = append(lines, o.archiveLine(st))
	}
	text := strings.Join(lines, "\n")
	if text == "" {
		text = i18n.T(i18n.ZhHans, "archive.nothing")
	}
	sum := sha256.Sum256([]byte(text))
	fields := map[string][]string{"destroyed": idTexts(done), "left_out": idTexts(left), "matters_count": {strconv.Itoa(len(done))},
		"parts_count": {strconv.Itoa(parts)}, "files_count": {strconv.Itoa(files)}, "list_hash": {hex.EncodeToString(sum[:])}, "lines": {text}}
	now := o.now()
	try := procedure.Attempt{Matter: list.ID, Act: act, By: matter.Actor{Person: matter.PersonSystem}, Happened: calendar.MomentAt(now), Recorded: now,
		Fields: fields, Key: "destroy/" + list.ID.String()}
	_, err = o.submit(ctx, request{try: try, body: sum})
	return err
}

// archiveLine is a matter as lists of destruction name it: number, kind, the days on which it began and ended, and id.
func (o *Office) archiveLine(st matter.State) string {
	w := words{o, o.procedureOf(st), i18n.ZhHans}
	number := st.Number("matter")
	if number == "" {
		number = i18n.T(i18n.ZhHans, "calendar.no_number")
	}
	return i18n.T(i18n.ZhHans, "archive.line", "number", number, "kind", w.title(), "from", st.Opened.Day.String(), "to", procedure.Ended(st).String(), "id", st.ID.String())
}

func idTexts(ids []matter.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id.String()
	}
	return out
}
