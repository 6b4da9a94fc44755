// Package dossier is an application's whole history in one file, to be filed
// away: a zip of JSON with a manifest of hashes, which can be verified years
// later without the database, and without this program: sha256 is all it takes.
package dossier

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"

	"hequan/internal/audit"
)

// Format names the layout of the file.
const Format = "hequan.dossier/v1"

// Names of the entries.
const (
	manifestName    = "manifest.json"
	OriginalsName   = "originals.json"
	DecisionsName   = "decisions.json"
	CorrectionsName = "corrections.json"
	NoticesName     = "notices.json"
	RoundsName      = "rounds.json"
	AssignmentsName = "assignments.json"
	HandChecksName  = "hand_checks.json"
	AuditName       = "audit.jsonl"
)

// RunName is the entry of the report of a run.
func RunName(number int) string { return fmt.Sprintf("runs/%d.json", number) }

// NoticeName is the entry of the body of a notice.
func NoticeName(number int) string { return fmt.Sprintf("notices/%d.json", number) }

// Manifest lists what the file holds.
type Manifest struct {
	Format      string  `json:"format"`
	Application string  `json:"application"` // id in the database
	Name        string  `json:"name"`
	Applicant   string  `json:"applicant"`
	Policy      string  `json:"policy"`     // of the latest run
	Version     string  `json:"version"`    // of the program that made it
	AuditHead   string  `json:"audit_head"` // NUMBER:HASH, the end of the trail when it was made
	Files       []Entry `json:"files"`      // in order of name
}

// Entry is one file of the dossier.
type Entry struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Bytes  int    `json:"bytes"`
}

// Line is a line of the audit trail: sha256(previous + "\n" + line) is hash.
type Line struct {
	Line     json.RawMessage `json:"line"`
	Previous string          `json:"previous"`
	Hash     string          `json:"hash"`
}

// Write writes the file and returns the hash of its manifest: kept elsewhere,
// it proves the dossier to be the one that was made.
func Write(w io.Writer, m Manifest, files map[string][]byte) (hash string, err error) {
	m.Format, m.Files = Format, nil
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		m.Files = append(m.Files, Entry{name, sum(files[name]), len(files[name])})
	}
	manifest, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return "", err
	}
	z := zip.NewWriter(w)
	add := func(name string, data []byte) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate}) // no time: the same is the same
		if err == nil {
			_, err = f.Write(data)
		}
		return err
	}
	if err := add(manifestName, manifest); err != nil {
		return "", err
	}
	for _, name := range names {
		if err := add(name, files[name]); err != nil {
			return "", err
		}
	}
	return sum(manifest), z.Close()
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// Limits of a file that is verified: it may come from anybody.
const (
	maxEntries = 20000
	maxBytes   = 1 << 30 // of all entries
)

// Verify checks a dossier of size bytes and returns its manifest, its hash, and
// what is wrong in Chinese. An error means that it is no dossier at all.
func Verify(r io.ReaderAt, size int64) (m *Manifest, hash string, problems []string, err error) {
	files, problems, err := unpack(r, size)
	if err != nil {
		return nil, "", nil, err
	}
	raw, ok := files[manifestName]
	if !ok {
		return nil, "", nil, errors.New("it holds no manifest.json")
	}
	m = new(Manifest)
	if err := json.Unmarshal(raw, m); err != nil || m.Format != Format {
		return nil, "", nil, fmt.Errorf("its manifest is of format %q, not %q: %w", m.Format, Format, err)
	}
	delete(files, manifestName)
	for _, e := range m.Files {
		data, ok := files[e.Name]
		delete(files, e.Name)
		switch {
		case !ok:
			problems = append(problems, e.Name+" 缺失")
		case sum(data) != e.SHA256:
			problems = append(problems, e.Name+" 与清单的散列不符（被改动）")
		}
		files["="+e.Name] = data
	}
	for name := range files {
		if !strings.HasPrefix(name, "=") {
			problems = append(problems, name+" 不在清单中")
		}
	}
	get := func(name string) []byte { return files["="+name] }
	problems = append(problems, checkTrail(m, get)...)
	sort.Strings(problems)
	return m, sum(raw), problems, nil
}

func unpack(r io.ReaderAt, size int64) (files map[string][]byte, problems []string, err error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, nil, err
	}
	if len(z.File) > maxEntries {
		return nil, nil, fmt.Errorf("it holds %d entries, a dossier has %d at most", len(z.File), maxEntries)
	}
	files, left := map[string][]byte{}, int64(maxBytes)
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			return nil, nil, err
		}
		data, err := io.ReadAll(io.LimitReader(in, left+1))
		in.Close()
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		if left -= int64(len(data)); left < 0 {
			return nil, nil, errors.New("unpacked it is larger than a dossier is")
		}
		if _, twice := files[f.Name]; twice {
			problems = append(problems, f.Name+" 重复")
		}
		files[f.Name] = data
	}
	return files, problems, nil
}

// checkTrail compares the lines of the audit trail with themselves, and what
// they say of reports and letters with what is there.
func checkTrail(m *Manifest, get func(string) []byte) (problems []string) {
	last := int64(0)
	for i, text := range bytes.Split(bytes.TrimSpace(get(AuditName)), []byte("\n")) {
		if len(text) == 0 {
			continue
		}
		var l Line
		var line audit.Line
		if json.Unmarshal(text, &l) != nil || json.Unmarshal(l.Line, &line) != nil {
			problems = append(problems, fmt.Sprintf("%s 第 %d 行不能解读", AuditName, i+1))
			continue
		}
		if audit.Sum(l.Previous, l.Line) != l.Hash {
			problems = append(problems, fmt.Sprintf("审计记录第 %d 行的内容与其散列不符（被改动）", line.Number))
		}
		if line.Number <= last {
			problems = append(problems, fmt.Sprintf("审计记录第 %d 行次序颠倒", line.Number))
		}
		if line.Application != m.Application {
			problems = append(problems, fmt.Sprintf("审计记录第 %d 行属于另一份申报", line.Number))
		}
		last = line.Number
		problems = append(problems, checkLine(&line, get)...)
	}
	return problems
}

// checkLine compares what a line says of a report or a letter with what is there.
func checkLine(l *audit.Line, get func(string) []byte) []string {
	var d struct {
		Number int    `json:"number"`
		SHA256 string `json:"sha256"`
	}
	if json.Unmarshal(l.Detail, &d) != nil {
		return []string{fmt.Sprintf("审计记录第 %d 行不能解读", l.Number)}
	}
	var name string
	switch l.Event {
	case "run":
		name = RunName(d.Number)
	case "notice.issue":
		name = NoticeName(d.Number)
	default:
		return nil
	}
	if data := get(name); data == nil || sum(data) != d.SHA256 {
		return []string{fmt.Sprintf("%s 与审计记录第 %d 行所记的散列不符", name, l.Number)}
	}
	return nil
}
