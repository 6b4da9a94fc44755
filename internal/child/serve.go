package child

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"golang.org/x/sys/unix"
)

// Limit limits this process, which is to be a child, to bytes of address space
// and seconds of CPU, and to no core dumps.
func Limit(addressSpace, cpuSeconds uint64) error {
	for _, l := range []struct {
		what  int
		limit uint64
	}{{unix.RLIMIT_AS, addressSpace}, {unix.RLIMIT_CPU, cpuSeconds}, {unix.RLIMIT_CORE, 0}} {
		if err := unix.Setrlimit(l.what, &unix.Rlimit{Cur: l.limit, Max: l.limit}); err != nil {
			return fmt.Errorf("the child's limits cannot be set: %w", err)
		}
	}
	return nil
}

// Serve answers requests on in, one after the other, until in is closed.
func Serve[Request, Answer any](in io.Reader, out io.Writer, answer func(Request, []byte) (Answer, []byte)) error {
	r, w := bufio.NewReaderSize(in, 1<<16), bufio.NewWriterSize(out, 1<<16)
	for {
		var req Request
		body, err := ReadFrame(r, &req)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		ans, made := answer(req, body)
		if err := WriteFrame(w, ans, made); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
}
