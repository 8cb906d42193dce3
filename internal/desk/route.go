package desk

import "net/http"

// This file makes routes for the lists of desk.go.

func get(pattern, sample string) Route {
	return Route{Method: http.MethodGet, Pattern: pattern, Sample: sample}
}

func post(pattern, sample string) Route {
	return Route{Method: http.MethodPost, Pattern: pattern, Sample: sample}
}

func open(r Route) Route {
	r.Open = true
	return r
}

func asking(r Route) Route {
	r.asks = true
	return r
}
