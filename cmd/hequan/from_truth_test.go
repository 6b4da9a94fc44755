package main

import (
	"path/filepath"
	"testing"

	"hequan"
	"hequan/checks"
	"hequan/internal/eval"
	"hequan/internal/policy"
	"hequan/samples"
)

// judged scores the labels of applications made so, as if everything had been
// read without fault.
func judged(t *testing.T, o samples.Options) *eval.Score {
	t.Helper()
	dir := t.TempDir()
	o.Draft = true
	if err := samples.Generate(t.Context(), o, dir, nil); err != nil {
		t.Fatal(err)
	}
	truths, err := (&EvalCmd{Dir: dir}).labels()
	if err != nil {
		t.Fatal(err)
	}
	filings, err := policy.LoadFilings(filepath.Join(dir, "filings.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	return scoreOf(perfectCases(truths, checks.Case{Policy: policy.Default(), Filings: filings}))
}

// TestFaultsAreCaught plants every fault in every mode, easy and subtle, and
// judges what a reader without fault would have read: each is caught with the
// status that is due, and nothing else is told.
func TestFaultsAreCaught(t *testing.T) {
	for _, rule := range samples.FaultRules() {
		for _, subtle := range []bool{false, true} {
			name := rule
			if subtle {
				name += "/subtle"
			}
			t.Run(name, func(t *testing.T) {
				var s *eval.Score
				for seed := uint64(7); seed < 20 && (s == nil || s.FaultRules[rule].All == 0); seed++ { // not every application gives the opportunity
					s = judged(t, samples.Options{Seed: seed, Count: 4, Modes: hequan.Modes, Faults: rule, Subtle: subtle})
				}
				if s.FaultRules[rule].All == 0 {
					t.Error("never planted")
				}
				for _, m := range s.Misses {
					t.Errorf("%s %s: want %s, got %s", m.What, m.Name, m.Want, m.Got)
				}
			})
		}
	}
}

// TestCleanIsClean judges clean applications as if they had been read without fault.
func TestCleanIsClean(t *testing.T) {
	s := judged(t, samples.Options{Seed: 3, Count: 40, Modes: hequan.Modes, Faults: "none"})
	for _, m := range s.Misses {
		t.Errorf("%s %s %s: want %s, got %s", m.Application, m.What, m.Name, m.Want, m.Got)
	}
	if s.Applications != 40 || s.Clean != 40 || s.CleanChecks < 40*60 {
		t.Errorf("%d applications, %d clean, %d findings", s.Applications, s.Clean, s.CleanChecks)
	}
}
