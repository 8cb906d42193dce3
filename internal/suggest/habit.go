package suggest

import (
	"maps"
	"slices"
	"strings"

	"yifa/internal/search"
)

// few is how many sorted reports of a kind it takes before words are taken to speak for it (ptsd/250).
const few = 3

// habit says for which values words of a text spoke in reports already sorted: those in at least few of which they stand,
// and that are at least half of all in which they stand.
func habit(text string, past []Sorted, values func(Sorted) []string) map[string]Reason {
	own := pairs(text)
	with, of := map[string]int{}, map[string]map[string]int{} // pair → reports; pair → value → reports
	for _, s := range past {
		for pair := range pairs(s.Words) {
			if !own[pair] {
				continue
			}
			with[pair]++
			if of[pair] == nil {
				of[pair] = map[string]int{}
			}
			for _, v := range values(s) {
				of[pair][v]++
			}
		}
	}
	speak := map[string]map[string]bool{} // value → pairs
	for pair, each := range of {
		for v, n := range each {
			if v != "" && n >= few && 2*n >= with[pair] && with[pair] < len(past) {
				if speak[v] == nil {
					speak[v] = map[string]bool{}
				}
				speak[v][pair] = true
			}
		}
	}
	out := map[string]Reason{}
	for v, set := range speak {
		words := first(joined(text, set), most)
		n, hits := 0, 0
		for _, s := range past {
			if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s.Words, w) }) {
				n++
				if slices.Contains(values(s), v) {
					hits++
				}
			}
		}
		if hits >= few && 2*hits >= n {
			out[v] = Reason{Ground: Before, Words: words, N: n, Of: hits}
		}
	}
	return out
}

// pairs are the pairs of neighbouring Chinese characters and the other words of a text, each once.
func pairs(text string) map[string]bool {
	out := map[string]bool{}
	for _, g := range search.Index(text, func(g string) string { return g }).G {
		if len([]rune(g)) >= 2 {
			out[g] = true
		}
	}
	return out
}

// joined are the pairs as they stand in a text, neighbours put together: 清洁 and 洁费 are 清洁费. The longest come first.
func joined(text string, set map[string]bool) []string {
	words, run := map[string]bool{}, ""
	end := func() {
		if run != "" {
			words[run] = true
		}
		run = ""
	}
	for _, g := range search.Index(text, func(g string) string { return g }).G {
		rs := []rune(g)
		switch {
		case !set[g]:
			end()
		case run == "" || len(rs) != 2:
			end()
			run = g
		default:
			run += string(rs[1])
		}
	}
	end()
	out := slices.Collect(maps.Keys(words))
	slices.SortFunc(out, func(a, b string) int {
		if n := len(b) - len(a); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	return out
}
