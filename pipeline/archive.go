package pipeline

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"

	"hequan"
)

// Budgets of one archive.
const (
	maxEntries    = 20_000
	maxEntryBytes = maxFileBytes
	maxUnpacked   = 4 << 30
	maxRatio      = 400 // inflated to packed, beyond the first megabyte
)

// entry is one file of an archive. A nil Entry ends the archive.
type entry struct {
	Name    string          `json:"name"` // cleaned slash path
	Problem *hequan.Problem `json:"problem,omitempty"`
}

// archive hands out the files of a zip, tar or tar.gz one by one.
type archive struct {
	packed   int64
	unpacked int64
	entries  int
	stream   bool                                                       // what is passed over must be inflated, too: tar
	listed   int                                                        // entries that the directory lists: zip
	step     func() (name string, regular bool, r io.Reader, err error) // io.EOF at the end
}

func openArchive(data []byte) (*archive, error) {
	a := &archive{packed: int64(len(data))}
	switch sniff(data) {
	case "application/gzip":
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, hequan.Problemf(hequan.ProblemDamaged, "%v", err)
		}
		a.step, a.stream = tarStep(tar.NewReader(z)), true
	case "application/x-tar":
		a.step = tarStep(tar.NewReader(bytes.NewReader(data)))
	default:
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return nil, hequan.Problemf(hequan.ProblemDamaged, "%v", err)
		}
		a.step, a.listed = zipStep(z), len(z.File)
		left := uint64(len(data))
		for _, f := range z.File {
			if f.CompressedSize64 > left {
				return nil, hequan.Problemf(hequan.ProblemDamaged, "the archive's files overlap")
			}
			left -= f.CompressedSize64
		}
	}
	return a, nil
}

func tarStep(t *tar.Reader) func() (string, bool, io.Reader, error) {
	return func() (string, bool, io.Reader, error) {
		h, err := t.Next()
		if err != nil {
			return "", false, nil, err
		}
		if h.Typeflag == tar.TypeDir {
			return "", true, nil, nil
		}
		return h.Name, h.Typeflag == tar.TypeReg, t, nil
	}
}

func zipStep(z *zip.Reader) func() (string, bool, io.Reader, error) {
	i := 0
	return func() (string, bool, io.Reader, error) {
		if i >= len(z.File) {
			return "", false, nil, io.EOF
		}
		f := z.File[i]
		i++
		if f.FileInfo().IsDir() {
			return "", true, nil, nil
		}
		if !f.Mode().IsRegular() {
			return f.Name, false, nil, nil
		}
		if f.Flags&1 != 0 {
			return f.Name, true, nil, hequan.Problemf(hequan.ProblemEncrypted, "the archive entry needs a password")
		}
		// More than it says is not inflated: then it is damaged.
		if f.UncompressedSize64 > maxEntryBytes || f.UncompressedSize64 > 1<<20+f.CompressedSize64*maxRatio {
			return f.Name, true, nil, hequan.Problemf(hequan.ProblemTooLarge, "it unpacks to over %d MB", f.UncompressedSize64>>20)
		}
		r, err := f.Open()
		if err != nil {
			return f.Name, true, nil, hequan.Problemf(hequan.ProblemDamaged, "%v", err)
		}
		return f.Name, true, r, nil
	}
}

// next returns the next file with its bytes; a nil entry at the end. A file
// that may not or cannot be unpacked comes with its Problem and no bytes.
func (a *archive) next() (*entry, []byte, error) {
	if a == nil {
		return nil, nil, errors.New("no archive is open")
	}
	if a.listed > maxEntries {
		return nil, nil, hequan.Problemf(hequan.ProblemTooLarge, "more than %d files in one archive", maxEntries)
	}
	for {
		name, regular, r, err := a.step()
		var problem *hequan.Problem
		switch {
		case errors.Is(err, io.EOF):
			return nil, nil, nil
		case errors.As(err, &problem):
			return &entry{Name: entryName(name), Problem: problem}, nil, nil
		case err != nil:
			return nil, nil, hequan.Problemf(hequan.ProblemDamaged, "%v", err)
		}
		if name == "" {
			continue // a folder
		}
		if a.entries++; a.entries > maxEntries {
			return nil, nil, hequan.Problemf(hequan.ProblemTooLarge, "more than %d files in one archive", maxEntries)
		}
		clean := entryName(name)
		e := &entry{Name: clean}
		switch {
		case unsafeName(name):
			e.Problem = hequan.Problemf(hequan.ProblemUnsafe, "the entry %q points outside of the archive", name)
			return e, nil, nil
		case !regular:
			e.Problem = hequan.Problemf(hequan.ProblemUnsafe, "the entry %q is a link or device", name)
			return e, nil, nil
		}
		data, err := io.ReadAll(io.LimitReader(r, maxEntryBytes+1))
		a.unpacked += int64(len(data))
		switch {
		case err != nil:
			e.Problem = hequan.Problemf(hequan.ProblemDamaged, "%v", err)
			return e, nil, nil
		case a.unpacked > maxUnpacked || a.unpacked > 1<<20+a.packed*maxRatio:
			return nil, nil, hequan.Problemf(hequan.ProblemTooLarge, "the archive unpacks to over %d MB", a.unpacked>>20)
		case len(data) > maxEntryBytes && a.stream:
			return nil, nil, hequan.Problemf(hequan.ProblemTooLarge, "%q is over %d MB; what follows it was not unpacked", clean, maxEntryBytes>>20)
		case len(data) > maxEntryBytes:
			e.Problem = hequan.Problemf(hequan.ProblemTooLarge, "over %d MB unpacked", maxEntryBytes>>20)
			return e, nil, nil
		}
		return e, data, nil
	}
}

// unsafeName says whether a name leads out of the folder it is unpacked to.
func unsafeName(name string) bool {
	name = strings.ReplaceAll(name, "\\", "/")
	if strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' || strings.ContainsRune(name, 0) {
		return true
	}
	for _, part := range strings.Split(name, "/") {
		if part == ".." {
			return true
		}
	}
	return false
}

// entryName returns a clean slash path: names that are not UTF-8 are GBK, as
// Chinese Windows packs them.
func entryName(name string) string {
	if !utf8.ValidString(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = s
		}
	}
	name = strings.ReplaceAll(name, "\\", "/")
	return norm.NFC.String(strings.TrimPrefix(path.Clean("/"+strings.ToValidUTF8(name, "_")), "/"))
}
