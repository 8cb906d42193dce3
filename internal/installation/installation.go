// Package installation opens what one installation of Yifa consists of: the law, the database, the
// key file and the evidence folder, and puts an office on them. It decides nothing and serves nothing.
package installation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/division"
	"yifa/internal/document"
	"yifa/internal/evidence"
	"yifa/internal/identity"
	"yifa/internal/indicator"
	"yifa/internal/office"
	"yifa/internal/procedure"
	"yifa/internal/raster"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// Names in the data folder.
const (
	DatabaseFile = "yifa.db"
	KeyFile      = "yifa.key"
	EvidenceDir  = "evidence"

	// DestroyedFile lists what was destroyed. It is backed up beside the backups, so that none of before brings it back.
	DestroyedFile = "destroyed.txt"

	// PagesDir holds compiled code that draws pages: nothing of anybody's, and made anew where it is missing.
	PagesDir = "pages"
)

// Options says where an installation lies.
type Options struct {
	Dir      string // data folder
	Database string // address; empty: Dir/yifa.db
	Keys     Keys
	MakeKey  bool        // make the key file where there is none: for the demo city and tests only
	Suite    vault.Suite // of the key file made so
	Law      fs.FS
	Hooks    map[string]procedure.Hooks
	Now      func() time.Time
	Demo     []office.DemoAccount
	Rules    identity.Rules // what those who sign in are asked; the zero value: identity.DefaultRules
	Fonts    string         // folder of the city's own fonts; empty: none
	Seals    string         // folder of the organs' seals; empty: none
	// LazyPapers leaves papers to be made when they are first asked for.
	LazyPapers bool
	Witnesses  []string       // verifier keys of those whose cosignatures of the log are taken
	Courier    office.Courier // carries messages to filers who gave an address; nil: none
	Origin     string         // https://host of the site, for messages
	Evidence   evidence.Store // nil: the folder EvidenceDir
	Clamd      string         // HOST:PORT or path of the socket of a virus scanner; empty: none looks
	Wraps      []store.Wrap   // of the database's connections: for tests
	Pages      string         // folder of compiled code that draws pages; empty: PagesDir
}

// Installation is an open one. Close it.
type Installation struct {
	Office *office.Office
	DB     *store.DB
	Law    *procedure.Law
	Vault  *vault.Vault
}

// ErrLaw: the law does not load.
type ErrLaw struct{ Faults []calendar.Fault }

func (e *ErrLaw) Error() string {
	return fmt.Sprintf("installation: the law has %d faults, the first: %v", len(e.Faults), e.Faults[0])
}

// Open opens an installation. It refuses a law with faults, a missing or default key, one that is not the key
// of the data, and a database that is not ours or newer than the program.
func Open(ctx context.Context, opt Options) (*Installation, error) {
	var places *division.Tree
	var organs []Organ
	var wrong error
	var reading sync.WaitGroup
	reading.Go(func() {
		var err error
		places, wrong = division.Load(opt.Law)
		organs, err = ReadOrgans(opt.Law)
		wrong = errors.Join(wrong, err)
	})
	law, faults := procedure.Load(opt.Law, opt.Hooks)
	reading.Wait()
	if len(faults) > 0 {
		return nil, &ErrLaw{faults}
	}
	if wrong != nil {
		return nil, wrong
	}
	measured, faults := indicator.Load(indicator.Source{FS: opt.Law, Law: law, Query: store.HasQuery})
	if len(faults) > 0 {
		return nil, &ErrLaw{faults}
	}
	if err := os.MkdirAll(opt.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("installation: data folder: %w", err)
	}
	v, err := openVault(opt)
	if err != nil {
		return nil, err
	}
	blobs, err := openBlobs(opt)
	if err != nil {
		return nil, err
	}
	fonts, seals, err := openPapers(opt)
	if err != nil {
		return nil, err
	}
	if opt.Database == "" {
		opt.Database = "sqlite:" + filepath.Join(opt.Dir, DatabaseFile)
	}
	db, err := store.Open(ctx, opt.Database, opt.Wraps...)
	if err != nil {
		return nil, err
	}
	if err := admit(ctx, db, v, opt.Now()); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	o, err := office.New(office.Config{Raster: raster.New(cmp.Or(opt.Pages, filepath.Join(opt.Dir, PagesDir))), DB: db, Law: law, Measured: measured, Vault: v, Evidence: intake(blobs, opt),
		Blobs: blobs, Places: places, Names: translations(organs), Now: opt.Now, Demo: opt.Demo, Rules: opt.Rules, Fonts: fonts, Seals: seals, LazyPapers: opt.LazyPapers, Destroyed: filepath.Join(opt.Dir, DestroyedFile), Witnesses: opt.Witnesses, Courier: opt.Courier, Origin: opt.Origin})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := errors.Join(o.Remeasure(ctx), o.Reach(ctx), o.Retain(ctx)); err != nil {
		o.Close()
		return nil, errors.Join(err, db.Close())
	}
	return &Installation{Office: o, DB: db, Law: law, Vault: v}, nil
}

func intake(blobs evidence.Store, opt Options) *evidence.Intake {
	in := evidence.NewIntake(blobs, evidence.Limits{})
	if opt.Clamd != "" {
		in.ScanWith(&evidence.Scanner{Addr: opt.Clamd})
	}
	return in
}

// openBlobs gives where files of evidence are kept.
func openBlobs(opt Options) (evidence.Store, error) {
	if opt.Evidence != nil {
		return opt.Evidence, nil
	}
	return evidence.OpenDir(filepath.Join(opt.Dir, EvidenceDir))
}

// openPapers gives what papers are set in and sealed with.
func openPapers(opt Options) (*document.Fonts, document.Seals, error) {
	fonts, err := openFonts(opt.Fonts)
	if err != nil {
		return nil, nil, err
	}
	seals, err := openSeals(opt.Seals)
	return fonts, seals, err
}

// openFonts gives the built-in fonts and those of a folder before them.
func openFonts(dir string) (*document.Fonts, error) {
	if dir == "" {
		return document.OpenFonts(nil)
	}
	if _, err := os.ReadDir(dir); err != nil {
		return nil, fmt.Errorf("installation: fonts: %w", err)
	}
	return document.OpenFonts(os.DirFS(dir))
}

// openSeals reads the organs' seals. A folder others may look into is refused: whoever has a key can seal.
func openSeals(dir string) (document.Seals, error) {
	if dir == "" {
		return document.OpenSeals(nil)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("installation: seals: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("installation: seals: others may open %s (mode %04o): run \"chmod 700\" on it", dir, info.Mode().Perm())
	}
	return document.OpenSeals(os.DirFS(dir))
}

// Close ends the office's writer, then the database.
func (i *Installation) Close() error {
	i.Office.Close()
	return i.DB.Close()
}
