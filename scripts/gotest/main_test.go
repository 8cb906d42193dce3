package main

import (
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	const run = `{"Action":"start","Package":"yifa/a"}
{"Action":"output","Package":"yifa/a","Test":"TestGood","Output":"chatter\n"}
{"Action":"pass","Package":"yifa/a","Test":"TestGood","Elapsed":7}
{"Action":"output","Package":"yifa/a","Test":"TestBad","Output":"why it failed\n"}
{"Action":"fail","Package":"yifa/a","Test":"TestBad"}
{"Action":"output","Package":"yifa/a","Test":"TestLeft","Output":"why it was left out\n"}
{"Action":"skip","Package":"yifa/a","Test":"TestLeft"}
{"Action":"fail","Package":"yifa/a"}
{"Action":"skip","Package":"yifa/notests"}
{"Action":"pass","Package":"yifa/b"}
{"ImportPath":"yifa/c","Action":"build-output","Output":"c.go:1: syntax error\n"}
{"ImportPath":"yifa/c","Action":"build-fail"}
go: no such module
`
	got, err := read(strings.NewReader(run))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	got.print(&b)
	for _, want := range []string{"FAILED yifa/a TestBad\nwhy it failed\n", "SKIPPED yifa/a TestLeft\nwhy it was left out\n",
		"FAILED yifa/c\nc.go:1: syntax error\n", "FAILED go\ngo: no such module\n", "slow: yifa/a TestGood 7 s",
		"1 tests passed, 1 failed, 1 skipped, in 2 packages"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("lacks %q:\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "chatter") {
		t.Errorf("shows the output of a test that passed:\n%s", b.String())
	}
}
