package division

import (
	"testing"

	"yifa/law"
)

// The counts are those of the source: 7 counties, 73 formal towns and streets, 9 statistical areas.
func TestJiangmen(t *testing.T) {
	tree, err := Load(law.FS)
	if err != nil {
		t.Fatal(err)
	}
	counties, towns, statistical := 0, 0, 0
	for _, d := range tree.All() {
		switch {
		case len(d.Code) == 6 && d.Code != "440000" && d.Code != "440700":
			counties++
		case len(d.Code) == 9 && d.Formal:
			towns++
		case len(d.Code) == 9:
			statistical++
		}
	}
	if counties != 7 || towns != 73 || statistical != 9 {
		t.Errorf("%d counties, %d towns, %d statistical areas; want 7, 73, 9", counties, towns, statistical)
	}
	if d, ok := tree.Of("440703002"); !ok || d.Words("en") != "Baisha" || d.Words("zh-Hant") != "白沙街道" {
		t.Errorf("got %+v", d)
	}
}
