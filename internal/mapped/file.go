// Package mapped gives files of this machine that are large and of which little
// is looked at, typefaces above all, without reading them.
package mapped

import (
	"errors"
	"fmt"
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

var (
	mu    sync.Mutex
	known = map[string][]byte{}
)

// File returns the bytes of a file as they lie on the disk: only those that are looked at are
// fetched. They stay for as long as the process runs, must not be written to, and the file must not
// be cut short in place (package managers put another one there instead).
func File(path string) ([]byte, error) {
	mu.Lock()
	defer mu.Unlock()
	if data, ok := known[path]; ok {
		return data, nil
	}
	data, err := open(path)
	if err != nil {
		return nil, err
	}
	known[path] = data
	return data, nil
}

// Look shows the bytes of a file to f, and lets them go.
func Look(path string, f func(data []byte) error) error {
	data, err := open(path)
	if err != nil {
		return err
	}
	err = f(data)
	return errors.Join(err, unix.Munmap(data))
}

func open(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() == 0 {
		return nil, fmt.Errorf("%s is no file with something in it", path)
	}
	data, err := unix.Mmap(int(f.Fd()), 0, int(info.Size()), unix.PROT_READ, unix.MAP_PRIVATE)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be mapped: %w", path, err)
	}
	return data, nil
}
