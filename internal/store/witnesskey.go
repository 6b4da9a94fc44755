package store

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"
)

// ErrOtherKey is returned when the marks of a database were made with a key
// that this process does not have.
var ErrOtherKey = errors.New("the rows are marked with another key")

// witnessKey makes marks. The zero name is of no key.
type witnessKey struct {
	name   string // tells keys apart, and nothing of the key
	secret []byte
}

// publicKey marks rows of a database for which no key was given: everybody
// has it, so its marks only tell of changes by those who do not know of them.
var publicKey = keyOf([]byte("hequan: no key was given to this database"), "public")

func keyOf(secret []byte, name string) *witnessKey {
	k := &witnessKey{name: name, secret: secret}
	if name == "" {
		k.name = k.mark("name")[:16]
	}
	return k
}

// readKey reads a key: hexadecimal, 32 bytes at least.
func readKey(path string) (*witnessKey, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(data)))
	if err != nil || len(secret) < 32 {
		return nil, fmt.Errorf("%s holds no key: 64 hexadecimal digits are wanted (openssl rand -hex 32)", path)
	}
	return keyOf(secret, ""), nil
}

// makeKey writes a new key, which must not be there yet.
func makeKey(path string) (*witnessKey, error) {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // it never fails
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	_, err = fmt.Fprintln(f, hex.EncodeToString(secret)) // a temporary file is for its owner alone
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(f.Name(), path); err != nil { // fails where one is, unlike a renaming
		return nil, err
	}
	return keyOf(secret, ""), nil
}

// findKey reads the key in a file and makes it where the database has no marks
// yet; without a file it is the public one.
func findKey(path, marked string) (*witnessKey, error) {
	if path == "" {
		return publicKey, nil
	}
	k, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) && (marked == "" || marked == publicKey.name) {
		return makeKey(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: its file %s is missing. Put it back from where you keep it, or, where it is lost, mark the rows anew: hequan audit witness", ErrOtherKey, path)
	}
	return k, err
}

// sum is the keyed hash of parts.
func (k *witnessKey) sum(what string, parts ...string) []byte {
	h := hmac.New(sha256.New, k.secret)
	for _, p := range append([]string{what}, parts...) {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return h.Sum(nil)
}

// mark is a keyed hash as it is kept: 128 bits in hexadecimal.
func (k *witnessKey) mark(what string, parts ...string) string {
	return hex.EncodeToString(k.sum(what, parts...)[:16])
}

// row is the mark of a row with the digest of its contents.
func (k *witnessKey) row(table, pk, digest string) string { return k.mark("row", table, pk, digest) }

// term is what a mark adds to the total. It cannot be told from the mark.
func (k *witnessKey) term(table, pk, mark string) *big.Int {
	return new(big.Int).SetBytes(k.sum("term", table, pk, mark))
}

// modulus is that of totals.
var modulus = new(big.Int).Lsh(big.NewInt(1), 256)

// hide makes the total fit to be seen: sums of terms that are seen over time would
// give the terms away, and terms that add up to nothing could be left out.
func (k *witnessKey) hide(total *big.Int, nonce string) string {
	sum := new(big.Int).Add(total, new(big.Int).SetBytes(k.sum("hide", nonce)))
	return sum.Mod(sum, modulus).Text(16)
}

// show is the total that hide hid; nil where the text is none.
func (k *witnessKey) show(hidden, nonce string) *big.Int {
	sum, ok := new(big.Int).SetString(hidden, 16)
	if !ok {
		return nil
	}
	sum.Sub(sum, new(big.Int).SetBytes(k.sum("hide", nonce)))
	return sum.Mod(sum, modulus)
}
