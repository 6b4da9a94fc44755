package pipeline

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"hequan"
)

// TestSettledKey asserts that documents are kept under all that they depend on.
func TestSettledKey(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.pdf")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("one")
	r := &Reader{cache: cache{dir: dir, version: "v1"}}
	s := Source{Form: &hequan.Application{ID: "A"}, Files: []SourceFile{{Name: "a.pdf", Path: file}}}
	key := func() string {
		k, ok := r.settledKey(s)
		if !ok {
			t.Fatal("no key")
		}
		return k
	}
	first := key()
	if key() != first {
		t.Error("the same application has another key")
	}
	seen := map[string]string{first: "the first"}
	differs := func(what string) {
		k := key()
		if was, ok := seen[k]; ok {
			t.Errorf("%s has the key of %s", what, was)
		}
		seen[k] = what
	}
	s.Form = &hequan.Application{ID: "A", Applicant: hequan.Party{Name: "北京晴川科技有限公司"}}
	differs("another form")
	s.Files[0].Name = "b.pdf"
	differs("another name")
	write("two")
	differs("another content")
	r.cache.version = "v2"
	differs("another reader")
	s.Files[0].Path = filepath.Join(dir, "absent")
	if _, ok := r.settledKey(s); ok {
		t.Error("a file that cannot be read has a key")
	}
}

// TestSettledIsKept asserts that what is kept comes back whole, and that a
// broken file counts as absent.
func TestSettledIsKept(t *testing.T) {
	c := cache{dir: t.TempDir(), version: "v1"}
	want := settled{
		Documents: []hequan.Document{{ID: "a#1", Fields: []hequan.Field{{Name: "total", Value: "1.00", Box: hequan.Box{0.1, 1.0 / 3, 0.3, 0.4}, Confidence: 2.0 / 3}}, Tables: []hequan.Table{}, Seals: []hequan.Seal{}, PageInfo: []hequan.PageInfo{}}},
		Files:     []hequan.FileInfo{{File: "a.pdf", Problem: hequan.Problemf(hequan.ProblemEmpty, "0 bytes")}},
	}
	const key = "abcdef"
	if _, ok := c.loadSettled(key); ok {
		t.Error("there is something already")
	}
	if err := c.saveSettled(key, want); err != nil {
		t.Fatal(err)
	}
	if got, ok := c.loadSettled(key); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %+v", ok, got)
	}
	data, err := os.ReadFile(c.settled(key))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(c.settled(key), data[:len(data)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, ok := c.loadSettled(key); ok {
		t.Error("half a file is taken")
	}
}

// counted counts what is asked for, and has nothing where broken.
type counted struct {
	from   PageImages
	asked  int
	broken bool
}

func (c *counted) PageImage(sha256 string, page int) ([]byte, error) {
	c.asked++
	if c.broken {
		return nil, os.ErrNotExist
	}
	return c.from.PageImage(sha256, page)
}

// TestSettledOnce asserts that names are settled by their pictures once for the
// same readings, and again where the pictures could not be had.
func TestSettledOnce(t *testing.T) {
	form := &hequan.Application{Providers: []hequan.Party{{Name: "上海云岫数智科技有限公司"}}}
	page, file := printedName(t, "上海云岫数智科技有限公司", "上海云册数智科技有限公司")
	r := &Reader{cache: cache{dir: t.TempDir(), version: "v1"}}
	images := &counted{from: page, broken: true}
	settle := func() string {
		docs, _ := r.Settled(form, []ReadFile{file}, images)
		return docs[0].Field("party_b").Value
	}
	if got := settle(); got != "上海云册数智科技有限公司" {
		t.Errorf("without a picture: %s", got)
	}
	images.broken = false
	for range 2 {
		if got := settle(); got != "上海云岫数智科技有限公司" {
			t.Errorf("settled as %s", got)
		}
	}
	asked := images.asked
	if settle(); images.asked != asked {
		t.Errorf("pictures were asked for %d times more", images.asked-asked)
	}
	file.Reading.Pages[0].Lines[1].Words[1].Text = "上海云吃数智科技有限公司"
	if settle(); images.asked == asked {
		t.Error("another reading was not settled")
	}
}
