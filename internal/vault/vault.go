package vault

import (
	"crypto/cipher"
	"crypto/ed25519"
	"fmt"
	"sync"

	"golang.org/x/crypto/chacha20poly1305"
)

// Vault holds the opened keys. It is safe for use by many goroutines.
type Vault struct {
	active   *keys
	byID     map[string]*keys
	verifier Verifier
	macRoot  []byte
	macs     sync.Map // Purpose → *sync.Pool of keyed hash states
}

// keys are the subkeys of one master that rotate with it.
type keys struct {
	id         string
	wrap       cipher.AEAD        // key-encryption key
	head       ed25519.PrivateKey // signs heads
	checkpoint ed25519.PrivateKey // signs checkpoints of the ledger, apart from heads so that neither can pass for the other
}

// Open reads the key file at path. It refuses a missing file (ErrMissingKey), one others can read
// (ErrOpenToAll), a short, all-zero, typed or well-known secret (ErrWeakKey) and a damaged file
// (ErrBadKeyFile).
func Open(path string) (*Vault, error) {
	kf, err := readKeyFile(path)
	if err != nil {
		return nil, err
	}
	return fromKeyFile(kf)
}

func fromKeyFile(kf keyFile) (*Vault, error) {
	v := &Vault{byID: map[string]*keys{}, verifier: Verifier{keys: map[string]ed25519.PublicKey{}}}
	for _, m := range kf.Keys {
		k, err := subkeys(m)
		if err != nil {
			return nil, err
		}
		v.byID[m.ID] = k
		v.verifier.keys[m.ID] = k.head.Public().(ed25519.PublicKey)
		if m.ID != kf.MAC {
			continue
		}
		if v.macRoot, err = derive(m.Master, "mac"); err != nil {
			return nil, err
		}
	}
	v.active = v.byID[kf.Active]
	return v, nil
}

func subkeys(m masterKey) (*keys, error) {
	var seeds [3][]byte
	for i, use := range []string{"wrap", "sign head", "sign checkpoint"} {
		seed, err := derive(m.Master, use)
		if err != nil {
			return nil, err
		}
		seeds[i] = seed
	}
	wrap, err := chacha20poly1305.NewX(seeds[0])
	if err != nil {
		return nil, fmt.Errorf("vault: wrap key: %w", err)
	}
	return &keys{id: m.ID, wrap: wrap, head: ed25519.NewKeyFromSeed(seeds[1]), checkpoint: ed25519.NewKeyFromSeed(seeds[2])}, nil
}

// ActiveKey is the id of the key that wraps and signs now; what names another id is due for Rewrap.
func (v *Vault) ActiveKey() string { return v.active.id }
