package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"hequan"
	"hequan/internal/correct"
	"hequan/internal/store"
	"hequan/pipeline"
)

// check handles application:check: it judges the application by the readings
// that are kept and records the run. A file that was given up is a problem of
// the report.
func (w *Worker) check(ctx context.Context, id string) error {
	return w.claimed(ctx, store.KindApplication, id, func(ctx context.Context, attempt int64) error {
		app, err := w.Store.Application(ctx, id)
		if err != nil {
			return err
		}
		report, err := w.judge(ctx, app)
		if err != nil {
			return err
		}
		data, err := json.Marshal(report)
		if err != nil {
			return err
		}
		err = w.Store.FinishApplication(ctx, id, attempt, store.Run{
			Policy: report.Policy, Version: report.Version, Verdict: string(report.Verdict), Report: string(data),
		})
		if err != nil {
			return err
		}
		w.Log.Info("judged", "upload", app.UploadID, "application", id, "name", app.Name, "verdict", report.Verdict, "findings", len(report.Findings))
		due, err := w.Store.WindowDue(ctx, id)
		if err != nil {
			return err
		}
		hooks, err := w.Store.WebhooksDue(ctx, id)
		if err != nil {
			return err
		}
		due = append(due, hooks...)
		return w.hint(ctx, due)
	})
}

// judge judges an application by what is kept of it.
func (w *Worker) judge(ctx context.Context, app *store.Application) (*hequan.Report, error) {
	form, err := loadForm(app.Form)
	if err != nil {
		return nil, err
	}
	var problems []hequan.FileInfo
	if err := json.Unmarshal([]byte(app.Problems), &problems); err != nil {
		return nil, fmt.Errorf("the problems that are kept: %w", err)
	}
	files, err := w.readings(ctx, app.ID)
	if err != nil {
		return nil, err
	}
	corrected, err := w.corrected(ctx, app.ID)
	if err != nil {
		return nil, err
	}
	pictures := &keptPictures{ctx: ctx, worker: w, application: app.ID}
	report := w.Judge(Case{Form: form, Files: files, Problems: problems, Images: pictures, Corrected: corrected})
	return report, pictures.broken()
}

// corrected are the corrections of an application that count.
func (w *Worker) corrected(ctx context.Context, application string) ([]correct.Value, error) {
	rows, err := w.Store.Corrections(ctx, application)
	var values []correct.Value
	for _, c := range store.Standing(rows) {
		values = append(values, correct.Value{SHA256: c.SHA256, Page: c.Page, Field: c.Field, Nth: c.Nth, Value: c.Value, Person: c.Person, Reason: c.Reason})
	}
	return values, err
}

// keptPictures are the page pictures of an application. A picture that is kept
// but could not be had makes the judgement worthless: names and seals that are
// settled by pictures would come out otherwise than they should.
type keptPictures struct {
	ctx         context.Context
	worker      *Worker
	application string

	mu     sync.Mutex
	failed error
}

// PageImage implements pipeline.PageImages.
func (k *keptPictures) PageImage(sha256 string, page int) ([]byte, error) {
	picture, err := k.worker.Store.Picture(k.ctx, k.application, sha256, page)
	if errors.Is(err, store.ErrNotFound) { // the page has none
		return nil, err
	}
	var data []byte
	if err == nil {
		data, err = k.worker.Blobs.Get(picture)
	}
	if err != nil {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.failed = fmt.Errorf("the picture of page %d of %s: %w", page, sha256, err)
	}
	return data, err
}

func (k *keptPictures) broken() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.failed
}

// loadForm reads a kept form back.
func loadForm(data string) (*hequan.Application, error) {
	var kept form
	if err := json.Unmarshal([]byte(data), &kept); err != nil {
		return nil, fmt.Errorf("the form that is kept: %w", err)
	}
	kept.Form.Present, kept.Form.Extra = kept.Present, kept.Extra
	return kept.Form, nil
}

// readings loads what was read of an application's files, in their order.
func (w *Worker) readings(ctx context.Context, application string) ([]pipeline.ReadFile, error) {
	files, err := w.Store.Files(ctx, application)
	if err != nil {
		return nil, err
	}
	out := make([]pipeline.ReadFile, len(files))
	for i, f := range files {
		reading := &hequan.Reading{SHA256: f.SHA256, Bytes: f.Bytes, Problem: hequan.Problemf(hequan.ProblemCrashed, "given up after several tries")}
		if f.State == store.Done {
			if reading, err = w.loadReading(f.Reading); err != nil {
				return nil, fmt.Errorf("the reading of %s: %w", f.Name, err)
			}
		}
		out[i] = pipeline.ReadFile{Name: f.Name, Reading: reading}
	}
	return out, nil
}
