package signature

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hequan"
)

// open reads an OFD package the plain way.
func open(t *testing.T, data []byte) (Package, string, []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Skipf("no zip: %v", err)
	}
	parts := map[string][]byte{}
	var names []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		name := "/" + strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/")
		parts[strings.ToLower(name)] = b
		names = append(names, name)
	}
	list := ""
	if m := regexp.MustCompile(`Signatures>([^<]+)<`).FindSubmatch(parts["/ofd.xml"]); m != nil {
		list = resolve("/", string(m[1]))
	}
	return func(name string) ([]byte, error) {
		if b, ok := parts[strings.ToLower(name)]; ok {
			return b, nil
		}
		return nil, fmt.Errorf("no part %s", name)
	}, list, names
}

const realData = "../../../shared/data/real"

// TestRealOFD examines every signed OFD of the collection: those that nobody
// touched are not broken.
func TestRealOFD(t *testing.T) {
	var files []string
	_ = filepath.WalkDir(realData, func(p string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, ".ofd") {
			files = append(files, p)
		}
		return nil
	})
	if len(files) == 0 {
		t.Skip("the collection of real files is not here")
	}
	signed, counts := 0, map[string]int{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		part, list, names := open(t, data)
		if list == "" {
			continue
		}
		found, _ := OFD(part, list, names)
		for _, s := range found {
			signed++
			counts[s.Status]++
			t.Logf("%s: %s %s %s %s", filepath.Base(f), s.Status, s.Signer, s.Signed, s.Reason)
		}
	}
	if signed == 0 {
		t.Error("no signature was found in any file")
	}
	if counts[hequan.SignatureValid] == 0 {
		t.Error("no signature is valid")
	}
}
