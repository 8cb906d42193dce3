package main

import (
	"fmt"
	"os"
	"strings"

	"yifa/internal/provider"
)

// oidcFlags say which provider of identities (OpenID Connect) officials may sign in by.
type oidcFlags struct {
	Issuer     string `env:"YIFA_OIDC_ISSUER" help:"Its address. Without it there is none."`
	Client     string `env:"YIFA_OIDC_CLIENT" help:"Our id there; let it lead back to https://HOST/desk/sign-in/back."`
	SecretFile string `env:"YIFA_OIDC_SECRET_FILE" help:"File with our secret there; or the secret itself in $$YIFA_OIDC_SECRET."`
	Secret     string `env:"YIFA_OIDC_SECRET" hidden:""`
	Claim      string `default:"preferred_username" env:"YIFA_OIDC_CLAIM" help:"Claim of the ID token that holds the name of an account here."`
	Name       string `default:"统一身份认证" env:"YIFA_OIDC_NAME" help:"What the sign-in page calls it."`
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
