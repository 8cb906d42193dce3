package identity

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // the published lists are of SHA-1; nothing is protected by it here
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// Breached is the list of passwords known from breaches that the operator brought: a file of lines, each the SHA-1 of a
// password in upper-case hexadecimal, and what follows a colon, sorted, as Have I Been Pwned publishes it. It is never
// read whole: a look-up reads some thirty lines of a thousand million. No password leaves the machine.
type Breached struct {
	file io.ReaderAt
	size int64
}

const (
	hexSHA1     = 2 * sha1.Size
	breachedRow = 128 // bytes of the longest line that is read
)

// ErrBreachedList: a file is no such list.
var ErrBreachedList = errors.New("identity: not a sorted list of SHA-1 hashes in hexadecimal, one a line")

// OpenBreached opens a list and looks at its ends. It stays open as long as the program runs.
func OpenBreached(path string) (*Breached, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("identity: breached passwords: %w", err)
	}
	at, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	b := &Breached{f, at.Size()}
	first, _, err := b.line(0)
	if err == nil {
		var last string
		if last, _, err = b.line(max(0, b.size-hexSHA1-2)); err == nil && (len(first) != hexSHA1 || last != "" && last < first) {
			err = ErrBreachedList
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %s", ErrBreachedList, path), f.Close())
	}
	return b, nil
}

// Has says whether a password, as typed or as it is stored, is on the list; a list that is nil has none. Errors: those of reading.
func (b *Breached) Has(password string) (bool, error) {
	if b == nil {
		return false, nil
	}
	for _, text := range []string{password, canonical(password)} {
		sum := sha1.Sum([]byte(text)) //nolint:gosec // as the list has it
		if found, err := b.find(strings.ToUpper(hex.EncodeToString(sum[:]))); found || err != nil {
			return found, err
		}
	}
	return false, nil
}

// find halves what is between low and high, which are beginnings of lines or the end.
func (b *Breached) find(want string) (bool, error) {
	low, high := int64(0), b.size
	for low < high {
		line, next, err := b.line((low + high) / 2)
		switch {
		case err != nil:
			return false, err
		case line == want:
			return true, nil
		case line == "" || line > want || next > high:
			high = (low + high) / 2
		default:
			low = next
		}
	}
	line, _, err := b.line(0)
	return line == want, err
}

// line is the hash of the first line that begins at or after an offset, "" behind the last, and where the one after it begins.
func (b *Breached) line(from int64) (hash string, next int64, err error) {
	start := from
	if start > 0 {
		start-- // a line that begins here is told by the end of the one before
	}
	buf := make([]byte, 2*breachedRow)
	n, err := b.file.ReadAt(buf, start)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", 0, fmt.Errorf("identity: breached passwords: %w", err)
	}
	buf = buf[:n]
	if from > 0 {
		i := bytes.IndexByte(buf, '\n')
		if i < 0 {
			return "", b.size, nil
		}
		start, buf = start+int64(i)+1, buf[i+1:]
	}
	end := bytes.IndexByte(buf, '\n')
	if end < 0 {
		end = len(buf)
	}
	if len(bytes.TrimSpace(buf[:end])) == 0 {
		return "", b.size, nil
	}
	if end < hexSHA1 {
		return "", 0, ErrBreachedList
	}
	hash = strings.ToUpper(string(buf[:hexSHA1]))
	if _, err := hex.DecodeString(hash); err != nil {
		return "", 0, ErrBreachedList
	}
	return hash, start + int64(end) + 1, nil
}
