package matter

import (
	"errors"
	"time"

	"yifa/internal/calendar"
)

// ErrConflict: somebody else was faster; the attempt carried an older revision than the record.
var ErrConflict = errors.New("matter: the record has moved on")

// ErrBrokenRecord: an entry does not follow from the ones before it.
var ErrBrokenRecord = errors.New("matter: broken record")

// Class says who may read a text, message or file.
type Class string

// The five classes of design.md §5, widest first.
const (
	Public  Class = "public"
	Parties Class = "parties"
	Filer   Class = "filer"  // the filer and the staff who handle the matter
	Staff   Class = "staff"  // staff only
	Sealed  Class = "sealed" // nobody alone
)

// Classes lists every class, widest first.
var Classes = []Class{Public, Parties, Filer, Staff, Sealed}

// Actor is who does an act. Person is an account id, or one of PersonFiler, PersonSystem,
// PersonOperator. Post and Organ are the post held that day, empty for the public.
// For names the person whose post is exercised by delegation ("A for B").
type Actor struct {
	Person string `json:"person"`
	Post   string `json:"post,omitempty"`
	Organ  string `json:"organ,omitempty"`
	For    string `json:"for,omitempty"`
}

// Actors that are not accounts.
const (
	PersonFiler    = "filer"    // who holds the receipt code
	PersonSystem   = "system"   // lapses and deemed acts
	PersonOperator = "operator" // genesis
)

// Proof is by what somebody had shown who he is before he acted. It holds no secret.
type Proof struct {
	How string    `json:"how"` // password, totp, passkey …, several joined by "+"; ProofPlayed: nobody was asked
	At  time.Time `json:"at"`  // UTC, cut to the minute
}

// ProofPlayed marks what a worked case does: nobody was there to be asked.
const ProofPlayed = "played"

// Kind of an entry.
type Kind string

// Kinds of entry. The first of a record opens it.
const (
	KindOpen    Kind = "open"
	KindAct     Kind = "act"
	KindVoid    Kind = "void"    // 更正: undoes the entry named by Voids
	KindGenesis Kind = "genesis" // the root organ and first administrator
	KindDestroy Kind = "destroy" // destroy_part
	// KindDocument files the bytes of a paper that an earlier entry made. It changes nothing anybody decided on: a
	// page shown before it is no older for it.
	KindDocument Kind = "document"
)

// Format is the version of the entry's shape; older ones are upcast on reading.
const Format = 1

// Entry is one line of the append-only record. Everything in it is clear: ids, enumerations,
// days and amounts. Personal text lies in parts, of which the entry holds commitments only.
type Entry struct {
	Matter    ID              `json:"matter"`
	Seq       int             `json:"seq"` // 1, 2, 3 … without gap
	Pos       int             `json:"pos"` // place in its shard: 1, 2, 3 … without gap
	Kind      Kind            `json:"kind"`
	Format    int             `json:"format"`
	Procedure string          `json:"procedure"` // id@version
	Hash      string          `json:"procedure_hash"`
	Act       string          `json:"act"`
	Happened  calendar.Moment `json:"happened"` // legal day, Asia/Shanghai
	Recorded  time.Time       `json:"recorded"` // UTC; cut to the minute for anonymous matters
	Actor     Actor           `json:"actor"`
	Cite      []string        `json:"cite,omitempty"`
	Voids     int             `json:"voids,omitempty"`
	Proved    *Proof          `json:"proved,omitempty"` // of an act that asks its doer to show who he is
	Given     Facts           `json:"given,omitempty"`  // clear fields as given
	Delta     Delta           `json:"delta"`
	Parts     []PartHead      `json:"parts,omitempty"`
}

// PartHead is what the record keeps of a sealed part after it is gone.
type PartHead struct {
	Class      Class  `json:"class"`
	Party      string `json:"party,omitempty"`
	Commitment []byte `json:"commitment"`  // HMAC-SHA-256(salt, canonical plaintext)
	CipherHash []byte `json:"cipher_hash"` // SHA-256(ciphertext)
}

// Part is the personal or restricted content of an entry in one class, before sealing.
type Part struct {
	Class  Class             `json:"class"`
	Party  string            `json:"party,omitempty"`
	Fields map[string]string `json:"fields,omitempty"`
	Files  []File            `json:"files,omitempty"`
}

// File is an uploaded file as its part knows it: the key opens the stored blob.
type File struct {
	Field  string `json:"field"`
	Name   string `json:"name"`
	Media  string `json:"media"`
	Size   int64  `json:"size"`
	SHA256 []byte `json:"sha256"`
	SM3    []byte `json:"sm3"`
	Blob   string `json:"blob"` // address in the evidence store
	Key    []byte `json:"key"`
	Clean  bool   `json:"clean"` // metadata-clean copy; the original lies in the sealed part

	// Of a copy in which places are painted over: the file of this matter it is of, as "entry/class/number".
	Of string `json:"of,omitempty"`

	// Of a file without a clean copy: why there is none, and what a virus scanner called it. Beside the sealed original such a
	// file stands once more where its copy would, without address and key, so that those it concerns learn of it.
	Why   string `json:"why,omitempty"`
	Found string `json:"found,omitempty"`
}
