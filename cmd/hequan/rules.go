package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"hequan"
	"hequan/checks"
	"hequan/internal/ownrule"
	"hequan/internal/policy"
)

// RulesCmd lists every rule.
type RulesCmd struct {
	Policy string `help:"List the rules of one's own of this policy file, too." placeholder:"FILE"`
	Format string `enum:"text,json,md" default:"text" help:"text, json or md (the page docs/rules.md)."`
}

// Run prints the rules in the order of the guide.
func (c *RulesCmd) Run() error {
	var own []*ownrule.Program
	if c.Policy != "" {
		p, err := policy.Open(c.Policy)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		own = p.Own()
	}
	if c.Format == "md" {
		return checks.WritePage(os.Stdout)
	}
	if c.Format == "json" {
		type need struct {
			Kind  hequan.Kind `json:"kind"`
			Field string      `json:"field"`
		}
		type rule struct {
			ID     string        `json:"id"`
			Clause string        `json:"clause"`
			Modes  []hequan.Mode `json:"modes"`
			Scope  string        `json:"scope"`
			Title  string        `json:"title"`
			Doc    string        `json:"doc"`
			Needs  []need        `json:"needs"`
		}
		out := []rule{}
		for _, r := range checks.All() {
			one := rule{ID: r.ID, Clause: r.Clause, Modes: r.Modes, Scope: r.Scope.String(), Title: r.Title, Doc: r.Doc, Needs: []need{}}
			if len(one.Modes) == 0 {
				one.Modes = hequan.Modes
			}
			for _, n := range r.Needs {
				one.Needs = append(one.Needs, need{n.Kind, n.Field})
			}
			out = append(out, one)
		}
		for _, r := range own {
			one := rule{ID: r.ID, Clause: r.Clause, Modes: r.Modes, Scope: checks.PerApplication.String(), Title: r.Title, Doc: r.Note, Needs: []need{}}
			if len(one.Modes) == 0 {
				one.Modes = hequan.Modes
			}
			if r.For != "" {
				one.Scope = checks.PerDocument.String()
			}
			out = append(out, one)
		}
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(out)
	}
	for _, r := range checks.All() {
		ruleLine(r.ID, r.Clause, r.Modes, r.Title)
	}
	for _, r := range own {
		ruleLine(r.ID, r.Clause, r.Modes, r.Title)
	}
	return nil
}

func ruleLine(id, clause string, modes []hequan.Mode, title string) {
	in := "全部方式"
	if len(modes) > 0 {
		var names []string
		for _, m := range modes {
			names = append(names, m.Chinese())
		}
		in = strings.Join(names, "、")
	}
	fmt.Printf("%-30s %-10s %-34s %s\n", id, clause, in, title)
}
