package ledger

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// A Proof shows that a log holds a leaf. Its text is that of C2SP tlog-proof, which programs not written here read.
type Proof struct {
	Index      int64
	Hashes     tlog.RecordProof
	Checkpoint []byte // signed
}

const proofHeader = "c2sp.org/tlog-proof@v1"

// Marshal writes the text of a proof.
func (p Proof) Marshal() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\nindex %d\n", proofHeader, p.Index)
	for _, h := range p.Hashes {
		fmt.Fprintln(&b, h)
	}
	b.WriteByte('\n')
	b.Write(p.Checkpoint)
	return b.Bytes()
}

// ParseProof reads what Marshal writes. A line of extra data, which the format allows, passes.
func ParseProof(text []byte) (Proof, error) {
	head, checkpoint, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != proofHeader {
		return Proof{}, fmt.Errorf("%w: no %s", ErrCheckpoint, proofHeader)
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") && len(lines) > 1 {
		lines = lines[1:]
	}
	number, found := strings.CutPrefix(lines[0], "index ")
	index, err := strconv.ParseInt(number, 10, 64)
	if !found || err != nil || index < 0 || len(lines)-1 > maxProof {
		return Proof{}, fmt.Errorf("%w: %.40q is no index", ErrCheckpoint, lines[0])
	}
	p := Proof{Index: index, Checkpoint: []byte(checkpoint)}
	p.Hashes, err = parseHashes(lines[1:])
	return p, err
}

// Check says whether the proof holds for a leaf under a log's name and keys, and for which checkpoint.
func (p Proof) Check(leaf [LeafSize]byte, origin string, keys ...string) (Checkpoint, error) {
	c, err := OpenCheckpoint(origin, p.Checkpoint, keys...)
	if err != nil {
		return c, err
	}
	if p.Index >= c.Size || tlog.CheckRecord(p.Hashes, c.Size, c.Root, p.Index, tlog.RecordHash(leaf[:])) != nil {
		return c, fmt.Errorf("%w: the proof does not lead from the entry to the checkpoint at %d", ErrCheckpoint, c.Size)
	}
	return c, nil
}

// Check says whether the step leads from an older checkpoint to a newer one of the same log, and gives the newer.
func (s Step) Check(old Checkpoint, keys ...string) (Checkpoint, error) {
	c, err := OpenCheckpoint(old.Origin, s.Checkpoint, keys...)
	switch {
	case err != nil:
		return c, err
	case c.Size == old.Size && c.Root == old.Root:
		return c, nil
	case c.Size < old.Size:
		return c, fmt.Errorf("%w: it is older (%d) than the one at hand (%d)", ErrCheckpoint, c.Size, old.Size)
	case c.Size > old.Size && s.Old != old.Size && old.Size > 0:
		return c, &NeedsStep{old.Size}
	case c.Size == old.Size || old.Size > 0 && tlog.CheckTree(s.Proof, c.Size, c.Root, old.Size, old.Root) != nil:
		return c, fmt.Errorf("%w: the log at %d does not begin with the log at %d", ErrCheckpoint, c.Size, old.Size)
	}
	return c, nil
}

// NeedsStep: a newer checkpoint came without the proof that it goes on from the tree of so many leaves.
type NeedsStep struct{ From int64 }

func (e *NeedsStep) Error() string {
	return fmt.Sprintf("ledger: the checkpoint comes without a proof that it goes on from %d entries: take it from /log/since/%d", e.From, e.From)
}
