// Package blob keeps files by their content: the name of a blob is the sha256
// of its bytes, in hexadecimal. A blob is written to a temporary name, synced
// and renamed, so one that is there is whole, and writing it twice is harmless.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// ErrTooLarge is returned by Put when the content exceeds the limit.
var ErrTooLarge = errors.New("the content exceeds the limit")

// Store is a folder of blobs. Several processes may share it.
type Store struct{ dir string }

// Info describes a blob.
type Info struct {
	SHA256 string
	Bytes  int64
}

// Open returns the store in dir, which is created when absent.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(filepath.Join(dir, "tmp"), 0o750); err != nil {
		return nil, fmt.Errorf("blob folder: %w", err)
	}
	s := &Store{dir: dir}
	return s, s.sweep()
}

// sweep removes what a crash left half written. A day is longer than any write takes.
func (s *Store) sweep() error {
	left, err := os.ReadDir(filepath.Join(s.dir, "tmp"))
	if err != nil {
		return fmt.Errorf("blob folder: %w", err)
	}
	for _, e := range left {
		info, err := e.Info()
		if err != nil || time.Since(info.ModTime()) < 24*time.Hour {
			continue // gone meanwhile, or perhaps in use
		}
		if err := os.Remove(filepath.Join(s.dir, "tmp", e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("blob folder: %w", err)
		}
	}
	return nil
}

// Put keeps what r gives, at most limit bytes (0: no limit), and returns its
// name. Once it has returned without an error, the content survives a crash.
func (s *Store) Put(r io.Reader, limit int64) (Info, error) {
	tmp, err := os.CreateTemp(filepath.Join(s.dir, "tmp"), "put-*")
	if err != nil {
		return Info{}, err
	}
	defer os.Remove(tmp.Name()) // gone already once it was renamed
	defer tmp.Close()
	src := r
	if limit > 0 {
		src = io.LimitReader(r, limit+1)
	}
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(tmp, hash), src)
	if err != nil {
		return Info{}, err
	}
	if limit > 0 && n > limit {
		return Info{}, ErrTooLarge
	}
	info := Info{SHA256: hex.EncodeToString(hash.Sum(nil)), Bytes: n}
	return info, s.keep(tmp, info)
}

// keep syncs the temporary file and gives it its name.
func (s *Store) keep(tmp *os.File, info Info) error {
	path, err := s.path(info.SHA256)
	if err != nil {
		return err
	}
	if known, err := os.Stat(path); err == nil && known.Size() == info.Bytes {
		return nil
	}
	if err := tmp.Chmod(0o640); err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	return errors.Join(syncDir(filepath.Dir(path)), syncDir(s.dir))
}

// Path returns where the blob lies on disk; the error is fs.ErrNotExist when
// there is none. The file must not be changed.
func (s *Store) Path(sha256 string) (string, error) {
	path, err := s.path(sha256)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err != nil {
		return "", err
	}
	return path, nil
}

// Get returns the whole content of a blob.
func (s *Store) Get(sha256 string) ([]byte, error) {
	path, err := s.path(sha256)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// path names the file of a blob; a name that is no sha256 never reaches the disk.
func (s *Store) path(sum string) (string, error) {
	if raw, err := hex.DecodeString(sum); err != nil || len(raw) != sha256.Size {
		return "", fmt.Errorf("%q is no sha256: %w", sum, fs.ErrNotExist)
	}
	return filepath.Join(s.dir, sum[:2], sum[2:]), nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
