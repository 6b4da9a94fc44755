package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hequan/internal/typeface"
)

// read is what a reader of PDF makes of a document: its text, and what it says
// of its pages and typefaces.
func read(t *testing.T, data []byte) (text, info, fonts string) {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("poppler-utils is not installed")
	}
	name := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) string {
		var complaints bytes.Buffer
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Stderr = &complaints
		out, err := cmd.Output()
		if err != nil || complaints.Len() > 0 {
			t.Fatalf("%v: %v %s", args, err, &complaints)
		}
		return string(out)
	}
	return run("pdftotext", "-raw", name, "-"), run("pdfinfo", name), run("pdffonts", name)
}

func installed(t *testing.T) {
	t.Helper()
	if _, err := typeface.Find(typeface.Song); err != nil {
		t.Skip(err)
	}
}

func square(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 100)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestADocumentIsReadAsItWasWritten(t *testing.T) {
	installed(t)
	long := strings.Repeat("发票的开票日期晚于执行期，", 400) + "至此为止"
	d := Doc{Title: "补正告知书", Foot: "核券", Blocks: []Block{
		Text{Text: "补正告知书", Style: typeface.SongBold, Size: 20, Align: Center},
		Text{Text: "金额 ¥367,811.37，\U0001F600\x07日期 2026-07-03（龘）", Indent: true},
		Table{Widths: []float64{1, 3}, Head: []string{"序号", "问题"}, Rows: [][]Cell{
			{{Text{Text: "1"}}, {Text{Text: "短"}, Picture{JPEG: square(t), Height: 90}}},
			{{Text{Text: "2"}}, {Text{Text: long}}}, // longer than a page
			{nil, {Text{Text: "末行"}}},
		}},
		Picture{JPEG: square(t), Width: 200},
	}}
	var out, again bytes.Buffer
	if err := d.Write(&out); err != nil {
		t.Fatal(err)
	}
	if err := d.Write(&again); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("the same document gives other bytes")
	}
	text, info, fonts := read(t, out.Bytes())
	flat := strings.Join(strings.Fields(text), "")
	for _, want := range []string{"补正告知书", "金额¥367,811.37，□日期2026-07-03（龘）", "至此为止", "末行", "核券"} {
		if !strings.Contains(flat, want) {
			t.Errorf("the document lacks %q", want)
		}
	}
	if n := strings.Count(flat, "发票的开票日期晚于执行期"); n < 380 { // those that a page divides are counted by none
		t.Errorf("%d of 400 sentences are there", n)
	}
	if strings.Count(flat, "序号问题") < 3 {
		t.Error("the head of the table does not stand again on each page")
	}
	pages := 0
	_, counted, _ := strings.Cut(info, "Pages:")
	fmt.Sscan(counted, &pages)
	if pages < 3 || !strings.Contains(flat, fmt.Sprintf("第%d页，共%d页", pages, pages)) {
		t.Errorf("%d pages; the last is not numbered", pages)
	}
	for _, line := range strings.Split(strings.TrimSpace(fonts), "\n")[2:] {
		if f := strings.Fields(line); f[len(f)-5] != "yes" {
			t.Errorf("a typeface is not embedded: %s", line)
		}
	}
}

func TestLinesBreakWherePeopleBreakThem(t *testing.T) {
	installed(t)
	l, err := newLayout("", pageWidth, pageHeight, nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"一二三四五六七八九十，甲":          "一二三四五六七八九|十，甲",
		"一二三四五六七八九（十）":          "一二三四五六七八九|（十）",
		"一二三四五六七2026-07-03止":    "一二三四五六七|2026-07-03止",
		"一\n二":                  "一|二",
		strings.Repeat("9", 40): "999999999999999999|999999999999999999|9999",
	} {
		var got []string
		for _, line := range l.wrap(Text{Text: text, Style: typeface.Hei, Size: 10}, 100) {
			got = append(got, line.text)
			if w := l.width(line.text, typeface.Hei, 10); w > 100 {
				t.Errorf("%q is %.1f wide", line.text, w)
			}
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: %s, want %s", text, s, want)
		}
	}
}

func TestNotesStandBesideTheirPage(t *testing.T) {
	installed(t)
	var notes []Note
	for i := range 40 {
		notes = append(notes, Note{Number: i + 1, Text: strings.Repeat("存疑：金额不一致。", 8), Boxes: [][4]float64{{0, 0, 0.1, 0.1}}})
	}
	var out bytes.Buffer
	if err := WriteMarked(&out, "审阅副本", []Marked{{JPEG: square(t), Title: "7-发票.pdf 第 1 页", Notes: notes}, {JPEG: square(t), Title: "7-发票.pdf 第 2 页"}}); err != nil {
		t.Fatal(err)
	}
	text, info, _ := read(t, out.Bytes())
	flat := strings.Join(strings.Fields(text), "")
	if n := strings.Count(flat, "存疑：金额不一致。"); n < 300 {
		t.Errorf("%d of 320 sentences are there", n)
	}
	if !strings.Contains(flat, "7-发票.pdf第1页续") || !strings.Contains(flat, "7-发票.pdf第2页") || strings.Contains(info, "Pages:           2\n") {
		t.Errorf("pages are missing: %s", info)
	}
}
