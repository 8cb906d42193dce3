package office

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/lawtext"
	"yifa/internal/matter"
	"yifa/internal/search"
	"yifa/internal/statute"
	"yifa/internal/store"
)

// Imported is what an import did.
type Imported struct {
	Files, Texts, Versions, Articles int // read: files, statutes, versions of them, articles
	Added, Replaced, Unchanged       int // versions
	Unread                           []FileNote
	Notes                            []FileNote // of files that were read
	Absent                           []AbsentCite
	Unheld                           []UnheldStatute
}

// FileNote says something of a file. Name is a path of the folder, as its owner wrote it.
type FileNote struct{ Name, Text string }

// ImportStatutes reads every text of a statute in a folder into the database, as the operator. Reading the same folder
// again changes nothing. A file that cannot be read is told and passed over; so is one that says otherwise than an
// earlier one about the same version. told is called before each file.
func (o *Office) ImportStatutes(ctx context.Context, folder fs.FS, told func(done, all int, name string)) (Imported, error) {
	i := importing{o: o, hashes: map[version]string{}, given: map[version]given{}, titles: o.law.Book.Statutes(), statutes: map[string]bool{}}
	names, err := i.find(folder)
	if err != nil {
		return i.did, err
	}
	err = o.db.Read(ctx, func(q *store.Query) error {
		held, err := q.AllStatutes(ctx)
		for _, t := range held {
			i.hashes[version{t.Statute, t.Day}] = t.Hash
		}
		return err
	})
	for n, name := range names {
		if err == nil {
			told(n, len(names), name)
			err = i.file(ctx, folder, name)
		}
	}
	if err != nil {
		return i.did, err
	}
	i.did.Texts, i.did.Versions = len(i.statutes), len(i.given)
	i.did.Absent, i.did.Unheld, err = o.AbsentCites(ctx)
	return i.did, err
}

// version names a version of a statute.
type version struct {
	key string
	day calendar.Date
}

// given is what a file of this import gave for a version.
type given struct{ file, words string }

type importing struct {
	o        *Office
	did      Imported
	hashes   map[version]string // what is held
	given    map[version]given
	statutes map[string]bool
	titles   []statute.Statute
}

// find lists the files to read. Links are not followed, and what is hidden is not looked at.
func (i *importing) find(folder fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case err != nil:
			i.unread(name, err)
			return nil
		case name != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir() || !lawtext.Kind(name):
		case !d.Type().IsRegular():
			i.unread(name, errors.New("is no file of its own but a link or a device"))
		default:
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("office: import: %w", err)
	}
	return names, nil
}

func (i *importing) unread(name string, why error) {
	i.did.Unread = append(i.did.Unread, FileNote{name, why.Error()})
}

func (i *importing) note(name, format string, args ...any) {
	i.did.Notes = append(i.did.Notes, FileNote{name, fmt.Sprintf(format, args...)})
}

// file takes one file. The error is a fault of ours; what is wrong with the file is noted.
func (i *importing) file(ctx context.Context, folder fs.FS, name string) error {
	i.did.Files++
	data, err := readFile(folder, name)
	if err != nil {
		i.unread(name, err)
		return nil
	}
	text, err := lawtext.Read(name, data)
	if err != nil {
		i.unread(name, err)
		return nil
	}
	key, day, effective := standsUnder(i.titles, text)
	if day == 0 {
		i.unread(name, errors.New("says no day of adoption or effect: write it in the name, TITLE(2021-01-22)"))
		return nil
	}
	v, words := version{key, day}, text.Words()
	if before, twice := i.given[v]; twice {
		if before.words != words {
			i.unread(name, fmt.Errorf("gives other words for %s of %s than %q, which is kept", text.Title, day, before.file))
		}
		return nil
	}
	i.given[v], i.statutes[key] = given{name, words}, true
	i.did.Articles += len(text.Articles)
	i.remark(name, text, v, effective)
	if i.hashes[v] == text.Hash() {
		i.did.Unchanged++
		return nil
	}
	return i.put(ctx, name, text, v, effective)
}

func readFile(folder fs.FS, name string) ([]byte, error) {
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // it only read
	data, err := io.ReadAll(io.LimitReader(f, lawtext.MaxFile+1))
	if err != nil {
		return nil, err
	}
	return data, nil
}

// remark notes what the operator should look at in a text that is sound.
func (i *importing) remark(name string, text lawtext.Text, v version, effective bool) {
	if !effective {
		i.note(name, "does not say since when it is in force: it stands under the day of its adoption, %s", v.day)
	}
	if len(text.Missing) > 0 {
		i.note(name, "has no article %s", strings.Join(text.Missing, ", "))
	}
	if s, known := i.o.law.Book.Statute(v.key); known && effective && v.day > s.Versions[len(s.Versions)-1].From {
		i.note(name, "is newer than the law this program goes by: %s in force from %s, ours from %s", s.Short, v.day, s.Versions[len(s.Versions)-1].From)
	}
}

// put writes one version, in a transaction of its own.
func (i *importing) put(ctx context.Context, name string, text lawtext.Text, v version, effective bool) error {
	row := store.StatuteText{Statute: v.key, Day: v.day, Effective: effective, Adopted: text.Adopted, Title: text.Title, Numbering: text.Numbering, Head: text.Head, Annex: text.Annex,
		Place: i.o.placeInList(v.key), Hash: text.Hash(), Source: name}
	articles := make([]store.IndexedArticle, len(text.Articles))
	for n, a := range text.Articles {
		d := search.Index(a.Plain(), publicToken)
		articles[n] = store.IndexedArticle{Article: a, Grams: d.G, Chars: d.C}
	}
	err := i.o.retried(ctx, func(tx *store.Tx) error {
		// A statute that has got a key of ours leaves the one it was held under.
		if own := ownKey(text.Title); own != v.key {
			if err := tx.DropStatute(ctx, own, matter.PersonOperator, i.o.now()); err != nil {
				return err
			}
		}
		return tx.PutStatute(ctx, row, articles, matter.PersonOperator, i.o.now())
	})
	if err != nil {
		return fmt.Errorf("office: import %s: %w", name, err)
	}
	if _, held := i.hashes[v]; held {
		i.did.Replaced++
	} else {
		i.did.Added++
	}
	return nil
}

// retried writes, again where the database asks for it.
func (o *Office) retried(ctx context.Context, fn func(*store.Tx) error) error {
	for attempt := 0; ; attempt++ {
		err := o.db.Write(ctx, fn)
		if !errors.Is(err, store.ErrRetry) || attempt == retryMax {
			return err
		}
		time.Sleep(time.Duration(attempt+1) * 2 * time.Millisecond)
	}
}

// publicToken writes a gram of public text as the index takes it, in letters and digits. It hides nothing, and must
// not be keyed as the grams of matters are: beside the words in clear it would give those away (docs/decisions/0011).
func publicToken(gram string) string {
	const longest = 60 // bytes of a Latin word; of a longer one the beginning is found
	return hex.EncodeToString([]byte(gram[:min(len(gram), longest)]))
}

// publicPhrases are the words of a query for public text.
func publicPhrases(query string) []store.Phrase { return phrasesOf(query, publicToken) }

// placeInList is where a statute stands in the list of all: by rank, those we do not know last.
func (o *Office) placeInList(key string) int {
	s, known := o.law.Book.Statute(key)
	if !known {
		return len(statute.Levels)
	}
	return slices.Index(statute.Levels, s.Level)
}
