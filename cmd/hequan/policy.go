package main

import (
	"fmt"
	"os"

	"hequan/internal/policy"
)

// PolicyCmd looks at policy files.
type PolicyCmd struct {
	Lint PolicyLintCmd `cmd:"" help:"Say what is wrong with policy files, where, and how to mend it."`
	Show PolicyShowCmd `cmd:"" help:"Print every value with its clause and note."`
	Diff PolicyDiffCmd `cmd:"" help:"Say what changed from one policy to another."`
	Text PolicyTextCmd `cmd:"" help:"Print the file of a built-in policy, to start one's own from."`
}

// PolicyLintCmd is hequan policy lint.
type PolicyLintCmd struct {
	Files []string `arg:"" name:"file" help:"Policy files, or ids of built-in ones."`
}

// Run prints a line a problem; the exit status is 1 where there is one.
func (c *PolicyLintCmd) Run() error {
	bad := false
	for _, f := range c.Files {
		data, err := policy.Source(f)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		for _, p := range policy.Lint(data) {
			bad = true
			if p.Line > 0 {
				fmt.Printf("%s:%s\n", f, p)
			} else {
				fmt.Printf("%s: %s\n", f, p)
			}
		}
	}
	if bad {
		return &exitError{exitFinding, nil}
	}
	return nil
}

// PolicyShowCmd is hequan policy show.
type PolicyShowCmd struct {
	Policy string `arg:"" optional:"" default:"2026H1" help:"Policy file, or id of a built-in one."`
}

// Run prints the policy.
func (c *PolicyShowCmd) Run() error {
	p, err := policy.Open(c.Policy)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	return policy.Show(os.Stdout, p)
}

// PolicyDiffCmd is hequan policy diff.
type PolicyDiffCmd struct {
	Before string `arg:"" help:"Policy file, or id of a built-in one."`
	After  string `arg:"" help:"Policy file, or id of a built-in one."`
}

// Run prints what changed; the exit status is 1 where something did.
func (c *PolicyDiffCmd) Run() error {
	before, err := policy.Open(c.Before)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	after, err := policy.Open(c.After)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	n, err := policy.Diff(os.Stdout, before, after)
	if err == nil && n > 0 {
		err = &exitError{exitFinding, nil}
	}
	return err
}

// PolicyTextCmd is hequan policy text.
type PolicyTextCmd struct {
	Policy string `arg:"" optional:"" default:"2026H1" help:"Id of a built-in policy."`
}

// Run prints the file.
func (c *PolicyTextCmd) Run() error {
	data, err := policy.Source(c.Policy)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	_, err = os.Stdout.Write(data)
	return err
}
