package bench

import (
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// fsync says how often a second the disk of the folder makes 4 KiB durable.
func (s *size) fsync() error {
	path := filepath.Join(s.dir, "fsync")
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer os.Remove(path)
	defer f.Close()
	block, n, start := make([]byte, 4096), 0, time.Now()
	for ; time.Since(start) < s.Each; n++ {
		if _, err := f.Write(block); err != nil {
			return err
		}
		if err := unix.Fdatasync(int(f.Fd())); err != nil {
			return err
		}
	}
	s.out.FsyncPerS = float64(n) / time.Since(start).Seconds()
	s.logf("%-28s %3d  %9.0f/s", "fsync of 4 KiB", 1, s.out.FsyncPerS)
	return nil
}
