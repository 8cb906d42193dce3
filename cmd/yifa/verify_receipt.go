package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/ledger"
	"yifa/internal/office"
	"yifa/internal/procedure"
	"yifa/law"
)

// receipt checks a receipt file with nothing but the file, the checkpoint beside it and the law's words.
func (c *verifyCmd) receipt(w io.Writer) error {
	r, key, err := c.readReceipt()
	if err != nil {
		return err
	}
	checked, err := r.Check(key)
	lang := i18n.Lang(c.Lang)
	if err != nil {
		_, _ = fmt.Fprintln(w, i18n.T(lang, "verify.bad"))
		return err
	}
	words := map[string]string{}
	if l, faults := procedure.Load(law.FS, hooks); len(faults) == 0 {
		words = office.ReceiptWords(l, lang)
	}
	p := receiptPrinter{w, lang, words}
	for i, e := range checked {
		p.entry(i+1, e)
	}
	if err := c.named(checked, p); err != nil {
		return err
	}
	p.line("verify.log", r.Log)
	p.line("verify.key", key)
	if r.KeySM2 != "" {
		p.line("verify.key_sm2", r.KeySM2)
		both := !slices.ContainsFunc(checked, func(e ledger.Checked) bool { return !e.SM2 })
		p.say(map[bool]string{true: "verify.sm2_good", false: "verify.sm2_none"}[both])
	}
	last := checked[len(checked)-1]
	if last.Proven == nil {
		p.say("verify.good_promised")
		return c.newer(nil, key, p)
	}
	p.say("verify.good")
	return c.newer(last.Proven, key, p)
}

func (c *verifyCmd) readReceipt() (ledger.Receipt, string, error) {
	text, err := os.ReadFile(c.Receipt)
	if err != nil {
		return ledger.Receipt{}, "", err
	}
	r, err := ledger.ParseReceipt(text)
	if c.LogKey != "" {
		return r, c.LogKey, err
	}
	return r, r.Key, err
}

// named says whether a file at hand is one that the receipt names, byte for byte.
func (c *verifyCmd) named(checked []ledger.Checked, p receiptPrinter) error {
	if c.File == "" {
		return nil
	}
	text, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("--file: %w", err)
	}
	sum := sha256.Sum256(text)
	for _, e := range checked {
		for _, part := range e.Parts {
			for _, f := range part.Files {
				if bytes.Equal(f.SHA256, sum[:]) {
					p.say("verify.file_good", "name", f.Name)
					return nil
				}
			}
		}
	}
	p.say("verify.file_bad")
	return errors.New("--file: the receipt names no file with these bytes")
}

// newer checks that a checkpoint saved later goes on from the one in the receipt.
func (c *verifyCmd) newer(old *ledger.Checkpoint, key string, p receiptPrinter) error {
	if c.Checkpoint == "" {
		return nil
	}
	if old == nil {
		return errors.New("--checkpoint: the receipt holds no proof yet, so there is nothing to go on from")
	}
	text, err := os.ReadFile(c.Checkpoint)
	if err != nil {
		return err
	}
	step, err := ledger.ParseStep(text)
	if err != nil {
		return fmt.Errorf("--checkpoint: %w", err)
	}
	at, err := step.Check(*old, key)
	var needs *ledger.NeedsStep
	if errors.As(err, &needs) {
		return fmt.Errorf("--checkpoint: %w", err)
	}
	if err != nil {
		p.say("verify.newer_bad")
		return err
	}
	p.say("verify.newer_good", "size", at.Size)
	return nil
}

// receiptPrinter writes what a receipt proves, in a language.
type receiptPrinter struct {
	w     io.Writer
	lang  i18n.Lang
	words map[string]string
}

func (p receiptPrinter) say(key string, args ...any) {
	_, _ = fmt.Fprintln(p.w, i18n.T(p.lang, key, args...)) // a broken pipe is the reader's affair
}

func (p receiptPrinter) line(key, value string) {
	_, _ = fmt.Fprintln(p.w, i18n.T(p.lang, key)+i18n.T(p.lang, "web.colon")+value)
}

func (p receiptPrinter) named(kind, name string) string {
	if label := p.words[kind+"."+name]; label != "" {
		return label
	}
	return name
}

func (p receiptPrinter) entry(n int, c ledger.Checked) {
	e := c.Entry
	_, _ = fmt.Fprintf(p.w, "%s  %s\n", i18n.T(p.lang, "verify.entry", "n", n), p.named("act", e.Act))
	p.say("verify.matter", "id", e.Matter.String(), "seq", e.Seq)
	p.line("verify.recorded", shanghai(e.Recorded))
	for _, part := range c.Parts {
		for _, name := range slices.Sorted(maps.Keys(part.Fields)) {
			_, _ = fmt.Fprintf(p.w, "%s%s%s\n", p.named("field", name), i18n.T(p.lang, "web.colon"), part.Fields[name])
		}
		for _, f := range part.Files {
			p.say("verify.file", "name", f.Name, "n", strconv.FormatInt(f.Size, 10))
		}
	}
	if c.Hidden > 0 {
		p.say("verify.hidden", "n", c.Hidden)
	}
	if c.Proven != nil {
		p.say("verify.proven", "index", c.Index+1, "size", c.Proven.Size)
	} else {
		p.say("verify.promised", "until", shanghai(c.Promised))
	}
	_, _ = fmt.Fprintln(p.w)
}

// shanghai writes an instant as clocks in China show it.
func shanghai(t time.Time) string {
	return t.In(calendar.Shanghai).Format("2006-01-02 15:04:05 -07:00")
}
