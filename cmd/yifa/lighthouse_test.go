package main

import (
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"yifa/internal/browser"
)

// The main pages of the portal, each with its reader. Those that are somebody's own are kept out of search engines.
var mainPages = []struct {
	name, reader, address string
	own                   bool
}{
	{"home", "nobody", "/", false}, {"report start", "nobody", "/report", false}, {"report form", "nobody", "/report/d/{draft=open}/story", true},
	{"check", "nobody", "/report/d/{draft=open}/check", true}, {"receipt", "nobody", "/report/d/{draft=filed}/receipt", true}, {"track", "nobody", "/track", false},
	{"matter", "filer", "/track/matter", true}, {"calculator", "nobody", "/calculator?from=2026-09-24&term=pen-07", false}, {"law", "nobody", "/law/xzcf/64", false},
	{"statistics", "nobody", "/statistics", false}, {"outcomes", "nobody", "/outcomes", false},
}

// What holds of a quick visit and of a slow one; measured only where somebody asks for it, on a quiet machine.
const (
	leastPerformance = 95
	usableSlow       = 3000 // ms
)

// TestLighthouse: on the main pages of the portal Lighthouse finds nothing to better in accessibility and best practices,
// and on those for everybody nothing for search engines. YIFA_LIGHTHOUSE names how often each page is also timed
// (`make lighthouse`): then the figures are printed as docs/performance.md keeps them and held to what they must be.
func TestLighthouse(t *testing.T) {
	w, code := newShow(t)
	w.readers["filer"].Track(code)
	at, err := url.Parse(w.url)
	must(t, err)
	var pages []browser.LighthousePage
	for _, p := range mainPages {
		page := browser.LighthousePage{Name: p.name, URL: w.url + w.fill(p.address), Categories: []string{browser.Accessibility, browser.BestPractices}}
		if !p.own {
			page.Categories = append(page.Categories, browser.SEO)
		}
		var cookies []string
		for _, c := range w.readers[p.reader].Client.Jar.Cookies(at.JoinPath("/track/matter")) {
			cookies = append(cookies, c.Name+"="+c.Value)
		}
		page.Cookie = strings.Join(cookies, "; ")
		pages = append(pages, page)
	}
	runs, _ := strconv.Atoi(os.Getenv("YIFA_LIGHTHOUSE")) // no number: none
	for _, found := range browser.New(t).Lighthouse(runs, pages) {
		for category, score := range found.Scores {
			if score != 100 {
				t.Errorf("%s: %s %d of 100:\n    %s", found.Name, category, score, strings.Join(found.Faults, "\n    "))
			}
		}
		if found.Fast == nil {
			continue
		}
		f, s := found.Fast, found.Slow
		fmt.Printf("| %s | %d | %d | %d | %d | %d | %d | %.1f |\n", found.Name, f.Score, f.FirstPaint, f.LargestPaint, f.Blocked, s.FirstPaint, s.Usable, float64(s.Weight)/1000)
		if f.Score < leastPerformance {
			t.Errorf("%s: performance %d, at least %d", found.Name, f.Score, leastPerformance)
		}
		if s.Usable > usableSlow {
			t.Errorf("%s: usable on a slow line after %d ms, at most %d", found.Name, s.Usable, usableSlow)
		}
	}
}
