package office_test

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/calendar"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
)

// Every word of these texts is invented. Where one bears the title of a real statute, only the title is real.
var inventedLaw = fstest.MapFS{
	"national/行政处罚法(2021-01-22).md": text("# 中华人民共和国行政处罚法\n\n2021年1月22日 编造的会议通过\n\n## 第一章 总则\n\n**第一条**　编造的第一条，关于石凳。\n\n" +
		"**第六十四条**　编造的听证规定：\n\n（一）石凳要平；\n\n编造的第二款。\n\n**第八十六条**　本法自2021年7月15日起施行。\n"),
	"national/行政处罚法(2009-08-27).txt": text("行政处罚法（2009年修正）\n第一条 编造的旧条文。\n第六十条之一 编造的旧石凳。\n"),
	"street/石凳条例.md":                 text("# 青溪市街巷石凳条例\n\n2019年3月2日编造的会议通过\n\n第一条 石凳要擦。\n\n第二条 本条例自2019年7月1日起施行。\n"),
	"street/石凳条例(抄).txt":             text("青溪市街巷石凳条例\n2019年3月2日编造的会议通过\n第一条 石凳不用擦。\n第二条 本条例自2019年7月1日起施行。\n"),
	"README.md":                      text("# 说明\n\n都是编造的。\n"), "sheet.xlsx": text("PK"), ".git/config.md": text("第一条"), "street/无日期条例.md": text("无日期条例\n第一条 甲。\n"),
	"link.md": {Mode: fs.ModeSymlink | 0o777}, "坏.docx": text("PK\x03\x04"),
}

func text(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s), Mode: 0o644} }

func imported(t *testing.T, o *office.Office, folder fs.FS) office.Imported {
	t.Helper()
	did, err := o.ImportStatutes(context.Background(), folder, func(done, all int, name string) {
		if done >= all || name == "" {
			t.Errorf("told %d of %d, %q", done, all, name)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return did
}

func TestImportStatutes(t *testing.T) {
	for name, open := range map[string]func(testing.TB) *officetest.City{"SQLite": officetest.New, "PostgreSQL": officetest.Postgres} {
		t.Run(name, func(t *testing.T) { importTwice(t, open(t)) })
	}
}

func importTwice(t *testing.T, city *officetest.City) {
	did := imported(t, city.Office, inventedLaw)
	if did.Files != 7 || did.Texts != 2 || did.Versions != 3 || did.Articles != 7 || did.Added != 3 || did.Replaced+did.Unchanged != 0 {
		t.Errorf("did %+v", did)
	}
	unread := said(did.Unread)
	for _, want := range []string{"README.md: holds no article", "link.md: is no file of its own", "坏.docx: is broken", "street/无日期条例.md: says no day", "street/石凳条例.md: gives other words for 青溪市街巷石凳条例 of 2019-07-01 than \"street/石凳条例(抄).txt\""} {
		if !strings.Contains(unread, want) {
			t.Errorf("not told: %s\n%s", want, unread)
		}
	}
	if len(did.Unread) != 5 {
		t.Errorf("unread: %s", unread)
	}
	notes := said(did.Notes)
	for _, want := range []string{"行政处罚法(2009-08-27).txt: does not say since when", "行政处罚法(2009-08-27).txt: has no article 2-59", "行政处罚法(2021-01-22).md: has no article 2-63, 65-85"} {
		if !strings.Contains(notes, want) {
			t.Errorf("not told: %s\n%s", want, notes)
		}
	}

	// The same folder again changes nothing; other words of a version take its place.
	again := imported(t, city.Office, inventedLaw)
	if again.Added+again.Replaced != 0 || again.Unchanged != 3 || again.Versions != 3 {
		t.Errorf("again: %+v", again)
	}
	changed := imported(t, city.Office, fstest.MapFS{"a.md": text("青溪市街巷石凳条例\n2019年3月2日通过\n第一条 石凳改了。\n第二条 本条例自2019年7月1日起施行。\n")})
	if changed.Replaced != 1 || changed.Added+changed.Unchanged != 0 {
		t.Errorf("changed: %+v", changed)
	}

	// Who did it is kept.
	err := city.DB.Read(context.Background(), func(q *store.Query) error {
		list, err := q.StatuteImports(context.Background(), "xzcf")
		if len(list) != 2 || list[0].Actor != "operator" || !list[0].At.Equal(officetest.Start) || list[0].Source != "national/行政处罚法(2009-08-27).txt" {
			t.Errorf("noted %+v", list)
		}
		versions, err2 := q.StatuteVersions(context.Background(), "xzcf")
		if len(versions) != 2 || versions[0].Day != calendar.New(2009, 8, 27) || versions[0].Effective || versions[1].Day != calendar.New(2021, 7, 15) || !versions[1].Effective {
			t.Errorf("versions %+v", versions)
		}
		if err == nil {
			err = err2
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func said(list []office.FileNote) string {
	var lines []string
	for _, n := range list {
		lines = append(lines, n.Name+": "+n.Text)
	}
	return strings.Join(lines, "\n")
}

// Provisions that the law cites and the text does not have are listed, with what of them is not there; and statutes
// of which the version cited was not imported.
func TestAbsentCites(t *testing.T) {
	city := officetest.New(t)
	did := imported(t, city.Office, inventedLaw)
	what := map[string]string{}
	for _, a := range did.Absent {
		what[a.Ref] = a.What
		if a.Of != calendar.New(2021, 7, 15) || a.Name == "" {
			t.Errorf("absent %+v", a)
		}
	}
	for ref, want := range map[string]string{"xzcf/22": "article", "xzcf/64.1.1": "", "xzcf/64.1.2": "item"} {
		if what[ref] != want {
			t.Errorf("%s: no such %q, want %q", ref, what[ref], want)
		}
	}
	if !slices.ContainsFunc(did.Unheld, func(u office.UnheldStatute) bool { return u.Key == "xzfy" && u.Others == 0 }) {
		t.Error("a statute without a text is not told")
	}
	if slices.ContainsFunc(did.Unheld, func(u office.UnheldStatute) bool { return u.Key == "xzcf" || u.Key == "ptsd" }) {
		t.Error("told as not imported what is, or what is no law")
	}
}
