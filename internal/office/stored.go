package office

import (
	"yifa/internal/store"
	"yifa/internal/vault"
)

// stored is the entry as the store takes it.
func (c chained) stored() store.StoredEntry {
	e := store.StoredEntry{Entry: c.Entry, Header: c.Header, Prev: c.Prev, Hash: c.Hash}
	for _, p := range c.Parts {
		e.Parts = append(e.Parts, store.StoredPart{Class: p.Class, Party: p.Party, KeyID: p.Sealed.KeyID, Wrapped: p.Sealed.WrappedKey,
			Ciphertext: p.Sealed.Ciphertext, Commitment: p.Sealed.Commitment, CipherHash: p.Sealed.CipherHash})
	}
	return e
}

// sealedOf is a part as the store returned it.
func sealedOf(p store.StoredPart) sealedPart {
	return sealedPart{p.Class, p.Party, vault.Sealed{KeyID: p.KeyID, WrappedKey: p.Wrapped, Ciphertext: p.Ciphertext,
		Commitment: p.Commitment, CipherHash: p.CipherHash}}
}

func signatureOf(h store.Head) vault.Signature {
	return vault.Signature{KeyID: h.KeyID, Bytes: h.Signature}
}
