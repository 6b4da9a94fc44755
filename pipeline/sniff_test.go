package pipeline

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"testing"
)

// TestSniffPacked asserts that an archive whose first file is a PDF is an
// archive, also where it is packed without being pressed.
func TestSniffPacked(t *testing.T) {
	pdf := []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
	var z, r bytes.Buffer
	zw := zip.NewWriter(&z)
	w, err := zw.CreateHeader(&zip.FileHeader{Name: "a/1.pdf", Method: zip.Store})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(pdf); err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	tw := tar.NewWriter(&r)
	if err := tw.WriteHeader(&tar.Header{Name: "a/1.pdf", Mode: 0o644, Size: int64(len(pdf))}); err != nil {
		t.Fatal(err)
	}
	if _, err := tw.Write(pdf); err != nil {
		t.Fatal(err)
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{"zip": {z.Bytes(), "application/zip"}, "tar": {r.Bytes(), "application/x-tar"}, "pdf": {pdf, "application/pdf"}, "pdf after junk": {append([]byte("junk\r\n"), pdf...), "application/pdf"}} {
		if got := sniff(c.data); got != c.want {
			t.Errorf("%s is taken for %s", name, got)
		}
		if isArchive(c.data) != (name == "zip" || name == "tar") {
			t.Errorf("%s: archive %v", name, isArchive(c.data))
		}
	}
}
