package main

import (
	"context"
	"fmt"
	"os"

	"hequan"
	"hequan/samples"
)

// SamplesCmd makes labelled sample applications.
type SamplesCmd struct {
	Generate SamplesGenerateCmd `cmd:"" help:"Make fictitious applications with planted faults and truth.json (needs Chromium)."`
}

// SamplesGenerateCmd makes them.
type SamplesGenerateCmd struct {
	Seed   uint64 `default:"1" help:"Seed: the same seed gives the same truth."`
	Count  int    `default:"4" help:"How many applications."`
	Mode   string `default:"all" enum:"all,api,cloud,private,appliance" help:"Mode of application, or all in turn."`
	Faults string `default:"mixed" help:"none, mixed, or rule ids separated by commas."`
	Scans  string `default:"mixed" enum:"mixed,scan,born" help:"mixed, scan or born (electronic)."`
	Subtle bool   `help:"Faults in their subtle form."`
	Output string `short:"o" required:"" help:"Folder to write to." placeholder:"DIR"`
}

// Run generates the applications.
func (c *SamplesGenerateCmd) Run(ctx context.Context) error {
	modes := hequan.Modes
	if c.Mode != "all" {
		modes = []hequan.Mode{hequan.Mode(c.Mode)}
	}
	return samples.Generate(ctx, samples.Options{Seed: c.Seed, Count: c.Count, Modes: modes, Faults: c.Faults, Scans: c.Scans, Subtle: c.Subtle}, c.Output,
		func(t samples.Truth) { fmt.Fprintf(os.Stderr, "%s: %d planted\n", t.ID, len(t.Planted)) })
}
