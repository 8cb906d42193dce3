package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// A receipt is checked with the file alone; whatever is changed in it is told; a checkpoint kept later confirms it.
func TestVerifyReceipt(t *testing.T) {
	c := officetest.New(t)
	report := officetest.Report()
	report["identity"], report["name"] = []string{"named"}, []string{"陈某"}
	filed := c.File(report)
	dir := t.TempDir()
	at := func(name string, body []byte, err error) string {
		t.Helper()
		must(t, err)
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, body, 0o600))
		return path
	}
	check := func(want int, says string, args ...string) {
		t.Helper()
		code, stdout, stderr := yifa(t, append([]string{"verify"}, args...)...)
		if code != want || !strings.Contains(stdout+stderr, says) {
			t.Errorf("%v: exit %d, want %q:\n%s%s", args, code, says, stdout, stderr)
		}
	}
	body, err := c.Office.ReceiptFile(t.Context(), c.Filer(filed.ID))
	check(0, "本站签名承诺", "--receipt", at("promised.json", body, err))
	if _, err := c.Office.Ledger().Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	body, err = c.Office.ReceiptFile(t.Context(), c.Filer(filed.ID))
	proven := at("proven.json", body, err)
	check(0, "他们没有出示证件，搬走了三张折叠桌。", "--receipt", proven)
	check(0, "核对一致。", "--receipt", proven)
	check(0, "The receipt holds.", "--receipt", proven, "--lang", "en")
	if strings.Contains(string(body), "陈某") {
		t.Error("the receipt names who filed")
	}
	answered, _ := c.Answered()
	must(t, c.Office.Work(t.Context()))
	if _, err := c.Office.Ledger().Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	paper, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), answered)
	must(t, err)
	letter := paper.Documents[0].Seq
	proof, err := c.Office.PaperProof(t.Context(), c.As(officetest.Officer), answered, letter)
	paperProof := at("paper.json", proof, err)
	_, bytesOf, err := c.Office.OpenDocument(t.Context(), c.As(officetest.Officer), answered, letter)
	must(t, err)
	pdf, err := io.ReadAll(bytesOf)
	check(0, "一个字节都没有变", "--receipt", paperProof, "--file", at("paper.pdf", pdf, err))
	check(1, "或者改过", "--receipt", paperProof, "--file", at("other.pdf", pdf[1:], nil))
	check(1, "或者改过", "--receipt", proven, "--file", filepath.Join(dir, "paper.pdf"))
	if _, err := c.Office.PaperProof(t.Context(), c.As(officetest.Stranger), answered, letter); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("a stranger is given the proof: %v", err)
	}
	kept, err := c.Office.Ledger().Checkpoint(t.Context())
	kept1 := at("kept", kept, err)
	size := strings.Split(string(kept), "\n")[1]
	c.File(report)
	if _, err := c.Office.Ledger().Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	newer, err := c.Office.Ledger().Checkpoint(t.Context())
	check(1, "/log/since/"+size, "--receipt", proven, "--checkpoint", at("bare", newer, err))
	n := 0
	for _, d := range size {
		n = n*10 + int(d-'0')
	}
	step, err := c.Office.Ledger().Since(t.Context(), int64(n))
	check(0, "都原样在里面", "--receipt", proven, "--checkpoint", at("step", step.Marshal(), err))
	forged := strings.Replace(string(body), "三张折叠桌", "四张折叠桌", 1)
	check(1, "核对不一致", "--receipt", at("forged.json", []byte(forged), nil))
	check(1, "核对不一致", "--receipt", proven, "--log-key", "elsewhere+5a2f3e0c+AdSKYdKxPQMWlWnMlpRwk4l1Yb8pIr4C3bFqyN5MSmb0")
	check(1, "no receipt file", "--receipt", kept1)
	c.National()
	if filed = c.File(report); filed.ID != 0 {
		_, err = c.Office.Ledger().Step(t.Context())
		must(t, err)
	}
	body, err = c.Office.ReceiptFile(t.Context(), c.Filer(filed.ID))
	both := at("both.json", body, err)
	check(0, "SM2 签名也核对一致", "--receipt", both)
	check(0, "国密公钥（SM2）", "--receipt", both)
	c.Shut()
	check(0, "begins with all the "+size+" entries", "--data", c.Dir, "--checkpoint", kept1)
	check(1, "not a checkpoint of this log", "--data", c.Dir, "--checkpoint", at("other", []byte(strings.Replace(string(kept), "\n"+size+"\n", "\n1\n", 1)), nil))
}
