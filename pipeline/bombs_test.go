package pipeline

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"image"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"hequan"
)

// zeros writes n zero bytes.
func zeros(t *testing.T, w io.Writer, n int64) {
	t.Helper()
	if _, err := io.Copy(w, io.LimitReader(nothing{}, n)); err != nil {
		t.Fatal(err)
	}
}

type nothing struct{}

func (nothing) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// pdfWith is a PDF of these objects, the first of which is its catalog.
func pdfWith(objects ...string) []byte {
	var buf bytes.Buffer
	buf.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, buf.Len())
		fmt.Fprintf(&buf, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := buf.Len()
	fmt.Fprintf(&buf, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&buf, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&buf, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return buf.Bytes()
}

// flated is a stream object that inflates to n bytes of nothing.
func flated(t *testing.T, dictionary string, n int64) string {
	t.Helper()
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	zeros(t, z, n)
	z.Close()
	return fmt.Sprintf("<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream", dictionary, packed.Len(), packed.String())
}

func manyPages(n int) []byte {
	kids := make([]string, n)
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", ""}
	for i := range kids {
		kids[i] = fmt.Sprintf("%d 0 R", i+3)
		objects = append(objects, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>")
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), n)
	return pdfWith(objects...)
}

// deepTree nests page nodes.
func deepTree(n int) []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>"}
	for i := range n {
		objects = append(objects, fmt.Sprintf("<</Type/Pages/Kids[%d 0 R]/Count 1>>", i+3))
	}
	return pdfWith(append(objects, fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 200 200]>>", n+1))...)
}

// TestBombs: files that are small and would become huge, or endless, are
// refused with a reason or read within their bounds. The same child then reads
// an honest page: it was neither killed nor did it run out of memory.
func TestBombs(t *testing.T) {
	r := testReader(t, 1)
	const pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
	const page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
	for _, c := range []struct {
		name string
		data []byte
		want hequan.ProblemCode // "": it may be read
	}{
		{"pages.pdf", manyPages(3001), hequan.ProblemTooLarge},
		{"tree.pdf", deepTree(5000), hequan.ProblemDamaged},
		{"arrays.pdf", pdfWith("<</Type/Catalog/Pages 2 0 R/X "+strings.Repeat("[", 200_000)+strings.Repeat("]", 200_000)+">>", "<</Type/Pages/Kids[]/Count 0>>"), ""},
		{"content.pdf", pdfWith("<</Type/Catalog/Pages 2 0 R>>", pages, page, flated(t, "", 64<<20), "<<>>"), ""},
		{"picture.pdf", pdfWith("<</Type/Catalog/Pages 2 0 R>>", pages, page, "<</Length 13>>stream\n/I Do\n\nendstream",
			flated(t, "/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8", 16<<20)), ""},
		{"poster.pdf", pdfWith("<</Type/Catalog/Pages 2 0 R>>", pages, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9999999 9999999]>>"), ""},
		{"loop.pdf", pdfWith("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"), ""},
		{"pixels.png", patchIHDR(asPNG(t, image.NewGray(image.Rect(0, 0, 4, 4))), 60000, 60000), hequan.ProblemTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := r.Read(t.Context(), write(t, filepath.Join(t.TempDir(), c.name), c.data), nil)
			if err != nil {
				t.Fatalf("a bad file is no error: %v", err)
			}
			switch {
			case c.want != "" && (got.Problem == nil || got.Problem.Code != c.want):
				t.Errorf("told %+v, want %s", got.Problem, c.want)
			case got.Problem != nil && got.Problem.Detail == "":
				t.Errorf("refused without a reason: %+v", got.Problem)
			case got.Problem == nil && len(got.Pages) > 1:
				t.Errorf("%d pages", len(got.Pages))
			}
		})
	}
	got, err := r.Read(t.Context(), write(t, filepath.Join(t.TempDir(), "honest.png"), asPNG(t, sheet(t, "承诺书"))), nil)
	if err != nil || got.Problem != nil {
		t.Errorf("afterwards: %v %v", err, got.Problem)
	}
}

// TestArchiveBombs: the same of archives.
func TestArchiveBombs(t *testing.T) {
	r := testReader(t, 1)
	packed := func(fill func(*zip.Writer)) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		fill(z)
		z.Close()
		return out.Bytes()
	}
	entry := func(z *zip.Writer, name string) io.Writer {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	zeroed := packed(func(z *zip.Writer) { zeros(t, entry(z, "1.pdf"), 64<<20) })
	var tarred bytes.Buffer
	g := gzip.NewWriter(&tarred)
	w := tar.NewWriter(g)
	if err := w.WriteHeader(&tar.Header{Name: "1.pdf", Size: 64 << 20, Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	zeros(t, w, 64<<20)
	w.Close()
	g.Close()
	for _, c := range []struct {
		name string
		data []byte
		says string
	}{
		{"ratio.zip", zeroed, "unpacks to over"},
		{"ratio.tar.gz", tarred.Bytes(), "unpacks to over"},
		{"entries.zip", packed(func(z *zip.Writer) {
			for i := range maxEntries + 1 {
				entry(z, fmt.Sprint(i))
			}
		}), "more than 20000 files"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sources, err := r.Intake(t.Context(), write(t, filepath.Join(t.TempDir(), c.name), c.data), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			var said []string
			for _, s := range sources {
				for _, p := range s.Problems {
					said = append(said, fmt.Sprint(p.Problem))
				}
			}
			if !strings.Contains(strings.Join(said, "; "), c.says) {
				t.Errorf("told %q, want %q", said, c.says)
			}
		})
	}
}
