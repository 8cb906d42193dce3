// Package courier carries short messages to people outside: as files, by a mail server, by the gateway of a provider of
// short messages. It does not know what a message is about, writes no address and no text into an error or a log, and
// keeps nothing but the files it was told to write.
package courier

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"yifa/internal/office"
)

// sender carries letters of one kind.
type sender interface {
	carry(ctx context.Context, l office.Letter) error
}

// Courier carries each kind of letter by the sender it was given for it.
type Courier struct{ by map[string]sender }

// Config is how letters are carried. Without a mail server and a gateway all are written as files; with one of them, the
// other kind is not carried at all.
type Config struct {
	Dir  string // folder for letters as files
	Mail *Mail  // nil: none
	SMS  *SMS   // nil: none
}

// New gives a courier, or everything that its configuration misses.
func New(c Config) (*Courier, error) {
	out := &Courier{by: map[string]sender{}}
	var faults []error
	if c.Mail != nil {
		faults = append(faults, c.Mail.validate())
		out.by[office.ContactEmail] = c.Mail
	}
	if c.SMS != nil {
		faults = append(faults, c.SMS.read())
		out.by[office.ContactPhone] = c.SMS
	}
	if len(out.by) == 0 {
		out.by[office.ContactEmail], out.by[office.ContactPhone] = files(c.Dir), files(c.Dir)
	}
	return out, errors.Join(faults...)
}

// Carries says whether letters of a kind can be carried.
func (c *Courier) Carries(kind string) bool { return c.by[kind] != nil }

// Carry hands a letter to whoever carries its kind.
func (c *Courier) Carry(ctx context.Context, l office.Letter) error {
	by := c.by[l.Kind]
	if by == nil {
		return fmt.Errorf("courier: nothing carries %s", l.Kind)
	}
	return by.carry(ctx, l)
}

// files writes each letter as a file into a folder: for trying out, and for whoever carries them on by a way of his own.
type files string

const (
	folderMode = 0o700
	fileMode   = 0o600
)

func (dir files) carry(_ context.Context, l office.Letter) error {
	if err := os.MkdirAll(string(dir), folderMode); err != nil {
		return fmt.Errorf("courier: %w", err)
	}
	name := time.Now().UTC().Format("20060102-1504-") + strings.ToLower(rand.Text()[:10])
	leave := ""
	if l.Leave != "" {
		leave = "List-Unsubscribe: <" + l.Leave + ">\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n"
	}
	text := fmt.Sprintf("To: %s\nSubject: %s\n%s\n%s\n", l.To, l.Subject, leave, l.Text)
	part := filepath.Join(string(dir), name+".part") // whoever carries it on never finds half a file
	if err := os.WriteFile(part, []byte(text), fileMode); err != nil {
		return fmt.Errorf("courier: %w", err)
	}
	return os.Rename(part, filepath.Join(string(dir), name+"."+l.Kind))
}
