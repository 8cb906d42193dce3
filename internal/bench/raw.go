package bench

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver of the raw insert
	_ "modernc.org/sqlite"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// tables are what one report writes, with the column that names its matter.
var tables = []struct{ name, matter, read string }{
	{"entry", "matter", "select * from entry where shard = $2 and matter = $1"},
	{"part", "matter", "select * from part where shard = $2 and matter = $1"},
	{"matter", "id", "select * from matter where shard = $2 and id = $1"},
	{"clock", "matter", "select * from clock where shard = $2 and matter = $1"},
	{"matter_access", "matter", "select * from matter_access where shard = $2 and matter = $1"},
	{"job", "matter", "select * from job where $2 >= 0 and matter = $1"}, // no index: what is done is pruned
	{"answer", "matter", "select * from answer where $2 >= 0 and matter = $1"},
}

// row is one row of a table, as it was read.
type row struct {
	table  int
	values []any
}

// rows are the rows of some reports: the columns of each table, and what each report wrote.
type rows struct {
	columns [][]string
	groups  [][]row
}

// sample reads the rows that reports wrote.
func (s *size) sample(ctx context.Context, ids []matter.ID) (*rows, error) {
	db, err := s.connect("")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	out := &rows{columns: make([][]string, len(tables))}
	for _, id := range ids[:min(len(ids), 500)] {
		var group []row
		for t, table := range tables {
			found, err := out.read(ctx, db, t, id)
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", table.name, err)
			}
			group = append(group, found...)
		}
		out.groups = append(out.groups, group)
	}
	return out, nil
}

// read reads the rows of a matter in one table.
func (r *rows) read(ctx context.Context, db *sql.DB, table int, id matter.ID) ([]row, error) {
	found, err := db.QueryContext(ctx, tables[table].read, int64(id), int64(id.Shard()))
	if err != nil {
		return nil, err
	}
	defer found.Close()
	if r.columns[table], err = found.Columns(); err != nil {
		return nil, err
	}
	var out []row
	for found.Next() {
		one := row{table, make([]any, len(r.columns[table]))}
		into := make([]any, len(one.values))
		for i := range into {
			into[i] = &one.values[i]
		}
		if err := found.Scan(into...); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, found.Err()
}

// rawSchema is where the raw insert has its tables on PostgreSQL.
const rawSchema = "yifa_bench_raw"

// connect opens the database of the folder, or for the raw insert a file or schema of its own.
func (s *size) connect(file string) (*sql.DB, error) {
	if s.Database != "" {
		return sql.Open("pgx", s.address(file))
	}
	// What internal/store sets: see its pragmas.
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"mmap_size(2147483648)", "cache_size(-8192)"}}
	if file == "" {
		file = "yifa.db"
	}
	return sql.Open("sqlite", "file:"+filepath.Join(s.dir, file)+"?"+q.Encode())
}

// address is the address of PostgreSQL, with the schema of the raw insert where a file is named.
func (s *size) address(file string) string {
	if file == "" {
		return s.Database
	}
	sep := "?"
	if strings.Contains(s.Database, "?") {
		sep = "&"
	}
	return s.Database + sep + "search_path=" + rawSchema
}

// raw measures the grouped insert of the same rows into the same tables, by database/sql alone.
func (s *size) raw(ctx context.Context, from *rows) error {
	if err := s.fsync(); err != nil {
		return err
	}
	const file = "raw.db"
	drop := func() {
		for _, end := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(filepath.Join(s.dir, file+end)) // may not be there
		}
	}
	drop()
	defer drop()
	address := "sqlite:" + filepath.Join(s.dir, file)
	if s.Database != "" {
		address = s.address(file)
		if err := s.rawTables(ctx); err != nil {
			return err
		}
	}
	made, err := store.Open(ctx, address) // makes the tables
	if err != nil {
		return err
	}
	if err := made.Close(); err != nil {
		return err
	}
	db, err := s.connect(file)
	if err != nil {
		return err
	}
	defer db.Close()
	if s.Database == "" {
		db.SetMaxOpenConns(1)
	}
	w := &rawWriter{db: db, from: from, asked: make(chan rawAsk, rawBatch)}
	go w.run(ctx)
	defer close(w.asked)
	for _, clients := range []int{1, 8, 32, 64} {
		err := s.measure(ctx, lineRaw, clients, meter{os.Getpid(), os.Getpid()}, func(_ context.Context, _, i int) (bool, error) {
			done := make(chan error, 1)
			w.asked <- rawAsk{from.groups[i%len(from.groups)], done}
			return true, <-done
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *size) rawTables(ctx context.Context) error {
	db, err := s.connect("")
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "drop schema if exists "+rawSchema+" cascade; create schema "+rawSchema)
	return err
}

// rawWriter is the group commit of the office, without an office.
type rawWriter struct {
	db    *sql.DB
	from  *rows
	asked chan rawAsk
}

type rawAsk struct {
	group []row
	done  chan error
}

const rawBatch = 256 // as many as the office

func (w *rawWriter) run(ctx context.Context) {
	conn, err := w.db.Conn(ctx)
	inserts := make([]*sql.Stmt, len(tables))
	for t, table := range tables {
		if err == nil {
			inserts[t], err = conn.PrepareContext(ctx, insertText(table.name, w.from.columns[t])) //nolint:sqlclosecheck // ends with the connection
		}
	}
	for first := range w.asked {
		batch := []rawAsk{first}
		for more := true; more && len(batch) < rawBatch; {
			select {
			case a, open := <-w.asked:
				if more = open; open {
					batch = append(batch, a)
				}
			default:
				more = false
			}
		}
		if err == nil {
			err = w.commit(ctx, conn, inserts, batch)
		}
		for _, a := range batch {
			a.done <- err
		}
	}
	if conn != nil {
		_ = conn.Close()
	}
}

func (w *rawWriter) commit(ctx context.Context, conn *sql.Conn, inserts []*sql.Stmt, batch []rawAsk) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // a no-op after commit
	for _, a := range batch {
		id := fresh()
		for _, r := range a.group {
			// The statement is of the connection that the transaction has.
			if _, err := inserts[r.table].ExecContext(ctx, w.renamed(r, id)...); err != nil {
				return fmt.Errorf("insert %s: %w", tables[r.table].name, err)
			}
		}
	}
	return tx.Commit()
}

// renamed are the values of a row, for another matter.
func (w *rawWriter) renamed(r row, id matter.ID) []any {
	values := make([]any, len(r.values))
	copy(values, r.values)
	for i, column := range w.from.columns[r.table] {
		switch {
		case column == tables[r.table].matter:
			values[i] = int64(id)
		case column == "shard":
			values[i] = int64(id.Shard())
		case column == "id": // of a job
			values[i] = int64(fresh())
		case column == "uniq" && values[i] != nil, tables[r.table].name == "answer" && column == "name":
			values[i] = id.String() + "/" + fmt.Sprint(fresh())
		}
	}
	return values
}

func fresh() matter.ID {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return matter.ID(binary.BigEndian.Uint64(b[:]) >> 1)
}

func insertText(table string, columns []string) string {
	var marks []string
	for i := range columns {
		marks = append(marks, fmt.Sprintf("$%d", i+1))
	}
	return "insert into " + table + " (" + strings.Join(columns, ", ") + ") values (" + strings.Join(marks, ", ") + ")"
}
