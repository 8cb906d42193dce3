package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"yifa/internal/courier"
)

// messageFlags say how messages go to filers who confirm where they can be reached.
type messageFlags struct {
	Outgoing string `env:"YIFA_OUTGOING" help:"Folder into which messages are written as files while there is neither a mail server nor a gateway; by default DATA/outgoing."`
	Origin   string `env:"YIFA_ORIGIN" help:"https://HOST under which the public reaches the site: messages say where to look."`

	MailServer       string `env:"YIFA_MAIL_SERVER" help:"Mail server, host:port."`
	MailFrom         string `env:"YIFA_MAIL_FROM" help:"Address that messages come from."`
	MailUser         string `env:"YIFA_MAIL_USER" help:"Name to sign in there; without it nobody signs in."`
	MailPasswordFile string `env:"YIFA_MAIL_PASSWORD_FILE" help:"File with the password there."`
	MailTLS          string `env:"YIFA_MAIL_TLS" enum:"starttls,direct,none" default:"starttls" help:"starttls, direct, or none for a server on this machine."`

	SMSGateway string `env:"YIFA_SMS_GATEWAY" help:"File that says how the gateway of text messages is asked; docs/guide/operator/messages.md."`
	SMSExpect  string `env:"YIFA_SMS_EXPECT" help:"What stands in its answer when a message was taken."`
}

// courier is the one the flags name.
func (f messageFlags) courier(data string) (*courier.Courier, error) {
	c := courier.Config{Dir: f.Outgoing}
	if c.Dir == "" {
		c.Dir = filepath.Join(data, "outgoing")
	}
	if at, err := url.Parse(f.Origin); f.Origin != "" && (err != nil || at.Host == "" || strings.Trim(at.Path, "/") != "") {
		return nil, fmt.Errorf("--origin: %q is not https://HOST", f.Origin)
	}
	if f.MailServer != "" {
		c.Mail = &courier.Mail{Server: f.MailServer, From: f.MailFrom, User: f.MailUser, TLS: f.MailTLS}
		if f.MailUser != "" {
			text, err := os.ReadFile(f.MailPasswordFile)
			if err != nil {
				return nil, fmt.Errorf("--mail-password-file: %w", err)
			}
			c.Mail.Password = strings.TrimSpace(string(text))
		}
	} else if f.MailFrom != "" || f.MailUser != "" {
		return nil, errors.New("--mail-from and --mail-user need --mail-server")
	}
	if f.SMSGateway != "" {
		c.SMS = &courier.SMS{File: f.SMSGateway, Expect: f.SMSExpect}
	}
	if c.Mail == nil && c.SMS == nil {
		slog.Warn("messages to filers are written as files; nothing sends them on", "folder", c.Dir)
	}
	return courier.New(c)
}
