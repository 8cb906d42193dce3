package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/document"
)

// TestExistingJourney: whoever handles a complaint sends files of several kinds at once; each shows how far it is, what is
// refused says why and stays to be read, the others are sorted, kept, and taken in; the page of the matter lists them.
func TestExistingJourney(t *testing.T) {
	j := newJourney(t)
	id, _ := j.Accepted()
	dir := t.TempDir()
	fonts, err := document.OpenFonts(nil)
	must(t, err)
	pdf, err := fonts.PDF(document.Paper{Form: document.Sheet, Issuer: "蓬江区城市管理和综合执法局", Title: "询问笔录", Number: "蓬城询〔2026〕7号", Body: []document.Block{{Text: "询问时间：2026年1月13日。被询问人承认堆放渣土。"}}})
	must(t, err)
	var files []string
	for name, content := range map[string][]byte{"1 询问笔录.pdf": pdf, "2 现场照片.png": photo(t, "现场"), "3 又一份.png": photo(t, "现场"), "4 扫描.tif": append([]byte("II*\x00"), make([]byte, 500)...)} {
		files = append(files, filepath.Join(dir, name))
		must(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
	}
	p := j.as("he-yuning", deskPath(id))
	p.Sees("导入已有材料")
	p = j.as("he-yuning", deskPath(id)+"/import")
	p.Check("existing-empty")
	p.Upload("#file", files...)
	waitFor(t, "three files have come and one was refused", func() bool {
		v, err := j.Office.Existing(t.Context(), j.As("he-yuning"), id, false)
		return err == nil && len(v.Rows) == 3 && strings.Contains(p.Text("main"), "TIFF")
	})
	p.Check("existing-refused")
	p.ConsoleErrors() // 413 for the picture that was refused
	p = j.as("he-yuning", deskPath(id)+"/import")
	p.Sees("询问笔录", "只收一次", "按正文")
	p.Check("existing-sort")
	for _, view := range []browser.View{browser.Phone, browser.Narrow.InDark()} {
		q := j.b.Page(view)
		j.tabs["he-yuning"] = q
		j.as("he-yuning", deskPath(id)+"/import").Check("existing-sort-" + view.Name)
	}
	p = j.as("he-yuning", deskPath(id)+"/import")
	p.Click("button[value=take]")
	p.Sees("请选择")
	p.Check("existing-wrong")
	v, err := j.Office.Existing(t.Context(), j.As("he-yuning"), id, false)
	must(t, err)
	for _, row := range v.Rows {
		if row.Said["sort"] == "" && row.Twice == "" {
			p.Fill(`[id="said.sort.`+row.ID+`"]`, "documentary")
		}
	}
	p.Click("button[value=take]")
	waitFor(t, "the order is done", func() bool {
		must(t, j.Office.Work(t.Context()))
		m, err := j.Office.Matter(t.Context(), j.As("he-yuning"), id)
		return err == nil && len(m.Existing) == 2
	})
	p = j.as("he-yuning", deskPath(id))
	p.Sees("历史材料", "询问笔录")
	p.Check("existing-taken")
}

// waitFor waits until something is so.
func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !is(); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not so: %s", what)
		}
	}
}
