package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"hequan"
	"hequan/samples"
)

// SamplesCmd makes fictitious applications for trials, tests and teaching.
type SamplesCmd struct {
	Generate SamplesGenerateCmd `cmd:"" help:"Make sample applications with truth.json (needs Chromium)."`
	Sheet    SamplesSheetCmd    `cmd:"" help:"Draw all pages below a folder on one contact sheet."`
	Faults   SamplesFaultsCmd   `cmd:"" help:"List the rules that a fault can be planted for."`
	Lines    SamplesLinesCmd    `cmd:"" hidden:"" help:"Draw lines to train recognisers on."`
	Measure  SamplesMeasureCmd  `cmd:"" hidden:"" help:"Compare recognisers on lines."`
	Floats   SamplesFloatsCmd   `cmd:"" hidden:"" help:"Turn a recogniser in integers into one that can be trained on."`
	Widen    SamplesWidenCmd    `cmd:"" hidden:"" help:"Add characters to the character set of a recogniser."`
}

// SamplesGenerateCmd writes application folders below a folder.
type SamplesGenerateCmd struct {
	Seed      uint64 `default:"1" help:"The same seed gives the same applications."`
	Count     int    `default:"1" help:"Number of applications."`
	Mode      string `default:"all" enum:"api,cloud,private,appliance,all" help:"api, cloud, private, appliance, or all in turn."`
	Faults    string `default:"none" help:"none, mixed, or rule ids separated by commas."`
	Subtle    bool   `help:"Plant faults in the form that is hard to see."`
	Scans     string `default:"mixed" enum:"mixed,scan,born,electronic" help:"mixed, scan (all scanned), born (electronic wherever a paper can be), electronic (all of them, signed or not; read in seconds)."`
	DPI       int    `name:"dpi" help:"Resolution of all scans, none photographed; without it 150 to 300, and photographs."`
	Family    string `default:"usual" enum:"usual,field,drawn,held-back" help:"Family of layouts and wordings: usual, field (as other offices write), drawn (each paper draws its layout and words by the seed), or held-back, to which reading is never tuned."`
	OneScan   bool   `help:"Put all papers of an application into one scanned file."`
	SealFaces string `default:"one" enum:"one,various" help:"Typefaces of seals: one for all, or various (Song, Kai, Hei …), each company's its own."`
	Notes     int    `help:"Pages of notes behind each audit report of the usual layouts: reports as long as real ones."`
	Draft     bool   `help:"Labels only (application.json and truth.json), without pages; needs no Chromium. For eval --from-truth."`
	Seeds     string `help:"A list of batches (TSV, see samples/seeds.tsv) to make instead; what an earlier run made is kept." placeholder:"FILE"`
	First     int    `default:"1001" help:"Number of the first application (2026H1-NNNN)."`
	Output    string `short:"o" required:"" help:"Folder to write to."`
}

// Run makes the applications and prints a line for each.
func (c *SamplesGenerateCmd) Run(ctx context.Context) error {
	done := func(t samples.Truth) {
		var planted []string
		for _, p := range t.Planted {
			planted = append(planted, p.Rule)
		}
		fmt.Printf("%s  %s  %s  %d 份材料  %s\n", t.ID, t.Mode.Chinese(), t.Applicant, len(t.Documents), strings.Join(planted, " "))
	}
	if c.Seeds != "" {
		list, err := os.Open(c.Seeds)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		defer list.Close()
		batches, err := samples.Seeds(list)
		if err != nil {
			return &exitError{exitUsage, fmt.Errorf("%s: %w", c.Seeds, err)}
		}
		for i := range batches {
			batches[i].Draft = c.Draft
		}
		return samples.GenerateAll(ctx, batches, c.Output, done)
	}
	modes := hequan.Modes
	if c.Mode != "all" {
		modes = []hequan.Mode{hequan.Mode(c.Mode)}
	}
	o := samples.Options{Seed: c.Seed, Count: c.Count, Modes: modes, Faults: c.Faults, Subtle: c.Subtle, Scans: c.Scans, DPI: c.DPI, FirstID: c.First, Draft: c.Draft, Notes: c.Notes, OneScan: c.OneScan, SealFaces: c.SealFaces == "various"}
	if c.Family != "usual" {
		o.Family = c.Family
	}
	return samples.Generate(ctx, o, c.Output, done)
}

// SamplesSheetCmd draws a contact sheet.
type SamplesSheetCmd struct {
	Dir     string `arg:"" type:"existingdir" help:"Folder of one or more applications."`
	Columns int    `default:"6" help:"Pages in a row."`
	Width   int    `default:"420" help:"Width of a page in pixels."`
	Truth   bool   `help:"Draw the boxes of truth.json over the pages."`
	Output  string `short:"o" required:"" help:"PNG file to write."`
}

// Run writes the sheet.
func (c *SamplesSheetCmd) Run() error {
	data, err := samples.Sheet(c.Dir, c.Columns, c.Width, c.Truth)
	if err != nil {
		return err
	}
	return os.WriteFile(c.Output, data, 0o644)
}

// SamplesFaultsCmd lists what can be planted.
type SamplesFaultsCmd struct{}

// Run prints one rule id a line.
func (c *SamplesFaultsCmd) Run() error {
	_, err := fmt.Println(strings.Join(samples.FaultRules(), "\n"))
	return err
}
