package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"hequan"
	"hequan/checks"
	"hequan/internal/recheck"
	"hequan/internal/render"
)

// RecheckCmd judges again what was read before, and says what changed.
type RecheckCmd struct {
	Paths    []string `arg:"" optional:"" name:"path" help:"With --reports: make the documents anew from the kept readings of these applications, as after an update of the program."`
	Reports  string   `help:"Reports of check --format json: a file, or a folder of them." placeholder:"FILE" type:"path"`
	Data     string   `help:"Data folder of serve, where the reports are in its database." placeholder:"DIR" env:"HEQUAN_DATA" type:"path"`
	Database string   `help:"PostgreSQL instead of SQLite in the data folder." placeholder:"URL" env:"HEQUAN_DATABASE"`
	Witness  string   `name:"witness-key" help:"File of the key that its rows are marked with." placeholder:"FILE" env:"HEQUAN_WITNESS_KEY" type:"path"`
	Window   string   `help:"Upload whose applications are judged again: its id or its name, or all." placeholder:"ID"`
	Policy   string   `help:"Policy to judge by: an id or a policy file (default: the newest)." placeholder:"ID|FILE"`
	Filings  string   `help:"A filing list of one's own (TSV)." placeholder:"FILE"`
	Awards   string   `help:"Earlier awards (CSV)." placeholder:"FILE"`
	DryRun   bool     `help:"Keep nothing of it in the database: only say what would change."`
	Format   string   `enum:"text,json,csv" default:"text" help:"Of the difference: text, json or csv."`
	Output   string   `short:"o" help:"Write the difference to this file." placeholder:"FILE"`
	Write    string   `help:"Write the new reports to this file, one object a line." placeholder:"FILE"`
	readerFlags
}

// Run judges again and prints the difference; the exit status is 1 where there is one.
func (c *RecheckCmd) Run(ctx context.Context) error {
	rules, err := (&CheckCmd{Policy: c.Policy, Filings: c.Filings, Awards: c.Awards}).rules()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	var before, after []*hequan.Report
	var failed int
	switch {
	case c.Reports != "" && c.Window == "":
		before, after, failed, err = c.fromReports(ctx, rules)
	case c.Reports == "" && c.Window != "" && (c.Data != "" || c.Database != "") && len(c.Paths) == 0:
		before, after, failed, err = c.fromDatabase(byConsole(ctx), rules)
	default:
		err = &exitError{exitUsage, errors.New("what is to be judged again? Either --reports FILE, or --data DIR (or --database URL) with --window ID")}
	}
	if err != nil {
		return err
	}
	if c.Write != "" {
		if err := c.writeReports(after); err != nil {
			return err
		}
	}
	d := recheck.CompareAll(before, after)
	if err := c.write(d); err != nil {
		return err
	}
	switch {
	case failed > 0:
		return &exitError{exitFailed, nil}
	case len(d.Applications) > 0:
		return &exitError{exitFinding, nil}
	}
	return nil
}

// fromReports judges the documents of reports again, or, where paths are given,
// documents made anew from their kept readings.
func (c *RecheckCmd) fromReports(ctx context.Context, rules checks.Case) (before, after []*hequan.Report, failed int, err error) {
	if before, err = loadReports(c.Reports); err != nil {
		return nil, nil, 0, &exitError{exitUsage, err}
	}
	var cases []checks.Case
	if len(c.Paths) > 0 {
		if cases, failed, err = c.readAgain(ctx, rules, before); err != nil {
			return nil, nil, 0, err
		}
	} else {
		for _, r := range before {
			one, err := caseOf(r, rules)
			if err != nil {
				fmt.Fprintf(os.Stderr, "hequan: %s: %v\n", r.Application.ID, err)
				failed++
				continue
			}
			cases = append(cases, one)
		}
	}
	after, err = judgeAgain(ctx, cases)
	return before, after, failed, err
}

// caseOf makes a case of what a report holds.
func caseOf(r *hequan.Report, rules checks.Case) (checks.Case, error) {
	rules.Form, rules.Documents, rules.Files = r.Form, r.Documents, r.Files
	if rules.Form == nil {
		if slices.ContainsFunc(r.Findings, restsOnForm) {
			return rules, errors.New("its report does not hold the online form (an older version wrote it): run check on it once more")
		}
		rules.Form = &hequan.Application{ID: r.Application.ID}
		return rules, nil
	}
	form := *r.Form
	form.Present = true
	rules.Form = &form
	return rules, nil
}

// restsOnForm says whether a finding shows a value of the online form.
func restsOnForm(f hequan.Finding) bool {
	return slices.ContainsFunc(f.Evidence, func(e hequan.Evidence) bool { return e.Document == "" && e.Note == "申报表" && e.Value != "" })
}

// readAgain makes cases of the applications' kept readings. One that was not
// read by this reader is told and left out; others that no report is about, too.
func (c *RecheckCmd) readAgain(ctx context.Context, rules checks.Case, before []*hequan.Report) (cases []checks.Case, failed int, err error) {
	reader, err := c.open()
	if err != nil {
		return nil, 0, err
	}
	defer reader.Close()
	work, err := os.MkdirTemp("", "hequan-intake-")
	if err != nil {
		return nil, 0, err
	}
	defer os.RemoveAll(work)
	for _, p := range c.Paths {
		sources, err := reader.Intake(ctx, p, work)
		if err != nil {
			return nil, 0, &exitError{exitUsage, err}
		}
		bar, wait := countBar(len(sources), "重新整理 ")
		for i, s := range sources {
			bar(i + 1)
			if !slices.ContainsFunc(before, func(r *hequan.Report) bool { return r.Application.ID == s.Form.ID }) {
				continue
			}
			if !reader.HasRead(s) {
				fmt.Fprintf(os.Stderr, "hequan: %s: this reader has not read it yet: run check on it\n", s.ID)
				failed++
				continue
			}
			one, err := readCase(ctx, reader, s, rules, &bars{})
			if err != nil {
				return nil, 0, err
			}
			cases = append(cases, one)
		}
		wait()
	}
	return cases, failed, nil
}

// judgeAgain judges cases as a window, with progress.
func judgeAgain(ctx context.Context, cases []checks.Case) ([]*hequan.Report, error) {
	bar, wait := countBar(len(cases), "重新核对 ")
	members := checks.JudgeEach(cases, func() bool { return ctx.Err() != nil }, bar)
	wait()
	if ctx.Err() != nil {
		return nil, &exitError{exitFailed, errors.New("interrupted: nothing was changed")}
	}
	checks.CompareWindow(members)
	reports := make([]*hequan.Report, len(members))
	for i, m := range members {
		reports[i] = m.Report
	}
	return reports, nil
}

// countBar shows a count on a terminal; elsewhere nothing.
func countBar(total int, what string) (show func(done int), wait func()) {
	b := newBars()
	if b.progress == nil || total == 0 {
		return func(int) {}, func() {}
	}
	bar := b.progress.AddBar(int64(total), mpb.PrependDecorators(decor.Name(what)),
		mpb.AppendDecorators(decor.CountersNoUnit("%d / %d 份"), decor.Name("  剩余 "), decor.AverageETA(decor.ET_STYLE_GO)))
	return func(done int) { bar.SetCurrent(int64(done)) }, func() {
		bar.SetTotal(int64(total), true)
		b.wait()
	}
}

func (c *RecheckCmd) write(d *recheck.Difference) error {
	return toFile(c.Output, func(w io.Writer) error {
		switch c.Format {
		case "json":
			return recheck.JSON(w, d)
		case "csv":
			return recheck.CSV(w, d)
		}
		return recheck.Text(w, d)
	})
}

func (c *RecheckCmd) writeReports(reports []*hequan.Report) error {
	return toFile(c.Write, func(w io.Writer) error {
		for _, r := range reports {
			if err := render.JSONLine(w, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// toFile writes to a file, or to standard output where none is named.
func toFile(path string, write func(io.Writer) error) error {
	if path == "" {
		return write(os.Stdout)
	}
	f, err := os.Create(path)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	return errors.Join(write(f), f.Close())
}
