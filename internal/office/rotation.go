package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// keyItem is the kind of register item by which two administrators put a master key to use.
const keyItem = "key"

// How a rotation is paced.
const (
	rotateAtOnce = 200              // parts wrapped anew in one transaction: acts wait for so many at most
	rotateLease  = 30 * time.Second // a program that ends is succeeded after it
	keysEvery    = 5 * time.Second  // how soon every node uses the new key
	keysSettle   = time.Minute      // so long after a step no node can still be behind it
)

// Phases of a rotation.
const (
	phaseWrapping = ""        // data keys are wrapped anew
	phaseSettling = "settled" // all was wrapped; whatever a node behind the others wrote meanwhile is looked for
	phaseClosing  = "closing" // the database takes nothing under former keys; what is left is looked for once more
)

// rotateArgs is the job of a rotation.
type rotateArgs struct {
	Key   string          `json:"key"`
	After store.PartPlace `json:"after"`
	Phase string          `json:"phase,omitempty"`
	Done  int             `json:"done"`
	All   int             `json:"all"` // 0: not counted yet
}

// addRotation leaves behind the work of putting a master key to use.
func (b *batch) addRotation(ctx context.Context, e matter.Entry, i matter.Item) error {
	args, err := json.Marshal(rotateArgs{Key: i.Key})
	if err != nil {
		return fmt.Errorf("office: rotate: %w", err)
	}
	at := e.Recorded
	if from := i.From.Midnight(); from.After(at) {
		at = from
	}
	return b.tx.AddJob(ctx, store.Job{Kind: jobRotate, Matter: e.Matter, Args: string(args), RunAt: at, Created: e.Recorded})
}

// rotations follows the key in use and does rotations until ctx ends.
func (o *Office) rotations(ctx context.Context) {
	o.every(ctx, keysEvery, "rotate", func(ctx context.Context) error { return errors.Join(o.followKeys(ctx), o.rotateJobs(ctx)) })
}

// every does something now and again until ctx ends; a fault is told under a name.
func (o *Office) every(ctx context.Context, pause time.Duration, name string, do func(context.Context) error) {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			slog.Error(name, "fault", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// followKeys puts the key to use that the database calls active, as another node may have made it.
func (o *Office) followKeys(ctx context.Context) error {
	var keys []store.MasterKey
	if err := o.db.Read(ctx, func(q *store.Query) (err error) { keys, err = q.MasterKeys(ctx); return err }); err != nil {
		return err
	}
	for _, k := range keys {
		if k.State == store.KeyActive && k.ID != o.vault.ActiveKey() {
			return o.takeUp(k.ID)
		}
	}
	return nil
}

// takeUp puts a key to use, and reads the key file again where it is not held yet.
func (o *Office) takeUp(id string) error {
	if !o.vault.Holds(id) {
		if err := o.vault.Reload(); err != nil {
			return err
		}
	}
	return o.vault.Use(id)
}

// rotateJobs goes on with the rotations that are due. A program killed meanwhile leaves them to the next, which goes
// on after the last part that is on disk.
func (o *Office) rotateJobs(ctx context.Context) error {
	var jobs []store.Job
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimJobs(ctx, o.now(), rotateLease, 1, jobRotate)
		return err
	})
	if err != nil || len(jobs) == 0 {
		return err
	}
	r := rotation{o: o, job: jobs[0]}
	if err := json.Unmarshal([]byte(r.job.Args), &r.args); err != nil {
		return fmt.Errorf("office: rotate: %w", err)
	}
	if err := r.run(ctx); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return errors.Join(err, o.db.Write(ctx, func(tx *store.Tx) error { return o.again(ctx, tx, r.job, err) }))
	}
	return nil
}

// rotation is a rotation while it runs.
type rotation struct {
	o    *Office
	job  store.Job
	args rotateArgs
}

func (r *rotation) run(ctx context.Context) error {
	current, err := r.begin(ctx)
	if err != nil || !current {
		return err
	}
	if err := r.wrap(ctx); err != nil {
		return err
	}
	if err := errors.Join(r.beside(ctx), r.heads(ctx)); err != nil {
		return err
	}
	return r.next(ctx)
}

// begin makes the key the active one, once. It says false, and ends the job, where a later rotation has replaced it.
func (r *rotation) begin(ctx context.Context) (bool, error) {
	o, current := r.o, true
	if !o.vault.Holds(r.args.Key) {
		if err := o.vault.Reload(); err != nil {
			return false, err
		}
	}
	public, held := publicOf(o.vault, r.args.Key)
	if !held {
		return false, fmt.Errorf("office: rotate to %s: %w: it is not in the key file of this program", r.args.Key, vault.ErrOtherKey)
	}
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		keys, err := tx.MasterKeys(ctx)
		if err != nil {
			return err
		}
		was, others := store.MasterKey{}, []store.MasterKey{}
		for _, k := range keys {
			if k.ID == r.args.Key {
				was = k
			} else if k.State == store.KeyActive {
				others = append(others, k)
			}
		}
		if was.State == store.KeyActive {
			return nil
		}
		if current = was.State == ""; !current {
			return tx.FinishJob(ctx, r.job, o.now())
		}
		for _, k := range others {
			k.State, k.Since = store.KeyFormer, o.now()
			if err := tx.PutMasterKey(ctx, k); err != nil {
				return err
			}
		}
		return tx.PutMasterKey(ctx, store.MasterKey{ID: r.args.Key, State: store.KeyActive, Public: public, Since: o.now()})
	})
	if err != nil || !current {
		return false, err
	}
	return true, o.takeUp(r.args.Key)
}

func publicOf(v *vault.Vault, id string) ([]byte, bool) {
	for _, k := range v.Keys() {
		if k.ID == id {
			return k.Public, true
		}
	}
	return nil, false
}

// wrap wraps the data keys of all parts anew, some in each transaction, and writes down how far it is with them.
func (r *rotation) wrap(ctx context.Context) error {
	if r.args.All == 0 {
		if err := r.o.db.Read(ctx, func(q *store.Query) (err error) {
			r.args.All, err = q.CountPartsOfOthers(ctx, r.args.Key)
			return err
		}); err != nil {
			return err
		}
	}
	for {
		more := false
		args := r.args
		err := r.o.db.Write(ctx, func(tx *store.Tx) error {
			r.args = args // the transaction may be done again
			parts, err := tx.PartsOfOthers(ctx, r.args.Key, r.args.After, rotateAtOnce)
			if err != nil {
				return err
			}
			more = len(parts) == rotateAtOnce
			for _, p := range parts {
				if err := r.o.rewrap(ctx, tx, p); err != nil {
					return err
				}
				r.args.After = store.PartPlace{Shard: p.Matter.Shard(), Matter: p.Matter, Seq: p.Seq, Class: p.Class, Party: p.Party}
				r.args.Done++
			}
			return r.keep(ctx, tx, r.o.now().Add(rotateLease))
		})
		if err != nil || !more {
			return err
		}
	}
}

// keep writes down how far the job is, and when it is due again if nobody goes on with it.
func (r *rotation) keep(ctx context.Context, tx *store.Tx, until time.Time) error {
	text, err := json.Marshal(r.args)
	if err != nil {
		return fmt.Errorf("office: rotate: %w", err)
	}
	return tx.KeepJob(ctx, r.job, string(text), until)
}

// next goes on to the next phase, in which everything is looked through again, or ends the job and retires the keys.
func (r *rotation) next(ctx context.Context) error {
	return r.o.db.Write(ctx, func(tx *store.Tx) error {
		now := r.o.now()
		r.args.After = store.PartPlace{}
		switch r.args.Phase {
		case phaseWrapping:
			r.args.Phase = phaseSettling
		case phaseSettling:
			r.args.Phase = phaseClosing
			if err := move(ctx, tx, store.KeyFormer, store.KeyClosing, now); err != nil {
				return err
			}
		case phaseClosing:
			left, err := r.left(ctx, &tx.Query)
			if err != nil {
				return err
			}
			if left == 0 {
				return errors.Join(move(ctx, tx, store.KeyClosing, store.KeyRetired, now), r.keep(ctx, tx, now), tx.FinishJob(ctx, r.job, now))
			}
		}
		return r.keep(ctx, tx, now.Add(keysSettle))
	})
}

// move puts all keys of one state into another.
func move(ctx context.Context, tx *store.Tx, from, to store.KeyState, now time.Time) error {
	keys, err := tx.MasterKeys(ctx)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if k.State != from {
			continue
		}
		k.State, k.Since = to, now
		if err := tx.PutMasterKey(ctx, k); err != nil {
			return err
		}
	}
	return nil
}
