package browser

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// ValidHTML fails the test for every place where a page breaks the HTML standard. The pages are given by a
// name of the test's own choosing and are all validated by one process, since starting it is what takes time.
func ValidHTML(t testing.TB, pages map[string]string) {
	t.Helper()
	var q htmlQueue
	for name, source := range pages {
		q.add(name, source)
	}
	q.validate(t)
}

// An htmlQueue holds pages to be validated together. Its zero value is ready.
type htmlQueue struct {
	mu    sync.Mutex
	pages []htmlPage
}

type htmlPage struct {
	Name   string `json:"name"`
	Source string `json:"source"`
}

// add takes a page unless the same source is already there.
func (q *htmlQueue) add(name, source string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, p := range q.pages {
		if p.Source == source {
			return
		}
	}
	q.pages = append(q.pages, htmlPage{name, source})
}

// validate runs html-validate over all pages and fails the test for each error.
func (q *htmlQueue) validate(t testing.TB) {
	t.Helper()
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.pages) == 0 {
		return
	}
	found, err := htmlErrors(q.pages)
	if errors.Is(err, os.ErrNotExist) && os.Getenv(requireAll) == "" {
		t.Log("browser: HTML not validated: html-validate is not installed (scripts/install.sh installs it)")
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range found {
		t.Errorf("browser: HTML of %s, line %d: %s (%s) %s", e.Name, e.Line, e.Message, e.Rule, e.Selector)
	}
}

// An htmlError is one place where a page is not valid.
type htmlError struct {
	Name     string `json:"name"`
	Line     int    `json:"line"`
	Rule     string `json:"rule"`
	Message  string `json:"message"`
	Selector string `json:"selector"`
}

// htmlErrors runs html-validate, under the rules of htmlvalidate.json, over the pages.
func htmlErrors(pages []htmlPage) ([]htmlError, error) {
	root, err := repoRoot()
	if err != nil {
		return nil, err
	}
	modules := filepath.Join(root, "web/node_modules")
	if _, err := os.Stat(filepath.Join(modules, "html-validate")); err != nil {
		return nil, fmt.Errorf("browser: html-validate: %w", err)
	}
	in, err := json.Marshal(pages)
	if err != nil {
		return nil, fmt.Errorf("browser: %w", err)
	}
	here := filepath.Join(root, "internal/browser")
	cmd := exec.Command("node", filepath.Join(here, "validate.mjs"), filepath.Join(here, "htmlvalidate.json"), modules)
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(in), &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("browser: html-validate: %w\n%s", err, stderr.String())
	}
	var found []htmlError
	if err := json.Unmarshal(stdout.Bytes(), &found); err != nil {
		return nil, fmt.Errorf("browser: html-validate's report: %w\n%s", err, stdout.String())
	}
	return found, nil
}
