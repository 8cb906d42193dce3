package vault

import (
	"crypto/ed25519"
	"crypto/hmac"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// ErrOtherKey: these are not the keys the data was sealed with, or one of them is missing.
var ErrOtherKey = errors.New("not the key of this data")

// Vault holds the opened keys. It is safe for use by many goroutines.
type Vault struct {
	read       func() (keyFile, error) // reads the keys again where they came from
	ring       atomic.Pointer[ring]
	mu         sync.Mutex // held while the ring is replaced
	macRoot    []byte
	macSuite   algorithms         // of the keyed hashes: that of the first master, for good
	checkpoint ed25519.PrivateKey // signs checkpoints of the ledger; its public key names the log and never changes
	macs       sync.Map           // Purpose → *sync.Pool of keyed hash states
}

// ring is the keys as last read. It is never changed, only replaced.
type ring struct {
	active   *keys
	byID     map[string]*keys
	created  map[string]string
	verifier Verifier
}

// keys are the subkeys of one master that rotate with it.
type keys struct {
	id      string
	suite   Suite
	content byte    // by what it seals parts
	wrap    wrapper // of data keys
	head    headKey
}

// Open reads the key file at path. It refuses a missing file (ErrMissingKey), one others can read
// (ErrOpenToAll), a short, all-zero, typed or well-known secret (ErrWeakKey) and a damaged file
// (ErrBadKeyFile).
func Open(path string) (*Vault, error) {
	return open(func() (keyFile, error) { return readKeyFile(path, onlyOwner) })
}

// OpenCredential is Open for a file the service manager lays before the program, as systemd does: it grants
// the program's user the reading, which the mode shows as the group's.
func OpenCredential(path string) (*Vault, error) {
	return open(func() (keyFile, error) { return readKeyFile(path, ownerOrGroup) })
}

// OpenSecret opens keys from a text: a key file's, or one bare secret of 32 bytes in hexadecimal or base64.
// Such keys are not read again.
func OpenSecret(text string) (*Vault, error) {
	return open(func() (keyFile, error) { return parseSecret(text) })
}

func open(read func() (keyFile, error)) (*Vault, error) {
	kf, err := read()
	if err != nil {
		return nil, err
	}
	v, err := fromKeyFile(kf)
	if err != nil {
		return nil, err
	}
	v.read = read
	return v, nil
}

func fromKeyFile(kf keyFile) (*Vault, error) {
	v := &Vault{}
	for _, m := range kf.Keys {
		if m.ID != kf.MAC {
			continue
		}
		lasting, err := lastingOf(m)
		if err != nil {
			return nil, err
		}
		v.macRoot, v.macSuite, v.checkpoint = lasting.MAC, algorithmsOf(m.Suite), ed25519.NewKeyFromSeed(lasting.Checkpoint)
	}
	r, err := ringOf(kf)
	if err != nil {
		return nil, err
	}
	v.ring.Store(r)
	return v, nil
}

func ringOf(kf keyFile) (*ring, error) {
	r := &ring{byID: map[string]*keys{}, created: map[string]string{}, verifier: Verifier{keys: map[string]headPublic{}}}
	for _, m := range kf.Keys {
		if len(m.Master) == 0 {
			continue // dropped: it opens nothing any more
		}
		k, err := subkeys(m)
		if err != nil {
			return nil, err
		}
		r.byID[m.ID], r.created[m.ID] = k, m.Created
		r.verifier.keys[m.ID] = k.head.public()
	}
	r.active = r.byID[kf.Active]
	return r, nil
}

func subkeys(m masterKey) (*keys, error) {
	with := algorithmsOf(m.Suite)
	wrapSeed, err1 := derive(with, m.Master, "wrap")
	headSeed, err2 := derive(with, m.Master, "sign head")
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	k := &keys{id: m.ID, suite: m.Suite, content: with.content()}
	var err error
	if k.wrap, err = with.wrapper(wrapSeed); err == nil {
		k.head, err = with.headKey(headSeed)
	}
	return k, err
}

// ActiveKey is the id of the key that wraps and signs now; what names another id is due for Rewrap.
func (v *Vault) ActiveKey() string { return v.ring.Load().active.id }

// Holds says whether the vault can open what the key of an id has wrapped.
func (v *Vault) Holds(id string) bool { return v.ring.Load().byID[id] != nil }

// Key is a master key as people are told of it.
type Key struct {
	ID      string
	Created string // RFC 3339, UTC, as the key file says
	Suite   Suite
	Public  []byte // checks the heads it signed
}

// Keys lists the keys the vault can open with, in order of making.
func (v *Vault) Keys() []Key {
	r := v.ring.Load()
	out := make([]Key, 0, len(r.byID))
	for _, id := range slices.Sorted(maps.Keys(r.byID)) {
		out = append(out, Key{ID: id, Created: r.created[id], Suite: r.byID[id].suite, Public: r.verifier.keys[id]})
	}
	slices.SortStableFunc(out, func(a, b Key) int {
		switch {
		case a.Created < b.Created:
			return -1
		case a.Created > b.Created:
			return 1
		}
		return 0
	})
	return out
}

// Use makes a key of the ring the active one. It wraps and signs from now on.
func (v *Vault) Use(id string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	r := *v.ring.Load()
	if r.byID[id] == nil {
		return fmt.Errorf("vault: use %s: %w: put it into the key file", id, ErrOtherKey)
	}
	if r.active.id != id {
		r.active = r.byID[id]
		v.ring.Store(&r)
	}
	return nil
}

// Know keeps the public key of a master that was dropped, so that what it signed can still be checked.
func (v *Vault) Know(id string, public []byte) error {
	if err := headPublic(public).check(); err != nil {
		return fmt.Errorf("vault: public key of %s: %w", id, err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	r := *v.ring.Load()
	r.verifier = Verifier{keys: maps.Clone(r.verifier.keys)}
	if _, known := r.verifier.keys[id]; !known {
		r.verifier.keys[id] = public
	}
	v.ring.Store(&r)
	return nil
}

// Reload reads the keys again and takes up those added since. It keeps the active key, and refuses with
// ErrOtherKey what is no longer the ring of this installation: another root of keyed hashes, or no active key.
func (v *Vault) Reload() error {
	kf, err := v.read()
	if err != nil {
		return err
	}
	fresh, err := fromKeyFile(kf)
	if err != nil {
		return err
	}
	if !hmac.Equal(fresh.macRoot, v.macRoot) {
		return fmt.Errorf("vault: reload: %w", ErrOtherKey)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	old, r := v.ring.Load(), fresh.ring.Load()
	if r.active = r.byID[old.active.id]; r.active == nil {
		return fmt.Errorf("vault: reload: %w: the key in use, %s, is missing", ErrOtherKey, old.active.id)
	}
	for id, public := range old.verifier.keys {
		r.verifier.keys[id] = public
	}
	v.ring.Store(r)
	return nil
}
