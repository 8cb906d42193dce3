package main

import (
	"errors"
	"net/http"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// classify is the one map from what the office answers to statuses. A door shows a refusal, conflict
// or bad field on its own page; here they are for whatever it did not expect. nil: a fault.
func classify(err error) *web.Problem {
	var refused *office.Refused
	var bad office.BadFields
	switch {
	case errors.Is(err, office.ErrNotFound):
		return web.NotFound
	case errors.As(err, &refused), errors.Is(err, office.ErrKeyReused):
		return &web.Problem{Status: http.StatusUnprocessableEntity}
	case errors.Is(err, matter.ErrConflict):
		return &web.Problem{Status: http.StatusConflict}
	case errors.Is(err, office.ErrFull):
		return &web.Problem{Status: http.StatusInsufficientStorage, Key: "web.problem_full"}
	case errors.As(err, &bad):
		return &web.Problem{Status: http.StatusBadRequest}
	}
	return nil
}
