package document_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yifa/internal/document"
)

// sealOf is a seal with a certificate of its own making.
func sealOf(t testing.TB, key crypto.Signer) document.Seal {
	t.Helper()
	at := time.Date(2026, 3, 5, 9, 30, 0, 0, time.FixedZone("", 8*3600))
	template := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "江门市蓬江区司法局", Organization: []string{"江门市蓬江区司法局"}, Country: []string{"CN"}},
		NotBefore: at.AddDate(-1, 0, 0), NotAfter: at.AddDate(20, 0, 0), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return document.Seal{Name: "江门市蓬江区司法局", Key: key, Chain: []*x509.Certificate{certificate}, At: at}
}

// pdfsig is what a reader not written here says of a file's signature.
func pdfsig(t *testing.T, pdf []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := exec.Command(tool(t, "pdfsig"), name).CombinedOutput() // it fails where the certificate is nobody's it knows
	return string(out)
}

// TestSign: a reader not written here finds the signature valid, sees who sealed the paper and when, and that nothing
// outside of it is in the file; one changed byte is noticed.
func TestSign(t *testing.T) {
	ec, err1 := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	rs, err2 := rsa.GenerateKey(rand.Reader, 2048)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	f, p := fonts(t), letter()
	pdf, err := f.PDF(p)
	if err != nil {
		t.Fatal(err)
	}
	for name, key := range map[string]crypto.Signer{"ECDSA": ec, "RSA": rs} {
		sealed, err := f.Sign(p, pdf, sealOf(t, key))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(sealed, pdf) {
			t.Errorf("%s: what was there is changed", name)
		}
		said := pdfsig(t, sealed)
		for _, want := range []string{"Signature is Valid", "江门市蓬江区司法局", "Mar 05 2026", "ETSI.CAdES.detached", "Total document signed"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: pdfsig does not say %q:\n%s", name, want, said)
			}
		}
		if textOf(t, sealed) != textOf(t, pdf) {
			t.Errorf("%s: the seal changes the text", name)
		}
		altered := bytes.Clone(sealed)
		altered[bytes.Index(altered, []byte("/Creator"))+40] ^= 1
		altered[2000] ^= 1
		if said := pdfsig(t, altered); strings.Contains(said, "Signature is Valid") {
			t.Errorf("%s: a changed file is valid:\n%s", name, said)
		}
		if _, err := f.Sign(p, sealed, sealOf(t, key)); !errors.Is(err, document.ErrSealed) {
			t.Errorf("%s: sealed twice: %v", name, err)
		}
	}
}
