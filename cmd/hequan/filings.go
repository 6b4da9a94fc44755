package main

import (
	"fmt"
	"io"
	"os"

	"hequan/internal/day"
	"hequan/internal/policy"
	"hequan/internal/spreadsheet"
)

// FilingsCmd keeps the list of filed models.
type FilingsCmd struct {
	Import FilingsImportCmd `cmd:"" help:"Make a filing list of the official tables (.xlsx, .csv), which are increments."`
	Lookup FilingsLookupCmd `cmd:"" help:"Find a model, a filing number or an entity in a filing list."`
}

// FilingsImportCmd is hequan filings import.
type FilingsImportCmd struct {
	Files    []string `arg:"" name:"file" help:"Tables, oldest first: later ones correct earlier ones." type:"path"`
	Base     string   `help:"Filing list that they are added to (default: none; 'embedded' is the built-in excerpt)." placeholder:"FILE"`
	AsOf     string   `required:"" help:"Day of which the newest table is." placeholder:"YYYY-MM-DD"`
	Complete bool     `help:"The list is whole: what is not in it is not filed."`
	Track    string   `enum:"auto,备案,登记" default:"auto" help:"What the rows are: 备案, 登记, or auto by the headings."`
	Output   string   `short:"o" help:"Write the list to this file." placeholder:"FILE"`
}

// Run writes the list, and on stderr what was mended and what looks wrong.
func (c *FilingsImportCmd) Run() error {
	asOf, ok := day.Of(c.AsOf)
	if !ok {
		return &exitError{exitUsage, fmt.Errorf("--as-of %q is not a day YYYY-MM-DD", c.AsOf)}
	}
	var m policy.Import
	if c.Base != "" {
		path := c.Base
		if path == "embedded" {
			path = ""
		}
		base, err := policy.LoadFilings(path)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		m.Start(base.Rows)
	}
	track := c.Track
	if track == "auto" {
		track = ""
	}
	for _, f := range c.Files {
		sheets, err := spreadsheet.Read(f)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		taken := 0
		for _, s := range sheets {
			if err = m.Add(s.Name, s.Rows, track); err == nil {
				taken++
			}
		}
		if taken == 0 {
			return &exitError{exitUsage, err}
		}
	}
	m.Finish()
	for _, n := range m.Notes {
		fmt.Fprintln(os.Stderr, n)
	}
	return toFile(c.Output, func(w io.Writer) error {
		return policy.WriteFilings(w, &policy.Filings{Complete: c.Complete, AsOf: asOf.String(), Rows: m.Rows})
	})
}

// FilingsLookupCmd is hequan filings lookup.
type FilingsLookupCmd struct {
	Query   string `arg:"" help:"Name or id of a model, filing number, or entity."`
	Filings string `help:"A filing list of one's own (TSV)." placeholder:"FILE"`
}

// Run prints what was found; the exit status is 1 where nothing was.
func (c *FilingsLookupCmd) Run() error {
	list, err := policy.LoadFilings(c.Filings)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	hits := list.Lookup(c.Query)
	for _, h := range hits {
		fmt.Printf("%s  %s 第 %s 号  %s  %s  %s  %s  %s\n", h.How, h.Track, orDash(h.Seq), h.Model, orDash(h.Entity), orDash(h.Number), orDash(h.Date), h.Note)
	}
	state := "名单不全，未列入不等于未备案"
	if list.Complete {
		state = "名单完整"
	}
	fmt.Printf("名单截至 %s，%d 条，%s\n", orDash(list.AsOf), len(list.Rows), state)
	if len(hits) == 0 {
		fmt.Println("没有找到")
		return &exitError{exitFinding, nil}
	}
	return nil
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
