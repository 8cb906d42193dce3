package raster

import (
	"runtime/debug"
	"syscall"
)

// Bounds of a child. Compiling PDFium the first time takes 330 MB.
const (
	memory  = 1 << 30 // bytes it may write to
	seconds = 40      // of the processor
	written = 64 << 20
)

// bound holds this process to its bounds for good.
func bound() error {
	debug.SetMemoryLimit(memory * 3 / 4)
	for what, is := range map[int]uint64{syscall.RLIMIT_DATA: memory, syscall.RLIMIT_CPU: seconds, syscall.RLIMIT_FSIZE: written, syscall.RLIMIT_CORE: 0} {
		if err := syscall.Setrlimit(what, &syscall.Rlimit{Cur: is, Max: is}); err != nil {
			return err
		}
	}
	return nil
}
