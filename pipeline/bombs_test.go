package pipeline

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

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

// childTime is what the running readers have used of the processors, to 10 ms.
func childTime(r *Reader) (total time.Duration) {
	for _, pid := range r.pool.Pids() {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue // it has ended
		}
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+2:]))
		for _, f := range fields[11:13] {
			ticks, _ := strconv.Atoi(f) // a number by proc(5)
			total += time.Duration(ticks) * 10 * time.Millisecond
		}
	}
	return total
}

func pageProblems(reading *hequan.Reading) (list []hequan.ProblemCode) {
	for _, p := range reading.Pages {
		list = append(list, p.Info.ProblemCode)
	}
	return list
}

// twiceFlated is a stream object that inflates twice to n bytes of nothing.
func twiceFlated(t *testing.T, n int64) string {
	t.Helper()
	var inner, outer bytes.Buffer
	z := zlib.NewWriter(&inner)
	zeros(t, z, n)
	z.Close()
	z = zlib.NewWriter(&outer)
	if _, err := z.Write(inner.Bytes()); err != nil {
		t.Fatal(err)
	}
	z.Close()
	return fmt.Sprintf("<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream", outer.Len(), outer.String())
}

// pictured is a page of one picture.
func pictured(filter string, side int, data []byte) []byte {
	return pdfWith("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>", "<</Length 28>>stream\nq 200 0 0 200 0 0 cm /I Do Q\n\nendstream",
		fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent %d/Filter/%s/Length %d>>stream\n%s\nendstream",
			side, side, map[string]int{"JPXDecode": 8, "JBIG2Decode": 1}[filter], filter, len(data), data))
}

// jpx is a JPEG 2000 codestream of a grey square without a byte of it (ITU-T T.800, annex A).
func jpx(side uint32) []byte {
	b := []byte{0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0}
	for _, v := range []uint32{side, side, 0, 0, side, side, 0, 0} {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	b = append(b, 0, 1, 7, 1, 1)
	b = append(b, 0xff, 0x52, 0, 12, 0, 0, 0, 1, 0, 5, 4, 4, 0, 1)
	b = append(b, 0xff, 0x5c, 0, 19, 0x40)
	b = append(b, bytes.Repeat([]byte{0x48}, 16)...)
	b = append(b, 0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0x93)
	return append(append(b, make([]byte, 64)...), 0xff, 0xd9)
}

// jbig2 is a page with generic regions over all of it, each of a few bytes (ITU-T T.88, 7.2 and 7.4).
func jbig2(side uint32, regions int) []byte {
	segment := func(number uint32, kind byte, data []byte) []byte {
		b := binary.BigEndian.AppendUint32(nil, number)
		return append(binary.BigEndian.AppendUint32(append(b, kind, 0, 1), uint32(len(data))), data...)
	}
	u := func(values ...uint32) (b []byte) {
		for _, v := range values {
			b = binary.BigEndian.AppendUint32(b, v)
		}
		return b
	}
	out := segment(0, 48, append(u(side, side, 0, 0), 0, 0, 0))
	for i := range regions {
		out = append(out, segment(uint32(i+1), 38, append(u(side, side, 0, 0), 0, 0, 3, 0xff, 0xfd, 0xff, 2, 0xfe, 0xfe, 0xfe, 0, 0, 0, 0xff, 0xac))...)
	}
	return out
}

// laughs is XML whose entities grow without end.
func laughs() []byte {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e0 \"ha\">")
	for i := range 40 {
		fmt.Fprintf(&b, "<!ENTITY e%d \"&e%d;&e%d;\">", i+1, i, i)
	}
	b.WriteString("]><EInvoice>&e40;</EInvoice>")
	return []byte(b.String())
}

// inflatingOFD is an OFD whose first part inflates to n bytes.
func inflatingOFD(t *testing.T, n int64) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create("OFD.xml")
	if err != nil {
		t.Fatal(err)
	}
	zeros(t, w, n)
	z.Close()
	return out.Bytes()
}

// bigText is a small PNG with a chunk of text that inflates to a gigabyte.
func bigText(t *testing.T) []byte {
	t.Helper()
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	zeros(t, z, 1<<30)
	z.Close()
	picture := asPNG(t, image.NewGray(image.Rect(0, 0, 40, 40)))
	body := append([]byte("zTXtComment\x00\x00"), packed.Bytes()...)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	chunk = binary.BigEndian.AppendUint32(append(chunk, body...), crc32.ChecksumIEEE(body))
	const head = 8 + 25 // signature and IHDR
	return slices.Insert(picture, head, chunk...)
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
	// PDFium and Tesseract start with an honest page, so that the times below are the bombs' own.
	if _, err := r.Read(t.Context(), write(t, filepath.Join(t.TempDir(), "first.png"), asPNG(t, sheet(t, "承诺书"))), nil); err != nil {
		t.Fatal(err)
	}
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
		{"pages100000.pdf", manyPages(100_000), hequan.ProblemTooLarge},
		{"onepage100000.pdf", pdfWith("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 100000/Kids["+strings.Repeat("3 0 R ", 100_000)+"]>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"), hequan.ProblemTooLarge},
		{"filters.pdf", pdfWith("<</Type/Catalog/Pages 2 0 R>>", pages, page, twiceFlated(t, 1<<30), "<<>>"), ""},
		{"jpx.pdf", pictured("JPXDecode", 60000, jpx(60000)), ""},
		{"jpxmid.pdf", pictured("JPXDecode", 12000, jpx(12000)), ""},
		{"jbig2.pdf", pictured("JBIG2Decode", 60000, jbig2(60000, 1)), hequan.ProblemTooLarge},
		{"jbig2many.pdf", pictured("JBIG2Decode", 20000, jbig2(20000, 200)), hequan.ProblemTooLarge},
		{"jbig2unknown.pdf", pictured("JBIG2Decode", 20000, bytes.ReplaceAll(jbig2(20000, 200), []byte{0, 0, 0, 30, 0, 0, 0x4e, 0x20}, []byte{0xff, 0xff, 0xff, 0xff, 0, 0, 0x4e, 0x20})), hequan.ProblemTooLarge},
		{"plain.png", asPNG(t, image.NewGray(image.Rect(0, 0, 40, 40))), ""},
		{"jbig2sound.pdf", pictured("JBIG2Decode", 9000, jbig2(9000, 1)), ""},
		{"laughs.xml", laughs(), hequan.ProblemDamaged},
		{"deep.xml", []byte(strings.Repeat("<a>", 1_000_000)), hequan.ProblemUnsupported},
		{"inflates.ofd", inflatingOFD(t, 1<<30), hequan.ProblemTooLarge},
		{"text.png", bigText(t), ""},
		{"pixels.png", patchIHDR(asPNG(t, image.NewGray(image.Rect(0, 0, 4, 4))), 60000, 60000), hequan.ProblemTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, filepath.Join(t.TempDir(), c.name), c.data)
			pids, before := r.pool.Pids(), childTime(r)
			got, err := r.Read(t.Context(), path, nil)
			if after := r.pool.Pids(); len(pids) == 0 || slices.Equal(pids, after) {
				t.Logf("%.1f MB, %v CPU: %+v %+v", float64(len(c.data))/(1<<20), childTime(r)-before, got.Problem, pageProblems(got))
			} else {
				t.Logf("%.1f MB, its reader was replaced: %+v %+v", float64(len(c.data))/(1<<20), got.Problem, pageProblems(got))
			}
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
	// Entries that are over the budget of one file, again and again: the packed bytes are there once.
	var once bytes.Buffer
	f, err := flate.NewWriter(&once, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	zeros(t, f, maxEntryBytes+1)
	f.Close()
	again := packed(func(z *zip.Writer) {
		for i := range 40 {
			w, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprint(i, ".pdf"), Method: zip.Deflate, CompressedSize64: uint64(once.Len()), UncompressedSize64: maxEntryBytes + 1})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(once.Bytes()); err != nil {
				t.Fatal(err)
			}
		}
	})
	overlapping := packed(func(z *zip.Writer) {
		w, err := z.CreateRaw(&zip.FileHeader{Name: "1.pdf", Method: zip.Deflate, CompressedSize64: 1 << 20, UncompressedSize64: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(once.Bytes()); err != nil {
			t.Fatal(err)
		}
	})
	liar := packed(func(z *zip.Writer) { // says that it inflates to little
		w, err := z.CreateRaw(&zip.FileHeader{Name: "1.pdf", Method: zip.Deflate, CompressedSize64: uint64(once.Len()), UncompressedSize64: 1000})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(once.Bytes()); err != nil {
			t.Fatal(err)
		}
	})
	var long bytes.Buffer
	g = gzip.NewWriter(&long)
	w = tar.NewWriter(g)
	if err := w.WriteHeader(&tar.Header{Name: "noise.bin", Size: 1 << 20, Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	noise := make([]byte, 1<<20)
	_, _ = rand.NewChaCha8([32]byte{}).Read(noise) // it never fails
	if _, err := w.Write(noise); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteHeader(&tar.Header{Name: "long.pdf", Size: 1 << 36, Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	zeros(t, w, maxEntryBytes+10<<20)
	g.Close()
	for _, c := range []struct {
		name string
		data []byte
		says string
	}{
		{"again.zip", again, "unpacks to over"},
		{"overlapping.zip", overlapping, "overlap"},
		{"liar.zip", liar, "damaged"},
		{"long.tar.gz", long.Bytes(), "what follows it was not unpacked"},
		{"ratio.zip", zeroed, "unpacks to over"},
		{"ratio.tar.gz", tarred.Bytes(), "unpacks to over"},
		{"entries.zip", packed(func(z *zip.Writer) {
			for i := range maxEntries + 1 {
				entry(z, fmt.Sprint(i))
			}
		}), "more than 20000 files"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := childTime(r)
			sources, err := r.Intake(t.Context(), write(t, filepath.Join(t.TempDir(), c.name), c.data), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%.1f MB, %v CPU", float64(len(c.data))/(1<<20), childTime(r)-before)
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
