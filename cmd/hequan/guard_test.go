package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
	up, err := db.Accept(t.Context(), "0017", []store.Incoming{{Name: "a.pdf", SHA256: "aa", Bytes: 1}})
	if err != nil {
		t.Fatal(err)
	}
	due, err := db.FinishUpload(t.Context(), up.ID, claim(store.KindUpload, up.ID), []store.Taken{{Application: store.Application{Name: "0017", Form: "{}", Problems: "[]"}, Files: []store.Incoming{{Name: "a.pdf", SHA256: "aa"}}}})
	if err != nil {
		t.Fatal(err)
	}
	packed, err := store.PackReading(&hequan.Reading{SHA256: "aa"})
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
	db, err := sql.Open("sqlite3", filepath.Join(data, "hequan.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"DROP TRIGGER audit_kept_update", "UPDATE audit SET person = '李' WHERE event = 'decision'"} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	if status, out = told(t, "audit", "verify", "--data", data, "--kept", kept); status != exitFinding || !strings.Contains(out, "第 3 行的内容与其散列不符") {
		t.Errorf("%d %s", status, out)
	}
	if status, out = told(t, "audit", "verify", "--data", filepath.Join(data, "none")); status != exitUsage {
		t.Errorf("%d %s", status, out)
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
	if resp, err := c.Get(v.url + "/api/applications"); err != nil || resp.StatusCode != http.StatusUnauthorized {
		t.Fatalf("%v %v", resp, err)
	}
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
		t.Errorf("%v %v", resp, err)
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
