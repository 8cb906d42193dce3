package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yifa/internal/backup"
	"yifa/internal/browser"
	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// TestDestructionJourney: an archivist lists by page what is past its term, appraises it, a head approves, it is destroyed,
// every page says so, verification finds nothing; and an older backup that is restored has it destroyed again.
func TestDestructionJourney(t *testing.T) {
	j := &journey{town: open(t), b: browser.New(t), tabs: map[string]*browser.Page{}, lang: i18n.ZhHans}
	j.at = j.url
	id := j.Refused()
	j.work()
	backups, identity := t.TempDir(), filepath.Join(t.TempDir(), "backup.identity")
	_, recipient, _ := yifa(t, "backup", "--new-identity", identity)
	save := []string{"backup", "--data", j.Dir, "--to", backups, "--recipient", strings.TrimSpace(recipient)}
	if code, _, stderr := yifa(t, save...); code != 0 {
		t.Fatal(stderr)
	}
	old, err := backup.List(backups)
	must(t, err)
	j.Clock.Set(officetest.Start.AddDate(10, 0, 1))
	j.Know()
	for _, person := range []string{officetest.Archivist, officetest.Head} {
		must(t, j.Office.PutPerson(t.Context(), office.Person{ID: person, Login: person, Name: person, Password: demo.Password}))
		j.tabs[person] = j.b.Page(browser.Desktop)
	}

	p := j.as(officetest.Archivist, "/desk/archive")
	p.Check("archive")
	p.Click(`form:has(input[value="whole"]) button`)
	if !strings.Contains(p.Text("main"), "还没有鉴定") {
		t.Fatalf("no list was drawn up: %s\n%s", p.URL(), p.Text("main"))
	}
	p.Check("archive-list")
	list, err := matter.ParseID(p.URL()[strings.LastIndex(p.URL(), "/")+1:])
	must(t, err)
	p.Press("#m-" + id.String())
	p.Click(`button[value="clear"]`)
	if !strings.Contains(p.Text("main"), "可以销毁") {
		t.Fatalf("not appraised:\n%s", p.Text("main"))
	}
	j.does(officetest.Archivist, list, "submit")
	if p := j.as(officetest.Archivist, deskPath(list)+"/acts/approve"); p.Status() == 200 {
		t.Error("the archivist may approve")
	}
	j.does(officetest.Head, list, "approve", "seen=true")
	j.does(officetest.Archivist, list, "carry_out", "sure=true")
	j.work()

	p = j.as(officetest.Head, deskPath(id))
	p.Check("destroyed")
	if text := p.Text("main"); !strings.Contains(text, "已依法销毁") || !strings.Contains(text, "江蓬档销〔2036〕1号") || strings.Contains(text, "折叠桌") {
		t.Errorf("the page of the matter says:\n%s", text)
	}
	p = j.as(officetest.Archivist, "/desk/archive/"+list.String())
	p.Check("destroyed-list")
	if text := p.Text("main"); !strings.Contains(text, "卷宗销毁证明") || !strings.Contains(text, "已销毁") {
		t.Errorf("the list says:\n%s", text)
	}
	j.Sound()

	dir := t.TempDir()
	key, err := os.ReadFile(filepath.Join(j.Dir, installation.KeyFile))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, installation.KeyFile), key, 0o600))
	code, stdout, stderr := yifa(t, "restore", filepath.Join(backups, old[0].Name), "--identity", identity, "--data", dir,
		"--destroyed", filepath.Join(j.Dir, installation.DestroyedFile))
	if code != 0 || !strings.Contains(stdout, "destroyed again: 1 matters") || !strings.Contains(stdout, "nothing differs") || parts(t, dir, id) != 0 {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
}
