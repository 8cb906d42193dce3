package web

import (
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestShots takes pictures of the sample pages, to be looked at beside the mock screens. It runs only on demand:
// YIFA_SHOTS=<folder> go test -run Shots ./internal/web
func TestShots(t *testing.T) {
	dir := os.Getenv("YIFA_SHOTS")
	chromium, err := exec.LookPath("chromium")
	if dir == "" || err != nil {
		t.Skip("set YIFA_SHOTS to a folder, with chromium installed")
	}
	server := httptest.NewServer(Stack(sampleRoutes(), Options{Site: sampleSite}))
	defer server.Close()
	for _, page := range []string{"/sample", "/en/sample", "/desk", "/nothing"} {
		for _, width := range []int{390, 1280} {
			for _, theme := range []string{"light", "dark"} {
				height := 7400 - 2*width
				if page != "/sample" && page != "/en/sample" {
					height = 3200 - width
				}
				name := fmt.Sprintf("%s-%d-%s.png", filepath.Base(page), width, theme)
				if page == "/en/sample" {
					name = "en-" + name
				}
				out, err := exec.Command(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
					"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
					fmt.Sprintf("--window-size=%d,%d", width, height), "--screenshot="+filepath.Join(dir, name), "--user-data-dir="+t.TempDir(),
					server.URL+page+"?theme="+theme).CombinedOutput()
				if err != nil {
					t.Fatalf("%s: %v\n%s", name, err, out)
				}
			}
		}
	}
}
