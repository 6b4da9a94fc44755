package pipeline

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed" // reader.version
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"hequan"
	"hequan/internal/ocr"
)

// cache keeps readings by content and reader version, page pictures by content.
type cache struct {
	dir     string
	version string
}

func (c cache) reading(sha string) string {
	return filepath.Join(c.dir, "readings", c.version, sha[:2], sha+".json.gz")
}

func (c cache) picture(sha string, page int) string {
	return filepath.Join(c.dir, "pictures", c.version, sha[:2], sha, strconv.Itoa(page)+".jpg")
}

// wholePage is where a page is kept that was read whole after it was read in part.
func (c cache) wholePage(sha string, page int) string {
	return filepath.Join(c.dir, "readings", c.version, sha[:2], sha+"."+strconv.Itoa(page)+".json.gz")
}

// load returns a kept reading; a broken one counts as absent.
func (c cache) load(sha string) (*hequan.Reading, bool) {
	return unpacked[hequan.Reading](c.reading(sha))
}

// loadPage returns a page that was read whole after it was read in part.
func (c cache) loadPage(sha string, page int) (*hequan.Page, bool) {
	return unpacked[hequan.Page](c.wholePage(sha, page))
}

func unpacked[T any](path string) (*T, bool) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, false
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, false
	}
	var kept T
	if json.NewDecoder(z).Decode(&kept) != nil {
		return nil, false
	}
	if _, err := io.Copy(io.Discard, z); err != nil {
		return nil, false
	}
	return &kept, true
}

// save keeps a reading, unless a reader died or hung on it: that may not happen again.
func (c cache) save(reading *hequan.Reading) error {
	if Passing(reading) {
		return nil
	}
	return writePacked(c.reading(reading.SHA256), reading)
}

// savePage keeps a page that was read whole after it was read in part, unless a reader died or hung on it.
func (c cache) savePage(sha string, page *hequan.Page) error {
	if Passing(&hequan.Reading{Pages: []hequan.Page{*page}}) {
		return nil
	}
	return writePacked(c.wholePage(sha, page.Info.Page), page)
}

func writePacked(path string, v any) error {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	if err := json.NewEncoder(z).Encode(v); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return writeWhole(path, buf.Bytes())
}

// Passing says whether a reader died or hung on the file or a page: another
// try may come to something else, so such a reading is not used for another file.
func Passing(reading *hequan.Reading) bool {
	passing := func(code hequan.ProblemCode) bool {
		return code == hequan.ProblemCrashed || code == hequan.ProblemTimeout
	}
	for _, p := range reading.Pages {
		if passing(p.Info.ProblemCode) {
			return true
		}
	}
	return reading.Problem != nil && passing(reading.Problem.Code)
}

func (c cache) savePicture(sha string, page int, jpeg []byte) error {
	if len(jpeg) == 0 {
		return nil
	}
	return writeWhole(c.picture(sha, page), jpeg)
}

// writeWhole writes a file under another name and renames it: readers see all of it or nothing.
func writeWhole(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("the cache cannot be written (choose another with --cache DIR): %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// codeVersion is a hash of the sources that a reading depends on. A test keeps
// it up to date: go test ./pipeline -run ReaderVersion -update
//
//go:embed reader.version
var codeVersion string

// readerVersion is a hash over all that a reading depends on beside the file:
// the code of reading, Tesseract, its language models and those of this program.
func readerVersion(tessdata string) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, codeVersion, ocr.TesseractVersion(), ocr.ModelVersion())
	for _, lang := range []string{"chi_sim", "eng"} {
		f, err := os.Open(filepath.Join(tessdata, lang+".traineddata"))
		if err != nil {
			return "", fmt.Errorf("language model missing: install the package tesseract-ocr-%s, or name its folder with --tessdata: %w", map[string]string{"chi_sim": "chi-sim", "eng": "eng"}[lang], err)
		}
		_, err = io.Copy(h, f)
		f.Close()
		if err != nil {
			return "", err
		}
	}
	if err := ocr.LinesVersion(h); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}

// findTessdata returns the folder of the language models.
func findTessdata(dir string) (string, error) {
	if dir != "" {
		return dir, nil
	}
	if dir = os.Getenv("TESSDATA_PREFIX"); dir != "" {
		return dir, nil
	}
	found, err := filepath.Glob("/usr/share/tesseract-ocr/*/tessdata")
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("no language models for Tesseract: install tesseract-ocr-chi-sim and tesseract-ocr-eng, or name their folder with --tessdata")
	}
	return found[len(found)-1], nil
}
