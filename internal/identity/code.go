package identity

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// How codes that change with time are made (RFC 6238): what every authenticator program takes for granted.
const (
	otpPeriod = 30 * time.Second
	otpDigits = otp.DigitsSix
	otpSkew   = 1 // steps a clock may be off, to either side
	otpSecret = 20
)

// CodeSecret is the shared secret of a program that shows codes changing with time.
type CodeSecret struct {
	Secret  string // base32, as typed by hand where nothing can be scanned
	Address string // otpauth://…, as scanned
}

// NewCodeSecret draws a secret for an account; the issuer is how the program names the platform.
func NewCodeSecret(issuer, login string) (CodeSecret, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: login, Period: uint(otpPeriod / time.Second),
		SecretSize: otpSecret, Digits: otpDigits, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return CodeSecret{}, err
	}
	return CodeSecret{Secret: key.Secret(), Address: key.URL()}, nil
}

// CheckCode tells whether a code is one of the secret at this instant, and of which step, or no. A step not after the
// last one taken is refused: no code is taken twice.
func CheckCode(secret, code string, now time.Time, last int64) (step int64, ok bool) {
	code = strings.Map(digitOnly, canonical(code))
	middle := now.Unix() / int64(otpPeriod/time.Second)
	for _, at := range []int64{middle, middle - otpSkew, middle + otpSkew} {
		right, err := hotp.ValidateCustom(code, uint64(max(at, 0)), secret, hotp.ValidateOpts{Digits: otpDigits, Algorithm: otp.AlgorithmSHA1})
		if err == nil && right && at > last {
			return at, true
		}
	}
	return 0, false
}

// digitOnly leaves the spaces out that programs set between digits.
func digitOnly(r rune) rune {
	if r == ' ' || r == '-' {
		return -1
	}
	return r
}

// Lengths of what is drawn for people to type, in characters of base32 without look-alikes.
const (
	recoveryCodes   = 10
	recoveryLength  = 16 // 80 bits: nothing is found by trying, even without waiting
	passwordLength  = 20
	groupCharacters = 4
)

// typedText is base32 without characters that are taken for one another: no i, l, o, u.
var typedText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewRecoveryCodes draws the codes that stand in for a second factor that is lost, each good once.
func NewRecoveryCodes() []string {
	var list []string
	for range recoveryCodes {
		list = append(list, drawn(recoveryLength))
	}
	return list
}

// RecoveryCode is a code as it is compared, whatever spaces, dashes and case it was typed with; "" if it is none.
func RecoveryCode(typed string) string {
	text := strings.Map(digitOnly, strings.ToLower(canonical(typed)))
	text = strings.NewReplacer("o", "0", "i", "1", "l", "1").Replace(text)
	if len(text) != recoveryLength {
		return ""
	}
	return text
}

// NewPassword draws a password to be given out and changed at the first sign-in.
func NewPassword() string { return drawn(passwordLength) }

// drawn is random text in groups parted by dashes.
func drawn(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	text := typedText.EncodeToString(b)[:n]
	var groups []string
	for i := 0; i < n; i += groupCharacters {
		groups = append(groups, text[i:i+groupCharacters])
	}
	return strings.Join(groups, "-")
}
