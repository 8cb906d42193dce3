package office_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// manyRows is how many rows the long table has; YIFA_IMPORT_ROWS makes it longer.
func manyRows() int {
	if n, err := strconv.Atoi(os.Getenv("YIFA_IMPORT_ROWS")); err == nil {
		return n
	}
	return 450
}

func upload(text string) office.Upload {
	return office.Upload{Name: "a.csv", Body: strings.NewReader(text)}
}

// A long table is done in parts, each row by an act of its own, and a second time writes nothing.
func TestImportMany(t *testing.T) {
	c, ctx := officetest.New(t), t.Context()
	admin := c.As("luo-jingyi")
	head := "number,person,kind,organ,from,until\n"
	var text strings.Builder
	text.WriteString(head)
	for i := range manyRows() {
		fmt.Fprintf(&text, "J-%06d,he-yuning,enforcement,440703-sfj,2026-09-01,2031-09-01\n", i)
	}
	begun := time.Now()
	id, err := c.Office.Import(ctx, admin, office.ImportCertificates, "核对原件", upload(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	read := time.Since(begun)
	wantIs(t, "somebody else's", c.Office.StartImport(ctx, c.As("situ-mingche"), id), office.ErrNotFound)
	wantIs(t, "start", c.Office.StartImport(ctx, admin, id), nil)
	wantIs(t, "start again", c.Office.StartImport(ctx, admin, id), office.ErrNotFound)
	wantIs(t, "work", c.Office.Work(ctx), nil)
	v, err := c.Office.Order(ctx, admin, id)
	if err != nil || v.Done != manyRows() || v.Failed != 0 || v.State != office.OrderDone {
		t.Fatalf("%d done, %d failed, %s, %v: %+v", v.Done, v.Failed, v.State, err, v.Lines[:1])
	}
	t.Logf("%d rows read and checked in %s, done in %s", manyRows(), read, time.Since(begun)-read)
	id, err = c.Office.Import(ctx, admin, office.ImportCertificates, "核对原件", upload(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	if v, err = c.Office.Order(ctx, admin, id); err != nil || v.Import.Same != manyRows() || v.Total != 0 {
		t.Errorf("a second time: %+v, %v", v.Import, err)
	}
	wantIs(t, "nothing to start", c.Office.StartImport(ctx, admin, id), office.ErrNotFound)
	c.Sound()
}

// A program that is stopped in the middle of an import goes on where it was: no account is made twice, and none is missing.
func TestImportStopped(t *testing.T) {
	c, ctx := officetest.New(t), t.Context()
	admin := c.As("luo-jingyi")
	text := "name,login,account,organ,role,from\n辛一,xinyi,yes,440703-sfj,organ_contact,2026-09-01\n辛二,xiner,yes,440703-sfj,organ_contact,2026-09-01\n"
	id, err := c.Office.Import(ctx, admin, office.ImportPeople, "蓬司〔2026〕9号", upload(text))
	wantIs(t, "import", err, nil)
	// As if the account had been made and the program stopped before it was noted.
	_, err = c.Office.CreateAccount(ctx, admin, office.NewAccount{Login: "xinyi", Name: "辛一", Organ: "440703-sfj", Reason: "蓬司〔2026〕9号"})
	wantIs(t, "create", err, nil)
	wantIs(t, "start", c.Office.StartImport(ctx, admin, id), nil)
	wantIs(t, "work", c.Office.Work(ctx), nil)
	v, err := c.Office.Order(ctx, admin, id)
	if err != nil || v.Done != 4 || v.Failed != 0 || v.Given != 1 {
		t.Errorf("%d done, %d failed, %d passwords, %v", v.Done, v.Failed, v.Given, err)
	}
	given, err := c.Office.TakeGiven(ctx, admin, id)
	if err != nil || len(given) != 1 || given[0].Login != "xiner" {
		t.Errorf("%v, %v", given, err)
	}
	c.Sound()
}
