// Package inbox takes in what is put into a folder: each application folder or
// archive once, when nothing of it changes any more.
package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hequan/internal/blob"
	"hequan/internal/store"
)

// Ledger remembers what was taken in.
type Ledger interface {
	Watched(ctx context.Context, path, version string) (bool, error)
	AcceptWatched(ctx context.Context, path, version, name string, files []store.Incoming) (*store.Upload, error)
}

// Blobs keeps contents.
type Blobs interface {
	Put(r io.Reader, limit int64) (blob.Info, error)
}

// Inbox watches a folder. All fields up to Wake must be set.
type Inbox struct {
	Dir    string
	Ledger Ledger
	Blobs  Blobs
	Log    *slog.Logger
	Wake   func(context.Context, store.Task) // has the upload worked on soon

	Poll     time.Duration // how often the folder is looked at; default 3 s
	Settle   time.Duration // how long an entry must not have changed; default 10 s
	MaxBytes int64         // of one entry; default 2 GiB
	MaxFiles int           // of one entry; default 5,000

	refused map[string]string // entry to the version that is too large: told once
}

// found is an entry of the folder as it is now.
type found struct {
	name    string
	version string // of its names, sizes and times
	newest  time.Time
	files   []string // paths below the folder
	bytes   int64
}

// Run watches until ctx is done. A folder that cannot be read now is tried again.
func (b *Inbox) Run(ctx context.Context) {
	if b.Poll <= 0 {
		b.Poll = 3 * time.Second
	}
	if b.Settle <= 0 {
		b.Settle = 10 * time.Second
	}
	if b.MaxBytes <= 0 {
		b.MaxBytes = 2 << 30
	}
	if b.MaxFiles <= 0 {
		b.MaxFiles = 5000
	}
	b.refused = map[string]string{}
	seen := map[string]string{} // versions at the last look: an entry must look the same twice
	ticker := time.NewTicker(b.Poll)
	defer ticker.Stop()
	for {
		seen = b.look(ctx, seen)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// look takes in what is finished and returns the versions that it saw.
func (b *Inbox) look(ctx context.Context, before map[string]string) map[string]string {
	now := map[string]string{}
	entries, err := os.ReadDir(b.Dir)
	if err != nil {
		b.Log.Warn("the watched folder cannot be read; it is tried again", "dir", b.Dir, "error", err)
		return now
	}
	for _, e := range entries {
		if ctx.Err() != nil {
			return now
		}
		if unfinished(e.Name()) {
			continue
		}
		f, err := b.survey(e.Name())
		if err != nil || len(f.files) == 0 {
			continue // it is being written, or moved away
		}
		now[f.name] = f.version
		if before[f.name] != f.version || time.Since(f.newest) < b.Settle {
			continue
		}
		if err := b.take(ctx, f); err != nil && ctx.Err() == nil {
			b.Log.Warn("an entry of the watched folder was not taken in; it is tried again", "entry", f.name, "error", err)
		}
	}
	return now
}

// unfinished says whether a name is that of a file which a program has not
// finished writing, or of one that is nobody's application.
func unfinished(name string) bool {
	lower := strings.ToLower(name)
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || lower == "thumbs.db" || lower == "desktop.ini" {
		return true
	}
	for _, end := range []string{".part", ".partial", ".tmp", ".crdownload", ".filepart", ".download"} {
		if strings.HasSuffix(lower, end) {
			return true
		}
	}
	return false
}

// survey lists an entry's files without opening them. Links are not followed.
func (b *Inbox) survey(name string) (found, error) {
	f := found{name: name}
	h := sha256.New()
	err := filepath.WalkDir(filepath.Join(b.Dir, name), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Type() != 0 && !d.IsDir() {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if info.ModTime().After(f.newest) {
			f.newest = info.ModTime()
		}
		if d.IsDir() || unfinished(d.Name()) {
			return nil
		}
		rel, err := filepath.Rel(b.Dir, path)
		if err != nil {
			return err
		}
		f.files = append(f.files, rel)
		f.bytes += info.Size()
		fmt.Fprintf(h, "%s\x00%d\x00%d\n", rel, info.Size(), info.ModTime().UnixNano())
		return nil
	})
	f.version = hex.EncodeToString(h.Sum(nil))[:32]
	return f, err
}

// take keeps an entry's files and records it as an upload, once a version.
func (b *Inbox) take(ctx context.Context, f found) error {
	path, err := filepath.Abs(filepath.Join(b.Dir, f.name))
	if err != nil {
		return err
	}
	if known, err := b.Ledger.Watched(ctx, path, f.version); err != nil || known {
		return err
	}
	if len(f.files) > b.MaxFiles || f.bytes > b.MaxBytes {
		if b.refused[f.name] != f.version {
			b.refused[f.name] = f.version
			b.Log.Warn("an entry of the watched folder is too large: divide it", "entry", f.name, "files", len(f.files), "bytes", f.bytes)
		}
		return nil
	}
	var files []store.Incoming
	for _, name := range f.files {
		info, err := b.put(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		files = append(files, store.Incoming{Name: filepath.ToSlash(name), SHA256: info.SHA256, Bytes: info.Bytes})
	}
	if again, err := b.survey(f.name); err != nil || again.version != f.version || len(files) == 0 {
		return err // somebody went on writing
	}
	up, err := b.Ledger.AcceptWatched(ctx, path, f.version, f.name, files)
	if err != nil || up == nil {
		return err
	}
	b.Log.Info("taken in from the watched folder", "entry", f.name, "files", len(files))
	b.Wake(ctx, store.Task{Kind: store.KindUpload, ID: up.ID})
	return nil
}

func (b *Inbox) put(name string) (blob.Info, error) {
	f, err := os.Open(filepath.Join(b.Dir, name))
	if err != nil {
		return blob.Info{}, err
	}
	defer f.Close()
	return b.Blobs.Put(f, b.MaxBytes)
}
