package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"yifa/internal/backup"
	"yifa/internal/installation"
)

type backupCmd struct {
	Data     string        `help:"Data folder."`
	Database string        `help:"postgres://… or sqlite:PATH; by default DATA/yifa.db."`
	To       string        `help:"Folder of the backups, best on another machine."`
	For      []string      `name:"recipient" help:"age1…: who may restore. Made with: yifa backup --new-identity FILE."`
	Blobs    evidenceFlags `embed:""`
	Keep     int           `help:"Keep so many, the newest; 0 keeps all."`
	List     bool          `help:"Only list what is there."`
	Identity string        `name:"new-identity" help:"Make what opens backups, in a file to be kept away from both machines, and print its recipient."`
}

// Run makes a backup of an installation, which may be serving meanwhile.
func (c *backupCmd) Run(ctx context.Context) error {
	switch {
	case c.Identity != "":
		return newIdentity(c.Identity)
	case c.To == "":
		return errors.New("name the folder of the backups: --to DIR")
	case c.List:
		return listBackups(c.To)
	case c.Data == "":
		return errors.New("name the data folder: --data DIR")
	}
	o, err := backupOptions(c.Data, c.Database, c.To, c.For)
	if err != nil {
		return err
	}
	if o.From, err = c.Blobs.open(ctx, c.Data); err != nil {
		return err
	}
	o.Keep = c.Keep
	m, err := backup.Make(ctx, o)
	if m.Database.SHA256 != "" {
		fmt.Printf("%s: database %d bytes, %d files of evidence, %d of them new (%d bytes)\n", m.Made.Format(time.RFC3339), m.Database.Bytes, m.Blobs, m.Copied, m.CopiedBytes)
	}
	return err
}

// backupOptions says what an installation consists of. The key file is not among it.
func backupOptions(data, database, to string, recipients []string) (backup.Options, error) {
	o := backup.Options{Evidence: filepath.Join(data, installation.EvidenceDir), Database: database, Dir: to,
		Destroyed: filepath.Join(data, installation.DestroyedFile), Now: time.Now}
	if o.Database == "" {
		o.Database = "sqlite:" + filepath.Join(data, installation.DatabaseFile)
	}
	for _, text := range recipients {
		r, err := age.ParseX25519Recipient(text)
		if err != nil {
			return o, fmt.Errorf("--recipient %s: %w", text, err)
		}
		o.To = append(o.To, r)
	}
	return o, nil
}

// newIdentity makes a file that opens backups, and prints for whom to encrypt them.
func newIdentity(path string) error {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "# public key: %s\n%s\n", id.Recipient(), id)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	fmt.Println(id.Recipient())
	return nil
}

func listBackups(dir string) error {
	list, err := backup.List(dir)
	for _, b := range list {
		fmt.Printf("%s  %s  database %d bytes, %d files of evidence\n", b.Name, b.Driver, b.Database.Bytes, b.Blobs)
	}
	return err
}
