package clamd

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hequan/internal/clamd/clamdtest"
)

func TestScan(t *testing.T) {
	conformance(t, Scanner{clamdtest.Serve(t)})
}

// TestRealClamd runs the daemon itself, with one signature of our own.
func TestRealClamd(t *testing.T) {
	program, err := exec.LookPath("clamd")
	if err != nil {
		t.Skip("clamd is not installed (apt-get install clamav-daemon)")
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "db"), 0o700); err != nil {
		t.Fatal(err)
	}
	signature := "Hequan.Test:0:*:" + hexOf(clamdtest.Bad) + "\n"
	conf := "Foreground yes\nLocalSocket " + filepath.Join(dir, "s") + "\nDatabaseDirectory " + filepath.Join(dir, "db") + "\nTemporaryDirectory " + dir + "\nStreamMaxLength 3M\nLogFile " + filepath.Join(dir, "log") + "\n"
	if err := errors.Join(os.WriteFile(filepath.Join(dir, "db", "hequan.ndb"), []byte(signature), 0o600), os.WriteFile(filepath.Join(dir, "conf"), []byte(conf), 0o600)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "--config-file", filepath.Join(dir, "conf"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	s := Scanner{filepath.Join(dir, "s")}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if _, err := s.Version(t.Context()); err == nil {
			break
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(dir, "log")) // for the message
			t.Fatalf("clamd does not answer: %s", log)
		}
	}
	conformance(t, s)
}

func hexOf(text string) string {
	const digits = "0123456789abcdef"
	var out strings.Builder
	for _, b := range []byte(text) {
		out.WriteByte(digits[b>>4])
		out.WriteByte(digits[b&15])
	}
	return out.String()
}

func conformance(t *testing.T, s Scanner) {
	t.Helper()
	if v, err := s.Version(t.Context()); err != nil || !strings.HasPrefix(v, "ClamAV") {
		t.Errorf("%q, %v", v, err)
	}
	long := bytes.Repeat([]byte("sound "), 400_000) // 2.4 MB: three portions
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"sound":            {[]byte("%PDF-1.4 nothing"), ""},
		"nothing":          {[]byte{}, ""},
		"long":             {long, ""},
		"bad":              {[]byte("%PDF-1.4 " + clamdtest.Bad), "Hequan.Test.UNOFFICIAL"},
		"bad at the end":   {append(bytes.Clone(long), clamdtest.Bad...), "Hequan.Test.UNOFFICIAL"},
		"says that it was": {[]byte("stream: OK FOUND\x00"), ""},
	} {
		if got, err := s.Scan(t.Context(), c.content); err != nil || got != c.want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, err := s.Scan(t.Context(), bytes.Repeat([]byte("x"), 4<<20)); !errors.Is(err, ErrTooLong) {
		t.Errorf("longer than it takes: %v", err)
	}
}

func TestUnavailable(t *testing.T) {
	if _, err := (Scanner{filepath.Join(t.TempDir(), "none")}).Scan(t.Context(), nil); !errors.Is(err, ErrUnavailable) {
		t.Error(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	answers := make(chan string, 3)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			say, ok := <-answers
			if !ok { // says nothing at all
				defer c.Close()
				continue
			}
			_, _ = io.WriteString(c, say) // the client may be gone
			_ = c.(*net.TCPConn).CloseWrite()
			_, _ = io.Copy(io.Discard, c)
			c.Close()
		}
	}()
	s := Scanner{l.Addr().String()}
	for _, say := range []string{"", "INSTREAM: database not loaded ERROR\x00", "garbage"} {
		answers <- say
		if _, err := s.Scan(t.Context(), []byte("x")); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%q: %v", say, err)
		}
	}
	close(answers)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := s.Scan(ctx, []byte("x")); !errors.Is(err, ErrUnavailable) {
		t.Errorf("a daemon that says nothing: %v", err)
	}
}
