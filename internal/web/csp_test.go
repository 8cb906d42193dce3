package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
)

// The content security policy as csp-evaluator judges it: nothing it calls high, a fault of syntax, medium, or perhaps high.
// It counts 10 (high) to 60 (information); 'self' for scripts is 50 to it, since some sites let users upload scripts.
func TestPolicyIsSound(t *testing.T) {
	rec := httptest.NewRecorder()
	Stack(http.NotFoundHandler(), Options{TLS: true}).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/", nil))
	const script = `const dist = require("path").resolve(process.argv[1]) + "/csp_evaluator/dist/";
const { CspEvaluator } = require(dist + "evaluator.js"), { CspParser } = require(dist + "parser.js");
process.stdout.write(JSON.stringify(new CspEvaluator(new CspParser(process.argv[2]).csp).evaluate()));`
	judge := func(policy string) (bad int) {
		cmd := exec.Command("node", "-e", script, "../../web/node_modules", policy)
		cmd.Stderr = os.Stderr
		cmd.Dir = "."
		out, err := cmd.Output()
		var found []struct {
			Severity    int
			Directive   string
			Description string
		}
		if err == nil {
			err = json.Unmarshal(out, &found)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if f.Severity <= 40 {
				bad++
				t.Logf("%s: %s (%d)", f.Directive, f.Description, f.Severity)
			}
		}
		return bad
	}
	policy := rec.Header().Get("Content-Security-Policy")
	if n := judge(policy); policy == "" || n > 0 {
		t.Errorf("%d findings on %q", n, policy)
	}
	if judge("script-src 'unsafe-inline' *") == 0 {
		t.Error("it finds nothing in a policy that allows everything")
	}
}
