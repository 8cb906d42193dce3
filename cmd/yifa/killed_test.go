package main

import (
	"bufio"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/pgtest"
	"yifa/internal/vault"
	"yifa/internal/web/pow"
	"yifa/internal/web/webtest"
)

// filings is how many reports are filed at the same time when the program is killed.
const filings = 1000

// A server killed while a thousand people file at once has lost no report it answered: each opens by its receipt, and
// whoever was not answered sends again and has one receipt, not two.
func TestKilledWhileFiling(t *testing.T) {
	for name, database := range map[string]func() string{"SQLite": func() string { return "" }, "PostgreSQL": func() string { return pgtest.DSN(t) }} {
		t.Run(name, func(t *testing.T) {
			options := installation.Options{Dir: t.TempDir(), Database: database()}
			c := officetest.Open(t, options)
			forms := drafted(t, c, filings)
			c.Shut()
			first, kill := serving(t, options)
			answered := make(chan string, filings)
			var all sync.WaitGroup
			client := patient()
			for draft, form := range forms {
				all.Go(func() {
					if to := filed(client, first, draft, form); strings.HasSuffix(to, "/receipt") {
						answered <- draft
					}
				})
			}
			var acknowledged []string
			for range 1 + rand.IntN(filings/2) {
				acknowledged = append(acknowledged, <-answered)
			}
			kill()
			all.Wait()
			close(answered)
			for draft := range answered {
				acknowledged = append(acknowledged, draft)
			}
			t.Logf("killed after %d of %d answers", len(acknowledged), filings)
			again, stop := serving(t, options)
			codes := map[string]bool{}
			for draft, form := range forms {
				if !slices.Contains(acknowledged, draft) {
					if to := filed(client, again, draft, form); !strings.HasSuffix(to, "/receipt") {
						t.Fatalf("sent again, it leads to %q", to)
					}
				}
				codes[receiptOf(t, client, again, draft)] = true
			}
			tracked(t, again, codes)
			stop()
			c.Reopen()
			wholeAfter(t, c, codes)
		})
	}
}

// drafted makes drafts ready to be filed, each with a proof, in a city of today.
func drafted(t *testing.T, c *officetest.City, n int) map[string]url.Values {
	t.Helper()
	c.Clock.Set(time.Now())
	issuer := pow.Issuer{Key: c.Vault.MAC(vault.Session, []byte("portal cookie")), Work: pow.Work{Bits: 2, Parts: 1}, Now: time.Now}
	var mu sync.Mutex
	var all sync.WaitGroup
	forms := map[string]url.Values{}
	for range n {
		all.Go(func() {
			d, err := c.Office.NewDraft(context.Background())
			if err == nil {
				_, err = c.Office.SaveDraft(context.Background(), d.ID, officetest.Report())
			}
			if err != nil {
				t.Error(err)
			}
			token := issuer.New()
			mu.Lock()
			defer mu.Unlock()
			forms[d.ID] = url.Values{"pow": {token}, "pow_nonce": {pow.Solve(token)}}
		})
	}
	all.Wait()
	return forms
}

// serving starts the program on a city and gives its address and how to kill it.
func serving(t *testing.T, o installation.Options) (site string, kill func()) {
	t.Helper()
	args := []string{"serve", "--addr", "127.0.0.1:0", "--data", o.Dir, "--unlimited"}
	if o.Database != "" {
		args = append(args, "--database", o.Database)
	}
	c := command(t.Context(), args...)
	out, err := c.StdoutPipe()
	must(t, err)
	var log strings.Builder
	c.Stderr = &log
	must(t, c.Start())
	kill = sync.OnceFunc(func() {
		_ = c.Process.Kill()
		_ = c.Wait() // it was killed
	})
	t.Cleanup(kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		kill()
		t.Fatalf("%v\n%s", err, log.String())
	}
	return strings.TrimSpace(line), kill
}

func patient() *http.Client {
	return &http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{MaxIdleConnsPerHost: filings}}
}

// filed sends a report and gives where the answer leads; "" where there was none.
func filed(client *http.Client, site, draft string, form url.Values) string {
	a, err := client.PostForm(site+"/report/d/"+draft+"/check", form)
	if err != nil {
		return ""
	}
	defer a.Body.Close()
	_, _ = io.Copy(io.Discard, a.Body)
	return a.Header.Get("Location")
}

// receiptOf is the code the receipt of a filed draft shows.
func receiptOf(t *testing.T, client *http.Client, site, draft string) string {
	t.Helper()
	a, err := client.Get(site + "/report/d/" + draft + "/receipt")
	must(t, err)
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	must(t, err)
	return webtest.Answer{Status: a.StatusCode, Body: string(body), Header: a.Header}.Is(t, http.StatusOK).ReceiptCode(t)
}

// tracked opens some of the reports as their filers do.
func tracked(t *testing.T, site string, codes map[string]bool) {
	t.Helper()
	n := 0
	for code := range codes {
		if n++; n > 20 {
			return
		}
		v := webtest.NewVisitor(t, site)
		v.Track(code)
		v.Get("/track/matter").Is(t, http.StatusOK)
	}
}

// wholeAfter holds the record to what was answered: every code opens a report of its own, and nothing differs.
func wholeAfter(t *testing.T, c *officetest.City, codes map[string]bool) {
	t.Helper()
	opened := map[string]bool{}
	for code := range codes {
		r, err := c.Office.ByCode(t.Context(), code, i18n.ZhHans)
		must(t, err)
		opened[r.Filer.String()] = true
	}
	rows := 0
	for f := (office.Filter{}); ; {
		page, err := c.Office.List(t.Context(), c.As(officetest.Officer), f)
		must(t, err)
		if rows += len(page.Rows); page.Next == "" {
			break
		}
		f.After = page.Next
	}
	if len(opened) != filings || rows != filings {
		t.Errorf("%d receipts open a report and %d reports are there, of %d filings", len(opened), rows, filings)
	}
	c.Sound()
	c.GapFree()
}
