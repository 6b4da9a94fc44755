package policy

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"hequan/internal/day"
	"hequan/internal/name"
	"hequan/internal/rmb"
	"hequan/internal/uscc"
)

// AwardImport gathers earlier awards of ledgers as offices keep them.
type AwardImport struct {
	Awards []Award
	Notes  []string // what was skipped or looks wrong, in Chinese, in order
}

var awardHeadings = []struct {
	column string
	texts  []string
}{
	{"applicant", []string{"applicant", "申报单位", "申报主体", "单位名称", "企业名称", "公司名称", "名称", "获支持单位"}},
	{"uscc", []string{"uscc", "统一社会信用代码", "社会信用代码", "信用代码"}},
	{"year", []string{"year", "年度", "兑现年度", "拨付年度", "年份", "兑现日期", "拨付日期", "拨付时间", "兑现时间"}},
	{"amount", []string{"amount", "金额", "兑现金额", "拨付金额", "支持金额", "奖励金额", "补贴金额"}},
	{"note", []string{"note", "备注", "项目", "项目名称", "政策", "说明"}},
}

var unitOf = regexp.MustCompile(`[（(：:]?(?:单位[：:])?(万元|元)[）)]?$`)

// awardColumns finds the row of headings, and the unit that the amount's names.
func awardColumns(rows [][]string) (head int, at map[string]int, wan bool) {
	for i, row := range rows[:min(20, len(rows))] {
		at, wan = map[string]int{}, false
		for x, cell := range row {
			text := strings.ReplaceAll(strings.TrimSpace(norm.NFKC.String(cell)), " ", "")
			bare := unitOf.ReplaceAllString(text, "")
			for _, h := range awardHeadings {
				if _, twice := at[h.column]; !twice && (slices.Contains(h.texts, text) || slices.Contains(h.texts, bare)) {
					at[h.column] = x
					wan = wan || h.column == "amount" && strings.Contains(text, "万元")
				}
			}
		}
		_, a := at["applicant"]
		_, y := at["year"]
		_, m := at["amount"]
		if a && y && m {
			return i, at, wan
		}
	}
	return -1, nil, false
}

// Add takes in one table. What cannot be understood is an error that names the
// row: an award that is left out would let an applicant pass its yearly cap.
func (m *AwardImport) Add(source string, rows [][]string) error {
	head, at, wan := awardColumns(rows)
	if head < 0 {
		return fmt.Errorf("%s: no row of headings with 申报单位, 年度 and 金额 within its first 20 rows", source)
	}
	for n, cells := range rows[head+1:] {
		where := fmt.Sprintf("%s 第 %d 行", source, head+n+2)
		cell := func(column string) string {
			if x, ok := at[column]; ok && x < len(cells) {
				return strings.TrimSpace(cells[x])
			}
			return ""
		}
		who := name.Normal(cell("applicant"))
		if who == "" || strings.HasPrefix(who, "合计") || strings.HasPrefix(who, "小计") || strings.HasPrefix(who, "总计") {
			if text := strings.TrimSpace(strings.Join(cells, "")); text != "" {
				m.Notes = append(m.Notes, where+"：不是单位的记录，略过")
			}
			continue
		}
		a := Award{Applicant: who, USCC: uscc.Normal(cell("uscc")), Note: cell("note")}
		if a.USCC != "" && !uscc.Valid(a.USCC) {
			m.Notes = append(m.Notes, fmt.Sprintf("%s：%s 的统一社会信用代码 %s 校验不符，照录，请核对", where, who, a.USCC))
		}
		var ok bool
		if a.Year, ok = awardYear(cell("year")); !ok {
			return fmt.Errorf("%s: the year %q of %s is none: write 2026", where, cell("year"), who)
		}
		text := cell("amount")
		if wan && !strings.Contains(text, "万") {
			text += "万元"
		}
		if a.Amount, ok = rmb.Parse(text); !ok || a.Amount < 0 {
			return fmt.Errorf("%s: the amount %q of %s is not money", where, cell("amount"), who)
		}
		if slices.Contains(m.Awards, a) {
			m.Notes = append(m.Notes, fmt.Sprintf("%s：与此前一条完全相同，只记一次：%s %d 年度 %s 元", where, who, a.Year, a.Amount.Grouped()))
			continue
		}
		m.Awards = append(m.Awards, a)
	}
	return nil
}

// awardYear reads 2026, 2026年, 2026年度 or a date.
func awardYear(text string) (int, bool) {
	bare := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(text, ".0"), "度"), "年")
	if y, err := strconv.Atoi(bare); err == nil {
		return y, y >= 2000 && y < 2100
	}
	d, ok := day.Of(text)
	return d.Year, ok
}

// WriteAwards writes awards as LoadAwards reads them.
func WriteAwards(w io.Writer, awards []Award) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"applicant", "uscc", "year", "amount", "note"}}
	for _, a := range awards {
		rows = append(rows, []string{a.Applicant, a.USCC, strconv.Itoa(a.Year), a.Amount.String(), a.Note})
	}
	return out.WriteAll(rows)
}
