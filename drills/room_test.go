package drills

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"testing"
)

// room starts a server whose disk counts as full: it is ready, and refuses
// uploads with the reason.
func (s *site) room(t *testing.T) {
	addr, watched := fmt.Sprintf("127.0.0.1:%d", freePort(t)), fmt.Sprintf("127.0.0.1:%d", freePort(t))
	cmd := exec.Command(s.program, "serve", "--addr", addr, "--data", t.TempDir(), "--metrics", watched, "--keep-free", "999999999", "--log-json")
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { cmd.Process.Kill(); cmd.Wait() }()
	get(t, "http://"+watched+"/readyz", &log)
	if out := s.hequan(t, "ready", "--metrics", watched); !strings.Contains(out, `"files":"ok"`) {
		t.Errorf("ready says %s", out)
	}
	resp, err := http.Post("http://"+addr+"/api/applications?name=a.zip", "application/zip", strings.NewReader("PK"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusInsufficientStorage || !strings.Contains(string(body), "服务器磁盘空间不足") || resp.Header.Get("Retry-After") == "" {
		t.Errorf("%s %v\n%s", resp.Status, err, body)
	}
	if text := get(t, "http://"+watched+"/metrics", &log); !strings.Contains(text, `hequan_up{part="database"} 1`) {
		t.Errorf("the metrics are\n%s", text)
	}
	if out, err := exec.Command(s.program, "ready", "--metrics", "127.0.0.1:1").CombinedOutput(); err == nil {
		t.Errorf("nobody is there, and ready: %s", out)
	}
}
