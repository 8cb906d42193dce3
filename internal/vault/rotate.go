package vault

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
)

// Add puts a new random master of a suite into the key file at path and returns its id. It does not make it the active one:
// that is decided in the record, by two people.
func Add(path string, suite Suite) (id string, err error) {
	kf, err := readKeyFile(path, onlyOwner)
	if err != nil {
		return "", err
	}
	secret := make([]byte, masterSize)
	rand.Read(secret)
	key, err := newMaster(secret, suite)
	if err != nil {
		return "", err
	}
	kf.Keys = append(kf.Keys, key)
	return key.ID, rewrite(path, kf)
}

// Drop takes a master out of the key file and names the one that is active now. Of the master that keyed hashes
// come from, their root and the log's key are kept. The caller has made sure that nothing is wrapped by it.
func Drop(path, id, active string) error {
	kf, err := readKeyFile(path, onlyOwner)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(kf.Keys, func(k masterKey) bool { return k.ID == id && k.Rest == nil })
	if i < 0 || id == active || !slices.ContainsFunc(kf.Keys, func(k masterKey) bool { return k.ID == active && k.Rest == nil }) {
		return fmt.Errorf("vault: drop %s: %w: it is not in %s, or nothing would be left", id, ErrOtherKey, path)
	}
	kf.Active = active
	if id != kf.MAC {
		kf.Keys = slices.Delete(kf.Keys, i, i+1)
		return rewrite(path, kf)
	}
	rest, err := lastingOf(kf.Keys[i])
	if err != nil {
		return err
	}
	kf.Keys[i].Master, kf.Keys[i].Rest = nil, &rest
	return rewrite(path, kf)
}

// rewrite replaces a key file at once by a new one of the same owner and mode.
func rewrite(path string, kf keyFile) (err error) {
	text, err := json.MarshalIndent(kf, "", "  ")
	if err != nil {
		return fmt.Errorf("vault: encode key file: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("vault: replace key file: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".key-*")
	if err != nil {
		return fmt.Errorf("vault: replace key file %s: %w", path, err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(append(text, '\n'))
	if owner, ok := info.Sys().(*syscall.Stat_t); ok {
		err = errors.Join(err, tmp.Chown(int(owner.Uid), int(owner.Gid)))
	}
	if err = errors.Join(err, tmp.Chmod(info.Mode().Perm()), tmp.Sync(), tmp.Close()); err != nil {
		return fmt.Errorf("vault: write key file %s: %w", path, err)
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return fmt.Errorf("vault: replace key file: %w", err)
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("vault: sync %s: %w", dir, err)
	}
	return errors.Join(d.Sync(), d.Close())
}
