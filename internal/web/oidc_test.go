package web

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"

	"hequan/internal/people"
)

// provider starts an OpenID provider with two users, id1 and id2, that knows
// us by hequan.
func provider(t *testing.T, redirect string) string {
	t.Helper()
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	storage.RegisterClients(storage.WebClient("hequan", "shared secret", redirect))
	before := slog.Default()
	handler = exampleop.SetupServer(server.URL, storage.NewStorage(storage.NewUserStore(server.URL)), slog.New(slog.NewTextHandler(io.Discard, nil)), false)
	t.Cleanup(func() { slog.SetDefault(before) })
	return server.URL
}

// atProvider follows the service from our redirect to it until it sends the
// browser back, signing in as user, and returns the address to come back to.
func atProvider(t *testing.T, c *http.Client, start, user string) string {
	t.Helper()
	at := start
	for range 10 {
		resp, err := c.Get(at)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode == http.StatusOK { // the provider's form
			id := resp.Request.URL.Query().Get("authRequestID")
			if id == "" {
				t.Fatalf("no form at %s: %s", at, body)
			}
			status, to, page := submit(t, c, resp.Request.URL.String(), "username", user, "password", "verysecure", "id", id)
			if status != http.StatusFound {
				t.Fatalf("the provider: %d %s", status, page)
			}
			at = absolute(t, resp.Request.URL, to)
			continue
		}
		if resp.StatusCode/100 != 3 {
			t.Fatalf("%s: %d %s", at, resp.StatusCode, body)
		}
		at = absolute(t, resp.Request.URL, resp.Header.Get("Location"))
		if strings.Contains(at, "/oidc/callback") {
			return at
		}
	}
	t.Fatal("the provider never sends the browser back")
	return ""
}

func absolute(t *testing.T, base *url.URL, to string) string {
	t.Helper()
	u, err := base.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	return u.String()
}

// TestOIDC signs in by a real provider: only bound identities, only in the
// browser that asked, only once.
func TestOIDC(t *testing.T) {
	s, server := site(t)
	issuer := provider(t, server.URL+"/oidc/callback")
	var err error
	if s.OIDC, err = OpenService(t.Context(), ServiceConfig{Name: "政务统一登录", Issuer: issuer, Client: "hequan", Secret: "shared secret", Redirect: server.URL + "/oidc/callback"}); err != nil {
		t.Fatal(err)
	}
	a := member(t, s, "wang", people.FirstReview)
	if err := Bind(t.Context(), s.Ledger, a.ID, Subject(issuer, "id1")); err != nil {
		t.Fatal(err)
	}
	if err := Bind(t.Context(), s.Ledger, member(t, s, "li", people.Admin).ID, Subject(issuer, "id1")); err == nil {
		t.Error("one identity is two people")
	}
	if _, _, page := bodyOf(t, client(t), server.URL+"/login"); !strings.Contains(page, "以“政务统一登录”登录") {
		t.Error("the sign-in page does not offer the service")
	}
	host, err := url.Parse(issuer)
	if err != nil {
		t.Fatal(err)
	}
	first := fmt.Sprintf("test-user@%s", host.Hostname())
	c := client(t)
	back := atProvider(t, c, server.URL+"/oidc", first)
	if !strings.Contains(back, "state=") || !strings.Contains(back, "code=") {
		t.Fatal(back)
	}
	// Another browser cannot use what this one was given, nor can a state be guessed.
	if status := status(t, client(t), back); status != http.StatusBadRequest {
		t.Errorf("in another browser: %d", status)
	}
	before := cookieOf(t, c, server.URL)
	if status, to, page := bodyOf(t, c, back); status != http.StatusSeeOther || to != "/" {
		t.Fatalf("%d %s %s", status, to, page)
	}
	if after := cookieOf(t, c, server.URL); after == "" || after == before {
		t.Error("the session was not renewed")
	}
	if status, _, page := bodyOf(t, c, server.URL+"/"); status != http.StatusOK || !strings.Contains(page, "wang某<small>初审</small>") {
		t.Errorf("%d", status)
	}
	if status := status(t, c, back); status != http.StatusBadRequest {
		t.Errorf("the same answer twice: %d", status)
	}
	// A state that is not ours, on a fresh start.
	c = client(t)
	back = atProvider(t, c, server.URL+"/oidc", first)
	u, err := url.Parse(back)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("state", "guessed")
	u.RawQuery = q.Encode()
	if status := status(t, c, u.String()); status != http.StatusBadRequest {
		t.Errorf("a guessed state: %d", status)
	}
	// Somebody whom the service knows and nobody bound gets in nowhere.
	c = client(t)
	back = atProvider(t, c, server.URL+"/oidc", "test-user2")
	if status, _, page := bodyOf(t, c, back); status != http.StatusForbidden || !strings.Contains(page, "id2") {
		t.Errorf("unbound: %d %s", status, page)
	}
	if got := status(t, c, server.URL+"/api/applications"); got != http.StatusUnauthorized {
		t.Errorf("unbound and in: %d", got)
	}
	if _, err := OpenService(t.Context(), ServiceConfig{Issuer: server.URL}); err == nil || !strings.Contains(err.Error(), "--oidc-issuer") {
		t.Errorf("no such service: %v", err)
	}
}
