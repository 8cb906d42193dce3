package arch

import "path"

// An allowance lets one place break one rule, and says why. One that is no longer needed is a fault itself.
type allowance struct {
	rule string
	path string // a file, or a pattern of path.Match
	why  string // without a reason it allows nothing
}

// allowances is the whole list of exceptions. It is short on purpose.
var allowances = []allowance{}

// apply removes what is allowed and reports the allowances that nothing needed.
func apply(allowed []allowance, faults []Fault) (left []Fault, unused []allowance) {
	needed := make([]bool, len(allowed))
	for _, f := range faults {
		excused := false
		for i, a := range allowed {
			match, err := path.Match(a.path, f.Path)
			if a.rule == f.Rule && a.why != "" && err == nil && match {
				needed[i], excused = true, true
			}
		}
		if !excused {
			left = append(left, f)
		}
	}
	for i, a := range allowed {
		if !needed[i] {
			unused = append(unused, a)
		}
	}
	return left, unused
}
