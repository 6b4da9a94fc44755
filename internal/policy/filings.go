package policy

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"hequan/internal/day"
)

// Filing is one row of the CAC's list 生成式人工智能服务已备案信息.
type Filing struct {
	Track     string // 备案 or 登记
	Seq       string
	Territory string
	Model     string
	Entity    string // empty where not verified
	Number    string // empty where not verified
	Date      string // YYYY-MM-DD, empty where not verified
	Note      string
}

// Filings is a dated list of filed services.
type Filings struct {
	// Complete says that a service which is not in Rows is not filed. The
	// embedded list is not complete.
	Complete bool
	AsOf     string // YYYY-MM-DD; empty when the list does not say
	Rows     []Filing

	once  sync.Once
	keyed []filingKeys
}

// columns maps the headings of a list to the fields of a row.
var columns = map[string]int{
	"track": 0, "类型": 0, "类别": 0, "seq": 1, "序号": 1, "territory": 2, "属地": 2, "model": 3, "model_name": 3, "模型名称": 3,
	"entity": 4, "filing_entity": 4, "备案单位": 4, "number": 5, "filing_number": 5, "备案编号": 5, "date": 6, "filing_date": 6, "备案时间": 6, "note": 7, "备注": 7,
}

// LoadFilings reads a filing list: a UTF-8 TSV or CSV with a heading row
// (模型名称 and 备案单位 or 备案编号 at least; the English names of the embedded
// list are known too). Lines that start with # before the heading may hold
// "complete: true" and "as_of: YYYY-MM-DD". An empty path is the embedded list.
func LoadFilings(path string) (*Filings, error) {
	if path == "" {
		data, err := files.ReadFile("filings.tsv")
		if err != nil {
			return nil, err
		}
		return parseFilings(data)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("filing list: %w", err)
	}
	f, err := parseFilings(data)
	if err != nil {
		return nil, fmt.Errorf("filing list %s: %w", path, err)
	}
	return f, nil
}

func parseFilings(data []byte) (*Filings, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	f := new(Filings)
	sc := bufio.NewScanner(bytes.NewReader(data))
	offset := 0
	for sc.Scan() {
		line := sc.Text()
		if !strings.HasPrefix(line, "#") {
			break
		}
		offset += len(line) + 1
		key, value, _ := strings.Cut(strings.TrimSpace(strings.TrimLeft(line, "# ")), ":")
		switch strings.TrimSpace(key) {
		case "complete":
			f.Complete = strings.TrimSpace(value) == "true"
		case "as_of":
			f.AsOf = strings.TrimSpace(value)
			if _, ok := day.Parse(f.AsOf); !ok {
				return nil, fmt.Errorf("as_of %q is not a date YYYY-MM-DD", f.AsOf)
			}
		}
	}
	r := csv.NewReader(bytes.NewReader(data[min(offset, len(data)):]))
	r.FieldsPerRecord, r.LazyQuotes, r.Comma = -1, true, ','
	if head, _, _ := strings.Cut(string(data[min(offset, len(data)):]), "\n"); strings.Contains(head, "\t") {
		r.Comma = '\t'
	}
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("no heading row")
	}
	at := map[int]int{}
	for i, h := range rows[0] {
		if c, ok := columns[strings.TrimSpace(h)]; ok {
			at[c] = i
		}
	}
	if _, ok := at[3]; !ok {
		return nil, fmt.Errorf("the heading row has no column 模型名称 (model)")
	}
	for n, row := range rows[1:] {
		cell := func(c int) string {
			if i, ok := at[c]; ok && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		x := Filing{cell(0), cell(1), cell(2), cell(3), cell(4), cell(5), cell(6), cell(7)}
		if x.Track == "" {
			x.Track = "备案"
		}
		if x.Date != "" {
			d, ok := day.Of(x.Date)
			if !ok {
				return nil, fmt.Errorf("row %d: %q is not a date", n+2, x.Date)
			}
			x.Date = d.String()
		}
		if x.Model != "" {
			f.Rows = append(f.Rows, x)
		}
	}
	return f, nil
}

// NumberPattern is the form of a 备案 number: place, name, date, serial.
var NumberPattern = regexp.MustCompile(`(?i)^[A-Z]{2,}-[A-Z0-9.\-]+-(20\d{6})(\d{4}|\d{6})?$`)

// RegistrationPattern is that of a 登记 (上线编号): its serial starts with S.
var RegistrationPattern = regexp.MustCompile(`(?i)^[A-Z]{2,}-[A-Z0-9.\-]+-(20\d{6})S\d{4}$`)

// AlgorithmPattern is that of an 算法备案 number.
var AlgorithmPattern = regexp.MustCompile(`网信算备[0-9]{15,20}`)

// NumberDate returns the date inside a filing number.
func NumberDate(number string) (day.Day, bool) {
	for _, p := range []*regexp.Regexp{NumberPattern, RegistrationPattern} {
		if m := p.FindStringSubmatch(NormalNumber(number)); m != nil {
			return day.Of(m[1])
		}
	}
	return day.Day{}, false
}

// NormalNumber is the form in which filing numbers are compared.
func NormalNumber(s string) string {
	s = strings.ToUpper(norm.NFKC.String(s))
	return dashes.Replace(s)
}

// dashes are what stands for a hyphen in a number.
var dashes = strings.NewReplacer("—", "-", "－", "-", "–", "-", "一-", "-", " ", "")
