package store

import (
	"context"
	"time"
)

// Factor is something beside a password by which a person shows who he is.
type Factor struct {
	Person string
	ID     string
	Kind   string
	Name   string // as its owner calls it
	Sealed []byte // by the vault, for this person and id
	Used   int64  // a number that only grows: the last step taken
	Made   time.Time
}

// PutFactor writes a factor, new or changed.
func (tx *Tx) PutFactor(ctx context.Context, f Factor) error {
	_, err := tx.exec(ctx, "factor_put", f.Person, f.ID, f.Kind, f.Name, f.Sealed, f.Used, micros(f.Made))
	return err
}

// Factors returns the factors of a person, the oldest first.
func (q *Query) Factors(ctx context.Context, person string) ([]Factor, error) {
	return q.factors(ctx, "factor_list", person)
}

// Factor returns the one factor of a kind with an id that is its own the world over, or ErrNotFound.
func (q *Query) Factor(ctx context.Context, kind, id string) (Factor, error) {
	list, err := q.factors(ctx, "factor_find", kind, id)
	if err == nil && len(list) != 1 {
		err = ErrNotFound
	}
	if err != nil {
		return Factor{}, err
	}
	return list[0], nil
}

// PersonsWith returns who has a factor of one of two kinds.
func (q *Query) PersonsWith(ctx context.Context, kind, other string) (map[string]bool, error) {
	out := map[string]bool{}
	err := q.each(ctx, "factor_persons", []any{kind, other}, func(scan scanFunc) error {
		var person string
		err := scan(&person)
		out[person] = true
		return err
	})
	return out, err
}

// AllFactors returns every factor, by person: for wrapping their keys anew.
func (q *Query) AllFactors(ctx context.Context) ([]Factor, error) {
	return q.factors(ctx, "factor_all")
}

func (q *Query) factors(ctx context.Context, name string, args ...any) ([]Factor, error) {
	var list []Factor
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		var f Factor
		var made int64
		err := scan(&f.Person, &f.ID, &f.Kind, &f.Name, &f.Sealed, &f.Used, &made)
		f.Made = fromMicros(made)
		list = append(list, f)
		return err
	})
	return list, err
}

// UseFactor takes a step of a factor, and says whether it was not taken before.
func (tx *Tx) UseFactor(ctx context.Context, person, id string, step int64) (bool, error) {
	n, err := tx.exec(ctx, "factor_use", step, person, id)
	return n == 1, err
}

// DropFactor removes one factor of a person, and says whether it was there.
func (tx *Tx) DropFactor(ctx context.Context, person, id string) (bool, error) {
	n, err := tx.exec(ctx, "factor_drop", person, id)
	return n == 1, err
}

// DropFactors removes a person's factors of a kind; kind "": all.
func (tx *Tx) DropFactors(ctx context.Context, person, kind string) error {
	if kind == "" {
		_, err := tx.exec(ctx, "factor_drop_all", person)
		return err
	}
	_, err := tx.exec(ctx, "factor_drop_kind", person, kind)
	return err
}

// SignIn is one attempt to sign in.
type SignIn struct {
	Person string // empty: to no account there is
	At     time.Time
	How    string
	Result string
	Origin string
	Agent  string
}

// AddSignIn notes an attempt under an id drawn by the caller.
func (tx *Tx) AddSignIn(ctx context.Context, id []byte, s SignIn) error {
	_, err := tx.exec(ctx, "sign_in_add", id, s.Person, micros(s.At), s.How, s.Result, s.Origin, s.Agent)
	return err
}

// SignIns returns attempts to sign in to an account before an instant (zero: all), the latest first.
func (q *Query) SignIns(ctx context.Context, person string, before time.Time, limit int) ([]SignIn, error) {
	end := forever
	if !before.IsZero() {
		end = micros(before)
	}
	var list []SignIn
	err := q.each(ctx, "sign_in_list", []any{person, end, limit}, func(scan scanFunc) error {
		var s SignIn
		var at int64
		err := scan(&s.Person, &at, &s.How, &s.Result, &s.Origin, &s.Agent)
		s.At = fromMicros(at)
		list = append(list, s)
		return err
	})
	return list, err
}

// PruneSignIns forgets attempts before an instant.
func (tx *Tx) PruneSignIns(ctx context.Context, before time.Time) error {
	_, err := tx.exec(ctx, "sign_in_prune", micros(before))
	return err
}

// PutCeremony keeps what the second request of a sign-in needs.
func (tx *Tx) PutCeremony(ctx context.Context, id, sealed []byte, expires time.Time) error {
	_, err := tx.exec(ctx, "ceremony_put", id, sealed, micros(expires))
	return err
}

// TakeCeremony gives what was kept, once; ErrNotFound afterwards and once it has expired.
func (tx *Tx) TakeCeremony(ctx context.Context, id []byte, now time.Time) (sealed []byte, err error) {
	err = tx.one(ctx, "ceremony_take", []any{id, micros(now)}, &sealed)
	return sealed, err
}
