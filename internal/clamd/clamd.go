// Package clamd asks a ClamAV daemon whether it knows something bad of a
// content, by its command INSTREAM (man clamd).
package clamd

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"time"
)

// ErrUnavailable is returned when the daemon cannot be reached or does not do
// its work: the same may succeed later.
var ErrUnavailable = errors.New("the virus scanner is unavailable")

// ErrTooLong is returned when the content is longer than the daemon takes.
var ErrTooLong = errors.New("the content is longer than the virus scanner takes (StreamMaxLength in clamd.conf)")

// limit is how long the daemon may take for one content.
const limit = 2 * time.Minute

// Scanner is a daemon at an address: the path of its socket, or HOST:PORT.
type Scanner struct{ Address string }

// Scan returns the name of the first signature that the content bears, "" when
// it bears none.
func (s Scanner) Scan(ctx context.Context, content []byte) (signature string, err error) {
	answer, err := s.ask(ctx, "zINSTREAM\x00", content)
	if err != nil {
		return "", err
	}
	said := strings.TrimPrefix(answer, "stream: ")
	if found, ok := strings.CutSuffix(said, " FOUND"); ok {
		return found, nil
	}
	switch {
	case said == "OK":
		return "", nil
	case strings.Contains(said, "size limit exceeded"):
		return "", ErrTooLong
	}
	return "", fmt.Errorf("%w: it says %q", ErrUnavailable, answer)
}

// Version is the daemon's, with the date of its signatures.
func (s Scanner) Version(ctx context.Context) (string, error) {
	return s.ask(ctx, "zVERSION\x00", nil)
}

// ask sends a command, with a content in portions when it is not nil, and
// returns the answer.
func (s Scanner) ask(ctx context.Context, command string, content []byte) (string, error) {
	network := "tcp"
	if strings.HasPrefix(s.Address, "/") {
		network = "unix"
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	c, err := (&net.Dialer{}).DialContext(ctx, network, s.Address)
	if err != nil {
		return "", errors.Join(ErrUnavailable, err)
	}
	defer c.Close()
	defer context.AfterFunc(ctx, func() { c.Close() })()
	sent := send(c, command, content)
	// A daemon that has enough answers before all is sent, and closes.
	answer, err := io.ReadAll(io.LimitReader(c, 4096))
	if len(answer) == 0 {
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		return "", errors.Join(ErrUnavailable, sent, err)
	}
	return strings.TrimSpace(string(bytes.TrimRight(answer, "\x00"))), nil
}

func send(w io.Writer, command string, content []byte) error {
	if _, err := io.WriteString(w, command); err != nil || content == nil {
		return err
	}
	const portion = 1 << 20
	for part := range slices.Chunk(content, portion) {
		if err := binary.Write(w, binary.BigEndian, uint32(len(part))); err != nil {
			return err
		}
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return binary.Write(w, binary.BigEndian, uint32(0))
}
