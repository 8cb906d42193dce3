package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"yifa/internal/installation"
	"yifa/internal/office"
)

type importCmd struct {
	Folder   string `arg:"" type:"path" help:"Folder of texts: Markdown, plain text, DOCX. Folders in it are read too."`
	Data     string `required:"" help:"Data folder."`
	Database string `help:"postgres://… or sqlite:PATH; by default DATA/yifa.db."`
	Key      string `help:"Key file; by default $YIFA_KEY, the credential yifa.key or DATA/yifa.key."`
}

// Run reads the texts and says what it did, what it could not read and why, and which cited provisions are missing. It
// fails where nothing could be read.
func (k *importCmd) Run(ctx context.Context, c *lawCmd) error {
	keys, err := findKeys(k.Key)
	if err != nil {
		return err
	}
	i, err := installation.Open(ctx, installation.Options{Dir: k.Data, Database: k.Database, Keys: keys, Law: c.files(), Hooks: hooks, Now: time.Now})
	if err != nil {
		return err
	}
	defer func() { _ = i.Close() }()
	folder, err := os.OpenRoot(k.Folder) // what is read cannot lie outside, whatever links say
	if err != nil {
		return err
	}
	defer func() { _ = folder.Close() }()
	line := &progressLine{to: os.Stderr, live: isTerminal(os.Stderr)}
	did, err := i.Office.ImportStatutes(ctx, folder.FS(), line.at)
	line.end()
	if err != nil {
		return err
	}
	printImport(os.Stdout, did)
	if did.Versions == 0 {
		return fmt.Errorf("%s holds no text of a statute that could be read", k.Folder)
	}
	return nil
}

func printImport(w io.Writer, did office.Imported) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
	say("%d files read: %d texts, %d versions, %d articles", did.Files, did.Texts, did.Versions, did.Articles)
	say("%d versions added, %d replaced, %d unchanged", did.Added, did.Replaced, did.Unchanged)
	for _, list := range []struct {
		title string
		notes []office.FileNote
	}{{"not read: %d", did.Unread}, {"to look at: %d", did.Notes}} {
		if len(list.notes) > 0 {
			say(list.title, len(list.notes))
		}
		for _, n := range list.notes {
			say("  %s: %s", shownName(n.Name), n.Text)
		}
	}
	if len(did.Absent) > 0 {
		say("cited, but not in the text imported: %d", len(did.Absent))
	}
	for _, a := range did.Absent {
		say("  %s  %s  version %s has no such %s", a.Ref, a.Name, a.Of, a.What)
	}
	if len(did.Unheld) > 0 {
		say("cited, but not imported: %d versions", len(did.Unheld))
	}
	for _, u := range did.Unheld {
		other := ""
		if u.Others > 0 {
			other = "  (of other versions: " + strconv.Itoa(u.Others) + ")"
		}
		say("  %s@%s  %s%s", u.Key, u.From, u.Title, other)
	}
}

// shownName is a file's name as a terminal may show it: names come from strangers too.
func shownName(name string) string {
	quoted := strconv.Quote(name)
	if printable := quoted[1 : len(quoted)-1]; printable == name {
		return name
	}
	return quoted
}

// progressLine is one line that says how far a long job is.
type progressLine struct {
	to   io.Writer
	live bool // a terminal: the line is written over
	last time.Time
}

func (p *progressLine) at(done, all int, name string) {
	every := 100 * time.Millisecond
	if !p.live {
		every = 10 * time.Second // a log: a line now and then
	}
	if now := time.Now(); now.Sub(p.last) >= every {
		p.last = now
		if p.live {
			_, _ = fmt.Fprintf(p.to, "\r\x1b[K%d/%d  %s", done, all, shownName(name))
		} else {
			_, _ = fmt.Fprintf(p.to, "%d/%d  %s\n", done, all, shownName(name))
		}
	}
}

func (p *progressLine) end() {
	if p.live {
		_, _ = fmt.Fprint(p.to, "\r\x1b[K")
	}
}

// isTerminal reports whether somebody looks on.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
