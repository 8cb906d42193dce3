package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/internal/procedure"
	"yifa/internal/procedure/proof"
	"yifa/internal/store"
	"yifa/law"
)

// staffed finds what the law asks and the staff of the organs cannot do, and prints it in Simplified Chinese. It
// fails where there is something that nobody in an organ can do; what hangs on one person is only told.
func (k *checkCmd) staffed(ctx context.Context, l *procedure.Law, w io.Writer) error {
	if k.Today.IsZero() {
		k.Today = calendar.On(time.Now())
	}
	staff, names, err := k.staff(ctx, l)
	if err != nil {
		return err
	}
	organs := map[string]string{}
	for _, o := range staff.Organs {
		organs[o.Key] = o.Name
	}
	missing := 0
	var heads [2]string // organ and procedure printed last
	for _, g := range grouped(proof.Staffing(l, staff)) {
		x := g[0]
		if x.Organ != heads[0] {
			heads = [2]string{x.Organ}
			fmt.Fprintln(w, or(organs[x.Organ], x.Organ))
		}
		if x.Procedure != heads[1] {
			heads[1] = x.Procedure
			fmt.Fprintln(w, "  "+titleOf(l, x.Procedure))
		}
		var acts []string
		for _, y := range g {
			acts = append(acts, y.Label)
		}
		if x.Only != "" {
			fmt.Fprintf(w, "    只有%s一个人能办，回避或者不在就没有人办：%s\n", or(names[x.Only], x.Only), strings.Join(acts, "、"))
			continue
		}
		missing += len(g)
		fmt.Fprintf(w, "    不能办，%s：%s\n", x.Why, strings.Join(acts, "、"))
	}
	if missing > 0 {
		return fmt.Errorf("%d acts cannot be done with the staff there is", missing)
	}
	return nil
}

// grouped puts together what an organ lacks in a procedure for the same reason, those that nobody can do first.
func grouped(all []proof.Shortage) [][]proof.Shortage {
	var out [][]proof.Shortage
	for _, nobody := range []bool{true, false} {
		for _, x := range all {
			if (x.Only == "") != nobody {
				continue
			}
			i := slices.IndexFunc(out, func(g []proof.Shortage) bool {
				return g[0].Organ == x.Organ && g[0].Procedure == x.Procedure && g[0].Only == x.Only && g[0].Why == x.Why
			})
			if i < 0 {
				i, out = len(out), append(out, nil)
			}
			out[i] = append(out[i], x)
		}
	}
	slices.SortStableFunc(out, func(a, b []proof.Shortage) int {
		return strings.Compare(a[0].Organ+" "+a[0].Procedure, b[0].Organ+" "+b[0].Procedure)
	})
	return out
}

// staff is that of a database, or of the demo city where none is named.
func (k *checkCmd) staff(ctx context.Context, l *procedure.Law) (proof.Staff, map[string]string, error) {
	if k.Data == "" && k.Database == "" {
		city := &demo.City{LawFS: law.FS}
		if err := city.Read(); err != nil {
			return proof.Staff{}, nil, err
		}
		staff, names := city.Staff(k.Today)
		return staff, names, nil
	}
	address := k.Database
	if address == "" {
		address = "sqlite:" + filepath.Join(k.Data, installation.DatabaseFile)
	}
	db, err := store.Look(ctx, address)
	if err != nil {
		return proof.Staff{}, nil, err
	}
	defer func() { _ = db.Close() }() // it was only read
	return office.Staff(ctx, db, l, k.Today)
}
