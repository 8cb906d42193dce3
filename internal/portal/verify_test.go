package portal

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"yifa/internal/browser"
	"yifa/internal/ledger"
	"yifa/internal/vault"
	"yifa/internal/web/webtest"
)

// A person downloads her receipt and checks it in the browser: promised at first, then proven, still so after the log has
// grown, and told when a character of it was changed. The file is never sent.
func TestVerify(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.fill(draft, nil)
	v.Post(draft+"who", url.Values{"identity": {"named"}, "name": {"陈某"}, "phone": {"13800000000"}, "lang": {"zh-Hans"}}).Leads(t, "/check")
	code := v.submit(draft)
	v.Get(draft+"receipt").Is(t, http.StatusOK, draft+"receipt/file", "下载回执文件")
	slip := v.Get(draft+"receipt/file").Is(t, http.StatusOK, "yifa-receipt")
	if strings.Contains(slip.Body, "折叠桌") || slip.Header.Get("Cache-Control") != "no-store" {
		t.Error("the address of a draft tells what was written")
	}
	v.Track(code)
	v.Get("/track/matter").Is(t, http.StatusOK, "/track/receipt")
	p := browser.New(t).Page(browser.Phone)
	check := func(a webtest.Answer, says ...string) {
		t.Helper()
		path := filepath.Join(t.TempDir(), "yifa-receipt.json")
		must(t, os.WriteFile(path, []byte(a.Body), 0o600))
		p.Goto(s.URL + "/verify")
		p.Upload("#receipt-file", path)
		waits(t, p, says...)
	}
	promised := v.Get("/track/receipt").Is(t, http.StatusOK, "折叠桌")
	check(promised, "文件没有改过，签名有效", "本站签名承诺")
	s.logs(t)
	proven := v.Get("/track/receipt").Is(t, http.StatusOK, "c2sp.org/tlog-proof@v1")
	if !strings.Contains(proven.Header.Get("Content-Disposition"), "attachment") || strings.Contains(proven.Body, "陈某") {
		t.Error("the receipt names who filed, or opens as a page")
	}
	check(proven, "核对一致。", "他们说占道，直接把三张折叠桌搬上车。", "已在日志第", "还有 1 部分内容")
	p.Check("verify-proven")
	s.city.National()
	for range 3 { // sizes around a power of two prove consistency in different ways
		other := s.visitor()
		again := other.begin()
		other.fill(again, nil)
		other.Post(again+"who", url.Values{"identity": {"named"}, "name": {"陈某"}, "lang": {"zh-Hans"}}).Leads(t, "/check")
		other.submit(again)
		s.logs(t)
		check(proven, "核对一致。")
		p.Press("text:再和本站现在的日志比一比")
		waits(t, p, "都原样在里面")
	}
	national := v.Get("/track/receipt").Is(t, http.StatusOK, "key_sm2")
	check(national, "核对一致。", "这里核对的是 Ed25519 签名")
	forged := proven
	forged.Body = strings.Replace(proven.Body, "三张折叠桌", "四张折叠桌", 1)
	check(forged, "核对不一致")
	forged.Body = strings.Replace(proven.Body, "index ", "index 1", 1)
	check(forged, "核对不一致")
	forged.Body = strings.Replace(promised.Body, `\n90\n`, `\n900\n`, 1)
	check(forged, "核对不一致")
	forged.Body = elsewhere(t)
	check(forged, "不是本站日志的")
	forged.Body = "{}"
	check(forged, "这不是回执文件")
	p.Check("verify-no-receipt")
	bare := browser.New(t).Page(browser.Narrow.WithoutScript())
	bare.Goto(s.URL + "/verify")
	bare.Sees("yifa verify --receipt yifa-receipt.json", "要用 JavaScript")
	bare.Check("verify-no-script")
}

// elsewhere is a receipt that agrees with itself, of a log that anybody could make.
func elsewhere(t *testing.T) string {
	t.Helper()
	key := filepath.Join(t.TempDir(), "key")
	must(t, vault.Create(key, vault.Common))
	v, err := vault.Open(key)
	must(t, err)
	signer, err := v.NoteSigners("elsewhere")
	must(t, err)
	vkey, err := v.NoteVerifierKey("elsewhere")
	must(t, err)
	header, salt := `{"matter":"0000000000000","seq":1,"act":"file_report","recorded":"2026-09-23T12:14:10Z"}`, []byte("salt")
	leaf := ledger.Leaf(salt, []byte(header))
	signed, err := note.Sign(&note.Note{Text: ledger.Checkpoint{Origin: "elsewhere", Size: 1, Root: tlog.RecordHash(leaf[:])}.Text()}, signer...)
	must(t, err)
	text, err := json.Marshal(ledger.Receipt{Type: ledger.ReceiptType, Format: 1, Log: "elsewhere", Key: vkey,
		Entries: []ledger.Receipted{{Header: header, Salt: salt, Proof: string(ledger.Proof{Checkpoint: signed}.Marshal())}}})
	must(t, err)
	return string(text)
}

// logs brings into the log what may enter it.
func (s *site) logs(t *testing.T) {
	t.Helper()
	if n, err := s.city.Office.Ledger().Step(t.Context()); err != nil || n == 0 {
		t.Fatalf("%d entries logged, %v", n, err)
	}
}

// waits until a page shows texts that a script writes.
func waits(t *testing.T, p *browser.Page, texts ...string) {
	t.Helper()
	for until := time.Now().Add(10 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		shown, all := p.Text("body"), true
		for _, text := range texts {
			all = all && strings.Contains(shown, text)
		}
		if all {
			return
		}
	}
	p.Sees(texts...)
}

// A letter comes with a file that proves it, in the browser too; another paper, or one of which a byte was changed, is told.
func TestVerifyPaper(t *testing.T) {
	s := open(t, noLimits)
	id, receipt := s.city.Answered()
	v := s.visitor()
	v.Track(receipt.Code)
	must(t, s.city.Office.Work(t.Context()))
	letter := ""
	for _, f := range strings.Split(v.Get("/track/matter").Is(t, http.StatusOK).Body, `href="`) {
		if path, _, _ := strings.Cut(f, `"`); strings.HasPrefix(path, "/track/documents/") {
			letter = path
		}
	}
	v.Get(letter).Is(t, http.StatusOK, letter+"/proof", "下载证明文件")
	proof := v.Get(letter+"/proof").Is(t, http.StatusOK, "promise", "sha256") // of an anonymous matter: in the log at the end of its minute
	for _, person := range []string{"he-yuning", "zhen-ruotang", id.String() + "x"} {
		if strings.Contains(proof.Body, person) {
			t.Errorf("the proof names %s", person)
		}
	}
	dir := t.TempDir()
	at := func(name, body string) string {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600))
		return filepath.Join(dir, name)
	}
	pdf := v.Get(letter+"/pdf").Is(t, http.StatusOK).Body
	p := browser.New(t).Page(browser.Desktop)
	for _, c := range []struct{ name, pdf, says string }{{"same", pdf, "一个字节都没有变"}, {"changed", pdf + " ", "或者改过"}} {
		p.Goto(s.URL + "/verify")
		p.Upload("#named-file", at(c.name+".pdf", c.pdf))
		p.Upload("#receipt-file", at("yifa-receipt.json", proof.Body))
		waits(t, p, "签名有效", "文书存档", c.says)
	}
	p.Check("verify-paper")
	s.visitor().Get(letter+"/proof").Leads(t, "said=ended")
}

// Who came in person is given the proof too: by the code on her slip she gets what was written down for her, and when.
func TestVerifyRecorded(t *testing.T) {
	s := open(t, noLimits)
	done := s.city.Record()
	s.logs(t)
	v := s.visitor()
	v.Track(done.Code)
	file := v.Get("/track/receipt").Is(t, http.StatusOK, "c2sp.org/tlog-proof@v1")
	r, err := ledger.ParseReceipt([]byte(file.Body))
	must(t, err)
	checked, err := r.Check("")
	must(t, err)
	if len(checked) != 1 || checked[0].Entry.Act != "record_report" || checked[0].Proven == nil || len(checked[0].Parts) != 1 || strings.Contains(file.Body, "陈某") {
		t.Errorf("%+v", checked)
	}
}

// The place of the log that stands on a paper is looked up without JavaScript; one that is none is told.
func TestVerifyPlace(t *testing.T) {
	s := open(t, noLimits)
	s.city.Answered()
	s.logs(t)
	v := s.visitor()
	line, err := s.city.Office.LogLine(t.Context(), 3)
	must(t, err)
	v.Get("/verify?place=3").Is(t, http.StatusOK, line.Print, "公共日志第 3 位")
	for place, says := range map[string]string{"0": "没有这一位", "9999999": "没有这一位", "三": "只填一个数字", "99999999999999999999": "只填一个数字"} {
		v.Get("/verify?place="+url.QueryEscape(place)).Is(t, http.StatusUnprocessableEntity, says)
	}
}
