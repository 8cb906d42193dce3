package identity

import (
	"encoding/binary"
	"fmt"
)

// ReceiptCodeFrom makes the code that belongs to a secret of at least 8 random bytes, such as a keyed
// hash: the same one every time. Whoever files the same form twice at once gets one code.
func ReceiptCodeFrom(secret []byte) ReceiptCode {
	digits := fmt.Sprintf("%015d", binary.BigEndian.Uint64(secret[:8])%codeRandom)
	return ReceiptCode{digits + string(checkDigit(digits))}
}
