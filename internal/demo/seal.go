package demo

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"

	"yifa/internal/document"
)

// SealDir is the folder of the city's seals in its data folder.
const SealDir = "seals"

// sealing are the kinds of organs that sign papers here.
var sealing = []string{"justice", "government"}

// Seals makes a seal for every organ of the city that signs papers, unless they are there. Their certificates say that
// they are for demonstration: no authority vouches for them.
func (c *City) Seals(dir string) error {
	dir = filepath.Join(dir, SealDir)
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("demo: seals: %w", err)
	}
	for i, o := range c.organs {
		if !slices.Contains(sealing, o.Kind) {
			continue
		}
		raw, err := newSeal(o.Name, int64(i+1))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, o.Key+".pem"), raw, 0o600)
		}
		if err != nil {
			return fmt.Errorf("demo: seal of %s: %w", o.Key, err)
		}
	}
	return nil
}

// newSeal makes a key and a certificate that vouches for itself.
func newSeal(organ string, serial int64) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	const years = 10
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
		Subject:   pkix.Name{CommonName: organ, Organization: []string{"依法演示城市（无法律效力）"}, Country: []string{"CN"}},
		NotBefore: Begin.Midnight(), NotAfter: Begin.Midnight().AddDate(years, 0, 0)}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(raw)
	if err != nil {
		return nil, err
	}
	return document.Seal{Key: key, Chain: []*x509.Certificate{certificate}}.PEM()
}
