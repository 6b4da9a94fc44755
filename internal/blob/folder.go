package blob

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Folder is a folder of blobs. A blob is written to a temporary name, synced
// and renamed.
type Folder struct{ dir string }

// OpenFolder returns the store in dir, which is created when absent.
func OpenFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(filepath.Join(dir, "tmp"), 0o750); err != nil {
		return nil, fmt.Errorf("blob folder: %w", err)
	}
	s := &Folder{dir: dir}
	return s, s.sweep()
}

// sweep removes what a crash left half written. A day is longer than any write takes.
func (s *Folder) sweep() error {
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

// Put implements Store.
func (s *Folder) Put(r io.Reader, limit int64) (Info, error) {
	tmp, err := os.CreateTemp(filepath.Join(s.dir, "tmp"), "put-*")
	if err != nil {
		return Info{}, err
	}
	defer os.Remove(tmp.Name()) // gone already once it was renamed
	defer tmp.Close()
	info, err := pour(tmp, r, limit)
	if err != nil {
		return Info{}, err
	}
	return info, s.keep(tmp, info)
}

// keep syncs the temporary file and gives it its name. What is there already
// stays, if it is whole, and counts as written now.
func (s *Folder) keep(tmp *os.File, info Info) error {
	path := s.path(info.SHA256)
	if s.check(info.SHA256) == nil {
		now := time.Now()
		return os.Chtimes(path, now, now)
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

// check reads a blob and compares it with its name.
func (s *Folder) check(sum string) error {
	f, err := os.Open(s.path(sum))
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	return prove(h, sum)
}

// File implements Store: it is the blob itself.
func (s *Folder) File(sum, _ string) (string, error) {
	if err := valid(sum); err != nil {
		return "", err
	}
	return s.path(sum), s.check(sum)
}

// Get implements Store.
func (s *Folder) Get(sum string) ([]byte, error) {
	if err := valid(sum); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(s.path(sum))
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	h.Write(data)
	return data, prove(h, sum)
}

// Stat implements Store.
func (s *Folder) Stat(sum string) (Info, error) {
	if err := valid(sum); err != nil {
		return Info{}, err
	}
	about, err := os.Stat(s.path(sum))
	if err != nil {
		return Info{}, err
	}
	return Info{SHA256: sum, Bytes: about.Size(), Changed: about.ModTime()}, nil
}

// Delete implements Store.
func (s *Folder) Delete(sum string) error {
	if err := valid(sum); err != nil {
		return err
	}
	if err := os.Remove(s.path(sum)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Walk implements Store.
func (s *Folder) Walk(visit func(Info) error) error {
	return filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		sum := filepath.Base(filepath.Dir(path)) + d.Name()
		if d.IsDir() || valid(sum) != nil {
			return nil //nolint:nilerr // no blob
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // removed meanwhile
		}
		if err != nil {
			return err
		}
		return visit(Info{SHA256: sum, Bytes: info.Size(), Changed: info.ModTime()})
	})
}

// Ping implements Store: it writes and removes a file.
func (s *Folder) Ping() error {
	tmp, err := os.CreateTemp(filepath.Join(s.dir, "tmp"), "ping-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = io.Copy(tmp, bytes.NewReader([]byte("ping")))
	return errors.Join(err, tmp.Close())
}

func (s *Folder) path(sum string) string { return filepath.Join(s.dir, sum[:2], sum[2:]) }

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
