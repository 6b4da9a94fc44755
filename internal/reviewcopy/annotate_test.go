package reviewcopy

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"hequan/internal/raster"
)

// made is a PDF of one empty page of 400 by 600 points, turned when shown; the
// objects are added to it, catalog and page have the entries.
func made(rotate int, catalog, page string, objects ...string) []byte {
	var out bytes.Buffer
	var at []int
	out.WriteString("%PDF-1.7\n")
	all := append([]string{
		"<< /Type /Catalog /Pages 2 0 R " + catalog + " >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Rotate %d /Contents 4 0 R %s >>", rotate, page),
		"<< /Length 0 >>\nstream\n\nendstream",
	}, objects...)
	for i, o := range all {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return out.Bytes()
}

var red = [3]byte{179, 38, 30}

// TestMarksStandAroundTheirBoxes draws marked pages, turned in every way, and
// looks where the frame is on the page as people see it.
func TestMarksStandAroundTheirBoxes(t *testing.T) {
	pdfium, err := raster.OpenPDFium(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer pdfium.Close()
	box := [4]float64{0.2, 0.1, 0.6, 0.25}
	for _, rotate := range []int{0, 90, 180, 270} {
		for _, turn := range []int{0, 90, 180, 270} {
			var out bytes.Buffer
			if err := Annotate(&out, made(rotate, "", ""), []Mark{{Page: 1, Box: box, Turn: turn, Number: 12, Text: "不符合：发票日期", Color: red}}, nil); err != nil {
				t.Fatalf("%d, %d: %v", rotate, turn, err)
			}
			f, err := pdfium.OpenPDF(out.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			p, err := f.Page(0)
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Turn(turn); err != nil {
				t.Fatal(err)
			}
			f.Close()
			found := colored(p)
			for i := range box {
				if d := found[i] - box[i]; d < -0.02 || d > 0.02 {
					t.Errorf("rotated by %d, upright by %d: the frame is at %.3f, want %.3f", rotate, turn, found, box)
					break
				}
			}
			if !numbered(p, found) {
				t.Errorf("rotated by %d, upright by %d: the number is not in the upper left corner", rotate, turn)
			}
		}
	}
}

// TestNumbersStandBesideEachOther: two remarks on one passage show both numbers.
func TestNumbersStandBesideEachOther(t *testing.T) {
	box := [4]float64{0.2, 0.1, 0.6, 0.25}
	marks := []Mark{{Page: 1, Box: box, Number: 1}, {Page: 2, Box: box, Number: 2}, {Page: 1, Box: [4]float64{0.201, 0.101, 0.5, 0.2}, Number: 3}, {Page: 1, Box: [4]float64{0.3, 0.1, 0.6, 0.25}, Number: 4}}
	for i, want := range []int{0, 0, 1, 0} {
		if n := covered(marks[:i], marks[i]); n != want {
			t.Errorf("mark %d: %d, want %d", i+1, n, want)
		}
	}
}

// isRed says whether a pixel has the colour of the marks.
func isRed(p *raster.Page, x, y int) bool {
	c := p.Image.NRGBAAt(x, y)
	return c.R > 150 && c.G < 90 && c.B < 90
}

// colored is the box of what is red on a page, in fractions of it.
func colored(p *raster.Page) [4]float64 {
	b := p.Image.Bounds()
	x0, y0, x1, y1 := b.Max.X, b.Max.Y, 0, 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if isRed(p, x, y) {
				x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
			}
		}
	}
	w, h := float64(b.Dx()), float64(b.Dy())
	return [4]float64{float64(x0) / w, float64(y0) / h, float64(x1) / w, float64(y1) / h}
}

// numbered says whether the upper left corner of a frame holds far more red than
// the others.
func numbered(p *raster.Page, frame [4]float64) bool {
	const side = 20 // pixels
	b := p.Image.Bounds()
	x0, y0, x1, y1 := int(frame[0]*float64(b.Dx())), int(frame[1]*float64(b.Dy())), int(frame[2]*float64(b.Dx())), int(frame[3]*float64(b.Dy()))
	count := func(x, y int) int {
		n := 0
		for dy := range side {
			for dx := range side {
				if isRed(p, x+dx, y+dy) {
					n++
				}
			}
		}
		return n
	}
	first := count(x0, y0)
	return first > 2*count(x1-side, y0) && first > 2*count(x0, y1-side) && first > 2*count(x1-side, y1-side)
}

// TestNothingActsInACopy: scripts, actions and attached files stay behind.
func TestNothingActsInACopy(t *testing.T) {
	pdf := made(0, "/OpenAction 5 0 R /Names << /JavaScript << /Names [(a) 5 0 R] >> /EmbeddedFiles << /Names [(x.exe) 8 0 R] >> >> /AA << /WC 5 0 R >>", "/Annots [6 0 R 7 0 R] /AA << /O 5 0 R >>",
		"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
		"<< /Type /Annot /Subtype /Link /Rect [1 1 9 9] /A << /S /URI /URI (http://evil.example/) >> >>",
		"<< /Type /Annot /Subtype /Square /Rect [1 1 9 9] /Contents (stays) /A 5 0 R >>",
		"<< /Type /Filespec /F (x.exe) /EF << /F 9 0 R >> >>",
		"<< /Type /EmbeddedFile /Length 4 >>\nstream\nEVIL\nendstream")
	var out, plain bytes.Buffer
	if err := Annotate(&out, pdf, []Mark{{Page: 1, Box: [4]float64{0, 0, 1, 1}, Number: 1, Text: "看", Color: red}}, made(0, "", "")); err != nil {
		t.Fatal(err)
	}
	if err := api.Optimize(bytes.NewReader(out.Bytes()), &plain, plainly()); err != nil { // without packed objects, to be looked into
		t.Fatal(err)
	}
	for _, gone := range []string{"JavaScript", "app.alert", "evil.example", "x.exe", "EVIL", "OpenAction", "/AA"} {
		if strings.Contains(plain.String(), gone) {
			t.Errorf("the copy holds %s", gone)
		}
	}
	if !strings.Contains(plain.String(), "stays") || strings.Count(plain.String(), "/Square") != 2 {
		t.Error("the copy lacks a mark")
	}
	if n, err := api.PageCount(bytes.NewReader(out.Bytes()), plainly()); err != nil || n != 2 {
		t.Errorf("%d pages, want that of the file and that behind it: %v", n, err)
	}
}

func plainly() *model.Configuration {
	c := model.NewDefaultConfiguration()
	c.WriteObjectStream, c.WriteXRefStream = false, false
	return c
}

func TestUnfitFilesAreTold(t *testing.T) {
	var locked bytes.Buffer
	conf := model.NewAESConfiguration("secret", "secret", 256)
	if err := api.Encrypt(bytes.NewReader(made(0, "", "")), &locked, conf); err != nil {
		t.Fatal(err)
	}
	var owned bytes.Buffer // anybody may read it
	if err := api.Encrypt(bytes.NewReader(made(0, "", "")), &owned, model.NewAESConfiguration("", "secret", 256)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		pdf  []byte
		page int
	}{"encrypted": {locked.Bytes(), 1}, "encrypted for changes": {owned.Bytes(), 1}, "cut off": {[]byte("%PDF-1.7\n1 0 obj\n<< /Type /Cat"), 1}, "nothing": {nil, 1}, "no such page": {made(0, "", ""), 2}, "page zero": {made(0, "", ""), 0}} {
		if err := Annotate(new(bytes.Buffer), c.pdf, []Mark{{Page: c.page, Box: [4]float64{0, 0, 1, 1}}}, nil); !errors.Is(err, ErrUnfit) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestHostileFilesDoNoHarm takes every twentieth of the broken and malicious PDFs.
func TestHostileFilesDoNoHarm(t *testing.T) {
	var files []string
	err := filepath.WalkDir("../../../shared/data/hostile", func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".pdf") {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("shared/data/hostile is not there")
	}
	copied := 0
	for i := 0; i < len(files); i += 20 {
		data, err := os.ReadFile(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 4<<20 {
			continue
		}
		switch err := Annotate(new(bytes.Buffer), data, []Mark{{Page: 1, Box: [4]float64{0, 0, 1, 1}, Number: 1}}, nil); {
		case err == nil:
			copied++
		case !errors.Is(err, ErrUnfit):
			t.Errorf("%s: %v", files[i], err)
		}
	}
	t.Logf("%d files tried, %d copied", (len(files)+19)/20, copied)
}
