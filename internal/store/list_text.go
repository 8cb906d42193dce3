package store

import (
	"context"
	"slices"
)

// Ways of walking a list that are asked about by name.
const (
	merge  = "merge"
	stream = "stream"
)

// fewProbed is how many rights make a reader one of too many matters to look each up in the text index of SQLite, which
// costs as much as walking some hundred hits. Query files hold it too.
const fewProbed = 64

// textWay chooses how a list finds a text; nil: it walks on and tests each matter.
//
// The text index of SQLite gives hits in the order of lists, each quickly; what costs is to test whether the reader
// may see one. A reader of many matters soon has his page. One who sees few of the newest hits is first asked what is
// given to him at all, and hits are only looked for among that: so no list tests the rights on every hit of a common
// text. A rare text has few hits to test.
func (q *Query) textWay(ctx context.Context, f Filter, p plan) ([]string, error) {
	if q.db.driver == SQLite {
		_, way, err := q.firstHits(ctx, f, p)
		if way == nil {
			way = []string{stream}
		}
		return way, err
	}
	n, _, err := q.hits(ctx, p)
	if err != nil || n <= commonText {
		return []string{"hits"}, err
	}
	return nil, nil
}

// countText is CountMatters where a text is looked for: the newest matters first, and no further than the limit.
func (q *Query) countText(ctx context.Context, f Filter) (n int, err error) {
	p, err := f.plan(q.db.driver)
	if err != nil {
		return 0, err
	}
	way := []string{"walk"}
	if q.db.driver == SQLite {
		if n, way, err = q.firstHits(ctx, f, p); err != nil || way == nil {
			return n, err
		}
	} else {
		hits, _, err := q.hits(ctx, p)
		if err != nil {
			return 0, err
		}
		if hits <= commonText {
			way = []string{"hits"}
		}
	}
	err = q.counted(ctx, "matter_count", f, way, func(scan scanFunc) error { return scan(&n) })
	return n, err
}

// firstHits counts, up to the limit of the filter, the matters among the first commonText hits of SQLite after its
// cursor; and where these are neither as many as the limit nor all there are, it says how to look for the rest.
func (q *Query) firstHits(ctx context.Context, f Filter, p plan) (n int, rest []string, err error) {
	s := q.db.build("matter_count", append(slices.Clone(p.flags), stream, "recent"))
	err = q.eachOf(ctx, "matter_count", s, p.args, func(scan scanFunc) error { return scan(&n) })
	if err != nil || n >= f.Limit {
		return n, nil, err
	}
	hits, given, err := q.hits(ctx, p)
	switch {
	case err != nil || hits <= commonText:
		return n, nil, err
	case given < fewProbed:
		return n, []string{"given"}, nil
	}
	return n, []string{stream, "few"}, nil
}

// hits is how many rows of the text index match, up to one more than commonText, and of SQLite how many rights the
// reader has, up to fewProbed.
func (q *Query) hits(ctx context.Context, p plan) (n, given int, err error) {
	err = q.eachOf(ctx, "search_probe", q.db.build("search_probe", p.flags), p.args, func(scan scanFunc) error { return scan(&n, &given) })
	return n, given, err
}
