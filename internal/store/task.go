package store

import (
	"context"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Task says that a matter waits for somebody to act. Tasks are a projection.
type Task struct {
	Matter matter.ID
	Holder string        // whom it waits for: person:ID, post:ID or organ:KEY:role
	Act    string        // the act it most likely waits for
	Due    calendar.Date // zero: no day is set
}

// PutTasks makes tasks the whole set of tasks of a matter. Their Matter is taken to be id.
func (tx *Tx) PutTasks(ctx context.Context, id matter.ID, tasks []Task) error {
	if _, err := tx.exec(ctx, "task_clear", id.Shard(), id); err != nil {
		return fmt.Errorf("store: tasks of %s: %w", id, err)
	}
	for _, t := range tasks {
		if _, err := tx.exec(ctx, "task_put", id.Shard(), id, t.Holder, t.Act, orForever(t.Due)); err != nil {
			return fmt.Errorf("store: task %s of %s: %w", t.Act, id, err)
		}
	}
	return nil
}

// TaskRow is a task with the row of its matter.
type TaskRow struct {
	Task Task
	Row  Row
}

// Tasks returns at most limit tasks that wait for one of the holder keys, those due first first,
// those without a day last, after the cursor (Day is the due day). Matters denied to the reader are
// left out. Holders may be fewer than the reader's keys: only mine, only my organ's pool.
func (q *Query) Tasks(ctx context.Context, r Reader, holders []string, after Cursor, limit int) ([]TaskRow, error) {
	var list []TaskRow
	args := []any{keys(holders), after.Day, after.ID, keys(r.Keys), r.On, limit}
	err := q.each(ctx, "task_waiting", args, func(scan scanFunc) error {
		var t TaskRow
		row, err := scanRow(scan, &t.Task.Holder, &t.Task.Act, &t.Task.Due)
		t.Row, t.Task.Matter, t.Task.Due = row, row.ID, orZero(t.Task.Due)
		list = append(list, t)
		return err
	})
	return list, err
}

// TasksOf returns the tasks of one matter, for verification.
func (q *Query) TasksOf(ctx context.Context, id matter.ID) ([]Task, error) {
	var list []Task
	err := q.each(ctx, "task_list", []any{id.Shard(), id}, func(scan scanFunc) error {
		t := Task{Matter: id}
		err := scan(&t.Holder, &t.Act, &t.Due)
		t.Due = orZero(t.Due)
		list = append(list, t)
		return err
	})
	return list, err
}
