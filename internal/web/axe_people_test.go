package web

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"hequan/internal/people"
	"hequan/internal/store"
)

// What TestAccountPagesAccessible looks at beside the page behind a one-time link.
var (
	strangersPages = []string{"/login"}
	adminsPages    = []string{"/account", "/account/second", "/accounts", "/accounts/ID/windows"} // ID: of another account
	auditorsPages  = []string{"/audit", "/"}
)

// TestAccountPagesAccessible looks at the pages of sign-in and accounts as
// TestAccessible does at the others.
func TestAccountPagesAccessible(t *testing.T) {
	script, err := os.ReadFile(axe)
	if err != nil {
		t.Skip("axe-core is not there: run scripts/setup.sh test")
	}
	s, server := site(t)
	fixture(t, s)
	link := people.NewLink()
	if _, err := s.Ledger.AddAccount(t.Context(), store.Account{Login: "new", Name: "新", Role: string(people.SecondReview), Setup: people.HashSecret(link), SetupUntil: setupUntil()}); err != nil {
		t.Fatal(err)
	}
	in := func(b *browser, a *store.Account) {
		b.do(t, chromedp.Navigate(server.URL+"/login"), chromedp.SendKeys(chromedp.CSS("[name=login]"), a.Login), chromedp.SendKeys(chromedp.CSS("[name=password]"), passphrase),
			chromedp.SendKeys(chromedp.CSS("[name=code]"), code(t, a)+kb.Enter), chromedp.WaitVisible(chromedp.CSS("[action='/logout']")))
	}
	b := open(t, server.URL)
	all := func(of string, paths ...string) {
		for _, scheme := range []string{"light", "dark"} {
			for _, path := range paths {
				t.Run(scheme+"/"+of+strings.NewReplacer("/", "-", link, "").Replace(path), func(t *testing.T) { b.axe(t, string(script), scheme, server.URL+path) })
			}
		}
	}
	all("nobody", append([]string{"/setup?token=" + link}, strangersPages...)...)
	in(b, member(t, s, "li", people.Admin))
	first, err := s.Ledger.AccountByLogin(t.Context(), "new")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range adminsPages {
		all("admin", strings.Replace(path, "ID", first.ID, 1))
	}
	b.do(t, chromedp.Click(chromedp.CSS("[action='/logout'] button")), chromedp.WaitVisible(chromedp.CSS("[action='/login']")))
	in(b, member(t, s, "shen", people.Auditor))
	all("auditor", auditorsPages...)
	for _, url := range b.foreign() {
		t.Errorf("a page asked another host: %s", url)
	}
}
