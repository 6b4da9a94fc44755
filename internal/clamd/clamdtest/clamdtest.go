// Package clamdtest is a small daemon that speaks as clamd does, for tests.
package clamdtest

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"testing"
)

// Bad is what it takes for a virus.
const Bad = "HEQUAN-TEST-FILE-THAT-A-SCANNER-FINDS-9b1c"

// most is how many bytes it takes.
const most = 3 << 20

// Serve starts it for a test and returns the path of its socket.
func Serve(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "s")
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go answer(c)
		}
	}()
	return path
}

func answer(c net.Conn) {
	defer c.Close()
	r := bufio.NewReader(c)
	command, err := r.ReadString(0)
	if err != nil {
		return
	}
	if command != "zINSTREAM\x00" {
		fmt.Fprint(c, "ClamAV 1.4.3/test\x00")
		return
	}
	var content bytes.Buffer
	for {
		var n uint32
		if err := binary.Read(r, binary.BigEndian, &n); err != nil {
			return
		}
		if n == 0 {
			break
		}
		if content.Len()+int(n) > most {
			fmt.Fprint(c, "INSTREAM size limit exceeded. ERROR\x00")
			return
		}
		if _, err := io.CopyN(&content, r, int64(n)); err != nil {
			return
		}
	}
	if bytes.Contains(content.Bytes(), []byte(Bad)) {
		fmt.Fprint(c, "stream: Hequan.Test.UNOFFICIAL FOUND\x00")
		return
	}
	fmt.Fprint(c, "stream: OK\x00")
}
