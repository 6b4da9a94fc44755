package web

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"hequan/internal/people"
	"hequan/internal/store"
)

const passphrase = "correct horse battery staple"

// hashed is the passphrase's hash, made once: it takes its time.
var hashed = sync.OnceValues(func() (string, error) { return people.HashPassword(passphrase) })

// member makes an account of a role that works, with a second factor.
func member(t *testing.T, s *Server, login string, role people.Role) *store.Account {
	t.Helper()
	hash, err := hashed()
	if err != nil {
		t.Fatal(err)
	}
	secret, _, err := people.NewTOTP(login)
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.Ledger.AddAccount(t.Context(), store.Account{Login: login, Name: login + "某", Role: string(role)})
	if err != nil {
		t.Fatal(err)
	}
	a, err = s.Ledger.ChangeAccount(t.Context(), a.ID, "account.setup", func(a *store.Account) error {
		a.Password, a.TOTP = hash, secret
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// client is one that keeps cookies and does not follow redirects.
func client(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// submit posts a form and returns status, address led to, and page.
func submit(t *testing.T, c *http.Client, address string, pairs ...string) (int, string, string) {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	resp, err := c.PostForm(address, form)
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

func code(t *testing.T, a *store.Account) string {
	t.Helper()
	c, err := people.Code(a.TOTP, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// signedIn is a browser in which the account has signed in.
func signedIn(t *testing.T, server *httptest.Server, a *store.Account) *http.Client {
	t.Helper()
	c := client(t)
	if status, to, page := submit(t, c, server.URL+"/login", "login", a.Login, "password", passphrase, "code", code(t, a)); status != http.StatusSeeOther || to != "/" {
		t.Fatalf("%s could not sign in: %d %s %s", a.Login, status, to, page)
	}
	return c
}

// matrix says who may ask for what, apart from the table of routes: a right
// given by mistake is noticed here. 众 is everybody, 员 who is signed in, then
// the roles by their first characters: 初 复 管 审.
var matrix = map[string]string{
	"GET /{$}": "初复管审", "GET /summary.xlsx": "初复管审", "GET /overview": "初复管审",
	"GET /applications/{id}": "初复管审", "GET /applications/{id}/crop": "初复管审", "GET /applications/{id}/page": "初复管审", "GET /applications/{id}/view": "初复管审",
	"GET /applications/{id}/report.html": "初复管审", "GET /applications/{id}/summary.xlsx": "初复管审", "GET /applications/{id}/notice": "初复管审", "GET /applications/{id}/notice.docx": "初复管审",
	"GET /applications/{id}/compare": "初复管审", "GET /applications/{id}/notice.pdf": "初复管审", "GET /applications/{id}/report.pdf": "初复管审", "GET /applications/{id}/reviewed.pdf": "初复管审",
	"GET /trials": "初复管审", "GET /trials/{id}": "初复管审", "GET /events": "初复管审",
	"GET /api": "员", "GET /api/openapi.json": "员",
	"GET /api/applications": "初复管审", "GET /api/applications/{id}": "初复管审", "GET /api/applications/{id}/report": "初复管审", "GET /api/applications/{id}/trail": "初复管审",
	"GET /api/uploads/{id}": "初复管审", "GET /api/dead": "初复管审",

	"POST /api/applications": "初复", "POST /api/applications/{id}/files": "初复", "POST /api/applications/{id}/decisions": "初复", "POST /api/applications/{id}/corrections": "初复",
	"POST /api/applications/{id}/corrections/{number}/withdraw": "初复", "POST /api/applications/{id}/notice": "初复",
	"POST /api/applications/{id}/recheck": "初复管", "POST /api/applications/{id}/cancel": "初复管", "POST /api/dead/{kind}/{id}/retry": "初复管", "POST /api/trials": "初复管", "POST /api/trials/{id}/{what}": "复",
	"POST /api/applications/{id}/ticks": "初复", "POST /api/transfers": "初复", "GET /overview/blind": "初复", "POST /api/blind": "初复", "POST /api/transfers/finish": "初复",
	"GET /api/transfers/{id}": "初复", "PUT /api/transfers/{id}": "初复", "DELETE /api/transfers/{id}": "初复", "POST /api/bulk/assign": "初复", "POST /api/bulk/recheck": "初复管", "POST /api/bulk/retry": "初复管", "POST /api/bulk/cancel": "初复管", "POST /api/filters": "员",

	"POST /api/person": "员", "GET /account": "员", "POST /account/password": "员", "GET /account/second": "员", "POST /account/second": "员",
	"POST /account/tokens": "员", "POST /account/tokens/{id}/revoke": "员", "GET /static/report.css": "员", "GET /static/{file...}": "员",
	"GET /accounts": "管", "POST /accounts": "管", "POST /accounts/{id}/{what}": "管", "GET /accounts/{id}/windows": "管", "POST /accounts/{id}/windows": "管", "GET /audit": "审",

	"GET /login": "众", "POST /login": "众", "GET /setup": "众", "POST /setup": "众", "POST /logout": "众", "GET /oidc": "众", "GET /oidc/callback": "众",
	"GET /healthz": "众", "GET /static/signin.css": "众", "GET /static/icon.svg": "众", "": "众",
}

// TestWhoMayAskForWhat asks a real server for every route in every role.
func TestWhoMayAskForWhat(t *testing.T) {
	s, server := site(t)
	app, _ := fixture(t, s)
	clients := map[string]*http.Client{"": client(t)}
	for letter, role := range map[string]people.Role{"初": people.FirstReview, "复": people.SecondReview, "管": people.Admin, "审": people.Auditor} {
		clients[letter] = signedIn(t, server, member(t, s, "m"+string(role), role))
	}
	for _, r := range routes {
		name := strings.TrimSpace(r.Method + " " + r.Pattern)
		if name == "/" {
			name = ""
		}
		allowed, ok := matrix[name]
		if !ok {
			t.Errorf("%s has no entry in the matrix: say who may ask for it", name)
			continue
		}
		path := strings.NewReplacer("{$}", "", "{id}", app, "{number}", "1", "{kind}", "file", "{what}", "none", "{file...}", "app.css").Replace(r.Pattern)
		if name == "" {
			path = "/nothing"
		}
		if name == "POST /logout" {
			continue // ends the session; see TestSignInAndOut
		}
		for letter, client := range clients {
			may := allowed == "众" || letter != "" && (allowed == "员" || strings.Contains(allowed, letter))
			status := ask(t, client, server.URL+path, r.Method)
			switch {
			case letter == "" && !may && status != http.StatusUnauthorized:
				t.Errorf("%s by nobody: %d, want 401", name, status)
			case letter != "" && !may && status != http.StatusForbidden:
				t.Errorf("%s by %s: %d, want 403", name, letter, status)
			case may && name != "POST /login" && (status == http.StatusUnauthorized || status == http.StatusForbidden) || status >= 500 && name != "GET /healthz":
				t.Errorf("%s by %q: %d", name, letter, status)
			}
		}
	}
	for name := range matrix {
		if !hasRoute(name) {
			t.Errorf("the matrix speaks of %s, which is no route", name)
		}
	}
}

func hasRoute(name string) bool {
	for _, r := range routes {
		if strings.TrimSpace(r.Method+" "+r.Pattern) == name || name == "" && r.Pattern == "/" {
			return true
		}
	}
	return false
}

// ask returns the status of a request with nothing in it.
func ask(t *testing.T, c *http.Client, address, method string) int {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context()) // streams go on for ever
	defer cancel()
	if method == "" {
		method = "GET"
	}
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode
}
