package pipeline

import (
	"bytes"
	"encoding/json"
	"image"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/disintegration/imaging"

	"hequan"
)

func textOf(r *hequan.Reading) string {
	var b strings.Builder
	for _, p := range r.Pages {
		b.WriteString(plainText(p.Lines))
	}
	return b.String()
}

func TestReadsAScan(t *testing.T) {
	r := testReader(t, 1)
	path := write(t, filepath.Join(t.TempDir(), "scan.jpg"), asJPEG(t, sheet(t, "模型接口调用服务合同", "合同编号：HT-2025-0917", "合同总金额人民币1,234,567.89元")))
	got, err := r.Read(t.Context(), path, nil)
	if err != nil || got.Problem != nil {
		t.Fatal(err, got.Problem)
	}
	text := textOf(got)
	for _, want := range []string{"服务合同", "HT-2025-0917", "1,234,567.89"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q was not read in\n%s", want, text)
		}
	}
	if picture, err := r.PageImage(got.SHA256, 1); err != nil || len(picture) == 0 {
		t.Errorf("no picture of the page: %v", err)
	}
	again, err := r.Read(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := asJSON(t, got), asJSON(t, again); !bytes.Equal(a, b) {
		t.Errorf("the cached reading differs:\n%s\n%s", a, b)
	}
}

func asJSON(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestUpsideDownIsTurned(t *testing.T) {
	r := testReader(t, 1)
	img := sheet(t, "承诺书", "我单位郑重承诺所提交的申报材料真实、准确、完整，", "近三年无重大行政处罚记录和刑事犯罪记录，", "未列入严重违法失信主体名单。")
	for y := 0; y < img.Rect.Dy()/2; y++ {
		for x := range img.Rect.Dx() {
			a, b := img.NRGBAAt(x, y), img.NRGBAAt(img.Rect.Dx()-1-x, img.Rect.Dy()-1-y)
			img.SetNRGBA(x, y, b)
			img.SetNRGBA(img.Rect.Dx()-1-x, img.Rect.Dy()-1-y, a)
		}
	}
	got, err := r.Read(t.Context(), write(t, filepath.Join(t.TempDir(), "turned.png"), asPNG(t, img)), nil)
	if err != nil || got.Problem != nil {
		t.Fatal(err, got.Problem)
	}
	if got.Pages[0].Info.Rotation != 180 || !strings.Contains(textOf(got), "承诺") {
		t.Errorf("rotation %d, text %q", got.Pages[0].Info.Rotation, textOf(got))
	}
}

func TestOnItsSideIsTurned(t *testing.T) {
	r := testReader(t, 1)
	img := sheet(t, "承诺书", "我单位郑重承诺所提交的申报材料真实、准确、完整，", "近三年无重大行政处罚记录和刑事犯罪记录，", "未列入严重违法失信主体名单。")
	for name, c := range map[string]struct {
		lying image.Image
		turn  int
	}{"left.png": {imaging.Rotate90(img), 90}, "right.png": {imaging.Rotate270(img), 270}} {
		got, err := r.Read(t.Context(), write(t, filepath.Join(t.TempDir(), name), asPNG(t, c.lying)), nil)
		if err != nil || got.Problem != nil {
			t.Fatal(err, got.Problem)
		}
		if got.Pages[0].Info.Rotation != c.turn || !strings.Contains(textOf(got), "承诺") {
			t.Errorf("%s: rotation %d, text %q", name, got.Pages[0].Info.Rotation, textOf(got))
		}
	}
}

func TestBadFilesAreFindings(t *testing.T) {
	r := testReader(t, 1)
	dir := t.TempDir()
	jpeg := asJPEG(t, sheet(t, "发票"))
	huge := pngHeader(30000, 30000)
	for _, c := range []struct {
		name string
		data []byte
		want hequan.ProblemCode
	}{
		{"empty.pdf", nil, hequan.ProblemEmpty},
		{"text.pdf", []byte("this is no PDF"), hequan.ProblemUnsupported},
		{"truncated.jpg", jpeg[:len(jpeg)/2], hequan.ProblemDamaged},
		{"huge.png", huge, hequan.ProblemTooLarge},
		{"cut.pdf", []byte("%PDF-1.7\n1 0 obj\n<<"), hequan.ProblemDamaged},
		{"broken.tif", []byte("II*\x00\xff\xff\xff\x7f"), hequan.ProblemDamaged},
	} {
		got, err := r.Read(t.Context(), write(t, filepath.Join(dir, c.name), c.data), nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got.Problem == nil || got.Problem.Code != c.want {
			t.Errorf("%s: problem %v, want %s", c.name, got.Problem, c.want)
		}
	}
}

// pngHeader is a PNG that promises more pixels than it holds.
func pngHeader(w, h int) []byte {
	small := image.NewGray(image.Rect(0, 0, 1, 1))
	var buf bytes.Buffer
	if err := pngEncode(&buf, small); err != nil {
		panic(err)
	}
	data := buf.Bytes()
	return patchIHDR(data, w, h)
}

func TestEncryptedPDF(t *testing.T) {
	const file = "../../shared/data/hostile/qpdf+qpdf/qpdf/qtest/qpdf/enc-XI-long-password.pdf"
	if _, err := os.Stat(file); err != nil {
		t.Skip("the shared collection of hostile files is not here")
	}
	got, err := testReader(t, 1).Read(t.Context(), file, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Problem == nil || got.Problem.Code != hequan.ProblemEncrypted {
		t.Errorf("problem %v, want encrypted", got.Problem)
	}
}

func TestKilledReaderCostsNothing(t *testing.T) {
	r := testReader(t, 1)
	rows := strings.Split(strings.Repeat("本合同一式两份，甲乙双方各执一份，自双方签字盖章之日起生效。\n", 24), "\n")
	path := write(t, filepath.Join(t.TempDir(), "page.png"), asPNG(t, sheet(t, rows...)))
	killed := make(chan bool, 1)
	go func() {
		// The child is in mid-page a moment after it started.
		for range 400 {
			if pid := r.pool.Pids(); len(pid) > 0 && cpuOf(pid[0]) > 0.25 {
				killed <- syscall.Kill(pid[0], syscall.SIGKILL) == nil
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
		killed <- false
	}()
	got, err := r.Read(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !<-killed {
		t.Fatal("no child was killed: the test proves nothing")
	}
	if got.Problem != nil || !strings.Contains(textOf(got), "甲乙双方") {
		t.Errorf("after the kill: problem %v, text %q", got.Problem, textOf(got))
	}
}
