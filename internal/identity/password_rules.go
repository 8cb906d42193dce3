package identity

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// PasswordFault says why a password may not be chosen; pages word it.
type PasswordFault string

const (
	TooShort     PasswordFault = "too_short"
	TooLong      PasswordFault = "too_long"
	TooCommon    PasswordFault = "too_common"
	InBreach     PasswordFault = "in_breach" // stands in the operator's list
	ContainsName PasswordFault = "contains_name"
	BadCharacter PasswordFault = "bad_character" // control characters or bytes that are no text
)

// Lengths of a password in characters (NIST SP 800-63B-4 asks at least 8 beside a second factor and
// that 64 be allowed; 12 is the platform's own choice).
const (
	MinPassword = 12
	MaxPassword = 128
)

// BadPassword is the refusal of a password.
type BadPassword struct{ Fault PasswordFault }

func (b *BadPassword) Error() string { return fmt.Sprintf("identity: password refused: %s", b.Fault) }

// CheckPassword refuses with *BadPassword what is too short or long, what is little more than one of
// the commonest passwords, a row of keys or a repetition, and what contains a name of its owner. Names are those
// of the account: sign-in name, full name, organ, phone. No mixture of letters, digits and signs is
// asked for: that makes passwords worse, not better.
func CheckPassword(password string, names ...string) error {
	text := canonical(password)
	length := utf8.RuneCountInString(text)
	switch {
	case !utf8.ValidString(password) || strings.IndexFunc(text, unicode.IsControl) >= 0:
		return &BadPassword{BadCharacter}
	case length < MinPassword:
		return &BadPassword{TooShort}
	case length > MaxPassword:
		return &BadPassword{TooLong}
	}
	folded := strings.ToLower(text)
	for _, name := range names {
		for _, part := range strings.FieldsFunc(strings.ToLower(canonical(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if isTelling(part) && strings.Contains(folded, part) {
				return &BadPassword{ContainsName}
			}
		}
	}
	if leftOver(folded) < minLeftOver {
		return &BadPassword{TooCommon}
	}
	return nil
}

// isTelling leaves out names so short that they stand in many passwords by chance: one Chinese
// character, three letters.
func isTelling(name string) bool {
	han := strings.IndexFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
	n := utf8.RuneCountInString(name)
	return n >= 4 || han && n >= 2
}

// minLeftOver is how many characters must remain when everything guessable is taken out.
const minLeftOver = 6

// leftOver counts the characters outside common words, rows of keys and repetitions.
func leftOver(s string) int {
	for _, word := range common {
		s = strings.ReplaceAll(s, word, "\x00")
	}
	n := 0
	var last, before rune
	step := rune(0)
	for _, r := range s {
		same := r-last == step && (step == 0 || step == 1 || step == -1) // aaaa, abcd, 4321
		if r != 0 && !same && r != before {                              // abab
			n++
		}
		before, step, last = last, r-last, r
	}
	return n
}

// common are what the commonest passwords in China and elsewhere are made of, longest first where one
// contains another. The list is short on purpose: it catches the first guesses, waiting times the rest.
var common = []string{
	"1qaz2wsx3edc4rfv", "1qaz2wsx3edc", "qwertyuiop", "asdfghjkl", "1q2w3e4r5t6y", "1q2w3e4r5t", "1q2w3e4r", "1qaz2wsx", "1qaz@wsx", "zaq12wsx", "zxcvbnm",
	"woaini1314", "5201314", "woaini", "iloveyou", "1314520", "147258369", "789456123", "159357", "112233", "123123", "123321", "147258", "000000", "888888", "666666",
	"password", "passw0rd", "p@ssw0rd", "p@ssword", "administrator", "admin", "root", "qwerty", "qazwsx", "asdfgh", "qweasd", "letmein", "welcome",
	"changeme", "change-me", "default", "secret", "dragon", "monkey", "football", "sunshine", "princess", "master", "superman", "test", "guest", "user",
	"jiangmen", "guangdong", "beijing", "zhongguo", "china", "sifaju", "zhifa", "yifa", "mima", "huawei", "alibaba", "taobao", "tencent", "wangyi",
	"江门", "依法", "执法", "司法局", "密码", "中国", "我爱你", "2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027",
}
