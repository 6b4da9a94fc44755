package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"

	"github.com/uptrace/bun"

	"hequan"
)

// Incoming is a file that was received and whose blob is kept.
type Incoming struct {
	Name   string
	SHA256 string
	Bytes  int64
}

// Accept records an upload whose blobs are all kept, ready to be taken apart.
// Once it has returned, the upload will be worked on whatever happens.
func (s *Store) Accept(ctx context.Context, name string, files []Incoming) (*Upload, error) {
	return s.accept(ctx, &Upload{Name: name, Replaces: "{}"}, files)
}

func (s *Store) accept(ctx context.Context, up *Upload, files []Incoming) (*Upload, error) {
	return up, s.acceptWith(ctx, up, files, func(context.Context, bun.Tx) (bool, error) { return true, nil })
}

// errUnwanted undoes an upload that turned out to be known.
var errUnwanted = errors.New("it was taken in before")

// acceptWith records an upload, unless also finds that it must not be.
func (s *Store) acceptWith(ctx context.Context, up *Upload, files []Incoming, also func(context.Context, bun.Tx) (bool, error)) error {
	t := now()
	up.ID, up.Job, up.CreatedAt, up.UpdatedAt = newID(), Job{State: Queued, DueAt: t}, t, t
	rows := make([]UploadFile, len(files))
	for i, f := range files {
		up.Bytes += f.Bytes
		rows[i] = UploadFile{UploadID: up.ID, Ordinal: i, Name: f.Name, SHA256: f.SHA256, Bytes: f.Bytes}
	}
	err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewInsert().Model(up).Exec(ctx); err != nil {
			return err
		}
		if err := insertAll(ctx, tx, rows); err != nil {
			return err
		}
		if err := giveOwn(ctx, tx, up); err != nil {
			return err
		}
		if wanted, err := also(ctx, tx); err != nil || !wanted {
			return cmp.Or(err, errUnwanted)
		}
		return record(ctx, tx, uploaded(up, len(rows)))
	})
	if errors.Is(err, errUnwanted) {
		return nil
	}
	return err
}

// Taken is one application found in an upload, with its files.
type Taken struct {
	Application // ID, UploadID, Ordinal, states and times are set by the store
	Files       []Incoming
}

// FinishUpload records the applications of an upload and queues their files,
// in one transaction. An application without a file is queued for its check.
func (s *Store) FinishUpload(ctx context.Context, id string, attempt int64, apps []Taken) ([]Task, error) {
	var due []Task
	t := now()
	err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		due = nil
		err := held(affected(tx.NewRaw(`UPDATE uploads SET state = ?, error = '', owner = '', lease_until = 0, updated_at = ? WHERE id = ? AND state = ? AND attempt = ?`,
			Done, t, id, Running, attempt).Exec(ctx)))
		if err != nil {
			return err
		}
		if len(apps) > 1 {
			window := &Window{ID: id, Job: Job{State: Waiting, DueAt: t}, CreatedAt: t, UpdatedAt: t}
			if _, err := tx.NewInsert().Model(window).Exec(ctx); err != nil {
				return err
			}
		}
		for i := range apps {
			app := apps[i].Application
			app.ID, app.UploadID, app.Ordinal, app.CreatedAt, app.UpdatedAt = newID(), id, i, t, t
			app.Job, app.Claimed = Job{State: Waiting, DueAt: t}, -1
			app.Search = searchText(&hequan.Report{}, app.Name, app.Applicant, app.Project)
			if len(apps[i].Files) == 0 {
				app.State = Queued
				due = append(due, Task{KindApplication, app.ID, 0})
			}
			if _, err := tx.NewInsert().Model(&app).Exec(ctx); err != nil {
				return err
			}
			rows := make([]File, len(apps[i].Files))
			for j, f := range apps[i].Files {
				rows[j] = File{ID: newID() + lane(id, len(apps)), ApplicationID: app.ID, Ordinal: j, Name: f.Name, SHA256: f.SHA256, Bytes: f.Bytes,
					Job: Job{State: Queued, DueAt: t}, Triage: "[]", CreatedAt: t, UpdatedAt: t}
				due = append(due, Task{KindFile, rows[j].ID, 0})
			}
			if err := insertAll(ctx, tx, rows); err != nil {
				return err
			}
		}
		return nil
	})
	return due, err
}

// Lanes is how many lanes the files of batches are spread over.
const Lanes = 8

// most is how many applications people hand in at a time; more are a batch.
const most = 3

// lane ends the id of a batch's file, so that the queue it goes through can be
// told from it: batches share the readers with each other and stand back
// behind what people wait for.
func lane(upload string, applications int) string {
	if applications <= most {
		return ""
	}
	h := fnv.New32a()
	h.Write([]byte(upload))
	return fmt.Sprintf("-%d", h.Sum32()%Lanes)
}

// insertAll inserts rows in portions that fit the databases' limit of parameters.
func insertAll[R any](ctx context.Context, tx bun.Tx, rows []R) error {
	const portion = 500
	for len(rows) > 0 {
		n := min(portion, len(rows))
		part := rows[:n]
		if _, err := tx.NewInsert().Model(&part).Exec(ctx); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}
