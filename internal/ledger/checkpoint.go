package ledger

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"yifa/internal/vault"
)

// ErrCheckpoint: a text is not a checkpoint of the log it is held for.
var ErrCheckpoint = errors.New("ledger: not a checkpoint of this log")

// Checkpoint is what a log says of itself: so many leaves, this root. A signed one is a note (C2SP signed-note).
type Checkpoint struct {
	Origin string // name of the log
	Size   int64
	Root   tlog.Hash
}

// Text is the body that is signed (C2SP tlog-checkpoint).
func (c Checkpoint) Text() string { return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root) }

// parseCheckpoint reads the body of a checkpoint. Lines after the third are extensions and pass.
func parseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 || lines[0] == "" {
		return Checkpoint{}, fmt.Errorf("%w: it has fewer than three lines", ErrCheckpoint)
	}
	c := Checkpoint{Origin: lines[0]}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, fmt.Errorf("%w: %q is no size", ErrCheckpoint, lines[1])
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Checkpoint{}, fmt.Errorf("%w: %q is no root", ErrCheckpoint, lines[2])
	}
	c.Size, c.Root = size, tlog.Hash(root)
	return c, nil
}

// OpenCheckpoint reads a signed checkpoint of a log and checks that the first of its keys signed it; a line by another of
// them (SM2) may be missing, but must hold where it stands. Signatures by others, such as witnesses, pass unread.
func OpenCheckpoint(origin string, signed []byte, keys ...string) (Checkpoint, error) {
	n, err := openNote(signed, keys)
	if err != nil {
		return Checkpoint{}, err
	}
	c, err := parseCheckpoint(n.Text)
	if err == nil && c.Origin != origin {
		err = fmt.Errorf("%w: it is of %q, not of %q", ErrCheckpoint, c.Origin, origin)
	}
	return c, err
}

func openNote(signed []byte, keys []string) (*note.Note, error) {
	var list []note.Verifier
	for _, key := range keys {
		v, err := vault.NewNoteVerifier(key)
		if err != nil {
			return nil, fmt.Errorf("%w: key %.80q: %w", ErrCheckpoint, key, err)
		}
		list = append(list, v)
	}
	n, err := note.Open(signed, note.VerifierList(list...))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	if !bears(n, list[0]) {
		return nil, fmt.Errorf("%w: %s has not signed it", ErrCheckpoint, list[0].Name())
	}
	return n, nil
}

// bears says whether a note bears a signature that was found to hold.
func bears(n *note.Note, v note.Verifier) bool {
	return slices.ContainsFunc(n.Sigs, func(s note.Signature) bool { return s.Name == v.Name() && s.Hash == v.KeyHash() })
}

// keysOf are the verifier keys of the log: Ed25519, which signs always, and SM2.
func (l *Log) keysOf(origin string) ([]string, error) {
	first, err1 := l.vault.NoteVerifierKey(origin)
	second, err2 := l.vault.SM2NoteVerifierKey(origin)
	return []string{first, second}, errors.Join(err1, err2)
}

// A Step leads from an older tree to a newer checkpoint. Its text is the body of a request to a witness
// (C2SP tlog-witness): "old N", the hashes of the consistency proof, an empty line, the checkpoint.
type Step struct {
	Old        int64
	Proof      tlog.TreeProof
	Checkpoint []byte // signed
}

// Marshal writes the text of a step.
func (s Step) Marshal() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "old %d\n", s.Old)
	for _, h := range s.Proof {
		fmt.Fprintln(&b, h)
	}
	b.WriteByte('\n')
	b.Write(s.Checkpoint)
	return b.Bytes()
}

// maxProof is how many hashes a proof has at most: a tree of 2^63 leaves is 63 high.
const maxProof = 63

// ParseStep reads the text of a step, or a bare checkpoint, whose Old is then -1.
func ParseStep(text []byte) (Step, error) {
	if !bytes.HasPrefix(text, []byte("old ")) {
		return Step{Old: -1, Checkpoint: text}, nil
	}
	head, checkpoint, found := strings.Cut(string(text), "\n\n")
	if !found {
		return Step{}, fmt.Errorf("%w: no checkpoint follows the proof", ErrCheckpoint)
	}
	lines := strings.Split(head, "\n")
	old, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "old "), 10, 64)
	if err != nil || old < 0 || len(lines)-1 > maxProof {
		return Step{}, fmt.Errorf("%w: %.40q is no proof of consistency", ErrCheckpoint, lines[0])
	}
	s := Step{Old: old, Checkpoint: []byte(checkpoint)}
	s.Proof, err = parseHashes(lines[1:])
	return s, err
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, line := range lines {
		b, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(b) != tlog.HashSize {
			return nil, fmt.Errorf("%w: %.60q is no hash", ErrCheckpoint, line)
		}
		out = append(out, tlog.Hash(b))
	}
	return out, nil
}
