package recheck

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/mattn/go-runewidth"

	"hequan"
	"hequan/internal/rmb"
	"hequan/internal/spreadsheet"
)

// wan reads 万元 with a decimal; what is none counts as nothing.
func wan(text string) rmb.Fen {
	f, ok := rmb.Parse(text + "万元")
	if !ok {
		return 0
	}
	return f
}

// inWan writes a sum in 万元 with one decimal.
func inWan(f rmb.Fen) string { return big.NewRat(int64(f), int64(rmb.Wan)).FloatString(1) }

// signed writes a change with its sign.
func signed(wan string) string {
	if strings.HasPrefix(wan, "-") {
		return "−" + wan[1:]
	}
	return "+" + wan
}

var changeNames = map[string]string{Gone: "不再提出", New: "新提出", Changed: "说法有变"}

var changeMarks = map[string]string{Gone: "−", New: "+", Changed: "≠"}

// columns measures text as a terminal does, whatever the locale of this process.
var columns = &runewidth.Condition{}

// JSON writes the difference as one indented object.
func JSON(w io.Writer, d *Difference) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(d)
}

// Text writes the difference for a terminal: the counts, then each application
// that changed with its findings.
func Text(w io.Writer, d *Difference) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "重新核对 %d 份申报，政策 %s → %s，有变化 %d 份\n", d.Compared, d.PolicyBefore, d.PolicyAfter, len(d.Applications))
	for _, v := range d.Verdicts {
		if v.Before != v.After {
			fmt.Fprintf(out, "  结论 %s → %s：%d 份\n", v.Before.Chinese(), v.After.Chinese(), v.Count)
		}
	}
	fmt.Fprintf(out, "  测算兑现合计 %s 万元 → %s 万元（%s）\n", d.PayableWan.Before, d.PayableWan.After, signed(d.PayableWan.Change))
	if len(d.OnlyBefore) > 0 {
		fmt.Fprintf(out, "  此次未核对：%s\n", strings.Join(d.OnlyBefore, "、"))
	}
	if len(d.OnlyAfter) > 0 {
		fmt.Fprintf(out, "  此前没有报告：%s\n", strings.Join(d.OnlyAfter, "、"))
	}
	if len(d.Rules) > 0 {
		fmt.Fprintf(out, "\n%s 不再提出 新提出 说法有变\n", columns.FillRight("规则", 32))
		for _, r := range d.Rules {
			fmt.Fprintf(out, "%s %8d %6d %8d\n", columns.FillRight(r.Rule, 32), r.Gone, r.New, r.Changed)
		}
	}
	for _, a := range d.Applications {
		fmt.Fprintf(out, "\n%s  %s\n  结论 %s  兑现 %s 万元\n", a.ID, a.Applicant,
			arrow(a.Before.Verdict.Chinese(), a.After.Verdict.Chinese()), arrow(a.Before.PayableWan, a.After.PayableWan))
		for _, f := range a.Findings {
			fmt.Fprintf(out, "  %s %s %s%s（%s）\n", changeMarks[f.Change], changeNames[f.Change], f.Rule, bracketed(f.Subject), f.Clause)
			for _, t := range []struct {
				label string
				told  *Told
			}{{"此前", f.Before}, {"现在", f.After}} {
				if t.told != nil {
					fmt.Fprintf(out, "      %s %s：%s\n", t.label, t.told.Status.Chinese(), t.told.Message)
				}
			}
		}
	}
	return out.Flush()
}

func arrow(before, after string) string {
	if before == after {
		return before
	}
	return before + " → " + after
}

func bracketed(s string) string {
	if s == "" {
		return ""
	}
	return " [" + s + "]"
}

// CSV writes a row for each verdict, amount and finding that changed, for a
// spreadsheet (UTF-8 with a byte order mark).
func CSV(w io.Writer, d *Difference) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	rows := [][]string{{"申报", "单位", "变化", "规则", "条款", "对象", "此前结果", "此前内容", "现在结果", "现在内容"}}
	for _, a := range d.Applications {
		if a.Before.Verdict != a.After.Verdict {
			rows = append(rows, cells(a.ID, a.Applicant, "结论", "", "", "", a.Before.Verdict.Chinese(), "", a.After.Verdict.Chinese(), ""))
		}
		if a.Before.PayableWan != a.After.PayableWan || a.Before.Base != a.After.Base {
			rows = append(rows, cells(a.ID, a.Applicant, "金额", "", "", "", a.Before.PayableWan+" 万元", "核定基数 "+a.Before.Base, a.After.PayableWan+" 万元", "核定基数 "+a.After.Base))
		}
		for _, f := range a.Findings {
			row := []string{a.ID, a.Applicant, changeNames[f.Change], f.Rule, f.Clause, f.Subject}
			for _, t := range []*Told{f.Before, f.After} {
				if t == nil {
					t = &Told{}
				}
				row = append(row, statusName(t.Status), t.Message)
			}
			rows = append(rows, cells(row...))
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

func statusName(s hequan.Status) string {
	if s == "" {
		return ""
	}
	return s.Chinese()
}

// cells makes sure that a spreadsheet takes no text for a formula.
func cells(row ...string) []string {
	for i, c := range row {
		row[i] = spreadsheet.Plain(c)
	}
	return row
}
