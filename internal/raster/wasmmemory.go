package raster

import (
	"github.com/tetratelabs/wazero/experimental"
	"golang.org/x/sys/unix"
)

// reserved is the memory of a WebAssembly module in address space that is
// reserved at once and used as far as the module grows. In Go's heap it would
// be copied whenever it grows, cleared and counted by the collector, though
// nothing in it ever becomes free.
type reserved struct {
	all  []byte
	used uint64
}

// reserve is an allocator of wazero. Without address space the module is
// refused: PDFium does not start.
func reserve(_, most uint64) experimental.LinearMemory {
	all, err := unix.Mmap(-1, 0, int(most), unix.PROT_NONE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return &reserved{}
	}
	return &reserved{all: all}
}

// Reallocate grows the memory; nil when there is no more.
func (r *reserved) Reallocate(size uint64) []byte {
	if size > uint64(len(r.all)) {
		return nil
	}
	if size > r.used {
		if err := unix.Mprotect(r.all[:size], unix.PROT_READ|unix.PROT_WRITE); err != nil {
			return nil
		}
		r.used = size
	}
	return r.all[:size:size]
}

// Free gives the memory back.
func (r *reserved) Free() {
	if r.all != nil {
		_ = unix.Munmap(r.all) // nothing can be done, and the process goes on without
		r.all, r.used = nil, 0
	}
}
