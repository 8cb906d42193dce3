package identity

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCheckDigitIsThatOfTheStandard(t *testing.T) {
	// ISO/IEC 7812-1 annex B gives 7992739871 the check digit 3.
	if d := checkDigit("7992739871"); d != '3' {
		t.Fatalf("%c", d)
	}
}

func TestNewCodesAreReadBackInAnyForm(t *testing.T) {
	seen := map[string]bool{}
	for range 2000 {
		c := NewReceiptCode()
		if seen[c.Digits()] || len(c.Digits()) != 16 {
			t.Fatal("a code twice, or too short")
		}
		seen[c.Digits()] = true
		full := strings.Map(func(r rune) rune {
			if r == ' ' {
				return '\u3000'
			}
			return r - '0' + '０'
		}, c.Grouped())
		d := c.Digits()
		for _, typed := range []string{d, c.Grouped(), full, " " + d + "\r\n", d[:4] + "—" + d[4:8] + "－" + d[8:] + "\u200b", d[:8] + "-\t-" + d[8:]} {
			if got, err := ParseReceiptCode(typed); err != nil || got != c {
				t.Fatalf("%q: %v", typed, err)
			}
		}
	}
}

func TestTypingErrorsAreNoticedBeforeAnyLookup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := fmt.Sprintf("%015d", rapid.Uint64Range(0, codeRandom-1).Draw(t, "code"))
		good := digits + string(checkDigit(digits))
		i := rapid.IntRange(0, 15).Draw(t, "place")
		wrong := []byte(good)
		wrong[i] = '0' + (wrong[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		var bad *BadCode
		if _, err := ParseReceiptCode(string(wrong)); !errors.As(err, &bad) || bad.Fault != CodeCheck {
			t.Fatalf("%s for %s: %v", wrong, good, err)
		}
		if i == 15 {
			return
		}
		swapped := []byte(good)
		swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
		pair := string(swapped[i : i+2])
		_, err := ParseReceiptCode(string(swapped))
		if missed := string(swapped) == good || pair == "09" || pair == "90"; (err == nil) != missed {
			t.Fatalf("%s for %s: %v", swapped, good, err)
		}
	})
	for typed, want := range map[string]CodeFault{
		"": CodeLength, "123": CodeLength, strings.Repeat("0", 17): CodeLength, strings.Repeat(" ", 500): CodeLength,
		"1234 5678 9012 345O": CodeCharacter, "一二三四": CodeCharacter, "١٢٣٤": CodeCharacter, "\xff": CodeCharacter,
	} {
		var bad *BadCode
		if _, err := ParseReceiptCode(typed); !errors.As(err, &bad) || bad.Fault != want {
			t.Errorf("%q: %v, want %s", typed, err, want)
		}
	}
}

func TestCodeIsNotPrintedByMistake(t *testing.T) {
	c := NewReceiptCode()
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("filed", "code", c)
	printed := fmt.Sprintf("%v %s %+v %#v %q %x %v", c, c, c, c, c, c, struct{ C ReceiptCode }{c}) + log.String()
	if strings.Contains(printed, c.Digits()) || strings.Contains(printed, fmt.Sprintf("%x", c.Digits())) {
		t.Fatal(printed)
	}
	if (ReceiptCode{}).Grouped() != "" {
		t.Fatal("no code has no groups")
	}
}

func FuzzParseReceiptCode(f *testing.F) {
	for _, s := range []string{NewReceiptCode().Grouped(), "0000000000000000", "１２３４－５６７８", "1234 5678 9012 345", "\u200b\ufeff", "\xff\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		c, err := ParseReceiptCode(typed)
		if err != nil {
			var bad *BadCode
			if !errors.As(err, &bad) || c != (ReceiptCode{}) {
				t.Fatalf("%v", err)
			}
			return
		}
		if again, err := ParseReceiptCode(c.Grouped()); err != nil || again != c || len(c.Digits()) != 16 {
			t.Fatalf("%q does not read back: %v", typed, err)
		}
	})
}
