// Package provider asks a provider of identities (OpenID Connect, such as a province's 统一身份认证) who somebody is. It
// says what a claim of his holds, and never whose account that is or what he may do. It stores nothing: what one sign-in
// needs between its two requests the caller keeps. No secret, code or token comes into an error or a log.
package provider

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// askTime is how long the provider may take to answer one question.
const askTime = 10 * time.Second

// ErrRefused: the provider, or what came back from it, lets nobody in.
var ErrRefused = errors.New("provider: refused")

// Config is how a provider knows the platform.
type Config struct {
	Issuer string // address, as its discovery document says it
	Client string
	Secret string
	Claim  string // of the ID token, that holds the name of an account
}

// Provider is one provider. It is safe for use by many goroutines.
type Provider struct {
	Config
	client *http.Client

	mu    sync.Mutex
	found *oidc.Provider // once it has answered
}

// New gives a provider, or everything that its configuration misses. It asks it nothing yet, so that the platform starts
// while the provider is down.
func New(c Config) (*Provider, error) {
	at, err := url.Parse(c.Issuer)
	if err != nil || at.Host == "" || at.Scheme != "https" && !(at.Scheme == "http" && (at.Hostname() == "localhost" || at.Hostname() == "127.0.0.1")) {
		return nil, fmt.Errorf("provider: issuer %q is not an https address", c.Issuer)
	}
	if c.Client == "" || c.Secret == "" || c.Claim == "" {
		return nil, errors.New("provider: client, secret and claim are all needed")
	}
	return &Provider{Config: c, client: &http.Client{Timeout: askTime}}, nil
}

// Waiting is what a sign-in needs between its two requests. It is a secret.
type Waiting struct {
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
	Redirect string `json:"redirect"`
	To       string `json:"to"`              // where to lead afterwards
	Again    bool   `json:"again,omitempty"` // he has to show it anew, whoever the provider still remembers
}

// NewWaiting draws what a sign-in that comes back to redirect needs.
func NewWaiting(redirect, to string) Waiting {
	return Waiting{Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier(), Redirect: redirect, To: to}
}

// Address is where to send somebody who is to show the provider who he is; state comes back with him.
func (p *Provider) Address(ctx context.Context, w Waiting, state string) (string, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return "", err
	}
	asked := []oauth2.AuthCodeOption{oidc.Nonce(w.Nonce), oauth2.S256ChallengeOption(w.Verifier)}
	if w.Again {
		asked = append(asked, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	return p.settings(found, w).AuthCodeURL(state, asked...), nil
}

// againWithin is how long ago somebody asked to show himself anew may have done so.
const againWithin = 5 * time.Minute

// Shown is what a provider says of somebody: what the claim holds, and when he last showed it who he is; zero where it does
// not say.
type Shown struct {
	Name string
	At   time.Time
}

// Who is what the provider says of somebody who came back. ErrRefused where the provider says no or what it says does not
// belong to what was asked.
func (p *Provider) Who(ctx context.Context, w Waiting, code string) (Shown, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return Shown{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := p.settings(found, w).Exchange(ctx, code, oauth2.VerifierOption(w.Verifier))
	if err != nil {
		return Shown{}, ErrRefused
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := found.Verifier(&oidc.Config{ClientID: p.Client}).Verify(ctx, raw)
	if err != nil || subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(w.Nonce)) != 1 {
		return Shown{}, ErrRefused
	}
	claims := map[string]any{}
	if err := id.Claims(&claims); err != nil {
		return Shown{}, ErrRefused
	}
	name, _ := claims[p.Claim].(string)
	if name == "" {
		return Shown{}, ErrRefused
	}
	shown := Shown{Name: name}
	if at, said := claims["auth_time"].(float64); said {
		shown.At = time.Unix(int64(at), 0)
	}
	if w.Again && time.Since(shown.At) > againWithin {
		return Shown{}, ErrRefused // it passed him on unasked
	}
	return shown, nil
}

func (p *Provider) settings(found *oidc.Provider, w Waiting) *oauth2.Config {
	return &oauth2.Config{ClientID: p.Client, ClientSecret: p.Secret, Endpoint: found.Endpoint(), RedirectURL: w.Redirect, Scopes: []string{oidc.ScopeOpenID}}
}

// discover reads the provider's own description once; while it is down each call tries again. Its keys are fetched by
// the library whenever a new one is met, so the context of one request must not end them.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.Issuer)
	if err != nil {
		return nil, fmt.Errorf("provider: %s does not answer as one: %w", p.Issuer, err)
	}
	p.found = found
	return found, nil
}
