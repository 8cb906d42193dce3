package portal

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"yifa/internal/web"
)

// maxReport is how much of a report is read: one of a browser's own is far shorter.
const maxReport = 8 << 10

// cspReport is what is read of a report about the content security policy: the two forms in which browsers send it. Of
// everything else in it, addresses of pages above all, nothing is looked at.
type cspReport struct {
	Directive string
	Blocked   string
}

// reportCSP serves POST /csp-report. A report is counted and logged as the directive and the kind of what was blocked,
// in words of ours: no address, no page, no browser, no person.
func (p *Portal) reportCSP(w http.ResponseWriter, r *http.Request) error {
	if err := p.guards.limits.Allow(r, classCSP); err != nil {
		return err
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxReport))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return web.TooLarge
	case err != nil:
		return web.BadInput("", "")
	}
	for _, one := range readCSP(raw) {
		slog.Warn("content security policy", "directive", directiveOf(one.Directive), "blocked", p.blockedOf(one.Blocked, r), "reports", p.reports.Add(1))
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// readCSP reads application/csp-report, or application/reports+json; nothing of what is neither.
func readCSP(raw []byte) []cspReport {
	var old struct {
		Report struct {
			Directive string `json:"violated-directive"`
			Effective string `json:"effective-directive"`
			Blocked   string `json:"blocked-uri"`
		} `json:"csp-report"`
	}
	if json.Unmarshal(raw, &old) == nil {
		if d := old.Report.Effective + old.Report.Directive; d != "" {
			return []cspReport{{firstOf(old.Report.Effective, old.Report.Directive), old.Report.Blocked}}
		}
		return nil
	}
	var list []struct {
		Type string `json:"type"`
		Body struct {
			Directive string `json:"effectiveDirective"`
			Blocked   string `json:"blockedURL"`
		} `json:"body"`
	}
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	var out []cspReport
	for _, one := range list {
		if one.Type == "csp-violation" && len(out) < maxReports {
			out = append(out, cspReport{one.Body.Directive, one.Body.Blocked})
		}
	}
	return out
}

// maxReports is how many reports of one sending are counted.
const maxReports = 10

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

var directives = []string{"default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem", "style-src-attr", "img-src",
	"connect-src", "font-src", "media-src", "object-src", "frame-src", "worker-src", "manifest-src", "form-action", "base-uri", "frame-ancestors"}

// directiveOf is a directive as it stands in the policy; anything else is "other", so that nobody writes into our log.
func directiveOf(text string) string {
	word, _, _ := strings.Cut(text, " ")
	if slices.Contains(directives, word) {
		return word
	}
	return "other"
}

// blockedOf says of what kind something blocked is, never its address.
func (p *Portal) blockedOf(text string, r *http.Request) string {
	if slices.Contains([]string{"inline", "eval", "wasm-eval", "data", "blob", "filesystem"}, text) {
		return text
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme == "":
		return "other"
	case u.Scheme == "http" || u.Scheme == "https":
		if u.Host == r.Host {
			return "own"
		}
		return "foreign"
	case strings.HasSuffix(u.Scheme, "-extension"):
		return "extension"
	}
	return "other"
}
