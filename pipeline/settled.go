package pipeline

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"sync"

	"hequan"
)

// settled is what Documents made of an application, as the cache keeps it.
type settled struct {
	Documents []hequan.Document `json:"documents"`
	Files     []hequan.FileInfo `json:"files"`
}

// Documents reads an application and makes documents of what was read, like
// [Documents] with the pages' pictures. Settling names and seals takes tenths
// of a second, so what it gave is kept, under all that it depends on: the form,
// the files' names and contents, the reader's version, this very program, the
// typefaces. cached says that it was taken from there.
//
// Called by several at a time it reads one application after the other, whose
// files keep the children busy, and settles them side by side.
func (r *Reader) Documents(ctx context.Context, s Source, progress func(done, total int)) (docs []hequan.Document, files []hequan.FileInfo, cached bool, err error) {
	key, keyed := r.settledKey(s)
	if keyed {
		if kept, ok := r.cache.loadSettled(key); ok {
			if progress != nil {
				progress(len(s.Files), len(s.Files))
			}
			return kept.Documents, kept.Files, true, nil
		}
	}
	r.turn.Lock()
	read, err := r.ReadAll(ctx, s, progress)
	r.turn.Unlock()
	if err != nil {
		return nil, nil, false, err
	}
	docs, files = Documents(s.Form, read, r)
	if !keyed || !r.kept(read) {
		return docs, files, false, nil
	}
	return docs, files, false, r.cache.saveSettled(key, settled{docs, files})
}

// Settled is [Documents] of readings that are kept elsewhere; what it gave is
// kept likewise, under the form and the readings themselves, so that judging an
// application again settles nothing twice.
func (r *Reader) Settled(form *hequan.Application, files []ReadFile, images PageImages) ([]hequan.Document, []hequan.FileInfo) {
	h, keyed := settledHash(form)
	for _, f := range files {
		data, err := json.Marshal(f.Reading)
		keyed = keyed && err == nil
		if keyed {
			fmt.Fprintf(h, "%q %x\n", f.Name, sha256.Sum256(data))
		}
	}
	if !keyed || images == nil {
		return Documents(form, files, images)
	}
	key := hex.EncodeToString(h.Sum(nil))
	if kept, ok := r.cache.loadSettled(key); ok {
		return kept.Documents, kept.Files
	}
	watched := &watchedImages{from: images}
	docs, infos := Documents(form, files, watched)
	if !watched.failed { // what was made without a picture may be made better the next time
		_ = r.cache.saveSettled(key, settled{docs, infos}) // a cache that can't be written costs time only
	}
	return docs, infos
}

// watchedImages notes whether a picture could not be had.
type watchedImages struct {
	from   PageImages
	failed bool
}

func (w *watchedImages) PageImage(sha256 string, page int) ([]byte, error) {
	data, err := w.from.PageImage(sha256, page)
	w.failed = w.failed || err != nil
	return data, err
}

// HasRead says whether this reader has read every file of an application, so
// that its documents are made without reading again.
func (r *Reader) HasRead(s Source) bool {
	for _, f := range s.Files {
		sum, err := hashFile(f.Path)
		if err != nil {
			return false
		}
		if _, err := os.Stat(r.cache.reading(sum)); err != nil {
			return false
		}
	}
	return true
}

// kept says whether every reading stands in the cache: one of a reader that
// died may be another the next time.
func (r *Reader) kept(read []ReadFile) bool {
	for _, f := range read {
		if f.Reading.SHA256 == "" {
			return false
		}
		if _, err := os.Stat(r.cache.reading(f.Reading.SHA256)); err != nil {
			return false
		}
	}
	return true
}

// settledKey names what an application's documents depend on; ok is false
// where something of it is not known.
func (r *Reader) settledKey(s Source) (key string, ok bool) {
	h, ok := settledHash(s.Form)
	if !ok {
		return "", false
	}
	fmt.Fprintln(h, r.cache.version)
	for _, f := range s.Files {
		sum, err := hashFile(f.Path)
		if err != nil {
			return "", false
		}
		fmt.Fprintf(h, "%q %s\n", f.Name, sum)
	}
	return hex.EncodeToString(h.Sum(nil)), true
}

// settledHash begins a key: the program, its typefaces, the form.
func settledHash(of *hequan.Application) (hash.Hash, bool) {
	build, err := program()
	if err != nil {
		return nil, false
	}
	form, err := json.Marshal(of)
	if err != nil {
		return nil, false
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%d %s\n", build, typefaces(), len(form), form)
	return h, true
}

// program tells the running program from other builds, by size and time: whatever
// code makes documents, another build has others. Its hash would cost a fifth of
// a second.
var program = sync.OnceValues(func() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	return fmt.Sprint(info.Size(), " ", info.ModTime().UnixNano()), nil
})

func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// typefaces tells the typefaces of this machine apart, by size and time, in which
// characters are drawn to settle names and seals.
var typefaces = sync.OnceValue(func() string {
	var b bytes.Buffer
	found, err := filepath.Glob("/usr/share/fonts/*/*/*")
	if err != nil {
		return ""
	}
	for _, path := range found { // Glob sorts
		if info, err := os.Stat(path); err == nil {
			fmt.Fprintln(&b, path, info.Size(), info.ModTime().UnixNano())
		}
	}
	return b.String()
})

func (c cache) settled(key string) string {
	return filepath.Join(c.dir, "documents", key[:2], key+".json.gz")
}

// loadSettled returns kept documents; broken ones count as absent.
func (c cache) loadSettled(key string) (settled, bool) {
	var out settled
	data, err := os.ReadFile(c.settled(key))
	if err != nil {
		return out, false
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return out, false
	}
	text, err := io.ReadAll(z)
	return out, err == nil && json.Unmarshal(text, &out) == nil
}

func (c cache) saveSettled(key string, s settled) error {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	if err := json.NewEncoder(z).Encode(s); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return writeWhole(c.settled(key), buf.Bytes())
}
