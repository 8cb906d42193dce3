package officetest

import (
	"path/filepath"

	"yifa/internal/installation"
	"yifa/internal/vault"
)

// National puts a key of the national suite to use, as a rotation does, without its work.
func (c *City) National() {
	c.t.Helper()
	id, err := vault.Add(filepath.Join(c.Dir, installation.KeyFile), vault.National)
	if err == nil {
		err = c.Vault.Reload()
	}
	if err == nil {
		err = c.Vault.Use(id)
	}
	if err != nil {
		c.t.Fatal(err)
	}
}
