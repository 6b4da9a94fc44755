package pipeline

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"

	"hequan"
)

// scanned is a PDF of pages that are pictures.
func scanned(t *testing.T, pages ...[]string) []byte {
	t.Helper()
	kids, n := "", len(pages)
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", ""}
	for i, rows := range pages {
		img := sheet(t, rows...)
		jpeg := asJPEG(t, img)
		first := 3 + 3*i
		kids += fmt.Sprintf("%d 0 R ", first)
		const paint = "q 595.2 0 0 841.9 0 0 cm /I Do Q"
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.2 841.9]/Resources<</XObject<</I %d 0 R>>>>/Contents %d 0 R>>", first+1, first+2),
			fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream", img.Rect.Dx(), img.Rect.Dy(), len(jpeg), jpeg),
			fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(paint), paint))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, n)
	return pdfWith(objects...)
}

// longReport is an audit report of twelve pages, eight of them notes under a running head; opinion
// is the page with the audit's opinion.
func longReport(opinion []string) [][]string {
	pages := [][]string{
		{"审计报告", "中京会审字〔2025〕第1207号", "北京晴川智能科技有限公司", "2024年度", "中京会计师事务所（特殊普通合伙）"},
		opinion,
		{"资产负债表", "编制单位：北京晴川智能科技有限公司", "2024年12月31日　单位：元", "流动资产合计　12,345,678.90", "负债合计　2,345,678.90"},
		{"财务报表附注", "2024年度", "本公司以人民币为记账本位币。"},
	}
	for i := range 8 {
		rows := []string{"北京晴川智能科技有限公司　财务报表附注"}
		for k := range 9 {
			rows = append(rows, noteRows[(i+k)%len(noteRows)]) // rows of one length under each other look like a page on its side
		}
		pages = append(pages, rows)
	}
	return pages
}

var noteRows = []string{"固定资产采用年限平均法计提折旧，折旧年限为三至二十年。", "本公司以人民币为记账本位币。", "存货按照成本与可变现净值孰低计量，可变现净值低于成本的，", "收入在客户取得商品控制权时确认，按照交易价格计量。", "计提存货跌价准备。"}

var soundOpinion = []string{"审计报告", "北京晴川智能科技有限公司全体股东：", "一、审计意见", "我们审计了北京晴川智能科技有限公司财务报表。", "中京会计师事务所（特殊普通合伙）", "中国注册会计师：王明", "2025年4月18日"}

// TestNotesAreReadInPart reads a long report whole and in ranges: of its notes, the last nine pages, head and foot are read, the rest
// of the report is known as ever, and nobody who reads a part of it reads it otherwise.
func TestNotesAreReadInPart(t *testing.T) {
	r := testReader(t, 2)
	path := write(t, filepath.Join(t.TempDir(), "5-审计报告.pdf"), scanned(t, longReport(soundOpinion)...))
	got, err := r.Read(t.Context(), path, nil)
	if err != nil || got.Problem != nil {
		t.Fatal(err, got.Problem)
	}
	for i, p := range got.Pages {
		if p.Info.Unread != (i >= 3) {
			t.Errorf("page %d: unread %v\n%s", i+1, p.Info.Unread, plainText(p.Lines))
		}
		if p.Info.Legibility < soundReading || p.Info.Picture == "" || p.Info.Blank {
			t.Errorf("page %d: %+v", i+1, p.Info)
		}
	}
	docs, _ := Documents(&hequan.Application{}, []ReadFile{{Name: "5-审计报告.pdf", Reading: got}}, r)
	if len(docs) != 1 || docs[0].Kind != hequan.KindAuditReport || docs[0].Pages != [2]int{1, 12} || !docs[0].PageInfo[11].Unread {
		t.Fatalf("documents: %+v", docs)
	}
	for name, want := range map[string]string{"entity": "北京晴川智能科技有限公司", "year": "2024", "report_date": "2025-04-18", "opinion": "present", "statements": "present"} {
		if f := docs[0].Field(name); f == nil || f.Value != want {
			t.Errorf("%s: %+v, want %s", name, f, want)
		}
	}

	other := testReader(t, 1)
	joined, pages, err := other.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for first := 0; first < pages; first += 5 {
		part, err := other.ReadRange(t.Context(), path, first, min(5, pages-first), nil)
		if err != nil {
			t.Fatal(err)
		}
		joined.Pages = append(joined.Pages, part...)
	}
	if _, err := other.Join(t.Context(), path, joined); err != nil {
		t.Fatal(err)
	}
	if a, b := asJSON(t, got), asJSON(t, joined); !bytes.Equal(a, b) {
		t.Error("read in ranges it is another reading")
	}
}

// TestNotesAreReadWhereTheyAreWanted reads a report without an opinion: what its other pages do not
// tell may stand in the notes, which are read. Kept readings come to the same.
func TestNotesAreReadWhereTheyAreWanted(t *testing.T) {
	r := testReader(t, 2)
	path := write(t, filepath.Join(t.TempDir(), "report.pdf"), scanned(t, longReport([]string{"北京晴川智能科技有限公司"})...))
	got, err := r.Read(t.Context(), path, nil)
	if err != nil || got.Problem != nil {
		t.Fatal(err, got.Problem)
	}
	for i, p := range got.Pages {
		if p.Info.Unread || i >= 4 && len(p.Lines) < 9 {
			t.Errorf("page %d: unread %v, %d lines", i+1, p.Info.Unread, len(p.Lines))
		}
	}
	fresh := r.PagesRead()
	again, err := r.Read(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := asJSON(t, got), asJSON(t, again); !bytes.Equal(a, b) || r.PagesRead() != fresh {
		t.Error("the kept reading differs")
	}
	if err := r.Forget(got.SHA256); err != nil {
		t.Fatal(err)
	}
	if _, ok := r.cache.loadPage(got.SHA256, 7); ok {
		t.Error("a page outlives what was forgotten")
	}
}
