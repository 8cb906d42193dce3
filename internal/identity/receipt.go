package identity

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"log/slog"
	"strings"
	"unicode"
)

// ReceiptCode is the 16-digit code by which an anonymous filer comes back: 15 random digits and a
// check digit. It is the only credential of the matter. Printed or logged by mistake it shows nothing;
// Digits and Grouped are the ways to its content.
type ReceiptCode struct{ digits string }

// The check digit is that of ISO/IEC 7812-1 annex B (Luhn). It finds every single wrong digit and every
// exchange of neighbours but 09 and 90. ISO 7064 MOD 97-10 finds those too, but costs two digits: 14
// random ones, a tenth of the codes to search, and here a code is a secret before it is a number.
const (
	codeDigits = 16
	codeRandom = 1_000_000_000_000_000 // 10^15
)

// NewReceiptCode makes a code, every one equally likely.
func NewReceiptCode() ReceiptCode {
	for {
		var b [8]byte
		rand.Read(b[:])
		if n := binary.BigEndian.Uint64(b[:]) >> 14; n < codeRandom { // 50 bits; drawn again one time in nine
			digits := fmt.Sprintf("%015d", n)
			return ReceiptCode{digits + string(checkDigit(digits))}
		}
	}
}

// CodeFault says what is wrong with a typed code; pages word it.
type CodeFault string

const (
	CodeLength    CodeFault = "length"    // not 16 digits
	CodeCharacter CodeFault = "character" // something else than digits, spaces and dashes
	CodeCheck     CodeFault = "check"     // the check digit does not fit: a typing error
	maxTypedCode            = 16 * 4 * 3  // bytes: generous to spaces and full width
)

// BadCode is the refusal of a typed code, given before any lookup.
type BadCode struct{ Fault CodeFault }

func (b *BadCode) Error() string { return fmt.Sprintf("identity: receipt code refused: %s", b.Fault) }

// ParseReceiptCode reads a code as people type or paste it: in groups or not, with full-width digits,
// with spaces and dashes of any kind between. It gives *BadCode for anything else.
func ParseReceiptCode(typed string) (ReceiptCode, error) {
	if len(typed) > maxTypedCode {
		return ReceiptCode{}, &BadCode{CodeLength}
	}
	digits := make([]byte, 0, codeDigits)
	for _, r := range typed {
		switch {
		case r >= '0' && r <= '9':
			digits = append(digits, byte(r))
		case r >= '０' && r <= '９':
			digits = append(digits, byte(r-'０')+'0')
		case isSeparator(r):
		default:
			return ReceiptCode{}, &BadCode{CodeCharacter}
		}
	}
	if len(digits) != codeDigits {
		return ReceiptCode{}, &BadCode{CodeLength}
	}
	code := string(digits)
	if checkDigit(code[:codeDigits-1]) != code[codeDigits-1] {
		return ReceiptCode{}, &BadCode{CodeCheck}
	}
	return ReceiptCode{code}, nil
}

// isSeparator takes spaces (also invisible ones that come with pasting), dashes and what Chinese input
// methods give for a dash.
func isSeparator(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || strings.ContainsRune("\u200b\u200c\u200d\u2060\ufeff\u2212\u30fc\u00ad\u00b7_", r)
}

// checkDigit is the Luhn digit that makes digits valid when put after them.
func checkDigit(digits string) byte {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 { // every second digit, from the right, beginning beside the check digit
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// Digits are the 16 bare digits: what the keyed hash is made of.
func (c ReceiptCode) Digits() string { return c.digits }

// Grouped is the code as shown to its holder: four groups of four.
func (c ReceiptCode) Grouped() string {
	if c.digits == "" {
		return ""
	}
	return c.digits[:4] + " " + c.digits[4:8] + " " + c.digits[8:12] + " " + c.digits[12:]
}

const hiddenCode = "receipt-code"

// String hides the code from %v and %s.
func (ReceiptCode) String() string { return hiddenCode }

// GoString hides the code from %#v.
func (ReceiptCode) GoString() string { return hiddenCode }

// LogValue hides the code from slog.
func (ReceiptCode) LogValue() slog.Value { return slog.StringValue(hiddenCode) }
