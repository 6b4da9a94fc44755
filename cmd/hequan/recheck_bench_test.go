package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

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
	var cases []checks.Case
	for _, c := range perfectCases(truths, rules) {
		cases = append(cases, c.Case)
	}
	for _, r := range checks.JudgeWindow(cases) {
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
	before, n := cpuTime(b), 0
	for b.Loop() {
		n++
		c := RecheckCmd{Reports: file, Filings: filepath.Join(dir, "filings.tsv"), Format: "json", Output: filepath.Join(dir, "difference.json")}
		if err := c.Run(b.Context()); err != nil {
			b.Fatal(err) // nothing has changed
		}
	}
	b.ReportMetric((cpuTime(b)-before).Seconds()/float64(n), "cpu-s/op")
}

// cpuTime is what this process has used, whatever else the machine does.
func cpuTime(t testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
