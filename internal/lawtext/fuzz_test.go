package lawtext

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// sound holds what is true of every text that is read, whatever came in.
func sound(t *testing.T, name string, data []byte) {
	t.Helper()
	x, err := Read(name, data)
	if err != nil {
		return
	}
	if x.Title == "" || len(x.Articles) == 0 || len(x.Articles) > maxArticles {
		t.Fatalf("%q with %d articles", x.Title, len(x.Articles))
	}
	for i, a := range x.Articles {
		if a.N < 1 || a.N > 9999 || i > 0 && (a.N < x.Articles[i-1].N || a.N == x.Articles[i-1].N && a.Sub <= x.Articles[i-1].Sub) {
			t.Fatalf("article %s is out of order", a.At())
		}
		if !utf8.ValidString(a.Plain()) || strings.ContainsAny(a.Plain(), "\x00\x1b\u202e") {
			t.Fatalf("article %s holds %q", a.At(), a.Plain())
		}
	}
	if again, err := Read(name, data); err != nil || !reflect.DeepEqual(x, again) || x.Hash() != again.Hash() {
		t.Fatalf("read twice it differs: %v", err)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{benches, "# 甲法\n**第一条** 乙\n", "甲法\r\n第1条 乙 (一)丙 1.丁", "一、甲\n（一）乙\n（二）丙\n（三）丁", "---\n---\n第九千九百九十九条之九 \u202e甲", "\xff\xfe\x00d", "2021年13月40日通过\n第一条"} {
		f.Add("a.md", []byte(s))
		f.Add("甲法_20210230.txt", []byte(s))
	}
	f.Fuzz(sound)
}

// Documents are fuzzed from within a sound archive, and archives as bytes.
func FuzzDocument(f *testing.F) {
	f.Add(wordXML(benches))
	f.Add("<w:document><w:p><w:t>甲法</w:t></w:p><w:p><w:t>第一条 乙</w:t></w:p></w:document>")
	f.Add("<!DOCTYPE a><a>&lt;&#0;</a>")
	f.Fuzz(func(t *testing.T, document string) { sound(t, "a.docx", docxOf(t, document)) })
}

func FuzzArchive(f *testing.F) {
	f.Add(docxOf(f, wordXML(benches)))
	f.Fuzz(func(t *testing.T, data []byte) { sound(t, "a.docx", data) })
}
