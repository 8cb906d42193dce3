package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"yifa/internal/installation"
	"yifa/internal/store"
	"yifa/internal/vault"
	"yifa/law"
)

type keyCmd struct {
	Make   keyMakeCmd   `cmd:"" default:"withargs" help:"Make the key file of a new installation."`
	Rotate keyRotateCmd `cmd:"" help:"Add a new master key to the key file. Two administrators put it to use at /desk/keys, while the platform serves."`
	List   keyListCmd   `cmd:"" help:"List the master keys, and how far a change of them is."`
	Drop   keyDropCmd   `cmd:"" help:"Take a retired master key out of the key file."`
}

type keyMakeCmd struct {
	File   string `arg:"" help:"Where to write the key file. Keep a copy apart from the database."`
	Crypto string `enum:"common,sm" default:"common" help:"common: AES, SHA-256, Ed25519. sm: SM4, SM3, and SM2 beside Ed25519 (国密)."`
}

// suiteOf is the suite of algorithms by the name a command line gives it.
func suiteOf(name string) vault.Suite {
	if name == string(vault.National) {
		return vault.National
	}
	return vault.Common
}

// Run makes the key file; it never overwrites one.
func (c *keyMakeCmd) Run() error {
	if err := vault.Create(c.File, suiteOf(c.Crypto)); err != nil {
		return err
	}
	fmt.Println(c.File)
	return nil
}

// keyFileOf is the key file of a data folder, for what changes it: keys from elsewhere the operator changes himself.
func keyFileOf(data, key string) (string, error) {
	keys, err := findKeys(key)
	if err != nil {
		return "", err
	}
	if keys.Secret != "" || keys.Credential != "" {
		return "", errors.New("the keys come from YIFA_KEY, YIFA_KEY_COMMAND or a credential, which no program can change: name the key file they are made from with --key, then hand it over again and restart")
	}
	if keys.File == "" {
		keys.File = filepath.Join(data, installation.KeyFile)
	}
	return keys.File, nil
}

type keyRotateCmd struct {
	Data string `required:"" help:"Data folder."`
	Key  string `help:"Key file; by default DATA/yifa.key."`

	Crypto string `enum:"common,sm" default:"common" help:"By what the new key works: common (AES, Ed25519) or sm (SM4, and SM2 beside Ed25519). A change of key is a change of these for what comes after; what is sealed stays readable."`
}

// Run adds a key that stands by. Whoever holds the machine can do this alone, and it changes nothing yet.
func (c *keyRotateCmd) Run() error {
	file, err := keyFileOf(c.Data, c.Key)
	if err != nil {
		return err
	}
	id, err := vault.Add(file, suiteOf(c.Crypto))
	if err != nil {
		return err
	}
	fmt.Printf("%s\nadded to %s. Keep two copies of that file elsewhere, then let two administrators put the key to use: one asks at /desk/keys, another agrees.\n", id, file)
	return nil
}

type keyListCmd struct {
	Data     string `required:"" help:"Data folder."`
	Database string `help:"postgres://… or sqlite:PATH; by default DATA/yifa.db."`
	Key      string `help:"Key file; by default $YIFA_KEY, the credential yifa.key or DATA/yifa.key."`
	Wait     bool   `help:"Show how far a change is until it is done."`
}

// Run lists the keys.
func (c *keyListCmd) Run(ctx context.Context) error {
	keys, err := findKeys(c.Key)
	if err != nil {
		return err
	}
	i, err := installation.Open(ctx, installation.Options{Dir: c.Data, Database: c.Database, Keys: keys, Law: law.FS, Hooks: hooks, Now: time.Now})
	if err != nil {
		return err
	}
	defer func() { _ = i.Close() }()
	line := newBar("wrapped anew")
	for {
		v, err := i.Office.MasterKeys(ctx)
		if err != nil {
			return err
		}
		if v.Rotated != nil {
			line.at(v.Rotated.Done, v.Rotated.All)
		}
		if v.Rotated == nil || !c.Wait {
			line.end()
			for _, k := range v.Keys {
				fmt.Printf("%s  %s%s\n", k.ID, k.State, map[bool]string{true: "  sm"}[k.National])
			}
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(barEvery):
		}
	}
}

type keyDropCmd struct {
	ID       string `arg:"" help:"Number of the retired key."`
	Data     string `required:"" help:"Data folder."`
	Database string `help:"postgres://… or sqlite:PATH; by default DATA/yifa.db."`
	Key      string `help:"Key file; by default DATA/yifa.key."`
}

// Run drops a master that the database calls retired. Backups made before it was retired then open no more.
func (c *keyDropCmd) Run(ctx context.Context) error {
	file, err := keyFileOf(c.Data, c.Key)
	if err != nil {
		return err
	}
	i, err := installation.Open(ctx, installation.Options{Dir: c.Data, Database: c.Database, Keys: installation.Keys{File: file}, Law: law.FS, Hooks: hooks, Now: time.Now})
	if err != nil {
		return err
	}
	defer func() { _ = i.Close() }()
	v, err := i.Office.MasterKeys(ctx)
	if err != nil {
		return err
	}
	for _, k := range v.Keys {
		if k.ID == c.ID && k.State == string(store.KeyRetired) {
			return vault.Drop(file, c.ID, i.Vault.ActiveKey())
		}
	}
	return fmt.Errorf("%s is not a retired key: see yifa key list", c.ID)
}
