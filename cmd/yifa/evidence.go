package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"yifa/internal/evidence"
	"yifa/internal/installation"
)

// evidenceFlags say where files of evidence are kept.
type evidenceFlags struct {
	Evidence     string `placeholder:"s3://BUCKET/PREFIX?endpoint=https://HOST:PORT&region=REGION" help:"Bucket for the files of evidence, on a store that speaks S3; by default they lie in DATA/evidence."`
	EvidenceKeys string `placeholder:"FILE" help:"With --evidence: a file only its owner may read, access key on its first line and secret key on its second."`
}

// open opens the store; nil: the folder of the installation.
func (f evidenceFlags) open(ctx context.Context, data string) (evidence.Store, error) {
	if f.Evidence == "" {
		if f.EvidenceKeys != "" {
			return nil, errors.New("--evidence-keys without --evidence")
		}
		return nil, nil //nolint:nilnil // as its comment says
	}
	info, err := os.Stat(f.EvidenceKeys)
	if err != nil {
		return nil, fmt.Errorf("--evidence-keys: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("--evidence-keys: others may read %s (mode %04o): run \"chmod 600\" on it", f.EvidenceKeys, info.Mode().Perm())
	}
	text, err := os.ReadFile(f.EvidenceKeys)
	if err != nil {
		return nil, fmt.Errorf("--evidence-keys: %w", err)
	}
	keys := strings.Fields(string(text))
	const both = 2
	if len(keys) != both {
		return nil, fmt.Errorf("--evidence-keys: %s has not two lines, access key and secret key", f.EvidenceKeys)
	}
	return evidence.OpenS3(ctx, evidence.S3Options{Address: f.Evidence, AccessKey: keys[0], SecretKey: keys[1], Local: filepath.Join(data, installation.EvidenceDir)})
}
