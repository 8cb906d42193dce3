package office

import "testing"

// A number is the same however it is written, and what is none is not looked up.
func TestPlainNumber(t *testing.T) {
	for _, c := range []struct{ kind, written, plain string }{
		{personalPhone, "138 0000 1234", "13800001234"}, {personalPhone, "+86-138-0000-1234", "13800001234"}, {personalPhone, "０１３８００００１２３４", "13800001234"},
		{personalPhone, "0750-3272000", "7503272000"}, {personalPhone, "(0750)3272000", "7503272000"}, {personalPhone, "123", ""}, {personalPhone, "（演示）", ""},
		{personalPhone, "44070319900101123X", ""}, {personalID, "44070319900101123x", "44070319900101123X"}, {personalID, "440703 1990 0101 1234", "440703199001011234"},
		{personalID, "4407031990X101123X", ""}, {personalID, "13800001234", ""}, {"", "13800001234", ""}, {personalName, "13800001234", ""},
	} {
		if got := plainNumber(c.kind, c.written); got != c.plain {
			t.Errorf("%s %q is looked up as %q, want %q", c.kind, c.written, got, c.plain)
		}
	}
}

// A mask leaves what tells one from another and hides what finds somebody.
func TestMasked(t *testing.T) {
	for _, c := range []struct{ kind, value, shown string }{
		{personalName, "林小满", "林**"}, {personalName, "林", "****"}, {personalPhone, "13800001234", "*******1234"}, {personalPhone, "1234", "****"},
		{personalPhone, "12345678", "********"}, {personalID, "44070319900101123X", "**************123X"}, {personalEmail, "lin@example.org", "l***@example.org"},
		{personalEmail, "lin", "****"}, {"", "线人", "****"},
	} {
		if got := masked(c.kind, c.value); got != c.shown {
			t.Errorf("%s %q shows as %q, want %q", c.kind, c.value, got, c.shown)
		}
	}
}
