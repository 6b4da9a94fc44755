package pipeline

import (
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"hequan"
)

// sharedFiles lists the files under a folder of the shared collection in
// order; the test is skipped where the collection is not here.
func sharedFiles(t *testing.T, folder string, want func(path string, size int64) bool) []string {
	t.Helper()
	if testing.Short() {
		t.Skip("it reads many files")
	}
	root := filepath.Join("../../shared/data", folder)
	if _, err := os.Stat(root); err != nil {
		t.Skip("the shared collection of files is not here")
	}
	var files []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && want(path, info.Size()) {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(files)
	return files
}

func hasSuffix(path string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.EqualFold(filepath.Ext(path), s) {
			return true
		}
	}
	return false
}

// TestRealPictures reads photographed and scanned invoices and licences.
func TestRealPictures(t *testing.T) {
	r := testReader(t, 2)
	kinds := map[string]hequan.Kind{"real/invoices": hequan.KindInvoice, "real/licences": hequan.KindBusinessLicense}
	for _, folder := range []string{"real/invoices", "real/licences"} {
		right, all := 0, 0
		for _, path := range sharedFiles(t, folder, func(path string, _ int64) bool { return hasSuffix(path, ".jpg", ".png") }) {
			reading := mustRead(t, r, path)
			if reading == nil {
				continue
			}
			if len([]rune(textOf(reading))) < 60 {
				t.Errorf("%s: only %q was read", filepath.Base(path), textOf(reading))
			}
			docs, _ := Documents(&hequan.Application{}, []ReadFile{{Name: "x" + filepath.Ext(path), Reading: reading}}, nil)
			all++
			if len(docs) == 1 && docs[0].Kind == kinds[folder] {
				right++
			} else {
				t.Logf("%s: %d documents, %+v", filepath.Base(path), len(docs), kindsOf(docs))
			}
		}
		if all == 0 || right*10 < all*8 {
			t.Errorf("%s: %d of %d are taken for what they are, want eight of ten", folder, right, all)
		}
	}
}

func kindsOf(docs []hequan.Document) (out []hequan.Kind) {
	for _, d := range docs {
		out = append(out, d.Kind)
	}
	return out
}

// mustRead reads a file that has no fault.
func mustRead(t *testing.T, r *Reader, path string) *hequan.Reading {
	t.Helper()
	reading, err := r.Read(t.Context(), path, nil)
	if err != nil || reading.Problem != nil {
		t.Errorf("%s: %v %v", filepath.Base(path), err, reading.Problem)
		return nil
	}
	for _, p := range reading.Pages {
		if p.Info.Problem != "" {
			t.Errorf("%s: page %d: %s", filepath.Base(path), p.Info.Page, p.Info.Problem)
		}
	}
	return reading
}

// TestRealOFD reads every OFD; of invoices with a label, number, date and
// total are compared.
func TestRealOFD(t *testing.T) {
	r := testReader(t, 2)
	compared := 0
	for _, path := range sharedFiles(t, "real", func(path string, _ int64) bool { return hasSuffix(path, ".ofd") }) {
		reading := mustRead(t, r, path)
		label, err := os.ReadFile(path + ".gt.json")
		if reading == nil || err != nil {
			continue
		}
		var want struct {
			Number string `json:"invoice_number"`
			Date   string `json:"issue_date"`
			Total  string `json:"total_with_tax"`
		}
		if err := json.Unmarshal(label, &want); err != nil {
			t.Fatal(err)
		}
		if want.Number == "" {
			continue
		}
		docs, _ := Documents(&hequan.Application{}, []ReadFile{{Name: filepath.Base(path), Reading: reading}}, nil)
		if len(docs) == 0 || docs[0].Kind != hequan.KindInvoice {
			t.Errorf("%s: documents %v, want an invoice", filepath.Base(path), kindsOf(docs))
			continue
		}
		for name, value := range map[string]string{"number": want.Number, "issue_date": want.Date, "total": want.Total} {
			if value == "" {
				continue
			}
			compared++
			if f := docs[0].Field(name); f == nil || f.Value != value {
				t.Errorf("%s: %s is %+v, want %s", filepath.Base(path), name, f, value)
			}
		}
	}
	if compared < 20 {
		t.Errorf("only %d values were compared", compared)
	}
}

// TestHostileSample reads some of the broken and malicious files: whatever is
// wrong with them is a problem of the file, told by a child that survives.
func TestHostileSample(t *testing.T) {
	files := sharedFiles(t, "hostile", func(_ string, size int64) bool { return size <= 60_000 })
	rng := rand.New(rand.NewPCG(20260101, 1))
	rng.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	files = files[:min(60, len(files))]
	r := testReader(t, 2)
	readable := 0
	for _, path := range files {
		reading, err := r.Read(t.Context(), path, nil)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		codes := []hequan.ProblemCode{}
		if reading.Problem != nil {
			codes = append(codes, reading.Problem.Code)
		}
		for _, p := range reading.Pages {
			codes = append(codes, p.Info.ProblemCode)
		}
		for _, code := range codes {
			if code == hequan.ProblemCrashed || code == hequan.ProblemTimeout {
				t.Errorf("%s: %s: %v", path, code, reading.Problem)
			}
		}
		if reading.Problem == nil {
			readable++
		}
	}
	if readable == 0 || readable == len(files) {
		t.Errorf("%d of %d files are readable: the sample proves nothing", readable, len(files))
	}
}
