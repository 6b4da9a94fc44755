package web

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"hequan"
	"hequan/internal/people"
	"hequan/internal/store"
)

// cookieOf is the session cookie that a browser holds for an address.
func cookieOf(t *testing.T, c *http.Client, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range c.Jar.Cookies(u) {
		if k.Name == "hequan_session" {
			return k.Value
		}
	}
	return ""
}

// status asks for a path as JSON.
func status(t *testing.T, c *http.Client, address string) int {
	t.Helper()
	return ask(t, c, address, "GET")
}

// bodyOf asks for a path as a page.
func bodyOf(t *testing.T, c *http.Client, address string) (int, string, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html")
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("Location"), string(body)
}

func TestWithoutAccountsThePageSaysSo(t *testing.T) {
	s, server := site(t)
	_, _, page := bodyOf(t, client(t), server.URL+"/")
	if !strings.Contains(page, "尚未设立账号，仅限本机使用") {
		t.Error("no banner")
	}
	member(t, s, "wang", people.FirstReview)
	code, to, _ := bodyOf(t, client(t), server.URL+"/applications/x?a=b")
	if code != http.StatusSeeOther || to != "/login?next=%2Fapplications%2Fx%3Fa%3Db" {
		t.Errorf("with an account: %d %s", code, to)
	}
}

func TestSignInAndOut(t *testing.T) {
	s, server := site(t)
	a := member(t, s, "wang", people.FirstReview)
	c := client(t)
	// A session that stood in the browser before is not the one signed in: fixation.
	submit(t, c, server.URL+"/login", "login", "wang", "password", "wrong password here", "code", "")
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	c.Jar.SetCookies(u, []*http.Cookie{{Name: "hequan_session", Value: "planted-by-somebody-else-0000000000000000000", Path: "/"}})
	right := code(t, a)
	if got, to, _ := submit(t, c, server.URL+"/login", "login", "wang", "password", passphrase, "code", right, "next", "/overview"); got != http.StatusSeeOther || to != "/overview" {
		t.Fatalf("%d %s", got, to)
	}
	mine := cookieOf(t, c, server.URL)
	if mine == "" || strings.Contains(mine, "planted") {
		t.Errorf("the session was not renewed: %q", mine)
	}
	if got, _, page := bodyOf(t, c, server.URL+"/"); got != http.StatusOK || !strings.Contains(page, "wang某<small>初审</small>") || strings.Contains(page, "尚未设立账号") {
		t.Errorf("%d %s", got, page)
	}
	// The same code does not pass twice.
	if got, _, _ := submit(t, client(t), server.URL+"/login", "login", "wang", "password", passphrase, "code", right); got != http.StatusUnauthorized {
		t.Errorf("a used code: %d", got)
	}
	if got, to, _ := submit(t, c, server.URL+"/logout"); got != http.StatusSeeOther || to != "/login" {
		t.Errorf("%d %s", got, to)
	}
	old := client(t)
	old.Jar.SetCookies(u, []*http.Cookie{{Name: "hequan_session", Value: mine, Path: "/"}})
	if got := status(t, old, server.URL+"/api/applications"); got != http.StatusUnauthorized {
		t.Errorf("a session outlives its end: %d", got)
	}
}

func TestNextLeadsNowhereElse(t *testing.T) {
	for next, want := range map[string]string{"/applications/x?y=z": "/applications/x?y=z", "": "/", "//evil.example": "/", "https://evil.example/": "/", `/\evil.example`: "/", "javascript:alert(1)": "/", "/\t/evil.example": "/"} {
		if got := ownPath(next); got != want {
			t.Errorf("%q leads to %q, want %q", next, got, want)
		}
	}
}

func TestBruteForce(t *testing.T) {
	s, server := site(t)
	a := member(t, s, "wang", people.SecondReview)
	try := func(login, password, code string) (int, string) {
		status, _, page := submit(t, client(t), server.URL+"/login", "login", login, "password", password, "code", code)
		return status, page
	}
	_, unknown := try("nobody", passphrase, "000000")
	_, wrong := try("wang", "wrong wrong wrong", "000000")
	_, noCode := try("wang", passphrase, "000000")
	if strings.ReplaceAll(unknown, "nobody", "wang") != wrong || noCode != wrong {
		t.Error("the answer tells whether account, password or code are wrong")
	}
	for range people.MaxFailures - 2 {
		try("wang", "wrong wrong wrong", code(t, a))
	}
	if status, _ := try("wang", passphrase, code(t, a)); status != http.StatusUnauthorized {
		t.Errorf("after %d failures the right password passes: %d", people.MaxFailures, status)
	}
	now, err := s.Ledger.Account(t.Context(), a.ID)
	if err != nil || now.LockedUntil < time.Now().UnixMilli() {
		t.Errorf("not locked: %+v, %v", now, err)
	}
	// After the time it opens again.
	if _, err := s.Ledger.ChangeAccount(t.Context(), a.ID, "", func(a *store.Account) error { a.LockedUntil = 1; return nil }); err != nil {
		t.Fatal(err)
	}
	if status, _ := try("wang", passphrase, code(t, a)); status != http.StatusSeeOther {
		t.Errorf("after the lock: %d", status)
	}
	last := 0
	for range triesAtOnce + 5 {
		if last, _ = try("nobody", strings.Repeat("x", 200), ""); last == http.StatusTooManyRequests {
			break
		}
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("an address may try for ever: %d", last)
	}
}

func TestTheFirstAccountByItsLink(t *testing.T) {
	s, server := site(t)
	link := s.FirstLink()
	c := client(t)
	fields := []string{"token", strings.TrimPrefix(link, "/setup?token="), "login", "li", "name", "李管", "password", passphrase, "again", passphrase}
	if status, _, _ := submit(t, c, server.URL+"/setup", append([]string{"token", "guessed"}, fields[2:]...)...); status != http.StatusNotFound {
		t.Errorf("a guessed link: %d", status)
	}
	if status, _, page := submit(t, c, server.URL+"/setup", append(fields[:6:6], "password", "short", "again", "short")...); status != http.StatusBadRequest || !strings.Contains(page, "至少 12") {
		t.Errorf("a short password: %d", status)
	}
	if status, _, page := bodyOf(t, c, server.URL+link); status != http.StatusOK || !strings.Contains(page, "设立第一个账号") {
		t.Errorf("%d %s", status, page)
	}
	if status, to, page := submit(t, c, server.URL+"/setup", fields...); status != http.StatusSeeOther || to != "/account/second" {
		t.Fatalf("%d %s %s", status, to, page)
	}
	for range 2 { // the link is used up, for the same and for others
		if status, _, _ := submit(t, client(t), server.URL+"/setup", fields...); status != http.StatusNotFound {
			t.Errorf("a used link: %d", status)
		}
	}
	if status, to, _ := bodyOf(t, c, server.URL+"/"); status != http.StatusSeeOther || to != "/account/second" {
		t.Errorf("without a second factor: %d %s", status, to)
	}
	if got := status(t, c, server.URL+"/api/applications"); got != http.StatusForbidden {
		t.Errorf("without a second factor: %d", got)
	}
	_, _, page := bodyOf(t, c, server.URL+"/account/second")
	_, rest, _ := strings.Cut(page, `<code id="secret">`)
	secret, _, _ := strings.Cut(rest, "<")
	now, err := people.Code(secret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if status, to, _ := submit(t, c, server.URL+"/account/second", "code", now); status != http.StatusSeeOther || to != "/" {
		t.Errorf("%d %s", status, to)
	}
	// 管理 makes an account, whose owner sets the password.
	status, _, page := submit(t, c, server.URL+"/accounts", "login", "wang", "name", "王", "role", "复核")
	_, rest, found := strings.Cut(page, `<code id="link">`)
	link, _, _ = strings.Cut(rest, "<")
	link, whole := strings.CutPrefix(link, server.URL)
	if !whole || status != http.StatusOK || !found {
		t.Fatalf("%d %s", status, page)
	}
	other := client(t)
	if status, to, page := submit(t, other, server.URL+"/setup", "token", strings.TrimPrefix(link, "/setup?token="), "password", passphrase, "again", passphrase); status != http.StatusSeeOther {
		t.Errorf("%d %s %s", status, to, page)
	}
	rows, err := s.Ledger.Accounts(t.Context())
	if err != nil || len(rows) != 2 || rows[0].Role != "管理" || rows[1].Name != "王" || rows[1].Role != "复核" {
		t.Errorf("%+v, %v", rows, err)
	}
	if status, _, page := submit(t, c, server.URL+"/accounts/"+rows[0].ID+"/disable"); status != http.StatusConflict {
		t.Errorf("one's own account: %d %s", status, page)
	}
	// Disabled, the other is out at once.
	if status, _, _ := submit(t, c, server.URL+"/accounts/"+rows[1].ID+"/disable"); status != http.StatusOK {
		t.Errorf("%d", status)
	}
	if got, to, _ := bodyOf(t, other, server.URL+"/account"); got != http.StatusSeeOther || !strings.HasPrefix(to, "/login") {
		t.Errorf("disabled and still in: %d %s", got, to)
	}
}

func TestTokens(t *testing.T) {
	s, server := site(t)
	a := member(t, s, "wang", people.FirstReview)
	c := signedIn(t, server, a)
	if status, _, page := submit(t, c, server.URL+"/account/tokens", "label", "脚本", "current", "wrong"); status != http.StatusBadRequest || strings.Contains(page, `id="token"`) {
		t.Errorf("without the password: %d", status)
	}
	_, _, page := submit(t, c, server.URL+"/account/tokens", "label", "脚本", "current", passphrase)
	_, rest, _ := strings.Cut(page, `<code id="token">`)
	token, _, _ := strings.Cut(rest, "<")
	use := func(token, method, path string) int {
		req, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+token)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	for _, c := range []struct {
		token, method, path string
		want                int
	}{
		{token, "GET", "/api/applications", http.StatusOK}, {token + "x", "GET", "/api/applications", http.StatusUnauthorized}, {"", "GET", "/api/applications", http.StatusUnauthorized},
		{token, "GET", "/audit", http.StatusForbidden}, {token, "POST", "/account/tokens", http.StatusForbidden}, {token, "GET", "/account", http.StatusForbidden},
	} {
		if got := use(c.token, c.method, c.path); got != c.want {
			t.Errorf("%s %s: %d, want %d", c.method, c.path, got, c.want)
		}
	}
	kept, err := s.Ledger.Tokens(t.Context(), a.ID)
	if err != nil || len(kept) != 1 || strings.Contains(fmt.Sprint(kept), token) || kept[0].UsedAt == 0 {
		t.Fatalf("%+v, %v", kept, err)
	}
	other := signedIn(t, server, member(t, s, "li", people.Admin))
	if status, _, _ := submit(t, other, server.URL+"/account/tokens/"+kept[0].ID+"/revoke"); status != http.StatusNotFound {
		t.Errorf("somebody else's token: %d", status)
	}
	submit(t, c, server.URL+"/account/tokens/"+kept[0].ID+"/revoke")
	if got := use(token, "GET", "/api/applications"); got != http.StatusUnauthorized {
		t.Errorf("a revoked token: %d", got)
	}
}

// TestFourEyes: a fail that one dismissed stays open until another of 复核 agrees.
func TestFourEyes(t *testing.T) {
	s, server := site(t)
	app, report := fixture(t, s)
	var fail string
	for _, f := range report.Findings {
		if f.Status == hequan.Fail {
			fail = store.FindingKey(f)
		}
	}
	decide := func(c *http.Client, action, reason string) int {
		resp, err := c.Post(server.URL+"/api/applications/"+app+"/decisions", "application/json",
			strings.NewReader(fmt.Sprintf(`{"decisions": [{"finding": %q, "action": %q, "reason": %q}]}`, fail, action, reason)))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	open := func() int {
		sum, err := s.Ledger.Summary(t.Context(), app)
		if err != nil {
			t.Fatal(err)
		}
		return sum.Open
	}
	first := signedIn(t, server, member(t, s, "chu", people.FirstReview))
	second := signedIn(t, server, member(t, s, "fu", people.SecondReview))
	third := signedIn(t, server, member(t, s, "fu2", people.SecondReview))
	if got := decide(second, "endorse", ""); got != http.StatusConflict {
		t.Errorf("nothing was dismissed: %d", got)
	}
	if got := decide(second, "dismiss", "误读"); got != http.StatusOK || open() != 2 {
		t.Errorf("%d, %d open", got, open())
	}
	if _, _, page := bodyOf(t, second, server.URL+"/applications/"+app); !strings.Contains(page, pendingWord) || strings.Contains(page, `data-act="endorse"`) {
		t.Error("who dismissed is offered to agree")
	}
	if _, _, page := bodyOf(t, third, server.URL+"/applications/"+app); !strings.Contains(page, `data-act="endorse"`) {
		t.Error("another of 复核 is not offered to agree")
	}
	for name, c := range map[string]struct {
		client *http.Client
		want   int
	}{"初审": {first, http.StatusForbidden}, "the same": {second, http.StatusConflict}} {
		if got := decide(c.client, "endorse", ""); got != c.want || open() != 2 {
			t.Errorf("%s: %d, %d open", name, got, open())
		}
	}
	if got := decide(third, "endorse", ""); got != http.StatusOK || open() != 1 {
		t.Errorf("%d, %d open", got, open())
	}
	rows, err := s.Ledger.Decisions(t.Context(), app)
	if err != nil || len(rows) != 2 || rows[0].Person != "fu某" || rows[1].Person != "fu2某" || rows[1].Action != store.Endorse {
		t.Errorf("%+v, %v", rows, err)
	}
}

// TestStrangers: other sites, other ids, paths that lead outside.
func TestStrangers(t *testing.T) {
	s, server := site(t)
	app, report := fixture(t, s)
	c := signedIn(t, server, member(t, s, "chu", people.FirstReview))
	for _, header := range [][2]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}} {
		for _, path := range []string{"/api/applications/" + app + "/recheck", "/logout", "/account/tokens", "/login"} {
			req, err := http.NewRequestWithContext(t.Context(), "POST", server.URL+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set(header[0], header[1])
			resp, err := c.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %v: %d", path, header, resp.StatusCode)
			}
		}
	}
	// The picture of one application is not had through another, nor a blob by its name.
	sha := report.Documents[0].SHA256
	picture, err := s.Ledger.Picture(t.Context(), app, sha, 1)
	if err != nil {
		t.Fatal(err)
	}
	other, _ := seed(t, ledgerOf(s))
	for _, path := range []string{"/applications/" + other + "/page?file=" + sha + "&page=1", "/applications/" + app + "/page?file=" + picture + "&page=1", "/applications/none/page?file=" + sha + "&page=1",
		"/static/../web.go", "/static/%2e%2e/web.go", "/static/..%2f..%2fweb.go", "/static/", "/static/%00", "/applications/" + app + "/../../etc/passwd", "/api/uploads/..%2f" + app} {
		if got := status(t, c, server.URL+path); got != http.StatusNotFound && got != http.StatusMovedPermanently && got != http.StatusTemporaryRedirect {
			t.Errorf("%s: %d", path, got)
		}
	}
	resp, err := c.Get(server.URL + "/applications/" + app + "/page?file=" + sha + "&page=1")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("the page itself: %s, kept %q", resp.Status, resp.Header.Get("Cache-Control"))
	}
}

func TestAddresses(t *testing.T) {
	s := &Server{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.1:5", "198.51.100.7", "192.0.2.1"}, {"10.0.0.2:5", "198.51.100.7", "198.51.100.7"}, {"10.0.0.2:5", "1.2.3.4, 198.51.100.7, 10.1.1.1", "198.51.100.7"},
		{"10.0.0.2:5", "", "10.0.0.2"}, {"10.0.0.2:5", "junk", "10.0.0.2"}, {"[::1]:5", "1.2.3.4", "::1"},
	} {
		r := &http.Request{RemoteAddr: c.remote, Header: http.Header{}}
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := s.address(r); got != c.want {
			t.Errorf("%s by %q: %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

// TestSessionsEnd: when nobody asks for anything, whatever streams go on.
func TestSessionsEnd(t *testing.T) {
	s, server := site(t)
	c := signedIn(t, server, member(t, s, "wang", people.FirstReview))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", server.URL+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Set-Cookie") != "" {
		t.Errorf("a stream: %d %v", resp.StatusCode, resp.Header)
	}
	sum := sha256.Sum256([]byte(cookieOf(t, c, server.URL)))
	key := base64.RawURLEncoding.EncodeToString(sum[:])
	kept := s.Sessions.(store.Sessions)
	data, found, err := kept.FindCtx(t.Context(), key)
	if err != nil || !found {
		t.Fatalf("the session is not kept by its hash: %v %v", found, err)
	}
	if err := kept.CommitCtx(t.Context(), key, data, time.Now().Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/api/applications", "/events", "/static/app.css"} {
		if got := status(t, c, server.URL+path); got != http.StatusUnauthorized {
			t.Errorf("%s after the end: %d", path, got)
		}
	}
}
