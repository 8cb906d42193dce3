package main

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/discretion"
	"yifa/internal/document"
	"yifa/internal/indicator"
	"yifa/internal/office"
	"yifa/internal/procedure"
	"yifa/internal/procedure/proof"
	"yifa/internal/procedure/worked"
	"yifa/internal/statute"
	"yifa/internal/store"
	"yifa/law"
)

type lawCmd struct {
	Dir     string     `help:"Read the law from this folder instead of the one in the program."`
	Check   checkCmd   `cmd:"" help:"Compile the law and play every worked case."`
	List    listCmd    `cmd:"" help:"List procedures and their versions."`
	Show    showCmd    `cmd:"" help:"Print a procedure for a lawyer to read."`
	Diagram diagramCmd `cmd:"" help:"Draw a procedure as Mermaid, or with --svg as SVG."`
	Rights  rightsCmd  `cmd:"" help:"Print who may do what and read what, as Markdown."`
	Diff    diffCmd    `cmd:"" help:"Say what a change of the law means: two folders, or two versions of a procedure."`
	Try     tryCmd     `cmd:"" help:"Say what a draft of the law would change in the matters still open."`
	Explain explainCmd `cmd:"" help:"Count a term from a day and say why."`
	Choose  chooseCmd  `cmd:"" help:"Say whether the law of the day of the conduct applies or a lighter new one, and why."`
	Import  importCmd  `cmd:"" help:"Read the texts of statutes into the database."`
}

func (c *lawCmd) load() (*procedure.Law, []calendar.Fault) { return procedure.Load(c.files(), hooks) }

// files is the law in the program, or in a folder.
func (c *lawCmd) files() fs.FS {
	if c.Dir != "" {
		return os.DirFS(c.Dir)
	}
	return law.FS
}

// loaded is the law, or its first fault.
func (c *lawCmd) loaded() (*procedure.Law, error) {
	l, faults := c.load()
	if len(faults) > 0 {
		return nil, fmt.Errorf("the law has %d faults, the first: %w", len(faults), faults[0])
	}
	return l, nil
}

type checkCmd struct {
	Staffing bool          `help:"Hold the law to the staff of each organ too: of a data folder or database, else of the demo city."`
	Unused   bool          `help:"List the terms that no procedure uses yet; no fault, for what others still lack."`
	Data     string        `help:"Data folder; its database is only read."`
	Database string        `help:"postgres://… or sqlite:PATH; by default DATA/yifa.db."`
	Today    calendar.Date `help:"Day on which the staff is looked at; today by default."`
}

// Run prints every fault with file, line and what to do, and fails if there is one.
func (k *checkCmd) Run(ctx context.Context, c *lawCmd) error {
	l, faults := c.load()
	var measured *indicator.Set
	var papers *document.Catalogue
	if len(faults) == 0 {
		faults = append(worked.Check(l), clock.PlayExamples(l.Book, l.Calendar)...)
		var more []calendar.Fault
		measured, more = indicator.Load(indicator.Source{FS: l.FS, Law: l, Query: store.HasQuery})
		faults = append(faults, more...)
		_, more = discretion.Load(l.FS, l.Book)
		faults = append(faults, more...)
		papers, more = document.LoadCatalogue(l.FS, l.Book)
		faults = append(append(faults, more...), office.CheckPapers(l, papers.Arrangement())...)
	}
	for _, f := range faults {
		fmt.Println(f.Error())
	}
	if len(faults) > 0 {
		return fmt.Errorf("the law has %d faults", len(faults))
	}
	for _, w := range proof.Lapsing(l) {
		fmt.Println("warning:", w.Error())
	}
	fmt.Printf("the law is sound: %d procedure versions, %d statutes, %d terms, %d indicators, %d papers\n", len(l.All()), len(l.Book.Statutes()), len(l.Book.Terms()), len(measured.All()), len(papers.All()))
	fmt.Println(standing(l.Book))
	unused := proof.Unused(l)
	fmt.Printf("%d terms are used by no procedure\n", len(unused))
	for _, t := range unused {
		if k.Unused {
			fmt.Println("unused:", t.ID, t.Title)
		}
	}
	if k.Staffing {
		return k.staffed(ctx, l, os.Stdout)
	}
	return nil
}

// standing counts statutes and terms by how far they were held against their source, and the examples.
func standing(b *statute.Book) string {
	statutes, terms, examples := map[statute.Status]int{}, map[statute.Status]int{}, 0
	for _, s := range b.Statutes() {
		statutes[s.Status]++
		examples += len(s.Examples)
	}
	for _, t := range b.Terms() {
		terms[t.Versions[len(t.Versions)-1].Status]++
		examples += len(t.Examples)
	}
	count := func(n map[statute.Status]int) string {
		var parts []string
		for _, s := range statute.Statuses {
			parts = append(parts, fmt.Sprintf("%d %s", n[s], s))
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprintf("statutes: %s; terms: %s; examples: %d", count(statutes), count(terms), examples)
}

type listCmd struct {
	What string `arg:"" enum:"terms,statutes,procedures,registers,documents" default:"procedures" help:"terms, statutes, procedures, registers or documents."`
}

// Run lists one kind of law, a line each, its id first.
func (k *listCmd) Run(c *lawCmd) error {
	l, err := c.loaded()
	if err != nil {
		return err
	}
	switch k.What {
	case "terms":
		for _, t := range l.Book.Terms() {
			v := t.Versions[len(t.Versions)-1]
			fmt.Printf("%s  %s  %s  %s  %s\n", t.ID, t.Title, v.Length, v.Cite, v.Status)
		}
	case "statutes":
		for _, s := range l.Book.Statutes() {
			fmt.Printf("%s  %s  %s  %s\n", s.Key, s.Short, s.Versions[len(s.Versions)-1].ID, s.Status)
		}
	case "documents":
		papers, faults := document.LoadCatalogue(l.FS, l.Book)
		if len(faults) > 0 {
			return faults[0]
		}
		for _, p := range papers.All() {
			fmt.Printf("%d  %s  %s  %s  %s  %s  %s\n", p.No, p.ID, p.From, p.Title, p.Reader, cmp.Or(p.Series, "-"), strings.Join(restsOn(l.Book, p), ", "))
		}
		for _, r := range papers.Remedies() {
			fmt.Printf("%s  %s  %s\n", r.Family, r.ID, strings.Join(r.Basis, ", "))
		}
	default:
		for _, p := range l.All() {
			if strings.HasPrefix(p.ID, "register.") == (k.What == "registers") {
				fmt.Printf("%s  %s  %s\n", p.ID, p.Version, p.Title)
			}
		}
	}
	return nil
}

// restsOn are the provisions a paper rests on, with how far each was held against its source.
func restsOn(b *statute.Book, k document.Kind) []string {
	var out []string
	for _, text := range k.Basis {
		if c, err := statute.ParseCite(text); err == nil {
			p, _ := b.Provision(c, k.From)
			s, _ := b.Statute(c.Key)
			out = append(out, fmt.Sprintf("%s (%s)", b.Name(c, "zh-Hans"), cmp.Or(p.Status, s.Status)))
		}
	}
	return out
}

type showCmd struct {
	ID string `arg:"" help:"id, or id@version."`
}

// Run prints one procedure.
func (s *showCmd) Run(c *lawCmd) error {
	l, p, err := c.find(s.ID)
	if err != nil {
		return err
	}
	fmt.Print(p.Show(l, "zh-Hans"))
	return nil
}

type diagramCmd struct {
	ID   string `arg:"" help:"id, or id@version."`
	SVG  bool   `help:"SVG instead of Mermaid."`
	Lang string `default:"zh-Hans" enum:"zh-Hans,zh-Hant,en" help:"Language of the labels."`
}

// Run draws one procedure.
func (d *diagramCmd) Run(c *lawCmd) error {
	_, p, err := c.find(d.ID)
	if err != nil {
		return err
	}
	if d.SVG {
		fmt.Println(p.SVG(d.Lang))
		return nil
	}
	fmt.Print(p.Mermaid(d.Lang))
	return nil
}

func (c *lawCmd) find(id string) (*procedure.Law, *procedure.Procedure, error) {
	l, err := c.loaded()
	if err != nil {
		return nil, nil, err
	}
	all := l.All()
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].ID == id || all[i].Key() == id {
			return l, all[i], nil
		}
	}
	return nil, nil, fmt.Errorf("there is no procedure %q; list them with: yifa law list", id)
}
