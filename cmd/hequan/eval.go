package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"hequan/checks"
	"hequan/internal/eval"
)

// EvalCmd scores reading and findings on a labelled set.
type EvalCmd struct {
	Dir     string `arg:"" help:"Folder of labelled applications (truth.json in each)."`
	Format  string `enum:"text,json" default:"text" help:"text or json."`
	Filings string `help:"A filing list (TSV); default: filings.tsv in DIR where there is one, else the embedded list." placeholder:"FILE"`
	Misses  int    `help:"List up to N misses." placeholder:"N"`
	readerFlags
}

// Run checks each labelled application and prints the score.
func (c *EvalCmd) Run(ctx context.Context) error {
	labels, err := filepath.Glob(filepath.Join(c.Dir, "*", "truth.json"))
	if err != nil || len(labels) == 0 {
		return &exitError{exitUsage, fmt.Errorf("%s holds no labelled application (a folder with truth.json)", c.Dir)}
	}
	if own := filepath.Join(c.Dir, "filings.tsv"); c.Filings == "" {
		if _, err := os.Stat(own); err == nil {
			c.Filings = own
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
	score := eval.New()
	bars := newBars()
	rules, err := (&CheckCmd{Filings: c.Filings}).rules()
	if err != nil {
		return err
	}
	for _, label := range labels {
		truth, err := eval.LoadTruth(label)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		sources, err := reader.Intake(ctx, filepath.Dir(label), work)
		if err != nil {
			return err
		}
		for _, s := range sources {
			one, err := readCase(ctx, reader, s, rules, bars)
			if err != nil {
				return err
			}
			score.Add(truth, checks.Judge(one))
		}
	}
	bars.wait()
	if c.Format == "json" {
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(score)
	}
	eval.Print(os.Stdout, score)
	for _, m := range score.Misses[:min(c.Misses, len(score.Misses))] {
		fmt.Printf("%s %-6s %-32s %s 第%d页  应为 %q  得到 %q\n", m.Application, m.What, m.Name, m.File, m.Page, m.Want, m.Got)
	}
	return nil
}
