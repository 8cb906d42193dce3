package office

import "yifa/internal/indicator"

// equations tells the sheet every sum that holds between published figures.
func (s *stats) equations(h *statSheet, v *Statistics) {
	for _, id := range []string{"answered", "answered_in_time", "answered_late", "rated", "pleased"} {
		h.total(s.figure(id, s.total))
	}
	h.split(h.totals, "answered", "answered_in_time", "answered_late")
	rest := h.AddSecret(s.total.n["rated"] - s.total.n["pleased"])
	h.Sum(h.totals["rated"], h.totals["pleased"], rest)
	h.split(h.totals, "answered", findings...)
	for _, t := range v.Tables {
		if t.ID == "results" {
			continue
		}
		for _, row := range t.Rows {
			if !row.Total {
				h.split(h.rows[[2]string{t.ID, row.Key}], "answered", "answered_in_time", "answered_late")
			}
		}
		for _, c := range t.Columns {
			h.column(t.ID, c.ID)
		}
		if t.ID == "organs" {
			s.kindsOf(h, t)
		}
	}
}

// split says that a whole equals its parts, where all are there and it does.
func (h *statSheet) split(at map[string]indicator.Place, whole string, parts ...string) {
	w, there := at[whole]
	var places []indicator.Place
	n := 0
	for _, id := range parts {
		p, has := at[id]
		there = there && has
		places = append(places, p)
		if has {
			n += h.N(p)
		}
	}
	if there && n == h.N(w) {
		h.Sum(w, places...)
	}
}

// column says that the rows of a table come to the total. Kinds of problem come to it together with
// what is told twice, which is not published.
func (h *statSheet) column(table, id string) {
	places := h.places[[2]string{table, id}]
	whole, there := h.totals[id]
	if table == "problems" {
		whole, there = h.totals["received"]
		n := 0
		for _, p := range places {
			n += h.N(p)
		}
		if there && n >= h.N(whole) {
			twice := h.AddSecret(n - h.N(whole))
			all := h.AddSecret(n)
			h.Sum(all, places...)
			h.Sum(all, whole, twice)
		}
		return
	}
	if table == "channels" {
		whole, there = h.totals["received"]
	}
	n := 0
	for _, p := range places {
		n += h.N(p)
	}
	switch {
	case !there || len(places) == 0:
	case n == h.N(whole):
		h.Sum(whole, places...)
	case table == "channels" && n < h.N(whole): // those split off came by none
		h.Sum(whole, append(places[:len(places):len(places)], h.AddSecret(h.N(whole)-n))...)
	}
}

// kindsOf says that the named organs of a kind and those not named come to the kind.
func (s *stats) kindsOf(h *statSheet, t StatTable) {
	for _, c := range t.Columns {
		byKind := map[string][]indicator.Place{}
		for _, row := range t.Rows {
			if p, there := h.rows[[2]string{t.ID, row.Key}][c.ID]; there && row.kind != "" {
				byKind[row.kind] = append(byKind[row.kind], p)
			}
		}
		for kind, places := range byKind {
			whole, there := h.rows[[2]string{"kinds", kind}][c.ID]
			if !there {
				continue
			}
			n := 0
			for _, p := range places {
				n += h.N(p)
			}
			rest := h.AddSecret(h.N(whole) - n)
			h.Sum(whole, append(places, rest)...)
		}
	}
}
