package identity

import (
	"errors"
	"strings"
	"unicode"
)

// ErrCreditCode: these characters are no unified social credit code.
var ErrCreditCode = errors.New("identity: no unified social credit code")

// creditSigns are the characters of a unified social credit code in the order of their values (GB 32100-2015 §5.5).
const creditSigns = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditLength counts the check character.
const creditLength = 18

// ParseCreditCode reads the unified social credit code of a firm, a shop or another organisation as somebody typed it:
// large or small, narrow or wide, with spaces or hyphens. The last character has to be the check character of the
// others (GB 32100-2015, annex B). Error: ErrCreditCode.
func ParseCreditCode(typed string) (string, error) {
	var b strings.Builder
	for _, r := range typed {
		if r >= '！' && r <= '～' { // full width
			r -= '！' - '!'
		}
		switch r = unicode.ToUpper(r); {
		case r == '-' || unicode.IsSpace(r):
		case strings.ContainsRune(creditSigns, r) && b.Len() < creditLength:
			b.WriteRune(r)
		default:
			return "", ErrCreditCode
		}
	}
	code := b.String()
	if len(code) != creditLength || creditCheck(code) != code[creditLength-1] {
		return "", ErrCreditCode
	}
	return code, nil
}

// creditCheck is the check character of the first 17: each value times three to the power of its place, modulo 31.
func creditCheck(code string) byte {
	sum, weight := 0, 1
	for i := range creditLength - 1 {
		sum += strings.IndexByte(creditSigns, code[i]) * weight
		weight = weight * 3 % len(creditSigns)
	}
	return creditSigns[(len(creditSigns)-sum%len(creditSigns))%len(creditSigns)]
}
