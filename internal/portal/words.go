package portal

import (
	"context"
	"strconv"
	"strings"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/web"
)

// assurances are the facts a person may rely on at a step: at most three, each enforced by the system.
func assurances(ctx context.Context, step string) []web.Note {
	note := func(icon, key string) web.Note { return web.Note{Icon: icon, Text: web.T(ctx, key)} }
	switch step {
	case "who":
		return []web.Note{note("lock", "portal.assure_name"), note("office", "portal.assure_anonymous"), note("check", "portal.assure_saved")}
	case "files":
		return []web.Note{note("lock", "portal.assure_original"), note("person", "portal.assure_files"), note("check", "portal.assure_saved")}
	}
	return []web.Note{note("lock", "portal.assure_hidden"), note("office", "portal.assure_above"), note("check", "portal.assure_saved")}
}

func backText(ctx context.Context, v reportView) string {
	if v.Check {
		return web.T(ctx, "portal.back_to_check")
	}
	return web.T(ctx, "portal.back")
}

// headed makes the only field of a question the heading of its page.
func headed(v reportView) []web.Field {
	for i := range v.Fields {
		v.Fields[i].Heading, v.Fields[i].Sees = i == 0, v.Sees
		for j, o := range v.Fields[i].Options {
			if _, elsewhere := door.Advices[o.Value]; elsewhere { // from here on it is about what others handle
				v.Fields[i].Options[j].Divider = true
				break
			}
		}
	}
	return v.Fields
}

func organID(i int) string {
	if i == 0 {
		return "organ"
	}
	return "organ-" + strconv.Itoa(i+1)
}

// piece is a part of a name, found by the search or not.
type piece struct {
	Text string
	Hit  bool
}

// split parts a name at the words of a query.
func split(name, query string) []piece {
	parts := []piece{{Text: name}}
	for _, word := range strings.Fields(query) {
		var next []piece
		for _, p := range parts {
			before, after, found := strings.Cut(p.Text, word)
			if p.Hit || !found {
				next = append(next, p)
				continue
			}
			for _, q := range []piece{{before, false}, {word, true}, {after, false}} {
				if q.Text != "" {
					next = append(next, q)
				}
			}
		}
		parts = next
	}
	return parts
}

// beforeDay is 11月16日前, 前后 for a day that may still move, 已到期 for one that is over.
func beforeDay(ctx context.Context, d nextDay) string {
	key := "web.before_day"
	switch {
	case d.Passed:
		key = "portal.was_due"
	case d.Provisional:
		key = "web.clock_about"
	}
	return web.T(ctx, key, "day", i18n.Date(i18n.From(ctx), d.On))
}
