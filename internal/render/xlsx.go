package render

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"hequan"
	"hequan/internal/rmb"
	"hequan/internal/spreadsheet"
)

// BookRow is an application of a workbook.
type BookRow struct {
	Report *hequan.Report
	Stage  string // how far it has come at the desk
	Rounds int    // of 补正

	// Decided says what people decided of a finding; zero while nobody did.
	Decided func(hequan.Finding) Decided
}

// Decided is what a person decided of a finding, in the words of the desk.
type Decided struct {
	Word, Reason, Person, Time string
	Confirmed                  bool
}

// sheet is one sheet of the workbook: widths and titles of its columns, and its rows.
type sheet struct {
	name   string
	widths []float64
	titles []any
	rows   [][]any
}

// Workbook writes applications as an .xlsx of three sheets: 申请, 问题, 金额.
// Numbers are numbers; text is never a formula, whatever papers say.
func Workbook(w io.Writer, rows []BookRow) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8F0F9"}},
		Alignment: &excelize.Alignment{Vertical: "center"}})
	if err != nil {
		return err
	}
	wrap, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	if err != nil {
		return err
	}
	money, err := f.NewStyle(&excelize.Style{NumFmt: 4, Alignment: &excelize.Alignment{Vertical: "top"}})
	if err != nil {
		return err
	}
	for i, s := range []sheet{applicationSheet(rows), findingSheet(rows), moneySheet(rows)} {
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.name)
		} else {
			_, err = f.NewSheet(s.name)
		}
		if err != nil {
			return err
		}
		if err := s.write(f, head, wrap, money); err != nil {
			return err
		}
	}
	return f.Write(w)
}

func (s sheet) write(f *excelize.File, head, wrap, money int) error {
	out, err := f.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	for i, width := range s.widths {
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	titles := make([]any, len(s.titles))
	for i, t := range s.titles {
		titles[i] = excelize.Cell{StyleID: head, Value: t}
	}
	if err := out.SetRow("A1", titles); err != nil {
		return err
	}
	for i, row := range s.rows {
		cells := make([]any, len(row))
		for k, v := range row {
			switch v := v.(type) {
			case yuanCell:
				cells[k] = excelize.Cell{StyleID: money, Value: v.number()}
			case string:
				cells[k] = excelize.Cell{StyleID: wrap, Value: plain(v)}
			default:
				cells[k] = excelize.Cell{StyleID: wrap, Value: v}
			}
		}
		if err := out.SetRow("A"+strconv.Itoa(i+2), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

// yuanCell is a decimal string that stands as a number.
type yuanCell string

func (y yuanCell) number() any {
	if n, err := strconv.ParseFloat(string(y), 64); err == nil { // only shown: nothing is computed with it here
		return n
	}
	return plain(string(y))
}

// maxCell is what a cell holds at most.
const maxCell = 32000

// plain makes text of what a spreadsheet might take for a formula when the
// file is saved as CSV and opened again.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
	if runes := []rune(text); len(runes) > maxCell {
		text = string(runes[:maxCell]) + "…"
	}
	return spreadsheet.Plain(text)
}

func applicationSheet(rows []BookRow) sheet {
	s := sheet{name: "申请", widths: []float64{16, 32, 28, 16, 12, 10, 10, 8, 8, 8, 8, 8, 16, 14, 8},
		titles: []any{"申报编号", "申报主体", "项目", "类型", "提交日期", "阶段", "初审结论", "不符合", "存疑", "已确认", "已驳回", "未复核", "申报金额（元）", "拟兑现（万元）", "补正轮次"}}
	for _, r := range rows {
		var confirmed, dismissed, open, fails, reviews int
		for _, f := range r.Report.Findings {
			switch f.Status {
			case hequan.Fail:
				fails++
			case hequan.Review:
				reviews++
			default:
				continue
			}
			switch d := r.Decided(f); {
			case d.Word == "":
				open++
			case d.Confirmed:
				confirmed++
			default:
				dismissed++
			}
		}
		a := r.Report.Application
		s.rows = append(s.rows, []any{a.ID, a.Applicant, a.Project, a.Mode.Chinese(), a.SubmittedAt, r.Stage, r.Report.Verdict.Chinese(),
			fails, reviews, confirmed, dismissed, open, yuanCell(a.ClaimedAmount), yuanCell(r.Report.Subsidy.PayableWan), r.Rounds})
	}
	return s
}

func findingSheet(rows []BookRow) sheet {
	s := sheet{name: "问题", widths: []float64{16, 30, 6, 9, 10, 60, 44, 36, 10, 24, 10, 14, 28},
		titles: []any{"申报编号", "申报主体", "序号", "结论", "条款", "问题", "补正要求", "位置", "复核", "理由", "经办人", "时间", "规则"}}
	for _, r := range rows {
		n := 0
		for _, status := range []hequan.Status{hequan.Fail, hequan.Review} {
			for _, f := range with(r.Report.Findings, status) {
				n++
				var where []string
				for i, p := range places(r.Report, f) {
					if i < 4 {
						where = append(where, p.String())
					}
				}
				d := r.Decided(f)
				s.rows = append(s.rows, []any{r.Report.Application.ID, r.Report.Application.Applicant, n, status.Chinese(), f.Clause, f.Message, f.Action,
					strings.Join(where, "\n"), d.Word, d.Reason, d.Person, d.Time, f.Rule})
			}
		}
	}
	return s
}

func moneySheet(rows []BookRow) sheet {
	s := sheet{name: "金额", widths: []float64{16, 32, 16, 16, 16, 16, 8, 16, 14, 10, 60},
		titles: []any{"申报编号", "申报主体", "申报金额（元）", "实际发生额（元）", "核减（元）", "核定基数（元）", "比例", "封顶后（元）", "拟兑现（万元）", "金额齐全", "核减明细"}}
	for _, r := range rows {
		a, m := r.Report.Application, r.Report.Subsidy
		var cut []string
		for _, e := range m.Excluded {
			cut = append(cut, fmt.Sprintf("%s：%s", yuan(e.Amount), e.Reason))
		}
		known := "是"
		if m.Unknown {
			known = "否，有未读出的金额"
		}
		s.rows = append(s.rows, []any{a.ID, a.Applicant, yuanCell(a.ClaimedAmount), yuanCell(m.Gross), yuanCell(excludedSum(m.Excluded)), yuanCell(m.Base), yuanCell(m.Rate), yuanCell(m.Capped),
			yuanCell(m.PayableWan), known, strings.Join(cut, "\n")})
	}
	return s
}

// excludedSum is the sum of what was taken off; empty when one of them is no amount.
func excludedSum(list []hequan.Exclusion) string {
	var sum rmb.Fen
	for _, e := range list {
		fen, ok := rmb.ParseValue(e.Amount)
		if !ok {
			return ""
		}
		sum += fen
	}
	return sum.String()
}
