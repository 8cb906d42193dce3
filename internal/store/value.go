package store

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// forever stands for "no end" in columns of microseconds, so that ranges compare plainly.
const forever int64 = math.MaxInt64

// foreverDay stands for "no end" or "no day" in columns of days.
const foreverDay = calendar.Date(math.MaxInt32)

// value turns what the program holds into what both drivers store alike.
func value(v any) any {
	switch v := v.(type) {
	case matter.ID:
		return int64(v)
	case matter.Shard:
		return int64(v)
	case calendar.Date:
		return int64(v)
	case int:
		return int64(v)
	case []byte:
		if v == nil {
			return []byte{}
		}
	}
	return v
}

// micros is an instant as microseconds since 1970 in UTC; the zero time is 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// minute is micros of an instant cut to the minute. What is kept beside the record tells no more exactly than the record
// itself when somebody filed: a report may be anonymous.
func minute(t time.Time) int64 { return micros(t.Truncate(time.Minute)) }

// minuteAfter is the next full minute: of leases and ends, which must not come too early.
func minuteAfter(t time.Time) int64 { return minute(t.Add(time.Minute - time.Microsecond)) }

// fromMicros reads what micros makes; forever is the zero time too.
func fromMicros(us int64) time.Time {
	if us == 0 || us == forever {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// knownAt is the instant of a question about what was known; the zero time means now.
func knownAt(t time.Time) int64 {
	if t.IsZero() {
		return forever - 1
	}
	return micros(t)
}

func orForever(d calendar.Date) calendar.Date {
	if d.IsZero() {
		return foreverDay
	}
	return d
}

func orZero(d calendar.Date) calendar.Date {
	if d == foreverDay {
		return 0
	}
	return d
}

// keys is a set of strings that a query tests with "in keys($n)".
type keys []string

// bindKeys writes keys as each database reads them: a JSON array, a text[].
func bindKeys(d Driver, k keys) any {
	if k == nil {
		k = keys{}
	}
	if d == Postgres {
		return []string(k)
	}
	b, err := json.Marshal(k)
	if err != nil {
		return "[]" // strings always marshal
	}
	return string(b)
}

// nullable is NULL for the empty string, which a UNIQUE column takes more than once.
func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// cutProcedure splits id@version.
func cutProcedure(p string) (id, version string) {
	id, version, _ = strings.Cut(p, "@")
	return id, version
}

// randomID is a random positive number: ids tell nothing of the order in which rows were made.
func randomID() (int64, error) {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return 0, fmt.Errorf("store: random id: %w", err)
	}
	return int64(binary.BigEndian.Uint64(b[:])>>1 | 1), nil
}
