package office_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"yifa/internal/document"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// paperBytes are the filed bytes of a paper as a reader gets them.
func paperBytes(t *testing.T, c *officetest.City, r office.Reader, id matter.ID, seq int) (office.FileView, []byte) {
	t.Helper()
	f, body, err := c.Office.OpenDocument(t.Context(), r, id, seq)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(body)
	if err := errors.Join(err, body.Close()); err != nil {
		t.Fatal(err)
	}
	return f, raw
}

// acceptedAt is the entry that made the acceptance notice.
func acceptedAt(t *testing.T, c *officetest.City, id matter.ID) int {
	t.Helper()
	done, ok := c.State(id).LastOf("accept")
	if !ok {
		t.Fatal("not accepted")
	}
	return done.Seq
}

func work(t *testing.T, c *officetest.City) {
	t.Helper()
	if err := c.Office.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestFiling: a paper is filed once by the work beside the acts, opens for whom it is addressed to with the hashes that
// were filed, and stands in nobody's way: not in the timeline, not among the files, not before a later act.
func TestFiling(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	seq := acceptedAt(t, c, id)
	officer, filer := c.As(officetest.Officer), c.Filer(id)
	before, err := c.Office.Document(t.Context(), officer, id, seq)
	if err != nil || before.Filed != nil || !before.Making {
		t.Fatalf("before: %+v, %v", before.DocumentView, err)
	}
	handling, err := c.Office.Form(t.Context(), officer, id, "record_verification", nil)
	if err != nil {
		t.Fatal(err)
	}
	rev := c.State(id).Rev
	work(t, c)
	work(t, c)
	st := c.State(id)
	if st.Rev != rev+1 || st.Filed[seq] != rev+1 || st.Acted != rev {
		t.Fatalf("rev %d after %d, filed %v, acted %d", st.Rev, rev, st.Filed, st.Acted)
	}
	after, err := c.Office.Document(t.Context(), filer, id, seq)
	if err != nil || after.Filed == nil || after.Making {
		t.Fatalf("after: %+v, %v", after.DocumentView, err)
	}
	f, raw := paperBytes(t, c, filer, id, seq)
	if sum := sha256.Sum256(raw); after.Filed.SHA256 != hex.EncodeToString(sum[:]) || after.Filed.Size != int64(len(raw)) {
		t.Error("the bytes are not the ones that were filed")
	}
	if f.Media != "application/pdf" || !strings.HasSuffix(f.Name, "受理通知书.pdf") {
		t.Errorf("it is saved as %s, %s", f.Name, f.Media)
	}
	for _, r := range []office.Reader{officer, filer} {
		timelines(t, c, r, id, seq)
	}
	act := office.Act{Matter: id, Act: "record_verification", Rev: handling.Rev, Fields: map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"查明。"}}}
	if _, err := c.Office.Perform(t.Context(), officer, act); err != nil {
		t.Errorf("a page from before the filing: %v", err)
	}
	var conflict *office.Conflict
	if _, err := c.Office.Perform(t.Context(), officer, act); !errors.As(err, &conflict) || len(conflict.Between) != 1 {
		t.Errorf("a page from before an act: %v", err)
	}
	c.Sound()
}

// timelines: the filing shows neither as something that happened nor as a file.
func timelines(t *testing.T, c *officetest.City, r office.Reader, id matter.ID, seq int) {
	t.Helper()
	v, err := c.Office.Matter(t.Context(), r, id)
	if r.Filer != 0 {
		var tracked office.Tracked
		tracked, err = c.Office.Track(t.Context(), r)
		v = tracked.MatterView
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range v.Timeline {
		if item.Seq > seq {
			t.Errorf("the timeline tells entry %d: %s", item.Seq, item.Title)
		}
	}
	for _, f := range v.Files {
		if f.Seq > seq {
			t.Errorf("the files have %s", f.Name)
		}
	}
	for _, class := range matter.Classes {
		if _, _, err := c.Office.OpenFile(t.Context(), r, id, office.FileRef{Seq: seq + 1, Class: class}); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("it opens as a file of class %s: %v", class, err)
		}
	}
}

// TestVoidOverFiling: an act done after a paper was made may be taken back after that paper was filed, the paper may not.
func TestVoidOverFiling(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	seq := acceptedAt(t, c, id)
	officer, head := c.As(officetest.Officer), c.As(officetest.Head)
	void := map[string][]string{"reason": {"登记错了。"}}
	work(t, c)
	if _, err := c.Office.Perform(t.Context(), head, office.Act{Matter: id, Act: "correct", Fields: void}); err == nil {
		t.Error("a paper that was filed is taken back")
	}
	d := c.Do(officer, id, "record_verification", map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"查明。"}})
	stage := c.State(id).Stage
	c.Do(head, id, "correct", void)
	st := c.State(id)
	if st.Voided[d.Seq] == 0 || st.Stage == stage || st.Filed[seq] == 0 {
		t.Errorf("after the void: stage %s, voided %v, filed %v", st.Stage, st.Voided, st.Filed)
	}
	c.Sound()
}

// TestFiledBehindAct: the paper is filed only after another act was done; that act can still be taken back.
func TestFiledBehindAct(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	seq := acceptedAt(t, c, id)
	d := c.Do(c.As(officetest.Officer), id, "record_verification", map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"查明。"}})
	work(t, c)
	if st := c.State(id); st.Filed[seq] != d.Seq+1 {
		t.Fatalf("filed %v", st.Filed)
	}
	c.Do(c.As(officetest.Head), id, "correct", map[string][]string{"reason": {"登记错了。"}})
	if st := c.State(id); st.Voided[d.Seq] == 0 || st.Filed[seq] != d.Seq+1 {
		t.Errorf("voided %v, filed %v", st.Voided, st.Filed)
	}
	c.Sound()
}

// TestFiledOnce: two workers and a reader who does not wait make one filing and leave one file.
func TestFiledOnce(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	seq, other := acceptedAt(t, c, id), c.Beside()
	var wg sync.WaitGroup
	for _, do := range []func() error{
		func() error { return c.Office.Work(context.Background()) },
		func() error { return other.Office.Work(context.Background()) },
		func() error {
			_, body, err := c.Office.OpenDocument(context.Background(), c.Filer(id), id, seq)
			if err == nil {
				err = body.Close()
			}
			return err
		},
		func() error {
			_, body, err := other.Office.OpenDocument(context.Background(), c.Filer(id), id, seq)
			if err == nil {
				err = body.Close()
			}
			return err
		},
	} {
		wg.Go(func() {
			if err := do(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if st := c.State(id); st.Rev != seq+1 || st.Filed[seq] != seq+1 {
		t.Errorf("rev %d, filed %v", st.Rev, st.Filed)
	}
	if blobs := blobsOf(t, c); len(blobs) != 1 {
		t.Errorf("%d files lie in the evidence store", len(blobs))
	}
	c.Sound()
}

func blobsOf(t *testing.T, c *officetest.City) []string {
	t.Helper()
	blobs, err := filepath.Glob(filepath.Join(c.Dir, installation.EvidenceDir, "??", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return blobs
}

// TestMissingCharacter: a paper with a character no font has is not made; staff read which, and a font mends it.
func TestMissingCharacter(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Sorted()
	officer := c.As(officetest.Officer)
	done := c.Do(officer, id, "accept", map[string][]string{"scope": {"收费单上的“\U0002a6a5”字。"}})
	work(t, c)
	if st := c.State(id); st.Filed[done.Seq] != 0 {
		t.Error("it was made all the same")
	}
	v, err := c.Office.Document(t.Context(), officer, id, done.Seq)
	if err != nil || v.Missing != "\U0002a6a5" || v.MissingCode != "U+2A6A5" {
		t.Errorf("staff are told %q %s: %v", v.Missing, v.MissingCode, err)
	}
	var missing *document.MissingGlyph
	if _, _, err := c.Office.OpenDocument(t.Context(), officer, id, done.Seq); !errors.As(err, &missing) {
		t.Errorf("it opens: %v", err)
	}
	if text := missing.Error(); !strings.Contains(text, "U+2A6A5") || strings.Contains(text, "\U0002a6a5") {
		t.Errorf("logs and jobs would say %q", text)
	}
	c.Sound()
}

// TestVerifyPapers: one byte of a filed paper changed, or the file gone, and verification names it.
func TestVerifyPapers(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	work(t, c)
	if v := c.Sound(); v.Papers != 1 {
		t.Errorf("%d papers verified", v.Papers)
	}
	blob := blobsOf(t, c)[0]
	raw, err := os.ReadFile(blob)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Clone(raw)
	changed[len(changed)/2] ^= 1
	for want, damage := range map[string]func() error{
		"were changed": func() error { return os.WriteFile(blob, changed, 0o600) },
		"are missing":  func() error { return os.Remove(blob) },
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		v, err := c.Office.Verify(t.Context())
		if err != nil || len(v.Differences) != 1 || !strings.Contains(v.Differences[0], "paper "+id.String()) || !strings.Contains(v.Differences[0], want) {
			t.Errorf("%s: %v, %v", want, v.Differences, err)
		}
		if err := os.WriteFile(blob, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c.Sound()
}

// TestLazyPapers: where papers wait to be asked for, no work makes one, and asking does.
func TestLazyPapers(t *testing.T) {
	c := officetest.Open(t, installation.Options{Dir: t.TempDir(), LazyPapers: true})
	id, _ := c.Accepted()
	seq := acceptedAt(t, c, id)
	work(t, c)
	if st := c.State(id); st.Filed[seq] != 0 {
		t.Error("it was made unasked")
	}
	_, one := paperBytes(t, c, c.Filer(id), id, seq)
	_, two := paperBytes(t, c, c.As(officetest.Officer), id, seq)
	if !bytes.Equal(one, two) || c.State(id).Filed[seq] == 0 {
		t.Error("filer and officer are not given the same filed bytes")
	}
}
