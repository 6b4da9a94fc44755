package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"hequan"
	"hequan/checks"
	"hequan/internal/policy"
	"hequan/internal/render"
	"hequan/pipeline"
)

// CheckCmd reads and checks applications in this process.
type CheckCmd struct {
	Paths   []string `arg:"" name:"path" help:"Application folder, archive, window of them, or a single file."`
	Format  string   `enum:"text,json,html" default:"text" help:"text, json or html."`
	Output  string   `short:"o" help:"Write the report to this file." placeholder:"FILE"`
	Policy  string   `help:"Policy to judge by: an id or a policy file (default: the newest)." placeholder:"ID|FILE"`
	Filings string   `help:"A filing list of one's own (TSV)." placeholder:"FILE"`
	Awards  string   `help:"Earlier awards (CSV)." placeholder:"FILE"`
	readerFlags
}

// Run checks every path in order and writes one report an application.
func (c *CheckCmd) Run(ctx context.Context) error {
	rules, err := c.rules()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	for _, p := range c.Paths {
		if _, err := os.Stat(p); err != nil {
			return &exitError{exitUsage, fmt.Errorf("%s cannot be opened: %w", p, errors.Unwrap(err))}
		}
	}
	reader, err := c.open()
	if err != nil {
		return err
	}
	defer reader.Close()
	work, err := os.MkdirTemp("", "hequan-intake-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	var sources []pipeline.Source
	for _, p := range c.Paths {
		found, err := reader.Intake(ctx, p, work)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		sources = append(sources, found...)
	}
	reports, failed := c.checkAll(ctx, reader, sources, rules)
	if ctx.Err() != nil {
		return &exitError{exitFailed, errors.New("interrupted")}
	}
	if err := c.write(reports, reader); err != nil {
		return err
	}
	return exitStatus(reports, failed)
}

// rules loads what the applications are judged by.
func (c *CheckCmd) rules() (checks.Case, error) {
	out := checks.Case{Policy: policy.Default()}
	var err error
	if c.Policy != "" {
		if out.Policy, err = policy.Open(c.Policy); err != nil {
			return out, err
		}
	}
	if out.Filings, err = policy.LoadFilings(c.Filings); err != nil {
		return out, err
	}
	if c.Awards != "" {
		out.Awards, err = policy.LoadAwards(c.Awards)
	}
	return out, err
}

// checkAll reads the applications one after the other (their pages in
// parallel), settles those that are read, as many at a time as there are reader
// processes, and judges them; several are compared as a window. An application
// that could not be processed is reported on stderr and counted.
func (c *CheckCmd) checkAll(ctx context.Context, reader *pipeline.Reader, sources []pipeline.Source, rules checks.Case) (reports []*hequan.Report, failed int) {
	bars := newBars()
	defer bars.wait()
	errs := make([]error, len(sources))
	all, _ := inOrder(c.width(), len(sources), func(i int) (one checks.Case, _ error) {
		one, errs[i] = readCase(ctx, reader, sources[i], rules, bars)
		return one, nil // one that fails stops no other
	})
	var cases []checks.Case
	for i, err := range errs {
		if err != nil {
			if ctx.Err() == nil {
				fmt.Fprintf(os.Stderr, "hequan: %s: %v\n", sources[i].ID, err)
			}
			failed++
			continue
		}
		cases = append(cases, all[i])
	}
	return checks.JudgeWindow(cases), failed
}

// readCase reads an application's files and makes a case of them.
func readCase(ctx context.Context, reader *pipeline.Reader, s pipeline.Source, rules checks.Case, bars *bars) (checks.Case, error) {
	var err error
	if rules.Documents, rules.Files, _, err = reader.Documents(ctx, s, bars.application(s)); err != nil {
		return rules, err
	}
	rules.Form = s.Form
	rules.Files = append(rules.Files, s.Problems...)
	return rules, nil
}

// write writes the reports in the format asked for: one object or page, or for
// several applications JSON Lines, and HTML pages side by side with -o DIR.
func (c *CheckCmd) write(reports []*hequan.Report, images render.PageImages) error {
	if c.Format == "html" && len(reports) > 1 {
		return c.writePages(reports, images)
	}
	out := io.Writer(os.Stdout)
	if c.Output != "" {
		f, err := os.Create(c.Output)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		defer f.Close()
		out = f
	}
	w := bufio.NewWriter(out)
	for _, r := range reports {
		var err error
		switch {
		case c.Format == "html":
			err = render.HTML(w, r, images)
		case c.Format == "json" && len(reports) == 1:
			err = render.JSON(w, r)
		case c.Format == "json":
			err = render.JSONLine(w, r)
		default:
			err = render.Text(w, r)
		}
		if err != nil {
			return err
		}
	}
	return w.Flush()
}

// writePages writes one HTML page an application into the folder -o.
func (c *CheckCmd) writePages(reports []*hequan.Report, images render.PageImages) error {
	if c.Output == "" {
		return &exitError{exitUsage, errors.New("several applications as HTML need a folder: -o DIR")}
	}
	if err := os.MkdirAll(c.Output, 0o755); err != nil {
		return &exitError{exitUsage, err}
	}
	for _, r := range reports {
		f, err := os.Create(filepath.Join(c.Output, filepath.Base(r.Application.ID)+".html"))
		if err != nil {
			return err
		}
		err = render.HTML(f, r, images)
		if closed := f.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func exitStatus(reports []*hequan.Report, failed int) error {
	if failed > 0 {
		return &exitError{exitFailed, nil}
	}
	for _, r := range reports {
		if r.Verdict == hequan.Fail || r.Verdict == hequan.Review {
			return &exitError{exitFinding, nil}
		}
	}
	return nil
}

// bars show progress on a terminal; elsewhere they show nothing.
type bars struct{ progress *mpb.Progress }

func newBars() *bars {
	if !term.IsTerminal(int(os.Stderr.Fd())) {
		return &bars{}
	}
	return &bars{mpb.New(mpb.WithOutput(os.Stderr), mpb.WithWidth(40))}
}

func (b *bars) wait() {
	if b.progress != nil {
		b.progress.Wait()
	}
}

// application returns the progress callback of one application.
func (b *bars) application(s pipeline.Source) func(done, total int) {
	if b.progress == nil || len(s.Files) == 0 {
		return nil
	}
	bar := b.progress.AddBar(int64(len(s.Files)), mpb.PrependDecorators(decor.Name(s.ID+" 读取 ")),
		mpb.AppendDecorators(decor.CountersNoUnit("%d / %d 个文件"), decor.Name("  剩余 "), decor.AverageETA(decor.ET_STYLE_GO)))
	return func(done, total int) {
		bar.SetTotal(int64(total), done == total)
		bar.SetCurrent(int64(done))
	}
}
