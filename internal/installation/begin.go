package installation

import (
	"context"
	"fmt"
	"io/fs"

	"yifa/internal/calendar"
	"yifa/internal/office"
)

// Seed enters an organ in the register, as the operator, before anybody has acted.
func (organ Organ) Seed(ctx context.Context, o *office.Office, from calendar.Date, basis string) error {
	fields := map[string][]string{"key": {organ.Key}, "name": {organ.Name}, "division": {organ.Division}, "kind": {organ.Kind},
		"parent": {organ.Parent}, "short": {organ.Short}, "symbol": {organ.Symbol}, "from": {from.String()}, "basis": {basis}}
	if err := o.Seed(ctx, "register.organ", fields); err != nil {
		return fmt.Errorf("organ %s: %w", organ.Key, err)
	}
	return nil
}

// First is the first administrator of an installation.
type First struct {
	Login, Name string
	Organ       string // key; empty: the first organ of the seed list
	Password    string // his own; empty: one is drawn and has to be changed
}

// beginBasis is the reason in the record of what an installation starts from.
const beginBasis = "平台启用前由运维录入。"

// Begin enters what an empty installation starts from: the organs of the seed list, the first administrator's account
// and his post. It is office.ErrBegun where anybody holds a post, and goes on where it was cut off before that. It
// gives the password drawn, if one was.
func (i *Installation) Begin(ctx context.Context, law fs.FS, f First, told func(done, all int)) (password string, err error) {
	organs, err := ReadOrgans(law)
	if err != nil {
		return "", err
	}
	today := i.Office.Today()
	there, _, err := office.Staff(ctx, i.DB, i.Law, today)
	if err != nil {
		return "", err
	}
	if len(there.Posts) > 0 {
		return "", office.ErrBegun
	}
	known := map[string]bool{}
	for _, o := range there.Organs {
		known[o.Key] = true
	}
	for n, o := range organs {
		if !known[o.Key] {
			if err := o.Seed(ctx, i.Office, today, beginBasis); err != nil {
				return "", err
			}
		}
		told(n+1, len(organs))
	}
	if f.Organ == "" {
		f.Organ = organs[0].Key
	}
	password, err = i.Office.CreateAccount(ctx, i.Office.Operator(), office.NewAccount{Login: f.Login, Name: f.Name, Organ: f.Organ,
		Reason: beginBasis, Password: f.Password})
	if err != nil {
		return "", err
	}
	return password, i.Office.Seed(ctx, "register.post", map[string][]string{"post": {f.Login + "." + f.Organ}, "person": {f.Login},
		"organ": {f.Organ}, "role": {"administrator"}, "from": {today.String()}, "basis": {beginBasis}})
}
