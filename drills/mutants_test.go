package drills

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"hequan"
	"hequan/pipeline"
)

// TestMutants hands mutated files to real reader children: a few, or
// HEQUAN_MUTANTS of them, as far as HEQUAN_MINUTES goes. Every file must get an
// answer, and this process must survive them all. The table of answers is logged.
// Mutant i of a HEQUAN_SEED is always the same.
func TestMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads many files")
	}
	n, seed, minutes := number(t, "HEQUAN_MUTANTS", 40), number(t, "HEQUAN_SEED", 1), number(t, "HEQUAN_MINUTES", 24*60)
	files := originals(t)
	program := os.Getenv("HEQUAN_PROGRAM")
	if program == "" {
		program = filepath.Join(t.TempDir(), "hequan")
		if out, err := exec.Command("go", "build", "-o", program, "hequan/cmd/hequan").CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Duration(minutes)*time.Minute)
	defer cancel()
	table, next := &answers{count: map[string]int{}}, make(chan int)
	var wait sync.WaitGroup
	for range runtime.NumCPU() {
		r, err := pipeline.OpenReader(pipeline.Options{CacheDir: filepath.Join(t.TempDir(), "cache"), NoCache: true, Jobs: 1, Program: program})
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		wait.Go(func() {
			defer r.Close()
			for i := range next {
				m := mutate(files, uint64(seed), uint64(i))
				table.add(ctx, t, r, dir, i, m)
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		next <- i
	}
	close(next)
	wait.Wait()
	t.Log(table)
	if table.done == 0 {
		t.Error("no mutant was answered")
	}
}

// original is a file that mutants are made of.
type original struct {
	name string
	data []byte
}

// kind is the end of its name.
func (o original) kind() string {
	return strings.ToLower(strings.TrimPrefix(filepath.Ext(o.name), "."))
}

// originals are the hostile, the real and the generated files that are here, up
// to half a megabyte each.
func originals(t *testing.T) []original {
	t.Helper()
	var list []original
	for _, root := range []string{"../../shared/data/hostile", "../../shared/data/real", "../samples/demo"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if info, err := d.Info(); err != nil || info.Size() > 500_000 || info.Size() == 0 {
				return err
			}
			data, err := os.ReadFile(path)
			o := original{path, data}
			if slices.Contains([]string{"pdf", "ofd", "jpg", "jpeg", "png", "tif", "tiff", "webp", "bmp", "xml", "gif"}, o.kind()) {
				list = append(list, o)
			}
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	if len(list) < 10 {
		t.Skip("there are no files to make mutants of")
	}
	return list
}

// mutate makes mutant i: bytes are flipped, overwritten, cut out, doubled, moved
// in from other files, numbers become large ones, the end is cut off.
func mutate(files []original, seed, i uint64) original {
	r := rand.New(rand.NewPCG(seed, i))
	o := files[r.IntN(len(files))]
	data := bytes.Clone(o.data)
	for range 1 + r.IntN(6) {
		at := r.IntN(len(data))
		length := min(len(data)-at, 1+r.IntN(1<<r.IntN(12)))
		switch r.IntN(8) {
		case 0:
			data[at] ^= 1 << r.IntN(8)
		case 1:
			data[at] = []byte{0, 0xff, 0x7f, 0x80, '0', '<', '(', '/'}[r.IntN(8)]
		case 2:
			for j := range length {
				data[at+j] = byte(r.Uint32())
			}
		case 3:
			data = slices.Delete(data, at, at+length)
		case 4:
			data = slices.Insert(data, at, bytes.Clone(data[at:at+length])...)
		case 5:
			other := files[r.IntN(len(files))].data
			from := r.IntN(len(other))
			data = slices.Insert(data, at, other[from:min(len(other), from+length)]...)
		case 6:
			if digit := bytes.IndexAny(data[at:], "123456789"); digit >= 0 {
				big := []string{"99999999", "-1", "0", "4294967295", "2147483648", "1e30"}[r.IntN(6)]
				data = slices.Replace(data, at+digit, at+digit+1, []byte(big)...)
			}
		case 7:
			if r.IntN(4) == 0 {
				data = data[:at+1]
			}
		}
		if len(data) == 0 {
			data = []byte{'%'}
		}
	}
	return original{o.name, data}
}

// answers counts what came of the mutants.
type answers struct {
	mu      sync.Mutex
	count   map[string]int // "kind answer"
	done    int
	slowest time.Duration
	slow    string
}

// glances is how many mutants are looked through for one that is read.
const glances = 20

// add hands over a mutant and notes the answer.
func (a *answers) add(ctx context.Context, t *testing.T, r *pipeline.Reader, dir string, i int, m original) {
	path := filepath.Join(dir, fmt.Sprintf("%d.%s", i, m.kind()))
	if err := os.WriteFile(path, m.data, 0o600); err != nil {
		t.Error(err)
		return
	}
	defer os.Remove(path)
	start, pages := time.Now(), 0
	var reading *hequan.Reading
	var err error
	if i%glances == 0 {
		reading, err = r.Read(ctx, path, nil)
	} else {
		reading, err = r.Glance(ctx, path, func() bool { pages++; return pages <= 3 })
	}
	if ctx.Err() != nil {
		return // the time was over
	}
	took := time.Since(start)
	a.mu.Lock()
	defer a.mu.Unlock()
	answer := "read"
	switch {
	case err != nil:
		t.Errorf("mutant %d of %s: no answer: %v", i, m.name, err)
		answer = "no answer"
	case reading.Problem != nil:
		answer = string(reading.Problem.Code)
	default:
		for _, p := range reading.Pages {
			if p.Info.ProblemCode != "" {
				answer = "a page " + string(p.Info.ProblemCode)
			}
		}
	}
	if strings.HasSuffix(answer, "crashed") || strings.HasSuffix(answer, "timeout") {
		t.Logf("mutant %d of %s: %s after %s", i, m.name, answer, took.Round(time.Millisecond))
	}
	a.count[m.kind()+" "+answer]++
	a.done++
	if took > a.slowest {
		a.slowest, a.slow = took, fmt.Sprintf("%d of %s, %s", i, m.name, answer)
	}
}

// String is the table, and what the children took of the machine.
func (a *answers) String() string {
	var out strings.Builder
	names := make([]string, 0, len(a.count))
	for name := range a.count {
		names = append(names, name)
	}
	slices.Sort(names)
	fmt.Fprintf(&out, "%d mutants, every one answered\n", a.done)
	for _, name := range names {
		fmt.Fprintf(&out, "%8d  %s\n", a.count[name], name)
	}
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &used); err == nil {
		fmt.Fprintf(&out, "the largest child held %d MB\n", used.Maxrss>>10)
	}
	fmt.Fprintf(&out, "the slowest took %s: %s", a.slowest.Round(time.Millisecond), a.slow)
	return out.String()
}
