package evidence

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// ErrScanner means that nobody said whether a file holds a virus: the scanner is away, busy or does not take so much. The
// file is not taken in; it can be sent again.
var ErrScanner = errors.New("the virus scanner does not answer")

// Scanner asks a clamd whether files hold what harms the machines of those who open them.
type Scanner struct {
	Addr string // HOST:PORT, or the path of a socket
}

const (
	scanDial  = 5 * time.Second
	scanChunk = 256 << 10
	scanIdle  = 2 * time.Minute // between two answers: a large archive takes a while
)

// Scan streams r to the scanner (clamd's INSTREAM) and gives the name of what it found; "" where nothing was. Any other
// outcome is ErrScanner: nothing is called clean that nobody has looked at.
func (s Scanner) Scan(ctx context.Context, r io.Reader) (found string, err error) {
	network := "tcp"
	if strings.HasPrefix(s.Addr, "/") {
		network = "unix"
	}
	d := net.Dialer{Timeout: scanDial}
	conn, err := d.DialContext(ctx, network, s.Addr)
	if err != nil {
		return "", fmt.Errorf("evidence: %w: %w", ErrScanner, err)
	}
	defer func() { _ = conn.Close() }() // the answer is there or it is not
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	answer := make(chan string, 1)
	go func() { // clamd may answer, and hang up, before it has read everything
		text, _ := bufio.NewReader(io.LimitReader(conn, 4096)).ReadString(0)
		answer <- strings.TrimRight(text, "\x00\n")
	}()
	sent := s.send(conn, r)
	var broken *readError
	if errors.As(sent, &broken) {
		return "", broken.error
	}
	if err := conn.SetReadDeadline(time.Now().Add(scanIdle)); err != nil && sent == nil {
		sent = err
	}
	said := <-answer
	said = strings.TrimSpace(strings.TrimPrefix(said, "stream:"))
	switch name, is := strings.CutSuffix(said, " FOUND"); {
	case is:
		return name, nil
	case said == "OK" && sent == nil:
		return "", nil
	}
	return "", fmt.Errorf("evidence: %w: %q: %w", ErrScanner, said, errors.Join(sent, ctx.Err()))
}

// readError is a fault of the file, not of the scanner.
type readError struct{ error }

func (s Scanner) send(conn net.Conn, r io.Reader) error {
	if _, err := io.WriteString(conn, "zINSTREAM\x00"); err != nil {
		return err
	}
	buf := make([]byte, 4+scanChunk)
	for {
		n, err := io.ReadFull(r, buf[4:])
		if n > 0 {
			binary.BigEndian.PutUint32(buf, uint32(n))
			if e := conn.SetWriteDeadline(time.Now().Add(scanIdle)); e != nil {
				return e
			}
			if _, e := conn.Write(buf[:4+n]); e != nil {
				return e
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			_, err := conn.Write(make([]byte, 4))
			return err
		case err != nil:
			return &readError{err}
		}
	}
}
