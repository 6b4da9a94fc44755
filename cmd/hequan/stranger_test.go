package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hequan/internal/store"
)

// TestAStrangerOnTheNetworkCanDoNothing: of a fresh serve nothing can be reached
// from the network, also not by a page that renames itself; with an account
// whose link nobody has used yet it may listen there, and gives nothing.
func TestAStrangerOnTheNetworkCanDoNothing(t *testing.T) {
	s := &stage{dir: t.TempDir()}
	var err error
	if s.program, err = exec.LookPath("hequan"); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "data")
	v := s.serve(t, data)
	port := v.url[strings.LastIndex(v.url, ":")+1:]
	open := listening(t, v.cmd.Process.Pid)
	if !slices.Contains(open, "127.0.0.1:"+port) {
		t.Fatalf("the lists of the kernel name %v, not port %s", open, port)
	}
	for _, address := range open {
		host, _, _ := net.SplitHostPort(address)
		if !net.ParseIP(host).IsLoopback() {
			t.Errorf("a fresh serve listens on %s", address)
		}
	}
	others := foreign(t)
	for _, ip := range others {
		c, err := net.DialTimeout("tcp", net.JoinHostPort(ip, port), 3*time.Second)
		if err == nil {
			c.Close()
			t.Errorf("%s:%s can be reached", ip, port)
		}
	}
	// A page of another site that has its name lead here, and one that only sends.
	for _, try := range []struct {
		method, path, host, origin string
		want                       int
	}{
		{"GET", "/", "evil.example:" + port, "", http.StatusMisdirectedRequest}, {"GET", "/healthz", "evil.example", "", http.StatusMisdirectedRequest},
		{"GET", "/api/applications", "192.0.2.7:" + port, "", http.StatusMisdirectedRequest}, {"POST", "/api/applications", "evil.example", "http://evil.example", http.StatusMisdirectedRequest},
		{"POST", "/api/applications", "127.0.0.1:" + port, "http://evil.example", http.StatusForbidden}, {"POST", "/setup", "127.0.0.1:" + port, "null", http.StatusForbidden},
		{"POST", "/api/dead/file/x/retry", "localhost:" + port, "https://evil.example", http.StatusForbidden},
	} {
		if status, _ := told1(t, v.url, try.method, try.path, try.host, try.origin); status != try.want {
			t.Errorf("%s %s as %s from %q: %d, want %d", try.method, try.path, try.host, try.origin, status, try.want)
		}
	}
	if err := v.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = v.cmd.Wait() // the next one takes the folder
	// It cannot be told to be reached from elsewhere, in any way of saying it.
	for _, addr := range append([]string{"0.0.0.0:0", ":0", "[::]:0"}, others...) {
		if !strings.Contains(addr, "]") && strings.Count(addr, ":") != 1 {
			addr = net.JoinHostPort(addr, "0")
		}
		if status, out := told(t, "serve", "--addr", addr, "--data", data); status != exitUsage || !strings.Contains(out, "accounts add") && !strings.Contains(out, "cannot be listened on") {
			t.Errorf("--addr %s: %d %s", addr, status, out)
		}
	}

	// With an account, all addresses, and the link not yet used.
	if status, out := told(t, "accounts", "add", "li", "--name", "李", "--role", "管理", "--data", data); status != 0 {
		t.Fatal(out)
	}
	before := rowsOf(t, data)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ = net.SplitHostPort(l.Addr().String())
	l.Close()
	log := new(bytes.Buffer)
	cmd := s.start(t, log, "serve", "--addr", "0.0.0.0:"+port, "--data", data)
	at := "http://127.0.0.1:" + port
	if len(others) > 0 {
		at = "http://" + net.JoinHostPort(others[0], port)
	} else {
		t.Log("this machine has no address but loopback")
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if resp, err := http.Get(at + "/healthz"); err == nil {
			resp.Body.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server is not well\n%s", log)
		}
	}
	if all := listening(t, cmd.Process.Pid); len(all) == 0 {
		t.Error("nothing is listened on")
	} else {
		for _, address := range all {
			if host, p, _ := net.SplitHostPort(address); !net.ParseIP(host).IsLoopback() && p != port {
				t.Errorf("%s is listened on besides", address)
			}
		}
	}
	for _, try := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/", 401}, {"GET", "/api", 401}, {"GET", "/api/openapi.json", 401}, {"GET", "/api/applications", 401}, {"GET", "/api/dead", 401}, {"GET", "/summary.xlsx", 401}, {"GET", "/events", 401},
		{"GET", "/accounts", 401}, {"GET", "/audit", 401}, {"GET", "/static/app.js", 401}, {"POST", "/api/applications", 401}, {"POST", "/api/transfers", 401}, {"PUT", "/api/transfers/x", 401},
		{"POST", "/accounts", 401}, {"POST", "/api/person", 401}, {"POST", "/api/bulk/recheck", 401}, {"DELETE", "/api/transfers/x", 401},
		{"GET", "/setup", 404}, {"GET", "/setup?token=x", 404}, {"POST", "/setup", 404}, {"POST", "/login", 401},
		{"GET", "/metrics", 404}, {"GET", "/readyz", 404}, {"GET", "/debug/pprof/", 404}, {"GET", "/../hequan.db", 404}, {"GET", "/.git/config", 404}, {"TRACE", "/", 404}, {"CONNECT", "/", 404}, {"OPTIONS", "/api/applications", 404},
	} {
		status, body := told1(t, at, try.method, try.path, "", "")
		if status != try.want && !(try.want == 404 && (status == 405 || status == 400 || status == 301 || status == 307)) {
			t.Errorf("%s %s: %d, want %d", try.method, try.path, status, try.want)
		}
		if strings.Contains(body, "李") || strings.Contains(body, data) {
			t.Errorf("%s %s tells of the installation: %s", try.method, try.path, body)
		}
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if after := rowsOf(t, data); after != before {
		t.Errorf("something was written but what was tried:\n%s\nbefore\n%s", after, before)
	}
	if _, err := os.Stat(filepath.Join(data, "transfers")); err == nil {
		t.Error("an upload was begun")
	}
}

// told1 is the answer to one request; redirects are not followed.
func told1(t *testing.T, url, method, path, host, origin string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url+path, strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		req.Host = host
	}
	if origin != "" {
		req.Header.Set("Origin", origin)
	}
	c := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := c.Do(req)
	if err != nil {
		return http.StatusBadRequest, "" // refused before it was answered
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// foreign are the addresses by which other machines reach this one.
func foreign(t *testing.T) (list []string) {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && !n.IP.IsLoopback() && !n.IP.IsLinkLocalUnicast() {
			list = append(list, n.IP.String())
		}
	}
	return list
}

// listening are the addresses that a process listens on, by the kernel's lists.
func listening(t *testing.T, pid int) (list []string) {
	t.Helper()
	mine := map[string]bool{}
	dir := fmt.Sprintf("/proc/%d/fd", pid)
	fds, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, fd := range fds {
		if to, err := os.Readlink(filepath.Join(dir, fd.Name())); err == nil && strings.HasPrefix(to, "socket:[") {
			mine[strings.TrimSuffix(strings.TrimPrefix(to, "socket:["), "]")] = true
		}
	}
	for _, name := range []string{"tcp", "tcp6", "udp", "udp6"} {
		data, err := os.ReadFile("/proc/net/" + name)
		if err != nil {
			continue // no such protocol here
		}
		for _, line := range strings.Split(string(data), "\n")[1:] {
			f := strings.Fields(line)
			if len(f) < 10 || !mine[f[9]] || strings.HasPrefix(name, "tcp") && f[3] != "0A" {
				continue
			}
			host, port, _ := strings.Cut(f[1], ":")
			n, err := strconv.ParseUint(port, 16, 16)
			if err != nil {
				t.Fatal(line)
			}
			list = append(list, net.JoinHostPort(ipOf(t, host).String(), strconv.FormatUint(n, 10)))
		}
	}
	return list
}

// ipOf reads an address as /proc/net/tcp writes it: words of the machine's order.
func ipOf(t *testing.T, text string) net.IP {
	t.Helper()
	ip := make(net.IP, len(text)/2)
	for i := range ip {
		n, err := strconv.ParseUint(text[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(text)
		}
		ip[i/4*4+3-i%4] = byte(n)
	}
	return ip
}

// rowsOf is what the database holds, but for the trail and the count of failures.
func rowsOf(t *testing.T, data string) string {
	t.Helper()
	db, err := store.Open(context.Background(), filepath.Join(data, "hequan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var out bytes.Buffer
	if err := db.Export(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	var kept []string
	for _, line := range strings.Split(out.String(), "\n") {
		if !strings.Contains(line, `"table":"audit`) && !strings.Contains(line, `"table":"workers"`) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}
