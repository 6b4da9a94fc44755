package main

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"

	"hequan"
	"hequan/checks"
)

// ExplainCmd says how a rule came to its findings in a report.
type ExplainCmd struct {
	Report      string `arg:"" help:"Report of check --format json; of a file of several, name one with --application." type:"path"`
	Rule        string `arg:"" help:"Id of a rule, as in the report: invoice.date_window."`
	Application string `help:"Id of the application, where the file holds several." placeholder:"ID"`
	Subject     string `help:"Only this document or file of those that the rule is run on." placeholder:"ID"`
	Policy      string `help:"Policy that the report was made by, where not a built-in one: a policy file." placeholder:"ID|FILE"`
	Filings     string `help:"Filing list that the report was made by." placeholder:"FILE"`
	Awards      string `help:"Earlier awards that the report was made by." placeholder:"FILE"`
	Format      string `enum:"text,json" default:"text" help:"text or json."`
}

// Run prints every value and condition of the rule.
func (c *ExplainCmd) Run() error {
	reports, err := loadReports(c.Report)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	report, err := c.choose(reports)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	policy := c.Policy
	if policy == "" {
		policy = report.Policy
	}
	rules, err := (&CheckCmd{Policy: policy, Filings: c.Filings, Awards: c.Awards}).rules()
	if err != nil {
		return &exitError{exitUsage, fmt.Errorf("%w (name the policy file of the report with --policy)", err)}
	}
	one, err := caseOf(report, rules)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	found, ok := checks.Explain(one, c.Rule)
	if !ok {
		return &exitError{exitUsage, fmt.Errorf("there is no rule %s in policy %s: hequan rules lists the built-in ones", c.Rule, rules.Policy.ID)}
	}
	if c.Subject != "" {
		found = slices.DeleteFunc(found, func(e checks.Explanation) bool { return e.Subject != c.Subject })
	}
	told := slices.DeleteFunc(slices.Clone(report.Findings), func(f hequan.Finding) bool {
		return f.Rule != c.Rule || c.Subject != "" && f.Subject != c.Subject
	})
	if c.Format == "json" {
		return writeIndented(os.Stdout, map[string]any{"application": report.Application.ID, "policy": report.Policy, "report": told, "explanation": found})
	}
	return explainText(report, found, told)
}

// choose returns the report that is meant.
func (c *ExplainCmd) choose(reports []*hequan.Report) (*hequan.Report, error) {
	var ids []string
	for _, r := range reports {
		if r.Application.ID == c.Application || c.Application == "" && len(reports) == 1 {
			return r, nil
		}
		ids = append(ids, r.Application.ID)
	}
	return nil, fmt.Errorf("which application? --application with one of: %s", strings.Join(ids, ", "))
}

func explainText(report *hequan.Report, found []checks.Explanation, told []hequan.Finding) error {
	out := bufio.NewWriter(os.Stdout)
	for i, e := range found {
		if i == 0 {
			fmt.Fprintf(out, "%s  %s\n条款 %s · 申报 %s · 政策 %s\n", e.Rule, e.Title, e.Clause, report.Application.ID, report.Policy)
		}
		if e.Subject != "" {
			fmt.Fprintf(out, "\n【%s】\n", e.Subject)
		} else {
			fmt.Fprintln(out)
		}
		explainOne(out, e)
	}
	var now []hequan.Finding
	for _, e := range found {
		now = append(now, e.Findings...)
	}
	for _, f := range told {
		if !slices.ContainsFunc(now, func(n hequan.Finding) bool {
			return n.Status == f.Status && n.Message == f.Message && n.Subject == f.Subject
		}) {
			fmt.Fprintf(out, "\n报告中另记：%s%s：%s\n", f.Status.Chinese(), bracketed(f.Subject), f.Message)
			for _, ev := range f.Evidence {
				fmt.Fprintf(out, "    位置 %s\n", where(ev))
			}
			if !strings.HasPrefix(f.Rule, "window.") {
				fmt.Fprintln(out, "    与以上不同：报告可能依据另一份政策、备案清单或台账，请用 --policy、--filings、--awards 指明")
			}
		}
	}
	return out.Flush()
}

func explainOne(out *bufio.Writer, e checks.Explanation) {
	if len(e.Values) > 0 {
		fmt.Fprintln(out, "  取用的值")
	}
	for _, v := range e.Values {
		state := "有印证"
		switch {
		case v.Doubt != "":
			state = v.Doubt
		case !v.Proven:
			state = "识别结果"
		}
		text := ""
		if v.Text != "" && v.Text != v.Value {
			text = "“" + v.Text + "”  "
		}
		fmt.Fprintf(out, "    %s  %s  %s%s  （%s）\n", v.Name, v.Value, text, where(v.Evidence), state)
	}
	if len(e.Tested) > 0 {
		fmt.Fprintln(out, "  核对的条件")
	}
	for _, t := range e.Tested {
		mark := "✗"
		if t.Holds {
			mark = "✓"
		}
		fmt.Fprintf(out, "    %s %s\n", mark, t.Text)
		for _, ev := range t.Evidence {
			fmt.Fprintf(out, "        %s\n", where(ev))
		}
	}
	if len(e.Unread) > 0 {
		fmt.Fprintln(out, "  未能读取")
	}
	for _, u := range e.Unread {
		fmt.Fprintf(out, "    ? %s\n", u)
	}
	for _, f := range e.Findings {
		fmt.Fprintf(out, "  结果 %s：%s\n", f.Status.Chinese(), f.Message)
		if f.Action != "" {
			fmt.Fprintf(out, "  补正 %s\n", f.Action)
		}
	}
}

func bracketed(s string) string {
	if s == "" {
		return ""
	}
	return " [" + s + "]"
}

// where says where a value stands.
func where(e hequan.Evidence) string {
	var parts []string
	for _, s := range []string{e.Document, e.File} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if e.Field != "" {
		parts = append(parts, e.Field)
	}
	if e.Page > 0 {
		parts = append(parts, fmt.Sprintf("第 %d 页", e.Page))
	}
	if !e.Box.IsZero() {
		parts = append(parts, fmt.Sprintf("(%.3f, %.3f)–(%.3f, %.3f)", e.Box[0], e.Box[1], e.Box[2], e.Box[3]))
	}
	if e.Note != "" {
		parts = append(parts, e.Note)
	}
	return strings.Join(parts, " ")
}
