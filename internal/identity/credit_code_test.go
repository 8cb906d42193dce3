package identity

import (
	"errors"
	"strings"
	"testing"
)

func TestParseCreditCode(t *testing.T) {
	const one = "91350100M000100Y43" // the example of GB 32100-2015, annex B
	for _, typed := range []string{one, strings.ToLower(one), "9135 0100-M000 100Y43", "９１３５０１００Ｍ０００１００Ｙ４３"} {
		if got, err := ParseCreditCode(typed); err != nil || got != one {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", one[:17], one + "1", "91350100M000100Y34", "91350100I000100Y43", "江门市蓬江区"} {
		if got, err := ParseCreditCode(typed); !errors.Is(err, ErrCreditCode) {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}

func FuzzParseCreditCode(f *testing.F) {
	f.Add("91350100M000100Y43")
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := ParseCreditCode(typed)
		if err != nil {
			return
		}
		if again, err := ParseCreditCode(code); err != nil || again != code {
			t.Errorf("%q came to %q, which comes to %q, %v", typed, code, again, err)
		}
	})
}
