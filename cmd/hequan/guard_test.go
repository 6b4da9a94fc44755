package main

import (
	"bytes"
	"crypto/x509"
	"database/sql"
	"encoding/json"
	"encoding/pem"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hequan"
	"hequan/internal/blob"
	"hequan/internal/store"
)

// filed makes a data folder with one judged application, decided on, and
// returns the folder and the application's id.
func filed(t *testing.T) (data, app string) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "data")
	db, err := store.Open(t.Context(), filepath.Join(data, "hequan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	blobs, err := blob.Open(filepath.Join(data, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	claim := func(k store.Kind, id string) int64 {
		attempt, ok, err := db.Claim(t.Context(), k, id, "t", time.Minute, 3)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		return attempt
	}
	paper, err := blobs.Put(strings.NewReader("%PDF"), 0)
	if err != nil {
		t.Fatal(err)
	}
	up, err := db.Accept(t.Context(), "0017", []store.Incoming{{Name: "a.pdf", SHA256: paper.SHA256, Bytes: 4}})
	if err != nil {
		t.Fatal(err)
	}
	due, err := db.FinishUpload(t.Context(), up.ID, claim(store.KindUpload, up.ID), []store.Taken{{Application: store.Application{Name: "0017", Form: "{}", Problems: "[]"}, Files: []store.Incoming{{Name: "a.pdf", SHA256: paper.SHA256}}}})
	if err != nil {
		t.Fatal(err)
	}
	packed, err := store.PackReading(&hequan.Reading{SHA256: paper.SHA256})
	if err != nil {
		t.Fatal(err)
	}
	info, err := blobs.Put(bytes.NewReader(packed), 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.FinishFile(t.Context(), due[0].ID, claim(store.KindFile, due[0].ID), store.FileResult{Reading: info.SHA256}); err != nil {
		t.Fatal(err)
	}
	list, err := db.List(t.Context(), up.ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	app = list[0].ID
	fail := hequan.Finding{Rule: "invoice.date_window", Status: hequan.Fail, Message: "晚于"}
	report, err := json.Marshal(hequan.Report{Schema: hequan.Schema, Verdict: hequan.Fail, Findings: []hequan.Finding{fail}})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.FinishApplication(t.Context(), app, claim(store.KindApplication, app), store.Run{Verdict: "fail", Policy: "2026H1", Version: "x", Report: string(report)}); err != nil {
		t.Fatal(err)
	}
	if err := db.Decide(t.Context(), app, []store.Decision{{Finding: store.FindingKey(fail), Action: store.Confirm, Person: "王", Run: 1}}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.KeepNotice(t.Context(), store.Notice{ApplicationID: app, Body: `{"title":"告知"}`, Run: 1, Person: "王"}, true); err != nil {
		t.Fatal(err)
	}
	return data, app
}

// told runs the program and returns its status and what it prints.
func told(t *testing.T, args ...string) (int, string) {
	t.Helper()
	program, err := exec.LookPath("hequan") // this test binary, see TestMain
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	out, err := cmd.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

func TestDossierAndAudit(t *testing.T) {
	data, app := filed(t)
	file := filepath.Join(t.TempDir(), "0017.zip")
	status, out := told(t, "dossier", "make", app, "-o", file, "--data", data)
	hash, _, _ := strings.Cut(out, "\n")
	if status != 0 || len(hash) != 64 {
		t.Fatalf("%d %s", status, out)
	}
	if status, out = told(t, "dossier", "verify", file, "--kept", hash); status != 0 || !strings.Contains(out, "✓ 0017") {
		t.Errorf("%d %s", status, out)
	}
	if status, out = told(t, "dossier", "verify", file, "--kept", strings.Repeat("0", 64)); status != exitFinding || !strings.Contains(out, "不是当时制作的那一份") {
		t.Errorf("%d %s", status, out)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, raw[:len(raw)-40], 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out = told(t, "dossier", "verify", file); status != exitUsage {
		t.Errorf("a file cut off: %d %s", status, out)
	}
	if status, out = told(t, "dossier", "make", "none", "-o", file, "--data", data); status != exitUsage || !strings.Contains(out, "no application none") {
		t.Errorf("%d %s", status, out)
	}

	status, out = told(t, "audit", "verify", "--data", data)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	kept := lines[len(lines)-1]
	if status != 0 || !strings.HasPrefix(kept, "5:") { // upload, run, decision, notice, dossier
		t.Fatalf("%d %s", status, out)
	}
	if status, out = told(t, "audit", "export", "--data", data, "--application", app); status != 0 || strings.Count(out, "\n") != 4 || !strings.Contains(out, `"event":"notice.issue"`) {
		t.Errorf("%d %s", status, out)
	}
	if status, out = told(t, "audit", "verify", "--data", filepath.Join(data, "none")); status != exitUsage {
		t.Errorf("%d %s", status, out)
	}
}

// TestAuditVerifyFindsWhatWasTamperedWith: a line, a row and a file, by who has
// the data folder and knows SQLite.
func TestAuditVerifyFindsWhatWasTamperedWith(t *testing.T) {
	for name, c := range map[string]struct {
		do   []string                // statements
		file func(path string) error // with each kept file
		says string
	}{
		"a line":         {do: []string{"DROP TRIGGER audit_kept_update", "UPDATE audit SET person = '李' WHERE event = 'decision'"}, says: "第 3 行的内容与其散列不符"},
		"a row":          {do: []string{"DROP TRIGGER witness_decisions_changed", "UPDATE decisions SET action = 'dismiss'"}, says: "数据表 decisions 的行"},
		"a row deleted":  {do: []string{"DROP TRIGGER witness_notices_gone", "DELETE FROM notices"}, says: "数据表 notices 的行"},
		"a row inserted": {do: []string{"DROP TRIGGER witness_accounts_added", "INSERT INTO accounts VALUES ('x', 'x', 'x', '管理', '', '', 0, '', 0, 0, 0, 0, '', 0, 0, 0, 0, 0)"}, says: "数据表 accounts 的行 x 没有校验码"},
		"a file":         {file: func(path string) error { return os.WriteFile(path, []byte("other"), 0o600) }, says: "被改动或调换"},
		"a file missing": {file: os.Remove, says: "缺失"},
		"nothing":        {says: "✓ 审计记录 4 行完整"},
	} {
		t.Run(name, func(t *testing.T) {
			data, _ := filed(t)
			db, err := sql.Open("sqlite3", filepath.Join(data, "hequan.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			for _, q := range c.do {
				if _, err := db.Exec(q); err != nil {
					t.Fatal(q, err)
				}
			}
			if c.file != nil {
				paths, err := filepath.Glob(filepath.Join(data, "blobs", "??", "*"))
				if err != nil || len(paths) != 2 {
					t.Fatal(paths, err)
				}
				if err := c.file(paths[0]); err != nil {
					t.Fatal(err)
				}
			}
			want := exitFinding
			if c.do == nil && c.file == nil {
				want = 0
			}
			status, out := told(t, "audit", "verify", "--data", data)
			if status != want || !strings.Contains(out, c.says) {
				t.Errorf("%d %s", status, out)
			}
			if want == 0 {
				return
			}
			if c.file != nil {
				if status, out := told(t, "audit", "verify", "--data", data, "--no-files"); status != 0 || !strings.Contains(out, "文件未核对") {
					t.Errorf("%d %s", status, out)
				}
				return
			}
			if c.do[0] == "DROP TRIGGER audit_kept_update" {
				return // no marks anew mend the trail
			}
			if status, out := told(t, "audit", "witness", "--data", data, "--reason", "查明后修复"); status != 0 || !strings.Contains(out, "重新生成校验码") {
				t.Errorf("%d %s", status, out)
			}
			if status, out := told(t, "audit", "verify", "--data", data); status != 0 {
				t.Errorf("%d %s", status, out)
			}
		})
	}
}

func TestAccountsCommand(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	// Nobody from elsewhere while there is no account.
	if status, out := told(t, "serve", "--addr", "0.0.0.0:0", "--data", data); status != exitUsage || !strings.Contains(out, "hequan accounts add") {
		t.Fatalf("%d %s", status, out)
	}
	status, out := told(t, "accounts", "add", "li", "--name", "李", "--role", "管理", "--data", data)
	if status != 0 || !strings.Contains(out, "/setup?token=") {
		t.Fatalf("%d %s", status, out)
	}
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"add", "li", "--role", "初审"}, exitUsage, "there is an account li already"},
		{[]string{"add", "x", "--role", "root"}, exitUsage, "初审"},
		{[]string{"add", "a b", "--role", "初审"}, exitUsage, "不含空格"},
		{[]string{"list"}, 0, "待设置"},
		{[]string{"disable", "li"}, exitUsage, "last account"},
		{[]string{"disable", "nobody"}, exitUsage, "no account nobody"},
	} {
		if status, out := told(t, append(append([]string{"accounts"}, c.args...), "--data", data)...); status != c.status || !strings.Contains(out, c.says) {
			t.Errorf("%v: %d %s", c.args, status, out)
		}
	}
	status, out = told(t, "accounts", "reset", "li", "--data", data)
	link, _, _ := strings.Cut(out, "\n")
	if status != 0 {
		t.Fatal(out)
	}
	// The link works once, at the program itself.
	s := &stage{dir: t.TempDir()}
	var err error
	if s.program, err = exec.LookPath("hequan"); err != nil {
		t.Fatal(err)
	}
	v := s.serve(t, data, "--password-only")
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar}
	stranger, err := c.Get(v.url + "/api/applications")
	if err != nil || stranger.StatusCode != http.StatusUnauthorized {
		t.Fatalf("%v %v", stranger, err)
	}
	stranger.Body.Close()
	_, token, _ := strings.Cut(link, "token=")
	const password = "correct horse battery staple"
	form := url.Values{"token": {token}, "password": {password}, "again": {password}}
	for _, want := range []int{http.StatusOK, http.StatusNotFound} {
		resp, err := c.PostForm(v.url+"/setup", form)
		if err != nil || resp.StatusCode != want {
			t.Errorf("%v %v, want %d", resp, err, want)
		}
		resp.Body.Close()
	}
	resp, err := c.Get(v.url + "/accounts")
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%v %v", resp, err)
	}
	resp.Body.Close()
	if err := v.cmd.Process.Signal(syscall.SIGTERM); err != nil { // the log is whole, and ours, when it has ended
		t.Fatal(err)
	}
	if err := v.cmd.Wait(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
	for _, k := range jar.Cookies(resp.Request.URL) {
		if strings.Contains(v.log.String(), k.Value) {
			t.Error("the log holds a session")
		}
	}
	if strings.Contains(v.log.String(), token) || strings.Contains(v.log.String(), password) {
		t.Errorf("the log holds secrets:\n%s", v.log)
	}
}

// TestServeHTTPS: with a certificate the program serves TLS, its cookie is bound
// to this host and to TLS, and browsers are told to come no other way.
func TestServeHTTPS(t *testing.T) {
	for says, args := range map[string][]string{"go together": {"--tls-cert", "x.pem"}, "--hsts needs HTTPS": {"--hsts"}, "is no address": {"--proxy", "here"}, "needs --oidc-client": {"--oidc-issuer", "https://sso.example"}} {
		if status, out := told(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "data")}, args...)...); status != exitUsage || !strings.Contains(out, says) {
			t.Errorf("%v: %d %s", args, status, out)
		}
	}
	lent := httptest.NewTLSServer(nil) // for its certificate
	defer lent.Close()
	pair := lent.TLS.Certificates[0]
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: pair.Certificate[0]}, keyFile: {Type: "PRIVATE KEY", Bytes: key}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	data := filepath.Join(t.TempDir(), "data")
	status, out := told(t, "accounts", "add", "li", "--role", "管理", "--data", data)
	if status != 0 {
		t.Fatal(out)
	}
	_, token, _ := strings.Cut(strings.SplitN(out, "\n", 2)[0], "token=")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	s := &stage{dir: t.TempDir()}
	if s.program, err = exec.LookPath("hequan"); err != nil {
		t.Fatal(err)
	}
	log := new(bytes.Buffer)
	s.start(t, log, "serve", "--addr", addr, "--data", data, "--tls-cert", cert, "--tls-key", keyFile, "--hsts")
	c := lent.Client()
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	const password = "correct horse battery staple"
	form := url.Values{"token": {token}, "password": {password}, "again": {password}}
	var resp *http.Response
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if resp, err = c.PostForm("https://"+addr+"/setup", form); err == nil || time.Now().After(deadline) {
			break
		}
	}
	if err != nil || resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("%v %v\n%s", resp, err, log)
	}
	resp.Body.Close()
	cookies := resp.Cookies()
	if len(cookies) != 1 || cookies[0].Name != "__Host-hequan" || !cookies[0].Secure || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode || cookies[0].Path != "/" || cookies[0].MaxAge != 0 {
		t.Errorf("%+v", cookies)
	}
	if got := resp.Header.Get("Strict-Transport-Security"); !strings.HasPrefix(got, "max-age=31536000") {
		t.Errorf("HSTS %q", got)
	}
}
