package main

import (
	"fmt"

	"yifa/internal/vault"
)

type keyCmd struct {
	File string `arg:"" help:"Where to write the key file. Keep a copy apart from the database."`
}

// Run makes the key file; it never overwrites one.
func (c *keyCmd) Run() error {
	if err := vault.Create(c.File); err != nil {
		return err
	}
	fmt.Println(c.File)
	return nil
}
