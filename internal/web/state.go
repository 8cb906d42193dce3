package web

import (
	"context"
	"log/slog"
	"net/http"
)

type stateKey struct{}

// state is what the middleware knows of one request and its handlers may ask or add.
type state struct {
	site     Site
	large    bool
	theme    string
	route    string // pattern of the route that answered, for the access log
	classify Classify
	log      *slog.Logger
	tell     func(http.ResponseWriter, *http.Request, int, string) bool
}

// stateOf is never nil: outside Stack (in tests of one component) it is an empty state.
func stateOf(ctx context.Context) *state {
	if s, ok := ctx.Value(stateKey{}).(*state); ok {
		return s
	}
	return &state{}
}
