package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrate/*.sql
var migrateFS embed.FS

// versionTable is goose's own; its presence without our mark means a stranger's schema.
const versionTable = "yifa_version"

// migrate brings the schema to this program's version, or fails and leaves it as it was.
func (db *DB) migrate(ctx context.Context) error {
	migrations, target, err := db.migrations()
	if err != nil {
		return err
	}
	current, applied, err := schemaVersion(ctx, db, db.write)
	if err != nil || current == target && applied == len(migrations) {
		return err
	}
	if current > target {
		return fmt.Errorf("%w: it is at version %d, this program knows %d", ErrNewer, current, target)
	}
	opts := []goose.ProviderOption{goose.WithGoMigrations(migrations...), goose.WithDisableGlobalRegistry(true), goose.WithTableName(versionTable),
		goose.WithAllowOutofOrder(true)} // numbers are given out before the work is done: a lower one may come later
	dialect := database.DialectSQLite3
	if db.driver == Postgres {
		dialect = database.DialectPostgres
		// Several nodes may start at once; one migrates, the others wait.
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return fmt.Errorf("store: migrate: %w", err)
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(dialect, db.write, nil, opts...)
	if err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	_, err = p.Up(ctx)
	for try := 0; err != nil && db.driver == SQLite && try < 10; try++ {
		// SQLite has no such lock: another program may have made this step meanwhile.
		_, err = p.Up(ctx)
	}
	if err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	return nil
}

// schemaVersion is the version of the schema, 0 for an empty database, and how many migrations brought it there. It fails
// with ErrNotOurs where there are tables but not our mark. It changes nothing.
func schemaVersion(ctx context.Context, db *DB, pool *sql.DB) (version int64, applied int, err error) {
	var others, versions, metas int
	err = pool.QueryRowContext(ctx, db.build("schema_tables", nil).text, versionTable, "meta").Scan(&others, &versions, &metas)
	if err != nil {
		return 0, 0, wrap("schema_tables", err)
	}
	switch {
	case metas == 0 && others == 0:
		return 0, 0, nil // nothing yet, but perhaps goose's own table
	case metas == 0 || versions == 0:
		return 0, 0, fmt.Errorf("%w: it has %d tables without Yifa's mark", ErrNotOurs, others)
	}
	var program string
	err = pool.QueryRowContext(ctx, db.build("meta_find", nil).text, "program").Scan(&program)
	if errors.Is(err, sql.ErrNoRows) || err == nil && program != "yifa" {
		return 0, 0, fmt.Errorf("%w: its mark reads %q", ErrNotOurs, program)
	}
	if err != nil {
		return 0, 0, wrap("meta_find", err)
	}
	err = pool.QueryRowContext(ctx, db.build("schema_version", nil).text).Scan(&version, &applied)
	return version, applied, wrap("schema_version", err)
}

// migrations reads migrate/NNNN_name.sql, composed for this database, and gives the highest number.
func (db *DB) migrations() (list []*goose.Migration, target int64, err error) {
	entries, err := migrateFS.ReadDir("migrate")
	if err != nil {
		return nil, 0, fmt.Errorf("store: migrate: %w", err)
	}
	for _, e := range entries {
		number, _, _ := strings.Cut(e.Name(), "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, 0, fmt.Errorf("store: migrate: %s begins with no number", e.Name())
		}
		b, err := migrateFS.ReadFile(path.Join("migrate", e.Name()))
		if err != nil {
			return nil, 0, fmt.Errorf("store: migrate: %w", err)
		}
		target = max(target, version)
		text := db.schemaText(string(b))
		run := func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, text)
			return err
		}
		list = append(list, goose.NewGoMigration(version, &goose.GoFunc{RunTx: run}, nil))
	}
	return list, target, nil
}

var columnType = regexp.MustCompile(`\b(text|blob) (not null|unique)`)

// schemaText composes a migration: on PostgreSQL blob is bytea, and text compares byte by byte
// whatever the locale of the database, as on SQLite.
func (db *DB) schemaText(text string) string {
	text = composeText(text, []string{string(db.driver)}, nil)
	if db.driver == SQLite {
		return text
	}
	return columnType.ReplaceAllStringFunc(text, func(s string) string {
		kind, rest, _ := strings.Cut(s, " ")
		if kind == "blob" {
			return "bytea " + rest
		}
		return `text collate "C" ` + rest
	})
}
