package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"hequan"
	"hequan/checks"
)

// RulesCmd lists every rule.
type RulesCmd struct {
	Format string `enum:"text,json,md" default:"text" help:"text, json or md (the page docs/rules.md)."`
}

// Run prints the rules in the order of the guide.
func (c *RulesCmd) Run() error {
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
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(out)
	}
	for _, r := range checks.All() {
		modes := "全部方式"
		if len(r.Modes) > 0 {
			var names []string
			for _, m := range r.Modes {
				names = append(names, m.Chinese())
			}
			modes = strings.Join(names, "、")
		}
		fmt.Printf("%-30s %-10s %-34s %s\n", r.ID, r.Clause, modes, r.Title)
	}
	return nil
}
