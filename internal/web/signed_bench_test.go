package web

import (
	"net/http"
	"testing"
	"time"

	"hequan/internal/people"
	"hequan/internal/store"
)

// BenchmarkAdmission is one request for a small asset and one look at an
// application: without accounts, by a session, and by one that is a new look
// each time.
func BenchmarkAdmission(b *testing.B) {
	for _, signed := range []bool{false, true} {
		s, server := site(b)
		app, _ := seed(b, ledgerOf(s))
		token := ""
		if signed {
			a, err := s.Ledger.AddAccount(b.Context(), store.Account{Login: "wang", Name: "王", Role: string(people.FirstReview)})
			if err != nil {
				b.Fatal(err)
			}
			token = people.NewToken()
			if err := s.Ledger.AddToken(b.Context(), store.Token{AccountID: a.ID, Label: "b", Hash: people.HashSecret(token), ExpiresAt: time.Now().Add(time.Hour).UnixMilli()}); err != nil {
				b.Fatal(err)
			}
		}
		get := func(b *testing.B, path string) {
			req, err := http.NewRequestWithContext(b.Context(), "GET", server.URL+path, nil)
			if err != nil {
				b.Fatal(err)
			}
			req.Header.Set("Authorization", "Bearer "+token)
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				b.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				b.Fatal(resp.Status)
			}
		}
		name := map[bool]string{false: "alone", true: "signed"}[signed]
		b.Run(name+"/same look", func(b *testing.B) {
			for b.Loop() {
				get(b, "/api/applications/"+app)
			}
		})
		b.Run(name+"/new look", func(b *testing.B) {
			for b.Loop() {
				s.looks.last = nil
				get(b, "/api/applications/"+app)
			}
		})
	}
}
