package samples

import (
	"bufio"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hequan"
)

//go:embed *.go
var sources embed.FS

// Version names the generator: sets of one version and the same options are
// the same. It is a digest of the generator's code.
func Version() string {
	h := sha256.New()
	names, _ := fs.Glob(sources, "*.go")
	for _, n := range names {
		if strings.HasSuffix(n, "_test.go") {
			continue
		}
		data, err := sources.ReadFile(n)
		if err != nil {
			panic(err) // it is embedded
		}
		fmt.Fprintln(h, n, len(data))
		h.Write(data)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// Seeds reads a list of batches: seed, count, mode (all: in turn), faults,
// family (usual or held-back), scans, and options (subtle, onescan, sealfaces), separated
// by tabs, a batch a line; lines that start with # are remarks. The
// applications are numbered from 3001 on.
func Seeds(r io.Reader) ([]Options, error) {
	var out []Options
	next := 3001
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) < 6 {
			return nil, fmt.Errorf("line %d: %d columns, want seed, count, mode, faults, family, scans and options", n, len(c))
		}
		seed, err := strconv.ParseUint(c[0], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("line %d: seed: %w", n, err)
		}
		count, err := strconv.Atoi(c[1])
		if err != nil {
			return nil, fmt.Errorf("line %d: count: %w", n, err)
		}
		o := Options{Seed: seed, Count: count, Modes: hequan.Modes, Faults: c[3], Scans: c[5], FirstID: next}
		if c[2] != "all" {
			o.Modes = []hequan.Mode{hequan.Mode(c[2])}
		}
		if c[4] != "usual" {
			o.Family = c[4]
		}
		options := strings.Join(c[6:], ",")
		o.Subtle, o.OneScan, o.SealFaces = strings.Contains(options, "subtle"), strings.Contains(options, "onescan"), strings.Contains(options, "sealfaces")
		if !slices.Contains(Families, o.Family) || o.Modes[0].Chinese() == string(o.Modes[0]) {
			return nil, fmt.Errorf("line %d: no family %q or mode %q", n, c[4], c[2])
		}
		next += count
		out = append(out, o)
	}
	return out, sc.Err()
}

// versionFile names the generator that made a set, in the set's folder.
const versionFile = ".generator"

// GenerateAll makes the batches below dir. What an earlier run of the same
// generator finished there is kept: an interrupted run goes on where it ended.
func GenerateAll(ctx context.Context, batches []Options, dir string, done func(Truth)) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	mark := filepath.Join(dir, versionFile)
	old, err := os.ReadFile(mark)
	keep := err == nil && string(old) == Version()+"\n"
	if err := os.WriteFile(mark, []byte(Version()+"\n"), 0o644); err != nil {
		return err
	}
	s := set{dir: dir, keep: keep, done: done}
	defer s.close()
	for _, o := range batches {
		if err := s.batch(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// set is a folder of applications while it is made.
type set struct {
	dir     string
	keep    bool // applications that are there already
	done    func(Truth)
	browser *browser // opened when first needed
	listed  []filing
}

func (s *set) close() {
	if s.browser != nil {
		s.browser.Close()
	}
}

// batch makes one batch and writes the filing list of all so far.
func (s *set) batch(ctx context.Context, o Options) error {
	for i := range o.Count {
		if err := ctx.Err(); err != nil {
			return err
		}
		id := idOf(o, i)
		w, planted, err := o.world(i, id)
		if err != nil {
			return err
		}
		if !w.Unlisted {
			s.listed = append(s.listed, w.Listed)
		}
		t := s.made(id, o.seedOf(i))
		if t == nil {
			if s.browser == nil && !o.Draft {
				if s.browser, err = openBrowser(ctx); err != nil {
					return err
				}
			}
			folder := filepath.Join(s.dir, id)
			if err := os.RemoveAll(folder); err != nil { // what an interrupted run left
				return err
			}
			if t, err = s.browser.application(w, o.seedOf(i), o, planted, folder); err != nil {
				return fmt.Errorf("%s: %w", id, err)
			}
		}
		if err := writeFilings(filepath.Join(s.dir, "filings.tsv"), s.listed); err != nil {
			return err
		}
		if s.done != nil {
			s.done(*t)
		}
	}
	return nil
}

// made returns the truth of an application that is there already, or nil.
func (s *set) made(id string, seed uint64) *Truth {
	if !s.keep {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(s.dir, id, "truth.json"))
	var t Truth
	if err != nil || json.Unmarshal(data, &t) != nil || t.Seed != seed {
		return nil
	}
	return &t
}
