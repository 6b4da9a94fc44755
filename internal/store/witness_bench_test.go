package store

import (
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkWork is what the database does for a file: claimed, read, its
// application judged; what is read is ready beforehand.
func BenchmarkWork(b *testing.B) {
	for _, on := range []string{"sqlite", "postgres"} {
		b.Run(on, func(b *testing.B) {
			where := filepath.Join(b.TempDir(), "hequan.db")
			if on == "postgres" {
				where = postgres(b).String()
			}
			s, err := Open(b.Context(), where)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			for b.Loop() {
				up, err := s.Accept(b.Context(), "a", []Incoming{{"a.pdf", "aa", 1}})
				if err != nil {
					b.Fatal(err)
				}
				attempt, _, err := s.Claim(b.Context(), KindUpload, up.ID, "b", time.Minute, 3)
				if err != nil {
					b.Fatal(err)
				}
				due, err := s.FinishUpload(b.Context(), up.ID, attempt, []Taken{{Application: Application{Form: "{}", Problems: "[]"}, Files: []Incoming{{"a.pdf", "aa", 1}}}})
				if err != nil {
					b.Fatal(err)
				}
				if attempt, _, err = s.Claim(b.Context(), KindFile, due[0].ID, "b", time.Minute, 3); err != nil {
					b.Fatal(err)
				}
				due, err = s.FinishFile(b.Context(), due[0].ID, attempt, FileResult{Reading: "r"})
				if err != nil {
					b.Fatal(err)
				}
				if attempt, _, err = s.Claim(b.Context(), KindApplication, due[0].ID, "b", time.Minute, 3); err != nil {
					b.Fatal(err)
				}
				if err := s.FinishApplication(b.Context(), due[0].ID, attempt, Run{Verdict: "pass", Report: "{}"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkVerifyRows looks at the rows of 2,000 applications of ten files.
func BenchmarkVerifyRows(b *testing.B) {
	s, err := Open(b.Context(), filepath.Join(b.TempDir(), "hequan.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	up, err := s.Accept(b.Context(), "a", []Incoming{{"a.zip", "aa", 1}})
	if err != nil {
		b.Fatal(err)
	}
	attempt, _, err := s.Claim(b.Context(), KindUpload, up.ID, "b", time.Minute, 3)
	if err != nil {
		b.Fatal(err)
	}
	taken := make([]Taken, 2000)
	for i := range taken {
		taken[i] = Taken{Application: Application{Form: "{}", Problems: "[]"}, Files: make([]Incoming, 10)}
	}
	began := time.Now()
	if _, err := s.FinishUpload(b.Context(), up.ID, attempt, taken); err != nil {
		b.Fatal(err)
	}
	b.Logf("recorded in %v", time.Since(began))
	for b.Loop() {
		if v, err := s.VerifyRows(b.Context()); err != nil || len(v.Problems) > 0 || v.Rows < 22000 {
			b.Fatal(v, err)
		}
	}
}
