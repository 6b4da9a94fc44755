// Package audit is the chain of the audit trail: what a line holds, how lines
// hang together, and what is wrong with a chain that was tampered with. Where
// lines are kept is in the store.
//
// A line's hash is the sha256 of the hash of the line before it, a line feed,
// and the line as JSON (see [Line.Canonical]); the first follows the empty hash.
package audit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// Actor is who does something, and from where.
type Actor struct {
	Account string // "" while there are no accounts, and for the program itself
	Person  string // the name: of the account, or as it was typed
	Role    string
	Address string // of the client, without the port
}

type actorKey struct{}

// With says who acts in a context.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, actorKey{}, a) }

// By is who acts in a context: the program itself where nobody was named.
func By(ctx context.Context) Actor {
	a, ok := ctx.Value(actorKey{}).(Actor)
	if !ok {
		return Actor{Person: "hequan", Role: "system"}
	}
	return a
}

// Line is one thing that somebody saw or did.
type Line struct {
	Number      int64           `json:"number"`
	At          int64           `json:"at"` // milliseconds UTC
	Account     string          `json:"account"`
	Person      string          `json:"person"`
	Role        string          `json:"role"`
	Address     string          `json:"address"`
	Event       string          `json:"event"`       // view.report, decision, account.add …
	Application string          `json:"application"` // "" where it is about none
	Subject     string          `json:"subject"`     // what of it: a finding, a file, an account
	Detail      json.RawMessage `json:"detail"`      // an object

	Previous string `json:"-"` // hash of the line before
	Hash     string `json:"-"`
}

// Canonical is the JSON that is hashed: the fields in the order above, nothing
// escaped that need not be, no spaces.
func (l *Line) Canonical() ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(l); err != nil {
		return nil, fmt.Errorf("line %d: %w", l.Number, err)
	}
	return bytes.TrimRight(out.Bytes(), "\n"), nil
}

// Seal hangs the line on the one before it.
func (l *Line) Seal(previous string) error {
	l.Previous = previous
	var err error
	l.Hash, err = l.hash()
	return err
}

func (l *Line) hash() (string, error) {
	text, err := l.Canonical()
	if err != nil {
		return "", err
	}
	return Sum(l.Previous, text), nil
}

// Sum is the hash of a line's text that follows previous.
func Sum(previous string, text []byte) string {
	h := sha256.New()
	h.Write([]byte(previous))
	h.Write([]byte("\n"))
	h.Write(text)
	return hex.EncodeToString(h.Sum(nil))
}

// Plain makes text fit for every database: valid UTF-8 without NUL.
func Plain(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}

// Head is the end of a chain: to be kept elsewhere, so that a chain which was
// written anew as a whole is found out.
type Head struct {
	Number int64
	Hash   string
}

func (h Head) String() string { return fmt.Sprintf("%d:%s", h.Number, h.Hash) }

// ParseHead reads what String wrote.
func ParseHead(text string) (Head, error) {
	var h Head
	if n, err := fmt.Sscanf(text, "%d:%s", &h.Number, &h.Hash); n != 2 || err != nil || len(h.Hash) != 64 {
		return h, fmt.Errorf("%q is no end of a chain: it is written NUMBER:HASH, as hequan audit verify prints it", text)
	}
	return h, nil
}

// Verifier checks the lines of a chain one after the other, in order of number.
type Verifier struct {
	Kept     Head     // an end known from elsewhere; zero: none
	Problems []string // what is wrong, in order
	Last     Head     // as far as it was checked
}

// Add checks the next line.
func (v *Verifier) Add(l *Line) error {
	switch {
	case l.Number > v.Last.Number+1:
		v.Problems = append(v.Problems, fmt.Sprintf("第 %d 至 %d 行缺失（被删除）", v.Last.Number+1, l.Number-1))
	case l.Number <= v.Last.Number:
		v.Problems = append(v.Problems, fmt.Sprintf("第 %d 行重复或次序颠倒", l.Number))
	case l.Previous != v.Last.Hash:
		v.Problems = append(v.Problems, fmt.Sprintf("第 %d 行不接在第 %d 行之后（被插入、调换，或前一行被改写）", l.Number, v.Last.Number))
	}
	hash, err := l.hash()
	if err != nil {
		return err
	}
	if hash != l.Hash {
		v.Problems = append(v.Problems, fmt.Sprintf("第 %d 行的内容与其散列不符（被改动）", l.Number))
	}
	if l.Number == v.Kept.Number && l.Hash != v.Kept.Hash {
		v.Problems = append(v.Problems, fmt.Sprintf("第 %d 行与另存的散列不符（整条链被改写）", l.Number))
	}
	v.Last = Head{l.Number, l.Hash}
	return nil
}

// End compares the end of the chain with what is recorded of it.
func (v *Verifier) End(head Head) {
	if v.Last != head {
		v.Problems = append(v.Problems, fmt.Sprintf("末行应为第 %d 行，实为第 %d 行（末尾被截去或绕过程序添加）", head.Number, v.Last.Number))
	}
	if v.Kept.Number > v.Last.Number {
		v.Problems = append(v.Problems, fmt.Sprintf("另存的散列属于第 %d 行，现在只有 %d 行", v.Kept.Number, v.Last.Number))
	}
}
