package bench

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/matter"
	"yifa/internal/office"
)

// fillOpen makes what is missing of the open clocks.
func (c *city) fillOpen(ctx context.Context, r *RecountReport) error {
	f, err := c.filledTo()
	if err != nil || f.Matters >= c.n {
		return err
	}
	made, err := c.madeBefore(ctx)
	if err != nil {
		return err
	}
	if len(made) == 0 {
		if made, err = c.reports(ctx); err != nil {
			return err
		}
	}
	from, err := c.sample(ctx, made)
	if err != nil {
		return err
	}
	start := time.Now()
	if err := c.copies(ctx, from, made); err != nil {
		return err
	}
	r.FilledPerS = float64(c.n) / time.Since(start).Seconds()
	return c.noteFilled(filled{Target: c.n, Matters: c.n})
}

// madeBefore are the reports of a folder whose filling was stopped: those whose parts are there, in order of their days.
func (c *city) madeBefore(ctx context.Context) (made []matter.ID, err error) {
	db, err := c.connect("")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, "select m.id from matter m where m.procedure = $1 and exists (select 1 from part p where p.shard = m.shard and p.matter = m.id) order by m.sort_day, m.id", procedure)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id matter.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		made = append(made, id)
	}
	return made, rows.Err()
}

// reports makes the city and the reports that are copied.
func (c *city) reports(ctx context.Context) (made []matter.ID, err error) {
	people := demo.City{Office: c.Office, Law: c.Law, LawFS: c.size.Law, Clock: c.clock}
	if err := people.Found(ctx); err != nil {
		return nil, err
	}
	today := calendar.On(time.Now())
	for i := range recountDays {
		day, _ := c.Law.Calendar.AddWorkdays(today, i-recountDays)
		c.clock.Set(day.Midnight().Add(10 * time.Hour))
		for range recountEach {
			done, err := c.Office.Perform(ctx, c.Office.ReaderFor("", 0), office.Act{Procedure: procedure, Act: "file_report", Fields: report(dice(len(made)), county)})
			if err != nil {
				return nil, err
			}
			made = append(made, done.Matter)
		}
	}
	c.clock.Start(time.Now())
	return made, c.work(ctx)
}

// copied are the tables whose rows a recount reads of every matter; of one that moves it reads and writes more.
var (
	copied  = []string{"matter", "clock"}
	ofMover = []string{"entry", "matter_access"}
)

// mayMove tells whether what the i-th report made may move: its days lie about the middle, where the notices will be.
func mayMove(i int) bool {
	day := i / recountEach
	return day > recountDays/2-20 && day < recountDays/2+20
}

// copies inserts what the office made again and again, each time under an id of its own, in its texts too.
func (c *city) copies(ctx context.Context, from *rows, made []matter.ID) error {
	db, err := c.connect("")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	w := &rawWriter{from: from}
	var there int
	if err := db.QueryRowContext(ctx, "select count(*) from clock").Scan(&there); err != nil {
		return err
	}
	for n := there; n < c.n; n += recountBatch {
		err := inOne(ctx, db, func(tx *sql.Tx) error {
			for i := n; i < min(n+recountBatch, c.n); i++ {
				if err := w.copy(ctx, tx, i%len(made), made[i%len(made)]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if n/recountBatch%50 == 0 {
			c.logf("%d of %d open clocks", n, c.n)
		}
	}
	_, err = db.ExecContext(ctx, "analyze")
	return err
}

func inOne(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // a no-op after commit
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func (w *rawWriter) copy(ctx context.Context, tx *sql.Tx, i int, old matter.ID) error {
	id := fresh()
	for _, r := range w.from.groups[i] {
		table := tables[r.table].name
		if !slices.Contains(copied, table) && (!mayMove(i) || !slices.Contains(ofMover, table)) {
			continue
		}
		values := w.renamed(r, id)
		for k, v := range values {
			if text, ok := v.(string); ok {
				values[k] = strings.ReplaceAll(text, old.String(), id.String())
			}
		}
		for k, column := range w.from.columns[r.table] {
			if table == "matter" && column == "id" {
				values[k] = int64(id)
			}
		}
		if _, err := tx.ExecContext(ctx, insertText(table, w.from.columns[r.table]), values...); err != nil {
			return fmt.Errorf("insert %s: %w", table, err)
		}
	}
	return nil
}
