package spreadsheet

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestWorkbook(t *testing.T) {
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	must(err)
	custom := "yyyy年m月d日"
	chinese, err := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
	must(err)
	for cell, v := range map[string]any{
		"A1": "备案信息", "A2": "序号", "B2": "属地", "C2": "模型\n名称", "D2": "备案时间",
		"A3": 1, "B3": "北京", "C3": "青鸟\u200b智库　大模型", "D3": time.Date(2024, 5, 13, 0, 0, 0, 0, time.UTC),
		"A4": 2, "C4": "Moon\nShot", "D4": 45425, "A5": 45425, "C5": "x", "D5": "2024年5月",
	} {
		must(f.SetCellValue("Sheet1", cell, v))
	}
	must(f.SetCellStyle("Sheet1", "D3", "D3", style))
	must(f.SetCellStyle("Sheet1", "D4", "D4", chinese))
	must(f.MergeCell("Sheet1", "B3", "B4"))
	must(f.MergeCell("Sheet1", "A1", "D1"))
	_, err = f.NewSheet("草稿")
	must(err)
	must(f.SetCellValue("草稿", "A1", "不要"))
	must(f.SetSheetVisible("草稿", false))
	path := filepath.Join(t.TempDir(), "list.xlsx")
	must(f.SaveAs(path))
	got, err := Read(path)
	must(err)
	want := []Sheet{{"list.xlsx Sheet1", [][]string{
		{"备案信息"}, {"序号", "属地", "模型名称", "备案时间"}, {"1", "北京", "青鸟智库 大模型", "2024-05-13"}, {"2", "北京", "Moon Shot", "2024-05-13"}, {"45425", "", "x", "2024年5月"},
	}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestSeparated(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("序号,模型名称\n1,澜石大模型\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"utf8": "序号,模型名称\n1,澜石大模型\n", "mark": "\ufeff序号,模型名称\r\n1,澜石大模型\r\n", "tabs": "序号\t模型名称\n1\t澜石大模型\n", "gb18030": gbk,
	} {
		path := filepath.Join(t.TempDir(), name+".csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := Read(path)
		if err != nil || len(got) != 1 || !reflect.DeepEqual(got[0].Rows, [][]string{{"序号", "模型名称"}, {"1", "澜石大模型"}}) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestNoSheet(t *testing.T) {
	for name, c := range map[string][2]string{"old.xls": {"\xd0\xcf\x11\xe0rest", "save it as .xlsx"}, "broken.xlsx": {"PK\x03\x04rest", "cannot be read as .xlsx"}} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(c[0]), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
