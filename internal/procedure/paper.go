package procedure

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// papersFolder is where a law folder keeps its catalogue of papers.
const papersFolder = "documents"

// PaperKind is what procedures ask of a kind of paper in the catalogue: who makes it, who reads it and how it is numbered.
// What it says is read by internal/document.
type PaperKind struct {
	ID     string        `yaml:"-"`
	Hash   string        `yaml:"-"` // SHA-256 of its file and of the blocks of lines it takes in
	Title  string        `yaml:"title"`
	From   calendar.Date `yaml:"from"`
	Reader string        `yaml:"reader"` // party, organ or inside
	Series string        `yaml:"series"` // {short}罚决〔{year}〕{n}号; empty: it bears no number
	Drafts string        `yaml:"drafts"` // makers
	Checks string        `yaml:"checks"` // empty: nobody has to
	Signs  string        `yaml:"signs"`
}

// Inside says that the paper leaves the organ for nobody.
func (k PaperKind) Inside() bool { return k.Reader == "inside" }

// Key is the kind as published.lock names it.
func (k PaperKind) Key() string { return "paper/" + k.ID + "@" + k.From.String() }

// Makes is the maker of one step: drafts, checks or signs.
func (k PaperKind) Makes(step string) string {
	return map[string]string{"drafts": k.Drafts, "checks": k.Checks, "signs": k.Signs}[step]
}

// Maker is who a catalogue means by one of its words for those who make papers.
type Maker struct {
	Label string   `yaml:"label"`
	Posts []string `yaml:"posts"` // none: no official
	At    string   `yaml:"at"`    // as Role.At; empty: the organ that holds the matter
}

// Document is an official paper an act makes.
type Document struct {
	Line      int
	Title     string          `yaml:"title" need:"1"`
	Label     string          `yaml:"label"`
	Series    string          `yaml:"series" doc:"series of its number"`
	Template  string          `yaml:"template" doc:"documents/<name>.md"`
	Catalogue bool            `yaml:"catalogue" doc:"instead of template and series: it is of the kind that the fact of type paper names"`
	Addressee string          `yaml:"addressee" doc:"role"`
	Begins    Ordered[string] `yaml:"begins" doc:"FACT.VALUE → sentence with which such a paper begins, with {title} and {number} of the paper it is part of"`
}

// Series is a gap-free series of numbers.
type Series struct {
	Line   int
	Format string   `yaml:"format" need:"1" doc:"with {short} (the organ's short name), {year}, {n}"`
	Per    []string `yaml:"per" enum:"organ,year"`
}

// PaperUse says that a procedure's matters may have a paper of some kind, and what its fields begin with.
type PaperUse struct {
	Line int
	To   string          `yaml:"to" doc:"fact of the matter that names the organ it is for"`
	By   string          `yaml:"by" doc:"act of the matter by which it goes out; that act needs such a paper signed and hands it over for service"`
	Fill Ordered[string] `yaml:"fill" doc:"field of the paper → text or fact of the matter that it begins with"`
}

// Lack is something a paper cannot be issued without.
type Lack struct {
	Field  string // of the paper
	Label  string
	Cite   string // the provision that demands it; may be empty
	Given  bool   // nobody is asked for it: the registers should tell it
	Unsaid bool   // it is known, but a text written by hand leaves it out
}

// readPapers reads the heads of all papers of the catalogue, and who makes them.
func (l *Law) readPapers(fsys fs.FS) []calendar.Fault {
	files, err := fs.Glob(fsys, path.Join(papersFolder, "*", "*.md"))
	if err != nil || len(files) == 0 {
		return nil
	}
	var blocks struct {
		Blocks map[string]string `yaml:"blocks"`
	}
	var made struct {
		Schema int              `yaml:"schema"`
		Makers map[string]Maker `yaml:"makers"`
	}
	_, faults := calendar.ReadYAML(fsys, path.Join(papersFolder, "makers.yaml"), &made)
	l.readRemedies(fsys)
	l.makers = made.Makers
	if raw, err := fs.ReadFile(fsys, path.Join(papersFolder, "blocks.yaml")); err == nil && yaml.Unmarshal(raw, &blocks) != nil {
		faults = append(faults, calendar.Fault{File: papersFolder + "/blocks.yaml", What: "is not YAML", Mend: "mend it"})
	}
	for _, file := range files {
		k, err := readPaper(fsys, file, blocks.Blocks)
		if err != nil {
			faults = append(faults, calendar.Fault{File: file, What: err.Error(), Mend: "begin it with what it is, between two lines ---"})
			continue
		}
		for _, step := range []string{k.Drafts, k.Checks, k.Signs} {
			if _, known := l.makers[step]; !known && step != "" {
				faults = append(faults, calendar.Fault{File: file, What: "nobody is known as " + step, Mend: "add it to makers.yaml"})
			}
		}
		l.papers = append(l.papers, k)
	}
	return faults
}

// readRemedies reads what published texts of remedies are locked by: all they say but the day on which they end.
func (l *Law) readRemedies(fsys fs.FS) {
	raw, err := fs.ReadFile(fsys, path.Join(papersFolder, "remedies.yaml"))
	if err != nil {
		return
	}
	var all struct {
		Remedies []struct {
			ID     string            `yaml:"id"`
			Family string            `yaml:"family"`
			From   calendar.Date     `yaml:"from"`
			When   map[string]string `yaml:"when"`
			Basis  []string          `yaml:"basis"`
			Text   string            `yaml:"text"`
		} `yaml:"remedies"`
	}
	if yaml.Unmarshal(raw, &all) != nil {
		return // internal/document says what is wrong
	}
	for _, r := range all.Remedies {
		sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q", r.Family, r.When, r.Basis, r.Text))
		l.remedies = append(l.remedies, PaperKind{ID: r.ID, From: r.From, Hash: hex.EncodeToString(sum[:])})
	}
}

var blockOf = regexp.MustCompile(`(?m)^\{\{([a-z_0-9]+)\}\}[ \t]*$`)

func readPaper(fsys fs.FS, file string, blocks map[string]string) (PaperKind, error) {
	raw, err := fs.ReadFile(fsys, file)
	if err != nil {
		return PaperKind{}, err
	}
	text := strings.TrimLeft(string(raw), "\n")
	head, body, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
	if !ok || !strings.HasPrefix(text, "---\n") {
		return PaperKind{}, errors.New("does not say what it is")
	}
	k := PaperKind{ID: path.Base(path.Dir(file))}
	if err := yaml.Unmarshal([]byte(head), &k); err != nil {
		return PaperKind{}, errors.New("what it says of itself is not YAML")
	}
	sum := sha256.New()
	sum.Write(raw)
	for _, m := range blockOf.FindAllStringSubmatch(body, -1) {
		sum.Write([]byte("\n" + m[1] + "\n" + blocks[m[1]]))
	}
	k.Hash = hex.EncodeToString(sum.Sum(nil))
	return k, nil
}

// Paper is the version of a kind of paper in force on a day.
func (l *Law) Paper(id string, on calendar.Date) (PaperKind, bool) {
	var found PaperKind
	for _, k := range l.papers {
		if k.ID == id && k.From <= on {
			found = k
		}
	}
	return found, found.ID != ""
}

// Papers are all versions of all kinds, by id and day.
func (l *Law) Papers() []PaperKind {
	out := slices.Clone(l.papers)
	slices.SortFunc(out, func(a, b PaperKind) int { return cmp.Or(strings.Compare(a.ID, b.ID), int(a.From-b.From)) })
	return out
}

// Maker is who is meant by a word of the catalogue for those who make papers.
func (l *Law) Maker(name string) Maker { return l.makers[name] }

// PaperFact is the fact that says of which kind the paper of a matter is, or "" in a procedure that makes none of the
// catalogue.
func (p *Procedure) PaperFact() string {
	for name, f := range p.Facts.Each {
		if f.Type == "paper" {
			return name
		}
	}
	return ""
}

// PaperOf is the kind of the paper a matter is about, as it is on a day.
func (p *Procedure) PaperOf(l *Law, facts matter.Facts, on calendar.Date) (PaperKind, bool) {
	fact := p.PaperFact()
	if fact == "" {
		return PaperKind{}, false
	}
	return l.Paper(facts.Text(fact), on)
}

// paper is the kind of the paper the matter is about.
func (s *scene) paper() (PaperKind, bool) {
	return s.l.Paper(first(s.list(s.p.PaperFact())), s.on)
}

// use is what the procedure says of papers of the kind that is answered: to, the organ it is for, or by, the act by which
// it goes out; "" where it says nothing.
func (s *scene) use(what string) string {
	if s.form == nil {
		return ""
	}
	for _, f := range s.form.Fields {
		of := s.p.Papers.Get(s.given.Text(f.Name))
		switch {
		case f.Type != "paper" || of == nil:
		case what == "by":
			return of.By
		case of.To != "":
			return first(s.list(of.To))
		}
	}
	return ""
}

// makes says why the actor, by a post, does not make the paper as the role says, or nil: the catalogue names who drafts,
// checks and signs each kind, and nobody does two of them that it gives to different people.
func (s *scene) makes(name string, post Post, a *Act) *Refusal {
	role := s.p.Roles.Get(name)
	if role.Makes == "" || s.l == nil {
		return nil
	}
	kind, ok := s.paper()
	maker := s.l.Maker(kind.Makes(role.Makes))
	if !ok || !slices.Contains(maker.Posts, post.Role) || cmp.Or(maker.At, "holder") != cmp.Or(role.At, "holder") {
		return s.refuse(a, NotYourAct, nil)
	}
	for other, def := range s.p.Roles.Each {
		if def.Makes != "" && kind.Makes(def.Makes) != kind.Makes(role.Makes) && s.hasActedAs(other) {
			no := s.refuse(a, SecondPerson, nil)
			no.Cite = cmp.Or(first(role.Cite), no.Cite)
			return no
		}
	}
	return nil
}

// offers says whether the procedure's matters may have papers of a kind; one that lists none may have every kind.
func (p *Procedure) offers(kind string) bool {
	return len(p.Papers.Names) == 0 || p.Papers.Get(kind) != nil
}

// SeriesOf is the series a document is numbered in, with the format of its numbers; "" where it bears none. A paper of the
// catalogue shares its series with every kind that is numbered alike.
func (p *Procedure) SeriesOf(l *Law, doc *Document, facts matter.Facts, on calendar.Date) (series, format string) {
	if !doc.Catalogue {
		if doc.Series == "" {
			return "", ""
		}
		return doc.Series, p.Series.Get(doc.Series).Format
	}
	kind, _ := p.PaperOf(l, facts, on)
	return kind.Series, kind.Series
}
