package evidence

import (
	"fmt"
	"syscall"
)

// Free tells how many bytes the disk under the directory has left for us.
func (d *Dir) Free() (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(d.root, &s); err != nil {
		return 0, fmt.Errorf("evidence: free: %w", err)
	}
	return int64(s.Bavail) * s.Bsize, nil
}
