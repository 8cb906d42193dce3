package office_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// withSounds adds files to a matter, each with its clean copy.
func withSounds(t *testing.T, c *officetest.City, n int) (where office.Done) {
	t.Helper()
	id, _ := c.Accepted()
	var files []office.Upload
	for i := range n {
		sound := append([]byte("RIFF\x2c\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x08\x00\x00\x00"), bytes.Repeat([]byte{byte(i)}, 8)...)
		files = append(files, office.Upload{Name: "录音.wav", Body: bytes.NewReader(sound)})
	}
	done, err := c.Office.Perform(t.Context(), c.As("he-yuning"), office.Act{Matter: id, Act: "add_files", Uploads: map[string][]office.Upload{"files": files}})
	must(t, err)
	return done
}

// One flipped bit in the store and one file that is gone are named by matter, entry and file, by the scrub of the night and by
// the verification alike.
func TestScrubNamesWhatIsDamaged(t *testing.T) {
	c := officetest.New(t)
	done := withSounds(t, c, 3)
	must(t, c.Office.Scrub(t.Context()))
	v, err := c.Office.Scrubbed(t.Context())
	must(t, err)
	if v.Last == nil || v.Last.Files != 6 || v.Last.Bad != 0 || v.Running != nil {
		t.Fatalf("%+v", v.Last)
	}
	blobs, err := filepath.Glob(filepath.Join(c.Dir, installation.EvidenceDir, "??", "*"))
	must(t, err)
	flipped, gone := filepath.Base(blobs[0]), filepath.Base(blobs[1])
	stored, err := os.ReadFile(blobs[0])
	must(t, err)
	stored[len(stored)/2] ^= 1
	must(t, os.WriteFile(blobs[0], stored, 0o600))
	must(t, os.Remove(blobs[1]))

	must(t, c.Office.Scrub(t.Context())) // of this day: done already
	c.Clock.Set(c.Clock.Now().AddDate(0, 0, 1))
	must(t, c.Office.Scrub(t.Context()))
	v, err = c.Office.Storage(t.Context(), c.As("luo-jingyi"))
	must(t, err)
	if v.Last.Bad != 2 || len(v.Last.Damaged) != 2 {
		t.Fatalf("%+v", v.Last)
	}
	for _, d := range v.Last.Damaged {
		want := map[string]string{flipped: office.FileDamaged, gone: office.FileGone}[d.Address]
		if d.Matter != done.Matter || d.Seq != done.Seq || d.State != want || want == "" {
			t.Errorf("%+v", d)
		}
	}
	verdict, err := c.Office.Verify(t.Context())
	must(t, err)
	if len(verdict.Differences) != 2 {
		t.Errorf("verify says %v", verdict.Differences)
	}
	if _, err := c.Office.Storage(t.Context(), c.As("he-yuning")); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("an officer sees the page: %v", err)
	}
}

// A program that ends in the middle leaves the rest of the night to the next one.
func TestScrubGoesOn(t *testing.T) {
	c := officetest.New(t)
	for range 15 { // more parts with files than lie between two notes of how far it is
		withSounds(t, c, 2)
	}
	ctx, stop := context.WithCancel(t.Context())
	seen := 0
	office.EachScrubbed(c.Office, func() {
		if seen++; seen == 59 {
			stop()
		}
	})
	if err := c.Office.Scrub(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("not stopped: %v", err)
	}
	v, err := c.Office.Scrubbed(t.Context())
	must(t, err)
	if v.Running == nil || v.Running.Files == 0 || v.Running.Files >= 60 {
		t.Fatalf("%+v", v.Running)
	}
	before := v.Running.Files
	must(t, c.Office.Scrub(t.Context())) // still held by the one that ended
	if v, err = c.Office.Scrubbed(t.Context()); err != nil || v.Running == nil {
		t.Fatalf("taken over too early: %+v: %v", v, err)
	}
	seen = 0
	c.Clock.Set(c.Clock.Now().Add(15 * time.Minute))
	must(t, c.Office.Scrub(t.Context()))
	v, err = c.Office.Scrubbed(t.Context())
	must(t, err)
	if v.Last == nil || v.Last.Files != 60 || v.Running != nil || seen > 60-before {
		t.Errorf("%+v, %d read after %d", v.Last, seen, before)
	}
}
