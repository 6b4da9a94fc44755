// Package child runs the program's own binary as worker processes for the
// parsing of hostile files: one request at a time over stdin and stdout, killed
// when it takes too long, replaced when it dies. What a request means is not
// known here.
//
// A frame is a header in JSON and a body of bytes, each with its length before
// it (uint32, little endian).
package child

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
)

// maxHeader and maxBody bound what a broken peer can make us allocate.
const (
	maxHeader = 64 << 20
	maxBody   = 1 << 30
)

// WriteFrame writes one frame.
func WriteFrame(w io.Writer, header any, body []byte) error {
	h, err := json.Marshal(header)
	if err != nil {
		return err
	}
	buf := make([]byte, 8, 8+len(h))
	binary.LittleEndian.PutUint32(buf[0:], uint32(len(h)))
	binary.LittleEndian.PutUint32(buf[4:], uint32(len(body)))
	if _, err := w.Write(append(buf, h...)); err != nil {
		return err
	}
	_, err = w.Write(body)
	return err
}

// ReadFrame reads one frame into header and returns its body. io.EOF means
// that the peer closed the pipe between two frames.
func ReadFrame(r io.Reader, header any) ([]byte, error) {
	var lengths [8]byte
	if _, err := io.ReadFull(r, lengths[:]); err != nil {
		return nil, err
	}
	h, b := binary.LittleEndian.Uint32(lengths[0:]), binary.LittleEndian.Uint32(lengths[4:])
	if h > maxHeader || b > maxBody {
		return nil, fmt.Errorf("a frame of %d + %d bytes is too large", h, b)
	}
	buf := make([]byte, h)
	if err := readAll(r, buf); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(buf, header); err != nil {
		return nil, fmt.Errorf("frame header: %w", err)
	}
	body := make([]byte, b)
	if err := readAll(r, body); err != nil {
		return nil, err
	}
	return body, nil
}

// readAll fills buf; an end inside a frame is never a plain io.EOF.
func readAll(r io.Reader, buf []byte) error {
	_, err := io.ReadFull(r, buf)
	if err == io.EOF && len(buf) > 0 {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return fmt.Errorf("frame cut off: %w", err)
	}
	return nil
}
