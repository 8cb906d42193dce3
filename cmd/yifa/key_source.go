package main

import (
	"errors"
	"os"
	"path/filepath"

	"yifa/internal/installation"
)

// findKeys is where a command takes its keys from: the file it was told, else YIFA_KEY, else the credential
// "yifa.key" of systemd, else the data folder. Two at once are refused: nobody could say which was meant.
func findKeys(file string) (installation.Keys, error) {
	k := installation.Keys{File: file, Secret: os.Getenv("YIFA_KEY")}
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
		return installation.Keys{}, errors.New("the key is given twice: use one of --key, YIFA_KEY and the credential " + installation.KeyFile)
	}
	return k, nil
}
