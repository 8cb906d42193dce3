package office

import (
	"crypto/hmac"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// This file seals who follows what, and makes the links by which she confirms and stops.

// A link holds the row's id and a keyed hash of it, so that nothing secret is stored and none can be made up.
const subscriptionID, subscriptionMAC = 16, 16

var subscriptionText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func (o *Office) subscriptionToken(id []byte) string {
	return subscriptionText.EncodeToString(append(append([]byte{}, id...), o.vault.MAC(vault.Subscription, id)[:subscriptionMAC]...))
}

// subscriptionOf is the row a link speaks of; ErrNotFound where it is none of ours.
func (o *Office) subscriptionOf(token string) ([]byte, error) {
	raw, err := subscriptionText.DecodeString(token)
	if err != nil || len(raw) != subscriptionID+subscriptionMAC || !hmac.Equal(raw[subscriptionID:], o.vault.MAC(vault.Subscription, raw[:subscriptionID])[:subscriptionMAC]) {
		return nil, ErrNotFound
	}
	return raw[:subscriptionID], nil
}

// subscriptionAddress is where a follower confirms, looks and ends, with "/leave" where it is ended at once.
func (o *Office) subscriptionAddress(lang i18n.Lang, id []byte, rest string) string {
	return o.at(lang, "/subscribe/"+o.subscriptionToken(id)+rest)
}

// at is a page of the site as letters name it.
func (o *Office) at(lang i18n.Lang, path string) string {
	return strings.TrimSuffix(o.origin, "/") + lang.Prefix() + path
}

// subscriptionPlace is what a follower is sealed for.
func subscriptionPlace(id []byte) []byte { return append([]byte("subscription\x01"), id...) }

func (o *Office) sealSubscription(id []byte, f subscription) ([]byte, error) {
	text, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("office: subscription: %w", err)
	}
	s, err := o.vault.Seal(text, subscriptionPlace(id))
	if err != nil {
		return nil, err
	}
	sealed, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("office: subscription: %w", err)
	}
	return sealed, nil
}

func (o *Office) openSubscription(row store.Subscription) (subscription, error) {
	var f subscription
	var s vault.Sealed
	if err := json.Unmarshal(row.Sealed, &s); err != nil {
		return f, fmt.Errorf("office: subscription: %w", err)
	}
	text, err := o.vault.Open(s, subscriptionPlace(row.ID))
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(text, &f); err != nil {
		return f, fmt.Errorf("office: subscription: %w", err)
	}
	return f, nil
}
