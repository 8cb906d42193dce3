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
	migrations, err := db.migrations()
	if err != nil {
		return err
	}
	opts := []goose.ProviderOption{goose.WithGoMigrations(migrations...), goose.WithDisableGlobalRegistry(true), goose.WithTableName(versionTable)}
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
	if err := db.ours(ctx); err != nil {
		return err
	}
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	if current > target {
		return fmt.Errorf("%w: it is at version %d, this program knows %d", ErrNewer, current, target)
	}
	if current == target {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	return nil
}

// ours fails with ErrNotOurs where there are tables but not our mark.
func (db *DB) ours(ctx context.Context) error {
	var tables, marks int
	if err := db.write.QueryRowContext(ctx, db.build("schema_tables", nil).text, "meta", versionTable).Scan(&tables, &marks); err != nil {
		return wrap("schema", err)
	}
	if tables > 0 && marks < 2 {
		return fmt.Errorf("%w: it has %d tables, none of them with Yifa's mark", ErrNotOurs, tables)
	}
	if marks == 2 {
		var program string
		err := db.write.QueryRowContext(ctx, db.build("meta_find", nil).text, "program").Scan(&program)
		if errors.Is(err, sql.ErrNoRows) || err == nil && program != "yifa" {
			return fmt.Errorf("%w: its mark reads %q", ErrNotOurs, program)
		}
		return wrap("schema", err)
	}
	return nil
}

// migrations reads migrate/NNNN_name.sql, composed for this database.
func (db *DB) migrations() ([]*goose.Migration, error) {
	entries, err := migrateFS.ReadDir("migrate")
	if err != nil {
		return nil, fmt.Errorf("store: migrate: %w", err)
	}
	var list []*goose.Migration
	for _, e := range entries {
		number, _, _ := strings.Cut(e.Name(), "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("store: migrate: %s begins with no number", e.Name())
		}
		b, err := migrateFS.ReadFile(path.Join("migrate", e.Name()))
		if err != nil {
			return nil, fmt.Errorf("store: migrate: %w", err)
		}
		text := db.schemaText(string(b))
		run := func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, text)
			return err
		}
		list = append(list, goose.NewGoMigration(version, &goose.GoFunc{RunTx: run}, nil))
	}
	return list, nil
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
