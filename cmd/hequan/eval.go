package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hequan"
	"hequan/internal/eval"
	"hequan/internal/render"
	"hequan/pipeline"
)

// EvalCmd scores reading and findings on a labelled set.
type EvalCmd struct {
	Dir       string `arg:"" help:"Folder of labelled applications (truth.json in each)."`
	Format    string `enum:"text,short,json" default:"text" help:"text, short (the measures alone) or json."`
	Output    string `short:"o" help:"Write the score to this file." placeholder:"FILE"`
	Filings   string `help:"A filing list (TSV); default: filings.tsv in DIR where there is one, else the embedded list." placeholder:"FILE"`
	Baseline  string `help:"A score in JSON to compare with: the exit status is 1 where a measure is worse." placeholder:"FILE"`
	Misses    int    `help:"List up to N misses." placeholder:"N"`
	Worst     int    `help:"Write a page of the N worst misses and the hardest seals, with crops." placeholder:"N"`
	WorstFile string `default:"worst.html" help:"Where --worst writes." placeholder:"FILE"`
	Parts     string `xor:"parts" help:"Write into this folder instead: score.json, score.txt, the measures of all.txt, of each family (usual.txt …) and of the labels themselves (from-truth.txt)." placeholder:"DIR"`
	Family    string `default:"all" enum:"all,usual,field,drawn,held-back" help:"Only applications of a family of layouts: usual, field, drawn, held-back, or all."`
	FromTruth bool   `xor:"parts" help:"Judge the labels themselves, as if everything had been read without fault: shows what the rules miss."`
	Real      bool   `xor:"parts" help:"DIR holds real files, each with what stands on it beside it (FILE.gt.json)."`
	readerFlags
}

// Run checks each labelled application and prints the score.
func (c *EvalCmd) Run(ctx context.Context) error {
	if c.Real {
		return c.runReal(ctx)
	}
	truths, err := c.labels()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	var baseline *eval.Score
	if c.Baseline != "" {
		if baseline, err = eval.LoadScore(c.Baseline); err != nil {
			return &exitError{exitUsage, err}
		}
	}
	if own := filepath.Join(c.Dir, "filings.tsv"); c.Filings == "" {
		if _, err := os.Stat(own); err == nil {
			c.Filings = own
		}
	}
	rules, err := (&CheckCmd{Filings: c.Filings}).rules()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	var images render.PageImages
	var score *eval.Score
	if c.FromTruth {
		score = scoreOf(perfectCases(truths, rules))
	} else {
		reader, err := c.open()
		if err != nil {
			return err
		}
		defer reader.Close()
		images = reader
		cases, speed, err := c.readCases(ctx, reader, truths, rules)
		if err != nil {
			return err
		}
		score = scoreOf(cases)
		score.Speed = speed
		if c.Parts != "" {
			if err := c.writeParts(score, cases, perfectCases(truths, rules)); err != nil {
				return &exitError{exitUsage, err}
			}
		}
	}
	if c.Parts == "" || c.Output != "" {
		if err := c.write(score); err != nil {
			return err
		}
	}
	if c.Worst > 0 {
		if err := c.writeWorst(score, images); err != nil {
			return err
		}
	}
	if baseline != nil {
		if worse := eval.Regressions(score, baseline); len(worse) > 0 {
			return &exitError{exitFinding, fmt.Errorf("worse than %s:\n  %s", c.Baseline, strings.Join(worse, "\n  "))}
		}
	}
	return nil
}

// labels loads the labels below the folder.
func (c *EvalCmd) labels() ([]*eval.Truth, error) {
	files, err := filepath.Glob(filepath.Join(c.Dir, "*", "truth.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s holds no labelled application (a folder with truth.json)", c.Dir)
	}
	var out []*eval.Truth
	for _, f := range files {
		t, err := eval.LoadTruth(f)
		if err != nil {
			return nil, err
		}
		if c.Family == "" || c.Family == "all" || c.Family == t.FamilyName() {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s holds no application of the family %s", c.Dir, c.Family)
	}
	return out, nil
}

func (c *EvalCmd) write(score *eval.Score) error {
	out := os.Stdout
	if c.Output != "" {
		f, err := os.Create(c.Output)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		defer f.Close()
		out = f
	}
	if c.Format == "json" {
		return writeIndented(out, score)
	}
	if c.Format == "short" {
		eval.PrintMeasures(out, score)
	} else {
		eval.Print(out, score)
	}
	for _, m := range score.Misses[:min(c.Misses, len(score.Misses))] {
		fmt.Fprintf(out, "%s %-6s %-32s %s 第%d页  应为 %q  得到 %q\n", m.Application, m.What, m.Name, m.File, m.Page, m.Want, m.Got)
	}
	return nil
}

func writeIndented(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func (c *EvalCmd) writeWorst(score *eval.Score, images render.PageImages) error {
	f, err := os.Create(c.WorstFile)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	err = eval.WriteWorst(f, score, c.Worst, render.NewCutter(images).Cut)
	return errors.Join(err, f.Close())
}

// runReal scores real files against the labels beside them.
func (c *EvalCmd) runReal(ctx context.Context) error {
	files, err := eval.LoadReal(c.Dir)
	if err != nil || len(files) == 0 {
		return &exitError{exitUsage, errors.Join(err, fmt.Errorf("%s holds no labelled file (with FILE.gt.json beside it)", c.Dir))}
	}
	reader, err := c.open()
	if err != nil {
		return err
	}
	defer reader.Close()
	score := eval.NewReal()
	start := time.Now()
	for _, f := range files {
		reading, err := reader.Read(ctx, f.Path, nil)
		if err != nil {
			return err
		}
		docs, _ := pipeline.Documents(&hequan.Application{}, []pipeline.ReadFile{{Name: filepath.Base(f.Path), Reading: reading}}, reader)
		score.Add(f, docs, reading.Pages)
	}
	if n := reader.PagesRead(); n > 0 {
		score.Speed = eval.Speed{Pages: n, Seconds: time.Since(start).Seconds()}
	}
	if c.Format == "json" {
		err = writeIndented(os.Stdout, score)
	} else {
		eval.PrintReal(os.Stdout, score)
		for _, m := range score.Misses[:min(c.Misses, len(score.Misses))] {
			fmt.Printf("%-6s %-32s %s  应为 %q  得到 %q\n", m.What, m.Name, m.File, m.Want, m.Got)
		}
	}
	if err == nil && c.Worst > 0 {
		err = c.writeWorst(&eval.Score{Misses: score.Misses}, reader)
	}
	return err
}
