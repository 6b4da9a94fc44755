package pipeline

import (
	"archive/zip"
	"bytes"

	"github.com/gabriel-vasile/mimetype"
)

// Types that the sniffing library does not know.
const (
	typeOFD      = "application/ofd"
	typeEInvoice = "application/xml; einvoice"
)

// sniff tells a file's type by its content; the name is never asked.
func sniff(data []byte) string {
	head := data[:min(len(data), 4096)]
	// A PDF may have some bytes before its header; readers accept up to 1024. In
	// an archive that packs without pressing, they are those of its first file.
	if len(head) > 262 && string(head[257:262]) == "ustar" {
		return "application/x-tar"
	}
	if i := bytes.Index(head[:min(len(head), 1024)], []byte("%PDF-")); i >= 0 && !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return "application/pdf"
	}
	found := mimetype.Detect(head)
	for m := found; m != nil; m = m.Parent() {
		switch m.String() {
		case "application/zip":
			if isOFD(data) {
				return typeOFD
			}
			return found.String()
		case "text/xml; charset=utf-8", "text/xml", "application/xml":
			if bytes.Contains(data[:min(len(data), 1<<16)], []byte("<EInvoice")) {
				return typeEInvoice
			}
		}
	}
	return found.String()
}

// isOFD says whether a zip is an OFD document: it has an OFD.xml at its top.
func isOFD(data []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false
	}
	for _, f := range z.File {
		if f.Name == "OFD.xml" || f.Name == "/OFD.xml" {
			return true
		}
	}
	return false
}

// isArchive says whether a file should be taken apart rather than read.
func isArchive(data []byte) bool {
	switch sniff(data) {
	case "application/zip", "application/gzip", "application/x-tar":
		return true
	}
	return false
}
