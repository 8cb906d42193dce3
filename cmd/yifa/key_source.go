package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"yifa/internal/installation"
)

// keyCommand names a program that prints the key file, as yifa-token does from a token, split at its spaces.
const keyCommand = "YIFA_KEY_COMMAND"

// keyWait is how long that program may take: a token asks nobody.
const keyWait = 30 * time.Second

// findKeys is where a command takes its keys from: the file it was told, else YIFA_KEY, what YIFA_KEY_COMMAND prints, the
// credential "yifa.key" of systemd, else the data folder. Two at once are refused: nobody could say which was meant.
func findKeys(file string) (installation.Keys, error) {
	k := installation.Keys{File: file, Secret: os.Getenv("YIFA_KEY")}
	if line := strings.Fields(os.Getenv(keyCommand)); len(line) > 0 {
		if k.Secret != "" {
			return installation.Keys{}, errors.New("the key is given twice: use one of YIFA_KEY and " + keyCommand)
		}
		ctx, stop := context.WithTimeout(context.Background(), keyWait)
		defer stop()
		c := exec.CommandContext(ctx, line[0], line[1:]...) //nolint:gosec // G702: the operator's own command, as the key itself would be
		c.Stderr = os.Stderr
		out, err := c.Output()
		if err != nil {
			return installation.Keys{}, fmt.Errorf("the key by %s: %s: %w", keyCommand, line[0], err)
		}
		k.Secret = string(out)
	}
	if dir := os.Getenv("CREDENTIALS_DIRECTORY"); dir != "" {
		path := filepath.Join(dir, installation.KeyFile)
		if _, err := os.Stat(path); err == nil {
			k.Credential = path
		}
	}
	given := 0
	for _, s := range []string{k.File, k.Secret, k.Credential} {
		if s != "" {
			given++
		}
	}
	if given > 1 {
		return installation.Keys{}, errors.New("the key is given twice: use one of --key, YIFA_KEY, " + keyCommand + " and the credential " + installation.KeyFile)
	}
	return k, nil
}
