package main

import (
	"fmt"
	"os"
	"strings"

	"yifa/internal/provider"
)

// oidcFlags say by which provider of identities (OpenID Connect) officials may sign in, or filers be confirmed.
type oidcFlags struct {
	Issuer     string `env:"ISSUER" help:"Its address. Without it there is none."`
	Client     string `env:"CLIENT" help:"Our id there; let it lead back to https://HOST${back}."`
	SecretFile string `env:"SECRET_FILE" help:"File with our secret there; or the secret itself in the environment."`
	Secret     string `env:"SECRET" hidden:""`
	Claim      string `default:"${claim}" env:"CLAIM" help:"Claim of the ID token by which ${who} are known here."`
	Name       string `env:"NAME" help:"What pages call it; by default 统一身份认证 in the language of the page."`
}

// provider is the one the flags name, or nil.
func (f oidcFlags) provider() (*provider.Provider, error) {
	if f.Issuer == "" {
		return nil, nil //nolint:nilnil // no provider is a choice, not a failure
	}
	secret := f.Secret
	if f.SecretFile != "" {
		text, err := os.ReadFile(f.SecretFile)
		if err != nil {
			return nil, fmt.Errorf("--oidc-secret-file: %w", err)
		}
		secret = strings.TrimSpace(string(text))
	}
	return provider.New(provider.Config{Issuer: f.Issuer, Client: f.Client, Secret: secret, Claim: f.Claim})
}
