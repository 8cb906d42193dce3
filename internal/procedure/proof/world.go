package proof

import (
	"slices"
	"strconv"
)

// unknown is the value of a fact that is not given yet.
const unknown = ""

const (
	yes = "true"
	no  = "false"
)

// world gives each variable one of its values.
type world []string

// term is something a condition computes, in a world.
type term func(world) string

// variable is one thing that can be otherwise.
type variable struct {
	name   string
	domain []string
	points []int // of a number: what it is compared with; the domain follows from it
}

// worlds are all the ways in which the variables named so far can be.
type worlds struct {
	vars  []variable
	index map[string]int
}

func newWorlds() *worlds { return &worlds{index: map[string]int{}} }

// variable returns a term for a variable, made on first use.
func (ws *worlds) variable(name string, domain ...string) term {
	i := ws.named(name, domain)
	return func(w world) string { return w[i] }
}

func (ws *worlds) named(name string, domain []string) int {
	i, known := ws.index[name]
	if !known {
		i = len(ws.vars)
		ws.index[name] = i
		ws.vars = append(ws.vars, variable{name: name, domain: domain})
	}
	return i
}

// number returns a term that says whether a number is before, at or after a constant.
func (ws *worlds) number(name string, constant int) (at term) {
	i := ws.named("number "+name, nil)
	v := &ws.vars[i]
	if !slices.Contains(v.points, constant) {
		v.points = append(v.points, constant)
	}
	return func(w world) string {
		n, _ := strconv.Atoi(w[i]) // written by domains
		switch {
		case n < constant:
			return "<"
		case n > constant:
			return ">"
		}
		return "="
	}
}

// domains settles what values the numbers need: each constant, and one beside it on either side.
func (ws *worlds) domains() {
	for i := range ws.vars {
		v := &ws.vars[i]
		if v.points == nil {
			continue
		}
		v.domain = nil
		for _, c := range v.points {
			for _, n := range []int{c - 1, c, c + 1} {
				if s := strconv.Itoa(n); !slices.Contains(v.domain, s) {
					v.domain = append(v.domain, s)
				}
			}
		}
	}
}

// most is how many worlds are looked at; beyond it everything is taken to be possible.
const most = 1 << 18

// some says whether some world is as asked; where there are too many to look at, yes.
func (ws *worlds) some(asked func(world) bool) bool {
	ws.domains()
	size := 1
	for _, v := range ws.vars {
		if size *= max(len(v.domain), 1); size > most {
			return true
		}
	}
	w := make(world, len(ws.vars))
	var try func(i int) bool
	try = func(i int) bool {
		if i == len(ws.vars) {
			return asked(w)
		}
		for _, value := range ws.vars[i].domain {
			w[i] = value
			if try(i + 1) {
				return true
			}
		}
		return false
	}
	return try(0)
}
