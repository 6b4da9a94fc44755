package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"hequan"
	"hequan/checks"
	"hequan/internal/policy"
	"hequan/samples"
)

// BenchmarkRecheck judges a window of 1,000 generated applications again, from
// the file of their reports to the difference.
func BenchmarkRecheck(b *testing.B) {
	dir := b.TempDir()
	if err := samples.Generate(b.Context(), samples.Options{Seed: 5, Count: 1000, Modes: hequan.Modes, Faults: "mixed", Draft: true}, dir, nil); err != nil {
		b.Fatal(err)
	}
	truths, err := (&EvalCmd{Dir: dir}).labels()
	if err != nil {
		b.Fatal(err)
	}
	rules := checks.Case{Policy: policy.Default()}
	if rules.Filings, err = policy.LoadFilings(filepath.Join(dir, "filings.tsv")); err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(dir, "reports.jsonl")
	f, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	for _, r := range checks.JudgeWindow(perfectCases(truths, rules)) {
		if err := json.NewEncoder(f).Encode(r); err != nil {
			b.Fatal(err)
		}
	}
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/1e6, "MB")
	for b.Loop() {
		c := RecheckCmd{Reports: file, Filings: filepath.Join(dir, "filings.tsv"), Format: "json", Output: filepath.Join(dir, "difference.json")}
		if err := c.Run(b.Context()); err != nil {
			b.Fatal(err) // nothing has changed
		}
	}
}
