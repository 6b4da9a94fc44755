package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"hequan"
)

// sectionNumbers are the numbers of the sections of a report.
var sectionNumbers = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九"}

// columns measures text as a terminal does, whatever the locale of this process.
var columns = &runewidth.Condition{}

// Text writes the report for a terminal: verdict, completeness of the
// materials, findings by gravity with their places, the computation of the
// amount, and what has to be looked up by hand.
func Text(w io.Writer, r *hequan.Report) error {
	out := bufio.NewWriter(w)
	t := &textWriter{out: out}
	t.head(r)
	t.materials(r)
	t.problems(r)
	t.unread(r)
	t.findings(r, hequan.Fail)
	t.findings(r, hequan.Review)
	t.subsidy(r)
	t.manual(r)
	return out.Flush()
}

type textWriter struct {
	out      *bufio.Writer
	sections int
}

func (t *textWriter) line(format string, args ...any) {
	fmt.Fprintln(t.out, strings.TrimRight(fmt.Sprintf(format, args...), " "))
}

func (t *textWriter) section(format string, args ...any) {
	number := sectionNumbers[min(t.sections, len(sectionNumbers)-1)]
	t.sections++
	t.line("\n%s、%s", number, fmt.Sprintf(format, args...))
}

func (t *textWriter) head(r *hequan.Report) {
	a := r.Application
	t.line("核券初审报告  %s  %s", a.ID, a.Applicant)
	var about []string
	if a.Project != "" {
		about = append(about, "项目 "+a.Project)
	}
	if a.Mode != "" {
		about = append(about, a.Mode.Chinese())
	}
	if a.ClaimedAmount != "" {
		about = append(about, "申报 "+yuan(a.ClaimedAmount)+" 元")
	}
	if a.SubmittedAt != "" {
		about = append(about, "提交 "+a.SubmittedAt)
	}
	about = append(about, "政策 "+r.Policy)
	t.line("%s", strings.Join(about, " · "))
	t.line("结论：%s。%s", r.Verdict.Chinese(), verdictSentence(r.Verdict))
	t.line("      %s", tally(r.Findings))
}

func (t *textWriter) materials(r *hequan.Report) {
	t.section("材料完整性（指南五）")
	for _, m := range materials(r) {
		about := m.paperList()
		if m.Message != "" {
			about = strings.TrimSpace(about + "  " + m.Message)
		}
		t.line("  %s %2d %s %s", m.Mark, m.Slot, columns.FillRight(m.Name, 16), about)
	}
}

func (t *textWriter) problems(r *hequan.Report) {
	var bad []hequan.FileInfo
	for _, f := range r.Files {
		if f.Problem != nil {
			bad = append(bad, f)
		}
	}
	if len(bad) == 0 {
		return
	}
	t.section("未能读取的文件（%d）", len(bad))
	for _, f := range bad {
		t.line("  %s：%s。%s", f.File, f.Problem.Code.Chinese(), f.Problem.Code.Remedy())
	}
}

func (t *textWriter) unread(r *hequan.Report) {
	lines, n := unreadOf(r)
	if n == 0 {
		return
	}
	t.section("未逐字识别的页（%d）", n)
	for _, l := range lines {
		t.line("  %s", l)
	}
	t.line("  %s", unreadReason)
}

func (t *textWriter) findings(r *hequan.Report, s hequan.Status) {
	found := with(r.Findings, s)
	if len(found) == 0 {
		return
	}
	t.section("%s（%d）", s.Chinese(), len(found))
	for i, f := range found {
		t.line("  %d. %s", i+1, f.Message)
		source := "条款 " + f.Clause + " · " + f.Rule
		if f.Subject != "" {
			source += " · " + f.Subject
		}
		t.line("     %s", source)
		for _, p := range places(r, f) {
			t.line("     位置 %s", p)
		}
		if f.Action != "" {
			t.line("     补正 %s", f.Action)
		}
	}
}

func (t *textWriter) subsidy(r *hequan.Report) {
	steps := ladder(r.Subsidy)
	if len(steps) == 0 {
		return
	}
	t.section("金额测算（指南四）")
	if r.Subsidy.Unknown {
		t.line("  部分金额未能识别，以下仅为已识别部分")
	}
	wide := 22
	for _, s := range steps {
		wide = max(wide, min(columns.StringWidth(s.Name), 44))
	}
	for _, s := range steps {
		note := ""
		if s.Note != "" {
			note = "  " + s.Note
		}
		t.line("  %s %s%s", columns.FillRight(s.Name, wide), columns.FillLeft(s.Amount, 20), note)
	}
	if len(r.Subsidy.Steps) > 0 {
		return // they say all of it
	}
	for _, e := range r.Subsidy.Explanation {
		t.line("  · %s", e)
	}
}

func (t *textWriter) manual(r *hequan.Report) {
	if len(r.Manual) == 0 {
		return
	}
	t.section("人工核验（材料无法判断，%d 项）", len(r.Manual))
	for _, m := range r.Manual {
		t.line("  □ [%s] %s", m.Clause, m.What)
		t.line("     查询 %s", m.Where)
	}
}
