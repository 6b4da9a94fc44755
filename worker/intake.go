package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"hequan"
	"hequan/internal/store"
	"hequan/pipeline"
)

// form is an application's form with what its JSON leaves out.
type form struct {
	Form    *hequan.Application        `json:"form"`
	Present bool                       `json:"present"`
	Extra   map[string]json.RawMessage `json:"extra,omitempty"`
}

// takeApart handles upload:intake: it lays the upload out on disk as it was
// handed in, finds its applications, keeps their files as blobs and records them.
func (w *Worker) takeApart(ctx context.Context, id string) error {
	return w.claimed(ctx, store.KindUpload, id, func(ctx context.Context, attempt int64) error {
		dir, err := os.MkdirTemp(w.Work, "upload-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		root, err := w.layOut(ctx, id, filepath.Join(dir, "in"))
		if err != nil {
			return err
		}
		unpacked := filepath.Join(dir, "out")
		if err := os.Mkdir(unpacked, 0o750); err != nil {
			return err
		}
		sources, err := w.Reader.Intake(ctx, root, unpacked)
		if err != nil {
			return err
		}
		if up, err := w.Store.Upload(ctx, id); err != nil {
			return err
		} else if diedOnIt(sources) && up.Tries < min(passingTries, w.MaxTries) {
			return errors.New("a reader died or hung on an archive; it is taken apart once more")
		}
		apps := make([]store.Taken, len(sources))
		for i, s := range sources {
			if apps[i], err = w.keep(ctx, s); err != nil {
				return err
			}
		}
		due, err := w.finishUpload(ctx, id, attempt, sources, apps)
		if err != nil {
			return err
		}
		w.triage(due)
		return w.hint(ctx, due)
	})
}

// diedOnIt says whether a reader died or hung while it unpacked something: that
// may be the machine's fault, and what was in it would be missing for good.
func diedOnIt(sources []pipeline.Source) bool {
	for _, s := range sources {
		for _, p := range s.Problems {
			if pipeline.Passing(&hequan.Reading{Problem: p.Problem}) {
				return true
			}
		}
	}
	return false
}

// finishUpload records the applications of an upload; those of a round are the
// files of one application, whatever folders they came in.
func (w *Worker) finishUpload(ctx context.Context, id string, attempt int64, sources []pipeline.Source, apps []store.Taken) ([]store.Task, error) {
	up, err := w.Store.Upload(ctx, id)
	if err != nil {
		return nil, err
	}
	if up.RoundOf == "" {
		return w.Store.FinishUpload(ctx, id, attempt, apps)
	}
	return w.finishRound(ctx, up, attempt, sources, apps)
}

func (w *Worker) finishRound(ctx context.Context, up *store.Upload, attempt int64, sources []pipeline.Source, apps []store.Taken) ([]store.Task, error) {
	if len(apps) != 1 {
		return nil, fmt.Errorf("补正材料中有 %d 份申报，请每份申报分别补正", len(apps))
	}
	return w.Store.FinishRound(ctx, up.ID, attempt, apps[0], sources[0].Form.Present)
}

// hint queues what a finished step made due. The step itself is recorded, so a
// queue that cannot be reached now is left to the reconciler.
func (w *Worker) hint(ctx context.Context, due []store.Task) error {
	if err := w.tell(ctx, due); err != nil {
		w.Log.Warn("the next step could not be queued; the reconciler will", "error", err)
	}
	return nil
}

// layOut places the files of an upload under dir and returns the path to take
// apart: the file when there is one alone, else the folder.
func (w *Worker) layOut(ctx context.Context, id, dir string) (string, error) {
	up, err := w.Store.Upload(ctx, id)
	if err != nil {
		return "", err
	}
	files, err := w.Store.UploadFiles(ctx, id)
	if err != nil {
		return "", err
	}
	top := path.Base(path.Clean("/" + up.Name))
	if top == "/" || len(files) == 1 && !strings.Contains(files[0].Name, "/") {
		top = ""
	}
	root := filepath.Join(dir, top)
	for _, f := range files {
		name := strings.TrimPrefix(f.Name, top+"/")
		to := filepath.Join(root, filepath.FromSlash(name))
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return "", fmt.Errorf("the name %q leads out of its folder", f.Name)
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
			return "", err
		}
		from, err := w.Blobs.File(f.SHA256, filepath.Dir(dir))
		if err != nil {
			return "", err
		}
		if err := place(from, to); err != nil {
			return "", err
		}
		if len(files) == 1 && top == "" {
			return to, nil
		}
	}
	return root, nil
}

// place puts a blob to another path without copying it, where the disk allows.
func place(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, os.ErrExist) {
		return err
	}
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, src)
	return errors.Join(err, dst.Close())
}

// keep turns a source into rows; its files become blobs. A file that cannot be
// kept is a problem of the report, not a failure.
func (w *Worker) keep(ctx context.Context, s pipeline.Source) (store.Taken, error) {
	problems := s.Problems
	taken := store.Taken{}
	for _, f := range s.Files {
		if err := ctx.Err(); err != nil {
			return taken, err
		}
		src, err := os.Open(f.Path)
		if err != nil {
			problems = append(problems, hequan.FileInfo{File: f.Name, Problem: hequan.Problemf(hequan.ProblemUnreadable, "%v", errors.Unwrap(err))})
			continue
		}
		info, err := w.Blobs.Put(src, 0)
		src.Close()
		if err != nil {
			return taken, fmt.Errorf("%s: %w", f.Name, err)
		}
		taken.Files = append(taken.Files, store.Incoming{Name: f.Name, SHA256: info.SHA256, Bytes: info.Bytes})
	}
	formJSON, err := json.Marshal(form{s.Form, s.Form.Present, s.Form.Extra})
	if err != nil {
		return taken, err
	}
	problemJSON, err := json.Marshal(problems)
	if err != nil {
		return taken, err
	}
	taken.Application = store.Application{
		Name: s.ID, Applicant: s.Form.Applicant.Name, Project: s.Form.Project.Name, Mode: string(s.Form.Project.Mode),
		Form: string(formJSON), Problems: string(problemJSON),
	}
	if s.Form.ID != "" {
		taken.Name = s.Form.ID
	}
	return taken, nil
}
