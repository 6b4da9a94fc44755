// Package pipeline is the recipe of reading: intake → pages → text → split →
// classify → extract, and the cache of readings. It knows no policy.
//
// Parsers of strangers' files run in reader children only (see internal/child);
// this package's exported functions run in the parent.
package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"hequan"
	"hequan/internal/child"
	"hequan/internal/clamd"
)

// Budgets of one file.
const (
	maxFileBytes    = 300 << 20
	maxArchiveBytes = 800 << 20
	pageLimit       = 120 * time.Second // for one page
	recycleAfter    = 150               // requests of one child
)

// Options of a Reader.
type Options struct {
	CacheDir string // readings, page pictures, compiled modules; empty: the user's cache folder
	NoCache  bool   // read everything again and keep nothing
	Jobs     int    // reader children; 0: as many as cores
	Tessdata string // folder of language models; empty: TESSDATA_PREFIX, else Debian's
	Clamd    string // address of a ClamAV daemon that is asked before a file is read, see clamd.Scanner; empty: none
	Program  string // the hequan binary that is run as reader child; empty: this program
}

// Reader reads files by a pool of reader children, with a cache. It is safe
// for concurrent use.
type Reader struct {
	pool     *child.Pool
	glances  *child.Pool // one child of its own: a glance does not wait for readings
	cache    cache
	tempDir  string
	scanner  clamd.Scanner
	scans    scans
	progress sync.Mutex
	turn     sync.Mutex // of the application that Documents reads
	fresh    atomic.Int64
}

// OpenReader makes a reader; children start when first needed.
func OpenReader(o Options) (*Reader, error) {
	if o.Jobs <= 0 {
		o.Jobs = runtime.NumCPU()
	}
	if o.CacheDir == "" {
		dir, err := os.UserCacheDir()
		if err != nil {
			return nil, fmt.Errorf("no cache folder (set XDG_CACHE_HOME, or --cache DIR): %w", err)
		}
		o.CacheDir = filepath.Join(dir, "hequan")
	}
	if o.Program == "" {
		program, err := os.Executable()
		if err != nil {
			return nil, err
		}
		o.Program = program
	}
	tessdata, err := findTessdata(o.Tessdata)
	if err != nil {
		return nil, err
	}
	version, err := readerVersion(tessdata)
	if err != nil {
		return nil, err
	}
	r := &Reader{cache: cache{dir: o.CacheDir, version: version}, scanner: clamd.Scanner{Address: o.Clamd}}
	if o.NoCache {
		if r.tempDir, err = os.MkdirTemp("", "hequan-"); err != nil {
			return nil, err
		}
		r.cache.dir = r.tempDir
	}
	modules := filepath.Join(o.CacheDir, "modules")
	if err := os.MkdirAll(modules, 0o700); err != nil {
		return nil, fmt.Errorf("the cache folder cannot be used (choose another with --cache DIR): %w", err)
	}
	command := func() *exec.Cmd {
		cmd := exec.Command(o.Program, "reader", "--modules", modules, "--tessdata", tessdata)
		// One heap of the C library for all threads: a call comes now from one, now
		// from another, and each would keep what it once needed for itself. One processor for
		// Go as well: there is a child for each, and a collector beside it only gets in its way.
		cmd.Env = append(childEnvironment(), "OMP_THREAD_LIMIT=1", "GOMAXPROCS=1", "MALLOC_ARENA_MAX=1", ChildEnv+"=1")
		return cmd
	}
	r.pool, r.glances = child.NewPool(o.Jobs, recycleAfter, command), child.NewPool(1, recycleAfter, command)
	return r, nil
}

// childEnvironment is what a reader child sees of our environment: no address
// or password of a database, nothing that it does not need.
func childEnvironment() []string {
	var out []string
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "TESSDATA_PREFIX", "HEQUAN_LINES", "LD_LIBRARY_PATH", "GOTRACEBACK", "GOCOVERDIR"} {
		if value, ok := os.LookupEnv(name); ok {
			out = append(out, name+"="+value)
		}
	}
	return out
}

// ChildEnv is set in the environment of reader children: a test binary that
// finds it must call ServeChild.
const ChildEnv = "HEQUAN_READER_CHILD"

// PagesRead is how many pages were read so far that no cache held.
func (r *Reader) PagesRead() int { return int(r.fresh.Load()) }

// Version names the reader: readings of equal version and equal bytes are equal.
func (r *Reader) Version() string { return r.cache.version }

// Close ends the children.
func (r *Reader) Close() error {
	r.pool.Close()
	r.glances.Close()
	if r.tempDir != "" {
		return os.RemoveAll(r.tempDir)
	}
	return nil
}

// PageImage returns the upright picture of a page that was read, as JPEG.
func (r *Reader) PageImage(sha string, page int) ([]byte, error) {
	return os.ReadFile(r.cache.picture(sha, page))
}

// Read reads a file. What is wrong with the file or one of its pages stands in
// the reading; the error is for a cancelled context or a broken installation.
// progress (may be nil) is called with the pages done and their number.
func (r *Reader) Read(ctx context.Context, path string, progress func(done, total int)) (*hequan.Reading, error) {
	data, problem := slurp(path)
	if problem != nil {
		return &hequan.Reading{Problem: problem}, nil
	}
	sum := sha256.Sum256(data)
	sha := hex.EncodeToString(sum[:])
	if problem, err := r.infected(ctx, sha, data); problem != nil || err != nil {
		return &hequan.Reading{SHA256: sha, Bytes: int64(len(data)), Problem: problem}, err
	}
	reading, ok := r.cache.load(sha)
	if ok && progress != nil {
		progress(len(reading.Pages), len(reading.Pages))
	}
	if !ok {
		reading = &hequan.Reading{SHA256: sha, Bytes: int64(len(data))}
		if err := r.readPages(ctx, reading, data, progress); err != nil {
			return nil, err
		}
		if err := r.cache.save(reading); err != nil {
			return nil, err
		}
	}
	_, err := r.readWanted(ctx, reading, data)
	return reading, err
}

// slurp reads a file within the budget.
func slurp(path string) ([]byte, *hequan.Problem) {
	f, err := os.Open(path)
	if err != nil {
		return nil, hequan.Problemf(hequan.ProblemUnreadable, "%v", errors.Unwrap(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFileBytes+1))
	switch {
	case err != nil:
		return nil, hequan.Problemf(hequan.ProblemUnreadable, "%v", err)
	case len(data) == 0:
		return nil, hequan.Problemf(hequan.ProblemEmpty, "0 bytes")
	case len(data) > maxFileBytes:
		return nil, hequan.Problemf(hequan.ProblemTooLarge, "over %d MB", maxFileBytes>>20)
	}
	return data, nil
}

// readPages opens the file in a child and reads its pages.
func (r *Reader) readPages(ctx context.Context, reading *hequan.Reading, data []byte, progress func(done, total int)) error {
	opened, err := r.open(ctx, r.pool, reading.SHA256, data)
	if err != nil {
		return err
	}
	reading.Type, reading.Data, reading.Signatures, reading.Problem = opened.Type, opened.Data, opened.Signed, opened.Problem
	if reading.Problem != nil {
		return nil
	}
	if reading.Pages, err = r.readRange(ctx, reading.SHA256, data, 0, opened.Pages, progress); err != nil {
		return err
	}
	reading.Problem = wholeProblem(reading.Pages)
	return nil
}

// readRange reads pages from first (0 is the first page), as many at a time as
// there are children.
func (r *Reader) readRange(ctx context.Context, sha string, data []byte, first, n int, progress func(done, total int)) ([]hequan.Page, error) {
	pages := make([]hequan.Page, n)
	which := make([]int, n)
	for i := range which {
		which[i] = first + i
	}
	err := r.readEach(ctx, "page", sha, data, which, progress, func(i int, page *hequan.Page) error {
		pages[i-first] = *page
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.fresh.Add(int64(n))
	return pages, nil
}

// readEach has pages (from 0) read, as many at a time as there are children,
// and hands them to put, which must stand being called by several at a time.
func (r *Reader) readEach(ctx context.Context, op, sha string, data []byte, which []int, progress func(done, total int), put func(i int, page *hequan.Page) error) error {
	n, done := len(which), 0
	step := func() {
		if progress != nil {
			r.progress.Lock()
			defer r.progress.Unlock()
			done++
			progress(done, n)
		}
	}
	errs := make(chan error, n)
	slots := make(chan struct{}, runtime.NumCPU()+2)
	var wait sync.WaitGroup
	for _, i := range which {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			page, err := r.readPage(ctx, op, sha, data, i)
			if err == nil {
				err = put(i, page)
			}
			if err != nil {
				errs <- err
				return
			}
			step()
		})
		if ctx.Err() != nil {
			break
		}
	}
	wait.Wait()
	close(errs)
	if err := <-errs; err != nil {
		return err
	}
	return ctx.Err()
}

// wholeProblem says that a file none of whose pages could be read is
// unreadable as a whole.
func wholeProblem(pages []hequan.Page) *hequan.Problem {
	for _, p := range pages {
		if p.Info.ProblemCode == "" {
			return nil
		}
	}
	if len(pages) == 0 {
		return nil
	}
	return &hequan.Problem{Code: pages[0].Info.ProblemCode, Detail: "none of its pages could be read", Page: 1}
}

// open asks a child what the file is.
func (r *Reader) open(ctx context.Context, pool *child.Pool, sha string, data []byte) (answer, error) {
	c, err := pool.Acquire(ctx)
	if err != nil {
		return answer{}, err
	}
	defer pool.Release(c)
	return openIn(ctx, c, sha, data)
}

func openIn(ctx context.Context, c *child.Child, sha string, data []byte) (answer, error) {
	var ans answer
	_, err := c.Call(ctx, pageLimit, request{Op: "open"}, data, &ans)
	if errors.Is(err, child.ErrDied) && ctx.Err() == nil { // once more, in a fresh child
		_, err = c.Call(ctx, pageLimit, request{Op: "open"}, data, &ans)
	}
	if err != nil {
		if errors.Is(err, child.ErrDied) || errors.Is(err, child.ErrTimeout) {
			return answer{Problem: callProblem(err)}, nil
		}
		return ans, err
	}
	if ans.Broken != "" {
		return ans, errors.New(ans.Broken)
	}
	c.Holds = sha
	return ans, nil
}

// readPage reads one page, in part or whole as op says, and keeps its picture.
func (r *Reader) readPage(ctx context.Context, op, sha string, data []byte, i int) (*hequan.Page, error) {
	page, picture, err := askPage(ctx, r.pool, op, sha, data, i)
	if err != nil || page.Info.ProblemCode != "" {
		return page, err
	}
	return page, r.cache.savePicture(sha, i+1, picture)
}

// askPage has a child look at one page. A child that dies on it gets one
// successor to try again; a page that takes too long is not tried again.
func askPage(ctx context.Context, pool *child.Pool, op, sha string, data []byte, i int) (*hequan.Page, []byte, error) {
	c, err := pool.Acquire(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer pool.Release(c)
	var ans answer
	var picture []byte
	for try := 0; ; try++ {
		if c.Holds != sha {
			opened, err := openIn(ctx, c, sha, data)
			if err != nil {
				return nil, nil, err
			}
			if opened.Problem != nil {
				return failedPage(i, opened.Problem), nil, nil
			}
		}
		ans = answer{}
		picture, err = c.Call(ctx, pageLimit, request{Op: op, Page: i}, nil, &ans)
		if err == nil {
			break
		}
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if try > 0 || errors.Is(err, child.ErrTimeout) {
			return failedPage(i, callProblem(err)), nil, nil
		}
	}
	switch {
	case ans.Broken != "":
		return nil, nil, errors.New(ans.Broken)
	case ans.Problem != nil:
		return failedPage(i, ans.Problem), nil, nil
	}
	return ans.Page, picture, nil
}

func callProblem(err error) *hequan.Problem {
	if errors.Is(err, child.ErrTimeout) {
		return hequan.Problemf(hequan.ProblemTimeout, "%v", err)
	}
	return hequan.Problemf(hequan.ProblemCrashed, "%v", err)
}

func failedPage(i int, p *hequan.Problem) *hequan.Page {
	return &hequan.Page{Info: hequan.PageInfo{Page: i + 1, Source: hequan.SourceScan, Problem: p.Code.Chinese(), ProblemCode: p.Code}}
}
