package document

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
)

// Object identifiers of RFC 5652, RFC 5035, RFC 8017, RFC 5758 and GM/T 0006.
var (
	oidData          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidCertificateV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidRSA           = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidECDSA         = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
	oidSM3           = asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 401}
	oidSM2           = asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 501}
)

// scheme is how a key signs.
type scheme struct {
	digest, signature asn1.ObjectIdentifier
	sum               func([]byte) []byte
	options           crypto.SignerOpts
	whole             bool // the key hashes what it signs itself
}

// ErrKey: a key of a kind that papers are not sealed with.
var ErrKey = errors.New("document: a seal's key is RSA, ECDSA P-256 or SM2")

// schemeOf says how a key signs: SM2 with SM3, everything else with SHA-256.
func schemeOf(key crypto.Signer) (scheme, error) {
	sum256 := func(b []byte) []byte { s := sha256.Sum256(b); return s[:] }
	switch key := key.Public().(type) {
	case *rsa.PublicKey:
		return scheme{digest: oidSHA256, signature: oidRSA, sum: sum256, options: crypto.SHA256}, nil
	case *ecdsa.PublicKey:
		if key.Curve == sm2.P256() {
			return scheme{digest: oidSM3, signature: oidSM2, sum: func(b []byte) []byte { s := sm3.Sum(b); return s[:] }, options: sm2.NewSM2SignerOption(true, nil), whole: true}, nil
		}
		return scheme{digest: oidSHA256, signature: oidECDSA, sum: sum256, options: crypto.SHA256}, nil
	}
	return scheme{}, ErrKey
}

// Shapes of RFC 5652 that encoding/asn1 writes.
type (
	contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue `asn1:"explicit,optional,tag:0"`
	}
	issuerSerial struct {
		Issuer asn1.RawValue
		Serial *big.Int
	}
	attribute struct {
		Type   asn1.ObjectIdentifier
		Values asn1.RawValue `asn1:"set"`
	}
	signerInfo struct {
		Version    int
		Signer     issuerSerial
		Digest     pkix.AlgorithmIdentifier
		Attributes asn1.RawValue
		Algorithm  pkix.AlgorithmIdentifier
		Signature  []byte
	}
	signedData struct {
		Version      int
		Digests      []pkix.AlgorithmIdentifier `asn1:"set"`
		Content      contentInfo
		Certificates asn1.RawValue
		Signers      []signerInfo `asn1:"set"`
	}
)

// signCMS makes a detached signature of content (RFC 5652) that names its certificate (RFC 5035), as PAdES asks. It says
// no time: the paper does.
func signCMS(content []byte, key crypto.Signer, chain []*x509.Certificate) ([]byte, error) {
	s, err := schemeOf(key)
	if err != nil {
		return nil, err
	}
	attributes, err := signedAttributes(s, content, chain[0])
	if err != nil {
		return nil, err
	}
	signed := attributes
	if !s.whole {
		signed = s.sum(attributes)
	}
	signature, err := key.Sign(rand.Reader, signed, s.options)
	if err != nil {
		return nil, fmt.Errorf("document: sign: %w", err)
	}
	var certificates []byte
	for _, c := range chain {
		certificates = append(certificates, c.Raw...)
	}
	implicit := bytes.Clone(attributes)
	implicit[0] = 0xA0 // the set stands as [0] where it is not hashed (RFC 5652 5.4)
	inner, err := asn1.Marshal(signedData{Version: 1, Digests: []pkix.AlgorithmIdentifier{{Algorithm: s.digest}}, Content: contentInfo{Type: oidData},
		Certificates: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: certificates},
		Signers: []signerInfo{{Version: 1, Signer: issuerSerial{asn1.RawValue{FullBytes: chain[0].RawIssuer}, chain[0].SerialNumber},
			Digest: pkix.AlgorithmIdentifier{Algorithm: s.digest}, Attributes: asn1.RawValue{FullBytes: implicit},
			Algorithm: pkix.AlgorithmIdentifier{Algorithm: s.signature}, Signature: signature}}})
	if err != nil {
		return nil, fmt.Errorf("document: sign: %w", err)
	}
	return asn1.Marshal(contentInfo{Type: oidSignedData, Content: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: inner}})
}

// signedAttributes are what is signed: what kind of content it is, its hash, and by which certificate.
func signedAttributes(s scheme, content []byte, certificate *x509.Certificate) ([]byte, error) {
	type essCert struct {
		Algorithm pkix.AlgorithmIdentifier `asn1:"optional"`
		Hash      []byte
	}
	named := essCert{Hash: s.sum(certificate.Raw)}
	if !s.digest.Equal(oidSHA256) { // which is the one meant where none is named
		named.Algorithm.Algorithm = s.digest
	}
	var all []attribute
	for _, a := range []struct {
		of    asn1.ObjectIdentifier
		value any
	}{{oidContentType, oidData}, {oidMessageDigest, s.sum(content)}, {oidCertificateV2, struct{ Certs []essCert }{[]essCert{named}}}} {
		value, err := asn1.Marshal(a.value)
		if err != nil {
			return nil, fmt.Errorf("document: sign: %w", err)
		}
		all = append(all, attribute{a.of, asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: value}})
	}
	return asn1.MarshalWithParams(all, "set")
}
