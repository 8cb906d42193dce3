package portal

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// This file lays out for the public what package door lays out for both doors. It adds no day, and words only where
// the filer is spoken to.

func langOf(r *http.Request) i18n.Lang { return i18n.From(r.Context()) }

// gone makes a draft or look-up that is no more a page of its own.
func gone(err error) error {
	if errors.Is(err, office.ErrNotFound) {
		return web.Gone
	}
	return err
}

// nextDay is one day to come.
type nextDay struct {
	On          calendar.Date
	Text        string
	Unsaid      bool
	Provisional bool
	Passed      bool
	Why         []web.WhyLine
}

func nextOf(lang i18n.Lang, n office.NextDay) nextDay {
	return nextDay{On: n.On, Text: plainClock(lang, n.Name, n.Text), Unsaid: n.Unsaid, Provisional: n.Provisional, Passed: n.Passed, Why: door.Why(n.Why)}
}

// fileOf is one file of the matter looked at.
func fileOf(ctx context.Context, f office.FileView) web.File {
	return door.File(ctx, f, "/track/files")
}

// clockOf is a limit in the words of the filer.
func clockOf(lang i18n.Lang, c office.ClockView) web.Clock {
	k := door.Clock(c)
	k.Title, k.Level = plainClock(lang, c.Name, c.Label), 2
	if c.Provisional {
		k.Calendar = strconv.Itoa(c.Due.Year())
	}
	return k
}
