package render

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"hequan"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (go test -update rewrites it); got:\n%s", path, got)
	}
}

func TestGolden(t *testing.T) {
	for name, write := range map[string]func(io.Writer, *hequan.Report) error{
		"report.txt":  Text,
		"report.json": JSON,
		"report.html": func(w io.Writer, r *hequan.Report) error { return HTML(w, r, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := write(&out, sampleReport()); err != nil {
				t.Fatal(err)
			}
			golden(t, name, out.Bytes())
		})
	}
}

func TestJSONLineIsOneLineOfTheSameReport(t *testing.T) {
	var out bytes.Buffer
	for range 2 {
		if err := JSONLine(&out, sampleReport()); err != nil {
			t.Fatal(err)
		}
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines for two reports", len(lines))
	}
	var back hequan.Report
	if err := json.Unmarshal([]byte(lines[1]), &back); err != nil {
		t.Fatal(err)
	}
	if back.Findings[4].Action != "请核对后重新提交<发票>" || strings.Contains(lines[1], `\u003c`) {
		t.Errorf("the text was escaped or lost: %s", lines[1])
	}
}

func TestHTMLShowsBothSidesAndAsksForNothing(t *testing.T) {
	pages := &whitePages{served: map[string]int{}}
	var out bytes.Buffer
	if err := HTML(&out, sampleReport(), pages); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if n := doc.Find(".finding.fail .places img.crop").Length(); n != 2 {
		t.Errorf("a comparison shows %d pictures, want its two sides", n)
	}
	if got := doc.Find(".places .absent").Text(); !strings.Contains(got, "请查看原件") {
		t.Errorf("a picture that cannot be had is told as %q", got)
	}
	doc.Find("[src], [href]").Each(func(_ int, s *goquery.Selection) {
		for _, key := range []string{"src", "href"} {
			if v, ok := s.Attr(key); ok && !strings.HasPrefix(v, "data:image/jpeg;base64,") && (v[0] != '#' || doc.Find(v).Length() != 1) {
				t.Errorf("%s=%q leaves the page", key, v)
			}
		}
	})
	for key, n := range pages.served {
		if n != 1 {
			t.Errorf("page %s was fetched %d times", key, n)
		}
	}
	if !strings.Contains(out.String(), "请核对后重新提交&lt;发票&gt;") {
		t.Error("text of a paper stands unescaped")
	}
}

func TestEveryMaterialHasALine(t *testing.T) {
	rows := materials(sampleReport())
	slots := map[int]bool{}
	for _, m := range rows {
		slots[m.Slot] = true
	}
	if len(slots) != 11 {
		t.Errorf("%d materials, the guide has 11", len(slots))
	}
	if rows[8].Mark != "缺" || rows[9].Mark != "—" || rows[5].Mark != "齐" {
		t.Errorf("marks of usage, acceptance, contract: %q %q %q", rows[8].Mark, rows[9].Mark, rows[5].Mark)
	}
}

func TestYuanAndPercent(t *testing.T) {
	for in, want := range map[string]string{"": "", "5": "5", "999.00": "999.00", "1000.00": "1,000.00", "-1234567.89": "-1,234,567.89", "约三万": "约三万"} {
		if got := yuan(in); got != want {
			t.Errorf("yuan(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"0.5": "50%", "0.05": "5%", "0.125": "12.5%", "1": "100%", "x": "x", "": "未知"} {
		if got := percent(in); got != want {
			t.Errorf("percent(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFieldWord(t *testing.T) {
	for in, want := range map[string]string{"providers[12].name": "模型服务提供方", "applicant.name": "申报主体名称", "issue_date": "开票日期", "rows[2].unit_price": "用量明细第 2 行 单价", "x.y": "x.y", "": ""} {
		if got := fieldWord(in); got != want {
			t.Errorf("fieldWord(%q) = %q, want %q", in, got, want)
		}
	}
}
