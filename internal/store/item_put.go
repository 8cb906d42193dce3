package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"yifa/internal/matter"
)

// PutItems makes items, in order of recording, the register items of a matter as known from the
// instant recorded. A later item of the same kind and key governs from its From day on: it ends the
// ones before it there, also where it is itself shorter or empty (To equal to From: ended). Rows that
// stay true are left alone; the others are closed at recorded, never changed.
func (tx *Tx) PutItems(ctx context.Context, id matter.ID, items []matter.Item, recorded time.Time) error {
	want, err := effective(items)
	if err != nil {
		return fmt.Errorf("store: items of %s: %w", id, err)
	}
	have, err := tx.items(ctx, "item_current", id.Shard(), id, forever)
	if err != nil || len(have) == 0 && len(want) == 0 {
		return err
	}
	for _, h := range have {
		row, err := rowOf(h.Item)
		if err != nil {
			return err
		}
		if i := slices.Index(want, row); i >= 0 {
			want = slices.Delete(want, i, i+1)
			continue
		}
		if err := tx.closeItem(ctx, h, recorded); err != nil {
			return err
		}
	}
	for _, w := range want {
		_, err := tx.exec(ctx, "item_put", id.Shard(), id, w.kind, w.key, w.from, w.to, w.attrs, micros(recorded), forever)
		if err != nil {
			return fmt.Errorf("store: item %s/%s of %s: %w", w.kind, w.key, id, err)
		}
	}
	return nil
}

func (tx *Tx) closeItem(ctx context.Context, h RegisterItem, recorded time.Time) error {
	var err error
	if h.RecFrom.Equal(recorded) {
		_, err = tx.exec(ctx, "item_drop", h.Matter.Shard(), h.Matter, h.Kind, h.Key, h.From, micros(h.RecFrom))
	} else {
		_, err = tx.exec(ctx, "item_close", micros(recorded), h.Matter.Shard(), h.Matter, h.Kind, h.Key, h.From, micros(h.RecFrom))
	}
	if err != nil {
		return fmt.Errorf("store: close item %s/%s of %s: %w", h.Kind, h.Key, h.Matter, err)
	}
	return nil
}

// itemRow is an item as its table holds it, comparable.
type itemRow struct {
	kind, key, attrs string
	from, to         int64
}

func rowOf(i matter.Item) (itemRow, error) {
	attrs := ""
	if i.Attrs != nil {
		b, err := json.Marshal(i.Attrs)
		if err != nil {
			return itemRow{}, fmt.Errorf("store: item %s/%s: %w", i.Kind, i.Key, err)
		}
		attrs = string(b)
	}
	return itemRow{i.Kind, i.Key, attrs, int64(i.From), int64(orForever(i.To))}, nil
}

// effective is what holds once each item has ended those before it from its From day on.
func effective(items []matter.Item) ([]itemRow, error) {
	var rows []itemRow
	for _, item := range items {
		row, err := rowOf(item)
		if err != nil {
			return nil, err
		}
		for i, r := range rows {
			if r.kind == row.kind && r.key == row.key {
				rows[i].to = min(r.to, row.from)
			}
		}
		rows = append(rows, row)
		rows = slices.DeleteFunc(rows, func(r itemRow) bool { return r.to <= r.from })
	}
	slices.SortFunc(rows, func(a, b itemRow) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.key, b.key), cmp.Compare(a.from, b.from))
	})
	return rows, nil
}
