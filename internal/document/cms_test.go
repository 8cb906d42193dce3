package document

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"testing"
	"testing/fstest"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/smx509"
)

// TestSM2: a seal of the national algorithms signs what its certificate verifies, and is read from a file like others.
func TestSM2(t *testing.T) {
	key, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 5, 9, 30, 0, 0, time.UTC)
	template := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "江门市司法局"}, NotBefore: at.AddDate(-1, 0, 0), NotAfter: at.AddDate(1, 0, 0)}
	raw, err := smx509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	file := append(pemOf(t, "CERTIFICATE", raw), pemOf(t, "PRIVATE KEY", pkcs8(t, key))...)
	seals, err := OpenSeals(fstest.MapFS{"a.pem": {Data: file}})
	if err != nil {
		t.Fatal(err)
	}
	seal, has := seals.For("江门市司法局", at)
	if _, early := seals.For("江门市司法局", at.AddDate(-2, 0, 0)); !has || early {
		t.Fatalf("found %t, before its time %t", has, early)
	}
	f, err := OpenFonts(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := Paper{Issuer: "江门市司法局", Title: "通知书", Body: []Block{{Text: "正文。"}}, Signer: "江门市司法局", Day: "2026年3月5日"}
	pdf, err := f.PDF(p)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := f.Sign(p, pdf, seal)
	if err != nil {
		t.Fatal(err)
	}
	from := bytes.LastIndex(sealed, []byte("/Contents <")) + len("/Contents <")
	to := from + 2*room
	signature := make([]byte, room)
	if _, err := hex.Decode(signature, sealed[from:to]); err != nil {
		t.Fatal(err)
	}
	var outer contentInfo
	if _, err := asn1.Unmarshal(signature, &outer); err != nil {
		t.Fatal(err)
	}
	var inner signedData
	if _, err := asn1.Unmarshal(outer.Content.Bytes, &inner); err != nil {
		t.Fatal(err)
	}
	one := inner.Signers[0]
	attributes := bytes.Clone(one.Attributes.FullBytes)
	attributes[0] = 0x31
	if !sm2.VerifyASN1WithSM2(&key.PublicKey, nil, attributes, one.Signature) {
		t.Error("the signature is not that of the key")
	}
	digest := sm3.Sum(append(bytes.Clone(sealed[:from-1]), sealed[to+1:]...))
	if !bytes.Contains(attributes, digest[:]) || !one.Algorithm.Algorithm.Equal(oidSM2) || !one.Digest.Algorithm.Equal(oidSM3) {
		t.Error("what is signed is not the file's SM3")
	}
}

// TestOpenSeals: what is no seal is refused by the name of its file.
func TestOpenSeals(t *testing.T) {
	one, err1 := sm2.GenerateKey(rand.Reader)
	two, err2 := sm2.GenerateKey(rand.Reader)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "江门市司法局"}}
	raw, err := smx509.CreateCertificate(rand.Reader, template, template, one.Public(), one)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"text": []byte("no seal"), "only a key": pemOf(t, "PRIVATE KEY", pkcs8(t, one)), "only a certificate": pemOf(t, "CERTIFICATE", raw),
		"another's key": append(pemOf(t, "CERTIFICATE", raw), pemOf(t, "PRIVATE KEY", pkcs8(t, two))...), "half a key": pemOf(t, "PRIVATE KEY", pkcs8(t, one)[:30]),
	} {
		if _, err := OpenSeals(fstest.MapFS{"a.pem": {Data: data}}); err == nil || !bytes.Contains([]byte(err.Error()), []byte("a.pem")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func pkcs8(t *testing.T, key *sm2.PrivateKey) []byte {
	t.Helper()
	raw, err := smx509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func pemOf(t *testing.T, kind string, raw []byte) []byte {
	t.Helper()
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: raw})
}
