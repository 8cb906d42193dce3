package office_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
)

func TestDestroy(t *testing.T)         { destroy(t, officetest.New(t)) }
func TestDestroyPostgres(t *testing.T) { destroy(t, officetest.Postgres(t)) }

var carryOut = map[string][]string{"sure": {"true"}}

// ended files a named report that tells something and brings it to its end.
func ended(c *officetest.City, account string) matter.ID {
	fields := officetest.Report()
	fields["identity"], fields["name"], fields["phone"], fields["account"] = []string{"named"}, []string{"关淑贞"}, []string{"13802345678"}, []string{account}
	return c.RefusedAs(fields)
}

// later sets the clock to so many years and a day after the start.
func later(c *officetest.City, years int) { c.Clock.Set(officetest.Start.AddDate(years, 0, 1)) }

// sealedOf are the sealed bytes of a matter as they lie in the database, and the files of its parts.
func bytesOf(t *testing.T, c *officetest.City, id matter.ID) (sealed [][]byte) {
	t.Helper()
	if err := c.DB.Read(t.Context(), func(q *store.Query) error {
		return q.EachPart(t.Context(), id, func(p store.StoredPart) error {
			sealed = append(sealed, p.Ciphertext, p.Wrapped)
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	return sealed
}

func blobs(t *testing.T, c *officetest.City) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(filepath.Join(c.Dir, installation.EvidenceDir), func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out = append(out, e.Name())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What was approved goes, whoever held its keys, and everything that repeats it; what stays proves what there was, and
// verification finds nothing.
func destroy(t *testing.T, c *officetest.City) {
	id, other := ended(c, "他们搬走了三张折叠桌，木薯糖也搬走了。"), ended(c, "他们搬走了冰柜，木薯糖也搬走了。")
	work(t, c)
	before, sealed, files := c.State(id), bytesOf(t, c, id), blobs(t, c)
	for range 2 {
		if got := foundBy(t, c, "折叠桌"); !slices.Contains(got, id) {
			t.Fatalf("found %v before", got)
		}
	}
	later(c, 10)
	c.Know()
	list := c.Approved("whole", id, other)
	hold(t, c, other)
	var refused *office.Refused
	if _, err := c.Office.Perform(t.Context(), c.As(officetest.Archivist), office.Act{Matter: list, Act: "carry_out", Fields: carryOut}); !errors.As(err, &refused) || !strings.Contains(refused.View.Said(), "暂停销毁") {
		t.Fatalf("carried out with a matter on hold: %v", err)
	}
	c.Do(c.As(officetest.Archivist), list, "keep", map[string][]string{"matters": {other.String()}, "keep_reason": {"法院要用。"}})
	c.Do(c.As(officetest.Archivist), list, "carry_out", carryOut)
	work(t, c)
	work(t, c)

	st := c.State(list)
	if st.Stage != "destroyed" || !slices.Equal(st.Facts.List("destroyed"), []string{id.String()}) || st.Facts.List("left_out") != nil {
		t.Fatalf("the list stands at %s: %v, %v", st.Stage, st.Facts.List("destroyed"), st.Facts.List("left_out"))
	}
	after := c.State(id)
	if len(after.Destroyed) != 1 || after.Destroyed[0].Certificate != st.Number("matter") || after.Destroyed[0].List != list.String() {
		t.Fatalf("destroyed: %+v", after.Destroyed)
	}
	if after.Stage != before.Stage || after.Acted != before.Acted {
		t.Errorf("the matter moved from %s/%d to %s/%d", before.Stage, before.Acted, after.Stage, after.Acted)
	}
	if left := bytesOf(t, c, id); len(left) != 0 {
		t.Errorf("%d parts are left", len(left)/2)
	}
	if got := foundBy(t, c, "折叠桌"); slices.Contains(got, id) {
		t.Error("its words are still found")
	}
	if got := foundBy(t, c, "木薯糖"); !slices.Equal(got, []matter.ID{other}) {
		t.Errorf("found %v by the words of both", got)
	}
	there := blobs(t, c)
	if gone := slices.DeleteFunc(files, func(f string) bool { return slices.Contains(there, f) }); len(gone) != 3 { // original, clean copy, paper
		t.Errorf("%d files are gone", len(gone))
	}
	nowhere(t, c, id, sealed)
	c.Sound()
	certificate(t, c, list, id)
	instead(t, c, id)
}

// instead: pages say in place of what was destroyed that it was, when and by which certificate, to the office and to the filer.
func instead(t *testing.T, c *officetest.City, id matter.ID) {
	t.Helper()
	const gone = "已依法销毁（2036年9月22日，江蓬档销〔2036〕1号）"
	v, err := c.Office.Matter(t.Context(), c.As(officetest.Head), id)
	if err != nil || len(v.Gone) != 1 || !strings.Contains(v.Gone[0], "江蓬档销〔2036〕1号") {
		t.Fatalf("%q, %v", v.Gone, err)
	}
	if !slices.ContainsFunc(v.Fields, func(f office.PartyField) bool { return f.Value == gone }) || v.Filer != gone || len(v.Files) > 0 {
		t.Errorf("the office reads %+v, %q, files %v", v.Fields, v.Filer, v.Files)
	}
	if i := slices.IndexFunc(v.Timeline, func(i office.TimelineItem) bool { return i.Number == "江蓬档销〔2036〕1号" }); i < 0 || v.Timeline[i].Title != "依法销毁" {
		t.Errorf("the timeline does not say so: %+v", v.Timeline)
	}
	if len(v.Documents) != 1 || v.Documents[0].Gone != gone {
		t.Fatalf("papers: %+v", v.Documents)
	}
	for who, r := range map[string]office.Reader{"the office": c.As(officetest.Head), "the filer": c.Filer(id)} {
		d, err := c.Office.Document(t.Context(), r, id, v.Documents[0].Seq)
		if err != nil || len(d.Paper.Body) != 1 || d.Paper.Body[0].Text != gone {
			t.Errorf("%s reads as paper %+v, %v", who, d.Paper, err)
		}
		if _, _, err := c.Office.OpenDocument(t.Context(), r, id, v.Documents[0].Seq); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("%s opens the paper: %v", who, err)
		}
	}
	filer, err := c.Office.Track(t.Context(), c.Filer(id))
	if err != nil || len(filer.Gone) != 1 || len(filer.Files) > 0 {
		t.Errorf("the filer reads %q, %v", filer.Gone, err)
	}
	_, entries, err := c.Office.Record(t.Context(), c.As(officetest.Head), id)
	if err != nil || entries[0].Gone != gone || len(entries[0].Classes) == 0 || entries[len(entries)-1].Label != "依法销毁" {
		t.Errorf("the record: %+v, %v", entries[0], err)
	}
	if _, err := c.Office.ReceiptFile(t.Context(), c.Filer(id)); err != nil {
		t.Errorf("the receipt: %v", err)
	}
}

// What is sealed may go earlier and alone; the rest is still read, and goes in its own time.
func TestDestroySealedFirst(t *testing.T) {
	c := officetest.New(t)
	id := ended(c, "他们搬走了三张折叠桌。")
	work(t, c)
	var bad *office.Refused
	_, err := c.Office.Perform(t.Context(), c.As(officetest.Archivist), office.Act{Procedure: "register.destruction", Act: "draw_up",
		Fields: map[string][]string{"kind": {"supervision.complaint"}, "scope": {"sealed"}, "listed": {id.String()}}})
	if !errors.As(err, &bad) || bad.View.Cite.Text == "" {
		t.Fatalf("listed before its time: %v", err)
	}
	later(c, 3)
	c.Know()
	c.Destroyed("sealed", id)
	v, err := c.Office.Matter(t.Context(), c.As(officetest.Head), id)
	if err != nil || len(v.Gone) != 1 || !strings.Contains(v.Gone[0], "提交人身份") || !strings.Contains(v.Filer, "已依法销毁") {
		t.Fatalf("%q, %q, %v", v.Gone, v.Filer, err)
	}
	if !slices.ContainsFunc(v.Fields, func(f office.PartyField) bool { return f.Value == "他们搬走了三张折叠桌。" }) || len(v.Files) != 1 {
		t.Errorf("more than what is sealed went: %+v, files %v", v.Fields, v.Files)
	}
	if got := foundBy(t, c, "折叠桌"); !slices.Contains(got, id) {
		t.Error("what is left is not found any more")
	}
	nowhere(t, c, id, nil)
	c.Sound()
	later(c, 10)
	c.Know()
	c.Destroyed("whole", id)
	if got := bytesOf(t, c, id); len(got) > 0 || len(c.State(id).Destroyed) != 2 {
		t.Errorf("%d parts left", len(got)/2)
	}
	c.Sound()
}

// What is put on hold between the order and the work stays, and the certificate says so.
func TestHeldMeanwhile(t *testing.T) {
	c := officetest.New(t)
	id, other := c.Refused(), c.Refused()
	work(t, c)
	later(c, 10)
	c.Know()
	list := c.Approved("whole", id, other)
	c.Do(c.As(officetest.Archivist), list, "carry_out", carryOut)
	on := hold(t, c, other)
	work(t, c)
	st := c.State(list)
	if !slices.Equal(st.Facts.List("destroyed"), []string{id.String()}) || !slices.Equal(st.Facts.List("left_out"), []string{other.String()}) || len(bytesOf(t, c, other)) == 0 {
		t.Errorf("destroyed %v, left %v", st.Facts.List("destroyed"), st.Facts.List("left_out"))
	}
	c.Do(c.As(officetest.Head), on, "lift", map[string][]string{"reason": {"判决生效。"}})
	c.Destroyed("whole", other)
	c.Sound()
}

// nowhere looks for what was destroyed in the tables that repeat it and, on SQLite, in the bytes of the files.
func nowhere(t *testing.T, c *officetest.City, id matter.ID, sealed [][]byte) {
	t.Helper()
	if err := c.DB.Read(t.Context(), func(q *store.Query) error {
		numbers, err := q.PersonalOf(t.Context(), id)
		if len(numbers) > 0 {
			t.Error("it is still found by a number")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if c.DB.Driver() == store.Postgres {
		return
	}
	for _, name := range []string{installation.DatabaseFile, installation.DatabaseFile + "-wal"} {
		raw, err := os.ReadFile(filepath.Join(c.Dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sealed {
			for at := 0; at+16 <= len(s); at += 16 {
				if bytes.Contains(raw, s[at:at+16]) {
					t.Fatalf("%s still holds bytes of what was destroyed", name)
				}
			}
		}
	}
}

// certificate holds the paper to what it certifies.
func certificate(t *testing.T, c *officetest.City, list, id matter.ID) {
	t.Helper()
	head := c.As(officetest.Head)
	v, err := c.Office.Matter(t.Context(), head, list)
	if err != nil || len(v.Documents) != 1 {
		t.Fatalf("%d papers, %v", len(v.Documents), err)
	}
	d, err := c.Office.Document(t.Context(), head, list, v.Documents[0].Seq)
	if err != nil {
		t.Fatal(err)
	}
	text := d.Paper.Issuer + d.Paper.Title + d.Paper.Number + d.Paper.Day
	for _, p := range d.Paper.Body {
		text += p.Text + "\n"
	}
	for _, want := range []string{"卷宗销毁证明", "江蓬档销〔2036〕1号", "顾文岚", "甄若棠", "2036年9月22日", "整个卷宗", id.String(), c.State(id).Number("matter"), "1件"} {
		if !strings.Contains(text, want) {
			t.Errorf("the certificate does not say %q:\n%s", want, text)
		}
	}
	if d.Filed == nil {
		t.Error("the certificate was not filed")
	}
}

func foundBy(t *testing.T, c *officetest.City, text string) []matter.ID {
	t.Helper()
	l, err := c.Office.List(t.Context(), c.As(officetest.Head), office.Filter{Query: text, Scope: "all", Closed: "all", Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	var out []matter.ID
	for _, b := range l.Rows {
		out = append(out, b.ID)
	}
	return out
}

func hold(t *testing.T, c *officetest.City, id matter.ID) matter.ID {
	t.Helper()
	done, err := c.Office.Perform(t.Context(), c.As(officetest.Archivist), office.Act{Procedure: "register.hold", Act: "hold",
		Fields: map[string][]string{"matter": {id.String()}, "ground": {"litigation"}, "asked_by": {"蓬江区人民法院"}, "hold_reason": {"要调取。"}}})
	if err != nil {
		t.Fatal(err)
	}
	return done.Matter
}
