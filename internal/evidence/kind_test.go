package evidence

import (
	"path"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSafeNameKeepsTheWordsAndNothingElse(t *testing.T) {
	for in, want := range map[string]string{
		"现场照片.jpg": "现场照片.jpg", "现场照片.exe": "现场照片.jpg", "照片": "照片.jpg", "第3.附件": "第3.附件.jpg",
		"../../etc/passwd": "passwd.jpg", `C:\Users\li\罚单.JPEG`: "罚单.jpg", "": "file.jpg", "...": "file.jpg", "/": "file.jpg",
		"a\r\nSet-Cookie: x": "a  Set-Cookie_ x.jpg", "invoice\u202egpj.exe": "invoicegpj.jpg", "CON": "file CON.jpg", "nul.txt": "file nul.jpg",
		".htaccess": "htaccess.jpg", "-rf.png": "rf.jpg", "a\x00b.jpg": "ab.jpg", "\xff\xfe.jpg": "file.jpg", "x <b>\"'.jpg": "x _b__'.jpg",
	} {
		if got := SafeName(in, JPEG); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	if got := SafeName(strings.Repeat("字", 400)+".pdf", PDF); len(got) > longestName+4 || !utf8.ValidString(got) {
		t.Errorf("%d bytes: %q", len(got), got)
	}
	if got := Disposition("罚单 1.jpg"); !strings.HasPrefix(got, "attachment; filename*=utf-8''") {
		t.Error(got)
	}
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{"a.jpg", "../x", "\u202e", "CON .", "a.b.c.d", "\xff", "  .  "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got := SafeName(in, PDF)
		stem := strings.TrimSuffix(got, ".pdf")
		if stem == got || stem == "" || path.Base(got) != got || strings.ContainsAny(got, "/\\\r\n\x00\u202e\"") || len(got) > 170 ||
			!utf8.ValidString(got) || got[0] == '.' || got[0] == '-' || strings.HasSuffix(stem, " ") || strings.HasSuffix(stem, ".") {
			t.Fatalf("%q became %q", in, got)
		}
		if Disposition(got) == "" {
			t.Fatalf("%q has no disposition", got)
		}
	})
}
