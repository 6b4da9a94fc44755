// Package blob keeps files by their content: the name of a blob is the sha256
// of its bytes, in hexadecimal. A blob is either there and whole or not there,
// so writing it twice is harmless. It is kept in a folder or in a bucket of an
// S3-compatible store; what is read is compared with its name either way.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"strings"
	"time"
)

// ErrTooLarge is returned by Put when the content exceeds the limit.
var ErrTooLarge = errors.New("the content exceeds the limit")

// ErrDamaged is returned when what is kept is not what its name says: the disk
// or the store changed it. Putting the content again mends it.
var ErrDamaged = errors.New("the kept content is damaged")

// ErrUnavailable is returned when a store cannot be reached or does not do its
// work: the same may succeed later.
var ErrUnavailable = errors.New("the store of files is unavailable")

// Info describes a blob.
type Info struct {
	SHA256  string
	Bytes   int64
	Changed time.Time // when it was last written, or put again; only from Walk and Stat
}

// Store keeps blobs. Several processes and machines may share it. The error of
// a blob that is not there is fs.ErrNotExist.
type Store interface {
	// Put keeps what r gives, at most limit bytes (0: no limit), and returns its
	// name. Once it has returned without an error, the content survives a crash.
	Put(r io.Reader, limit int64) (Info, error)
	// Get returns the whole content of a blob.
	Get(sha256 string) ([]byte, error)
	// File returns the path of a file with the content: the blob itself, which
	// must not be changed, or a copy made in dir.
	File(sha256, dir string) (string, error)
	// Stat says how large a blob is and when it was last put.
	Stat(sha256 string) (Info, error)
	// Delete removes a blob; one that is not there is no error.
	Delete(sha256 string) error
	// Walk calls visit for each blob, in no order, until it fails.
	Walk(visit func(Info) error) error
	// Ping says whether blobs can be read and written now.
	Ping() error
}

// Open opens the store at an address: a folder, which is created when absent,
// or s3://HOST[:PORT]/BUCKET[/PREFIX] (see [OpenS3]).
func Open(address string) (Store, error) {
	if strings.HasPrefix(address, "s3://") {
		return OpenS3(address)
	}
	return OpenFolder(address)
}

// valid refuses a name that is no sha256: it never reaches a disk or a server.
func valid(sum string) error {
	if raw, err := hex.DecodeString(sum); err != nil || len(raw) != sha256.Size || strings.ToLower(sum) != sum {
		return fmt.Errorf("%q is no sha256: %w", sum, fs.ErrNotExist)
	}
	return nil
}

// pour copies r to w within the limit and names what went through.
func pour(w io.Writer, r io.Reader, limit int64) (Info, error) {
	if limit > 0 {
		r = io.LimitReader(r, limit+1)
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, h), r)
	if err != nil {
		return Info{}, err
	}
	if limit > 0 && n > limit {
		return Info{}, ErrTooLarge
	}
	return Info{SHA256: name(h), Bytes: n}, nil
}

func name(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// prove compares content that was read with the name it is kept under.
func prove(h hash.Hash, sum string) error {
	if got := name(h); got != sum {
		return fmt.Errorf("blob %s holds %s: %w", sum, got, ErrDamaged)
	}
	return nil
}
