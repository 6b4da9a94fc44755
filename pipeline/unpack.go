package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"hequan"
)

// isArchiveFile looks at the first bytes only; whether a zip is an OFD is told
// by its whole directory, which is cheap.
func isArchiveFile(p string) (bool, error) {
	f, err := os.Open(p)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, 512)
	n, _ := f.Read(head) // an empty or unreadable file is no archive
	if !isArchive(head[:n]) {
		return false, nil
	}
	data, err := os.ReadFile(p)
	if err != nil {
		return false, err
	}
	return isArchive(data), nil
}

// unpack takes an archive apart in a reader child. Files are written under
// numbers, never under the names that the archive gives them.
func (r *Reader) unpack(ctx context.Context, from SourceFile, workDir string) tree {
	var t tree
	failed := func(p *hequan.Problem) tree {
		t.problems = append(t.problems, hequan.FileInfo{File: from.Name, Problem: p})
		return t
	}
	info, err := os.Stat(from.Path)
	if err != nil {
		return failed(hequan.Problemf(hequan.ProblemUnreadable, "%v", err))
	}
	if info.Size() > maxArchiveBytes {
		return failed(hequan.Problemf(hequan.ProblemTooLarge, "an archive of %d MB, at most %d are read", info.Size()>>20, int64(maxArchiveBytes)>>20))
	}
	data, err := os.ReadFile(from.Path)
	if err != nil {
		return failed(hequan.Problemf(hequan.ProblemUnreadable, "%v", err))
	}
	dir, err := os.MkdirTemp(workDir, "unpacked-")
	if err != nil {
		return failed(hequan.Problemf(hequan.ProblemUnreadable, "%v", err))
	}
	c, err := r.pool.Acquire(ctx)
	if err != nil {
		return failed(hequan.Problemf(hequan.ProblemUnreadable, "%v", err))
	}
	defer r.pool.Release(c)
	var ans answer
	if _, err := c.Call(ctx, pageLimit, request{Op: "unpack"}, data, &ans); err != nil {
		return failed(callProblem(err))
	}
	c.Holds = ""
	for n := 0; ans.Problem == nil && ans.Broken == ""; n++ {
		ans = answer{}
		body, err := c.Call(ctx, pageLimit, request{Op: "next"}, nil, &ans)
		if err != nil {
			return failed(callProblem(err))
		}
		if ans.Entry == nil {
			break
		}
		if ignored(ans.Entry.Name) {
			continue
		}
		if ans.Entry.Problem != nil {
			t.problems = append(t.problems, hequan.FileInfo{File: ans.Entry.Name, Problem: ans.Entry.Problem})
			continue
		}
		p := filepath.Join(dir, fmt.Sprintf("%06d", n))
		if err := os.WriteFile(p, body, 0o600); err != nil {
			return failed(hequan.Problemf(hequan.ProblemUnreadable, "%v", err))
		}
		t.files = append(t.files, SourceFile{Name: ans.Entry.Name, Path: p})
	}
	if ans.Broken != "" {
		return failed(hequan.Problemf(hequan.ProblemCrashed, "%s", ans.Broken))
	}
	if ans.Problem != nil {
		return failed(ans.Problem)
	}
	return t
}
