package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/text/unicode/norm"

	"hequan"
)

// SourceFile is one material of an application.
type SourceFile struct {
	Name string // slash path inside the application folder
	Path string // on disk
}

// Source is one application as it was handed in.
type Source struct {
	ID       string
	Form     *hequan.Application // never nil; Form.Present tells whether there was one
	Files    []SourceFile        // in the order of their names
	Problems []hequan.FileInfo   // what could not even be taken in
}

const formName = "application.json"

// tree is the files under a path, whether on disk or in an archive.
type tree struct {
	files    []SourceFile
	problems []hequan.FileInfo
}

// Intake takes apart what stands at a path: an application folder, an archive
// of one, a window of them (a folder or archive of application folders), or a
// single file, which is an application of one document. Unpacked files are
// written under workDir. An error says that the path itself can't be used.
func (r *Reader) Intake(ctx context.Context, from, workDir string) ([]Source, error) {
	info, err := os.Stat(from)
	if err != nil {
		var pe *fs.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		return nil, fmt.Errorf("%s: %w", from, err)
	}
	id := norm.NFC.String(filepath.Base(filepath.Clean(from)))
	if abs, err := filepath.Abs(from); err == nil {
		id = norm.NFC.String(filepath.Base(abs))
	}
	if info.IsDir() {
		t, err := walk(from)
		if err != nil {
			return nil, err
		}
		return r.sources(ctx, id, t, workDir)
	}
	file := SourceFile{Name: id, Path: from}
	t := tree{files: []SourceFile{file}}
	if archived, err := isArchiveFile(from); err == nil && archived {
		t = r.unpack(ctx, file, workDir)
		id = trimArchiveSuffix(id)
	}
	return r.sources(ctx, id, t, workDir)
}

// sources groups the files of a tree into applications.
func (r *Reader) sources(ctx context.Context, id string, t tree, workDir string) ([]Source, error) {
	t = stripWrapper(t)
	roots := formRoots(t)
	if len(roots) == 0 || len(roots) == 1 && roots[0] == "" {
		return []Source{r.source(ctx, id, t, workDir)}, nil
	}
	// A window: each top folder is an application, also one whose form is missing.
	groups := map[string]bool{}
	for _, root := range roots {
		groups[root] = true
	}
	depth := strings.Count(roots[0], "/") + 1
	for _, f := range t.files {
		parts := strings.Split(f.Name, "/")
		if len(parts) > depth {
			groups[strings.Join(parts[:depth], "/")] = true
		} else if archived, err := isArchiveFile(f.Path); err == nil && archived {
			groups[f.Name] = true
		}
	}
	names := make([]string, 0, len(groups))
	for g := range groups {
		names = append(names, g)
	}
	sort.Strings(names)
	var out []Source
	for _, g := range names {
		sub := under(t, g)
		if len(sub.files) == 1 && sub.files[0].Name == "" { // an archive in the window
			inner := r.unpack(ctx, SourceFile{Name: path.Base(g), Path: sub.files[0].Path}, workDir)
			more, err := r.sources(ctx, trimArchiveSuffix(path.Base(g)), inner, workDir)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
			continue
		}
		out = append(out, r.source(ctx, path.Base(g), sub, workDir))
	}
	return out, nil
}

// source makes one application of a tree; archives inside it are unpacked in place.
func (r *Reader) source(ctx context.Context, id string, t tree, workDir string) Source {
	s := Source{ID: id, Form: &hequan.Application{ID: id}, Problems: t.problems}
	for _, f := range t.files {
		if f.Name == formName {
			s.readForm(f)
			continue
		}
		if archived, err := isArchiveFile(f.Path); err == nil && archived {
			inner := r.unpack(ctx, f, workDir)
			for _, in := range inner.files {
				if !ignored(in.Name) {
					s.Files = append(s.Files, SourceFile{Name: f.Name + "/" + in.Name, Path: in.Path})
				}
			}
			for _, p := range inner.problems {
				if p.File != f.Name {
					p.File = f.Name + "/" + p.File
				}
				s.Problems = append(s.Problems, p)
			}
			continue
		}
		s.Files = append(s.Files, f)
	}
	sort.Slice(s.Files, func(i, j int) bool { return s.Files[i].Name < s.Files[j].Name })
	sort.Slice(s.Problems, func(i, j int) bool { return s.Problems[i].File < s.Problems[j].File })
	return s
}

func (s *Source) readForm(f SourceFile) {
	data, err := os.ReadFile(f.Path)
	if err == nil {
		var form *hequan.Application
		if form, err = hequan.ParseApplication(data); err == nil {
			if form.ID == "" {
				form.ID = s.ID
			}
			s.Form, s.ID = form, form.ID
			return
		}
	}
	s.Problems = append(s.Problems, hequan.FileInfo{File: f.Name, Type: "application/json",
		Problem: hequan.Problemf(hequan.ProblemDamaged, "%v", err)})
}

// walk lists the files under a folder. Links are not followed.
func walk(dir string) (tree, error) {
	var t tree
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		rel, relErr := filepath.Rel(dir, p)
		if relErr != nil {
			return relErr
		}
		name := norm.NFC.String(filepath.ToSlash(rel))
		switch {
		case err != nil && p == dir:
			return err
		case err != nil:
			t.problems = append(t.problems, hequan.FileInfo{File: name, Problem: hequan.Problemf(hequan.ProblemUnreadable, "%v", errors.Unwrap(err))})
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			if name != "." && ignored(name+"/x") {
				return fs.SkipDir
			}
			return nil
		case ignored(name):
			return nil
		case !d.Type().IsRegular():
			t.problems = append(t.problems, hequan.FileInfo{File: name, Problem: hequan.Problemf(hequan.ProblemUnsafe, "a link or device is not followed")})
			return nil
		}
		t.files = append(t.files, SourceFile{Name: name, Path: p})
		return nil
	})
	return t, err
}

// ignored says whether a file is a by-product of an operating system or of a
// labelled set, not a material.
func ignored(name string) bool {
	for _, part := range strings.Split(name, "/") {
		switch lower := strings.ToLower(part); {
		case lower == "__macosx", lower == "thumbs.db", lower == "desktop.ini", lower == "truth.json":
			return true
		case strings.HasPrefix(part, "."), strings.HasPrefix(part, "~$"):
			return true
		}
	}
	return false
}

// stripWrapper removes folders that hold everything, as archives often have one.
func stripWrapper(t tree) tree {
	for {
		top := ""
		for _, f := range t.files {
			dir, _, ok := strings.Cut(f.Name, "/")
			if !ok || top != "" && dir != top {
				return t
			}
			top = dir
		}
		if top == "" {
			return t
		}
		t = under(t, top)
	}
}

// under returns the part of a tree below a folder, named from there; the file
// itself has the name "".
func under(t tree, dir string) tree {
	var out tree
	for _, f := range t.files {
		if rest, ok := strings.CutPrefix(f.Name, dir); ok && (rest == "" || rest[0] == '/') {
			out.files = append(out.files, SourceFile{strings.TrimPrefix(rest, "/"), f.Path})
		}
	}
	for _, p := range t.problems {
		if rest, ok := strings.CutPrefix(p.File, dir+"/"); ok {
			p.File = rest
			out.problems = append(out.problems, p)
		}
	}
	return out
}

// formRoots returns the folders that hold a form, outermost only.
func formRoots(t tree) []string {
	var roots []string
	for _, f := range t.files {
		if path.Base(f.Name) == formName {
			roots = append(roots, strings.TrimPrefix(path.Dir(f.Name), "."))
		}
	}
	sort.Slice(roots, func(i, j int) bool {
		return len(roots[i]) < len(roots[j]) || len(roots[i]) == len(roots[j]) && roots[i] < roots[j]
	})
	var out []string
	for _, r := range roots {
		inside := false
		for _, o := range out {
			inside = inside || o == "" || strings.HasPrefix(r, o+"/")
		}
		if !inside {
			out = append(out, r)
		}
	}
	return out
}

func trimArchiveSuffix(name string) string {
	for _, suffix := range []string{".tar.gz", ".tgz", ".zip", ".tar", ".gz"} {
		if n := len(name) - len(suffix); n > 0 && strings.EqualFold(name[n:], suffix) {
			return name[:n]
		}
	}
	return name
}
