//go:build !linux

package raster

import "runtime/debug"

// bound asks the runtime to hold to its memory: only Linux is asked more.
func bound() error {
	const memory = 768 << 20
	debug.SetMemoryLimit(memory)
	return nil
}
