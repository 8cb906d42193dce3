package document

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/emmansun/gmsm/smx509"
)

// Seals are the electronic seals of an installation, by the organ's name on them.
type Seals map[string][]Seal

// ErrSeal: a file that holds no seal.
var ErrSeal = errors.New("a seal is a file with a private key (PKCS #8) and its certificate, whose common name is the organ's, before those that vouch for it (PEM)")

// OpenSeals reads every *.pem at the top of a folder (nil: none): a key and the certificates it belongs to. Several seals
// of one organ follow each other by their validity.
func OpenSeals(dir fs.FS) (Seals, error) {
	out := Seals{}
	if dir == nil {
		return out, nil
	}
	names, err := fs.Glob(dir, "*.pem")
	if err != nil {
		return nil, fmt.Errorf("document: seals: %w", err)
	}
	for _, name := range names {
		raw, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, fmt.Errorf("document: seals: %w", err)
		}
		s, err := readSeal(raw)
		if err != nil {
			return nil, fmt.Errorf("document: seals: %s: %w", name, err)
		}
		out[s.Name] = append(out[s.Name], s)
	}
	return out, nil
}

// readSeal reads one file.
func readSeal(raw []byte) (Seal, error) {
	var s Seal
	for block, rest := pem.Decode(raw); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case "CERTIFICATE":
			c, err := smx509.ParseCertificate(block.Bytes)
			if err != nil {
				return Seal{}, fmt.Errorf("%w: %w", ErrSeal, err)
			}
			s.Chain = append(s.Chain, c.ToX509())
		case "PRIVATE KEY":
			key, err := smx509.ParsePKCS8PrivateKey(block.Bytes)
			if err != nil {
				return Seal{}, fmt.Errorf("%w: %w", ErrSeal, err)
			}
			s.Key, _ = key.(crypto.Signer)
		}
	}
	if s.Key == nil || len(s.Chain) == 0 || s.Chain[0].Subject.CommonName == "" {
		return Seal{}, ErrSeal
	}
	if _, err := schemeOf(s.Key); err != nil {
		return Seal{}, err
	}
	public, err := smx509.MarshalPKIXPublicKey(s.Key.Public())
	if err != nil || !bytes.Equal(public, s.Chain[0].RawSubjectPublicKeyInfo) {
		return Seal{}, fmt.Errorf("%w: the first certificate is not that of the key", ErrSeal)
	}
	s.Name = s.Chain[0].Subject.CommonName
	return s, nil
}

// For is the seal of an organ that may be pressed at a time; false where it has none.
func (s Seals) For(name string, at time.Time) (Seal, bool) {
	for _, one := range s[name] {
		if c := one.Chain[0]; !at.Before(c.NotBefore) && !at.After(c.NotAfter) {
			one.At = at
			return one, true
		}
	}
	return Seal{}, false
}

// Fingerprint is the SHA-256 of the seal's certificate, in hex.
func (s Seal) Fingerprint() string {
	sum := sha256.Sum256(s.Chain[0].Raw)
	return hex.EncodeToString(sum[:])
}

// PEM is a seal as OpenSeals reads it.
func (s Seal) PEM() ([]byte, error) {
	raw, err := x509.MarshalPKCS8PrivateKey(s.Key)
	if err != nil {
		return nil, fmt.Errorf("document: seal: %w", err)
	}
	out := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw})
	for _, c := range s.Chain {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return out, nil
}
