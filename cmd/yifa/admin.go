package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"yifa/internal/identity"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/law"
)

// adminCmd is what whoever runs the machine does for accounts. Each change is an act of the operator with its reason;
// no password stands in the record, in a log or among the arguments of a program.
type adminCmd struct {
	Init         adminInitCmd         `cmd:"" help:"Enter the organs and the first administrator of an empty installation."`
	Account      adminAccountCmd      `cmd:"" help:"Make, lock, unlock, end and renew accounts."`
	Password     adminPasswordCmd     `cmd:"" help:"Give somebody a new password."`
	SecondFactor adminSecondFactorCmd `cmd:"" name:"second-factor" help:"Take a lost second factor away."`
}

type adminAccountCmd struct {
	Create adminCreateCmd `cmd:"" help:"Make an account and print its first password."`
	Lock   adminActCmd    `cmd:"" help:"End every session and let nobody in."`
	Unlock adminActCmd    `cmd:"" help:"Let a locked account in again."`
	End    adminActCmd    `cmd:"" help:"End an account for good."`
	Renew  adminActCmd    `cmd:"" help:"Let an ended account in again."`
}

// place is where an installation lies.
type place struct {
	Data     string `required:"" help:"Data folder."`
	Database string `help:"postgres://… or sqlite:PATH; by default DATA/yifa.db."`
	Key      string `help:"Key file; by default $YIFA_KEY, the credential yifa.key or DATA/yifa.key."`
}

// with opens the installation, does something, and closes it.
func (p place) with(ctx context.Context, do func(*installation.Installation) error) error {
	keys, err := findKeys(p.Key)
	if err != nil {
		return err
	}
	i, err := installation.Open(ctx, installation.Options{Dir: p.Data, Database: p.Database, Keys: keys, Law: law.FS, Hooks: hooks, Now: time.Now})
	if err != nil {
		return err
	}
	return errors.Join(adminFault(do(i)), i.Close())
}

// adminFault words what the office answered for somebody at a terminal.
func adminFault(err error) error {
	var fields office.BadFields
	var refused *office.Refused
	var bad *identity.BadPassword
	switch {
	case errors.As(err, &fields):
		var faults []string
		for name, text := range fields {
			faults = append(faults, name+": "+text)
		}
		slices.Sort(faults)
		return errors.New(strings.Join(faults, "; "))
	case errors.As(err, &refused):
		return fmt.Errorf("%s: %s", refused.View.What, refused.View.Why)
	case errors.As(err, &bad):
		return fmt.Errorf("this password cannot be used: %s", strings.ReplaceAll(string(bad.Fault), "_", " "))
	case errors.Is(err, office.ErrSamePassword):
		return errors.New("this is the password there is already")
	case errors.Is(err, office.ErrBegun):
		return errors.New("this installation has begun: its administrators appoint further ones at the desk; for a lost password use: yifa admin password LOGIN")
	case errors.Is(err, office.ErrNotFound):
		return errors.New("there is no such account, or it does not stand where this can be done")
	}
	return err
}

type adminInitCmd struct {
	place `embed:""`
	Login string `required:"" help:"What the administrator types to sign in: small letters, digits, dashes."`
	Name  string `required:"" help:"The administrator's name as pages show it."`
	Organ string `help:"Key of his organ; by default the first of the seed list."`
	Ask   bool   `help:"Read the password from the terminal, or one line of the standard input, in place of printing one to be changed."`
}

// Run enters the seed list. It is refused once anybody holds a post.
func (c *adminInitCmd) Run(ctx context.Context) error {
	own := ""
	if c.Ask {
		var err error
		if own, err = askPassword(os.Stdin, os.Stderr); err != nil {
			return err
		}
	}
	return c.with(ctx, func(i *installation.Installation) error {
		first, err := i.Begin(ctx, law.FS, installation.First{Login: c.Login, Name: c.Name, Organ: c.Organ, Password: own}, newBar("organs").at)
		if err == nil {
			giveOut(c.Login, first)
		}
		return err
	})
}

type adminCreateCmd struct {
	place  `embed:""`
	Login  string `arg:"" help:"What its owner types to sign in: small letters, digits, dashes."`
	Name   string `required:"" help:"Its owner's name as pages show it."`
	Organ  string `required:"" help:"Key of its owner's organ."`
	Person string `help:"Id by which posts name its owner; by default the login."`
	Reason string `required:"" help:"Why, as it stands in the record."`
}

// Run makes an account. Its owner can do nothing until a post is given.
func (c *adminCreateCmd) Run(ctx context.Context) error {
	return c.with(ctx, func(i *installation.Installation) error {
		first, err := i.Office.CreateAccount(ctx, i.Office.Operator(), office.NewAccount{Person: c.Person, Login: c.Login, Name: c.Name, Organ: c.Organ, Reason: c.Reason})
		if err == nil {
			giveOut(c.Login, first)
		}
		return err
	})
}

type adminActCmd struct {
	place  `embed:""`
	Login  string `arg:"" help:"The account."`
	Reason string `required:"" help:"Why, as it stands in the record."`
}

// Run does the act the command is named after.
func (c *adminActCmd) Run(ctx context.Context, k *kong.Context) error {
	return c.with(ctx, func(i *installation.Installation) error {
		_, err := i.Office.ChangeAccount(ctx, i.Office.Operator(), office.AccountChange{Login: c.Login, Act: k.Selected().Name, Reason: c.Reason})
		return err
	})
}

type adminPasswordCmd struct {
	place  `embed:""`
	Login  string `arg:"" help:"The account."`
	Reason string `required:"" help:"Why, as it stands in the record."`
	Ask    bool   `help:"Read the password from the terminal, or one line of the standard input: for the owner's own, which needs no change."`
}

// Run gives a new password; every session of the account ends.
func (c *adminPasswordCmd) Run(ctx context.Context) error {
	own := ""
	if c.Ask {
		var err error
		if own, err = askPassword(os.Stdin, os.Stderr); err != nil {
			return err
		}
	}
	return c.with(ctx, func(i *installation.Installation) error {
		first, err := i.Office.ChangeAccount(ctx, i.Office.Operator(), office.AccountChange{Login: c.Login, Act: office.AccountReset, Reason: c.Reason, Password: own})
		if err == nil {
			giveOut(c.Login, first)
		}
		return err
	})
}

type adminSecondFactorCmd struct {
	place  `embed:""`
	Login  string `arg:"" help:"The account."`
	Remove bool   `required:"" help:"Take its second factors and recovery codes away."`
	Reason string `required:"" help:"Why, and how you made sure of the person, as it stands in the record."`
}

// Run takes the second factors of an account away.
func (c *adminSecondFactorCmd) Run(ctx context.Context) error {
	return c.with(ctx, func(i *installation.Installation) error {
		_, err := i.Office.ChangeAccount(ctx, i.Office.Operator(), office.AccountChange{Login: c.Login, Act: office.AccountFactor, Reason: c.Reason})
		return err
	})
}

// giveOut prints a password drawn, once: to the standard output alone, so that a log of faults never holds it.
func giveOut(login, first string) {
	if first != "" {
		fmt.Printf("%s  %s\n", login, first)
		fmt.Fprintln(os.Stderr, "This password is shown once. It must be changed at the first sign-in.")
	}
}

// askPassword reads a password: twice and unseen at a terminal, else one line.
func askPassword(in *os.File, tell io.Writer) (string, error) {
	if !term.IsTerminal(int(in.Fd())) {
		line, err := bufio.NewReader(in).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var typed [2]string
	for n, ask := range []string{"Password: ", "Again: "} {
		fmt.Fprint(tell, ask)
		b, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(tell)
		if err != nil {
			return "", fmt.Errorf("password: %w", err)
		}
		typed[n] = string(b)
	}
	if typed[0] != typed[1] {
		return "", errors.New("the two passwords differ")
	}
	return typed[0], nil
}
