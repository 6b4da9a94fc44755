package main

import (
	"fmt"
	"io"
	"os"

	"hequan/internal/policy"
	"hequan/internal/spreadsheet"
)

// AwardsCmd keeps the ledger of earlier awards.
type AwardsCmd struct {
	Import AwardsImportCmd `cmd:"" help:"Make a ledger for --awards of tables of earlier awards (.xlsx, .csv)."`
}

// AwardsImportCmd is hequan awards import.
type AwardsImportCmd struct {
	Files  []string `arg:"" name:"file" help:"Tables with 申报单位, 年度 and 金额; 统一社会信用代码 and 备注 where they have them." type:"path"`
	Base   string   `help:"Ledger that they are added to." placeholder:"FILE"`
	Output string   `short:"o" help:"Write the ledger to this file." placeholder:"FILE"`
}

// Run writes the ledger, and on stderr what was left out or looks wrong.
func (c *AwardsImportCmd) Run() error {
	var m policy.AwardImport
	if c.Base != "" {
		var err error
		if m.Awards, err = policy.LoadAwards(c.Base); err != nil {
			return &exitError{exitUsage, err}
		}
	}
	before := len(m.Awards)
	for _, f := range c.Files {
		sheets, err := spreadsheet.Read(f)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		for _, s := range sheets {
			if len(s.Rows) == 0 {
				continue
			}
			if err := m.Add(s.Name, s.Rows); err != nil {
				return &exitError{exitUsage, err}
			}
		}
	}
	for _, n := range m.Notes {
		fmt.Fprintln(os.Stderr, n)
	}
	fmt.Fprintf(os.Stderr, "新增 %d 条，共 %d 条\n", len(m.Awards)-before, len(m.Awards))
	return toFile(c.Output, func(w io.Writer) error { return policy.WriteAwards(w, m.Awards) })
}
