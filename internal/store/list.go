package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/uptrace/bun"
)

// Summary is an application in a list, with how far its files are read.
type Summary struct {
	Application `bun:",extend"`

	Files      int `bun:"files"`
	FilesDone  int `bun:"files_done"` // read, or given up
	FilesDead  int `bun:"files_dead"`
	PagesDone  int `bun:"pages_done"`
	PagesTotal int `bun:"pages_total"`

	Read float64 `bun:"files_read"` // files done, with those at hand counted by their pages
}

// List returns the latest applications, newest first; those of one upload when
// upload is not empty, in the upload's order.
func (s *Store) List(ctx context.Context, upload string, limit int) ([]Summary, error) {
	var out []Summary
	where, order := bun.SafeQuery("? = ''", upload), bun.Safe("a.created_at DESC, a.upload_id, a.ordinal")
	if upload != "" {
		where, order = bun.SafeQuery("a.upload_id = ?", upload), bun.Safe("a.ordinal")
	}
	err := s.db.NewRaw(`SELECT a.*, count(f.id) AS files, count(CASE WHEN f.state IN ('done', 'dead') THEN 1 END) AS files_done,
			count(CASE WHEN f.state = 'dead' THEN 1 END) AS files_dead,
			coalesce(sum(f.pages_done), 0) AS pages_done, coalesce(sum(f.pages_total), 0) AS pages_total,
			coalesce(sum(CASE WHEN f.state IN ('done', 'dead') THEN 1.0 WHEN f.pages_total > 0 THEN 1.0 * f.pages_done / f.pages_total ELSE 0.0 END), 0.0) AS files_read
		FROM (SELECT * FROM applications a WHERE ? ORDER BY ? LIMIT ?) a LEFT JOIN files f ON f.application_id = a.id
		GROUP BY a.id, a.upload_id, a.ordinal, a.name, a.applicant, a.project, a.mode, a.form, a.problems, a.verdict, a.payable_wan, a.run,
			a.state, a.attempt, a.tries, a.owner, a.lease_until, a.due_at, a.error, a.created_at, a.updated_at
		ORDER BY ?`, where, order, limit, order).Scan(ctx, &out)
	return out, err
}

// Application returns one application; ErrNotFound when there is none.
func (s *Store) Application(ctx context.Context, id string) (*Application, error) {
	app := new(Application)
	return app, one(s.db.NewSelect().Model(app).Where("id = ?", id).Scan(ctx))
}

// Files returns the files of an application in order.
func (s *Store) Files(ctx context.Context, application string) ([]File, error) {
	var files []File
	err := s.db.NewSelect().Model(&files).Where("application_id = ?", application).Order("ordinal").Scan(ctx)
	return files, err
}

// File returns one file; ErrNotFound when there is none.
func (s *Store) File(ctx context.Context, id string) (*File, error) {
	f := new(File)
	return f, one(s.db.NewSelect().Model(f).Where("id = ?", id).Scan(ctx))
}

// Picture returns the blob of a page's picture, wherever in the application
// the file of that content stands; ErrNotFound when there is none.
func (s *Store) Picture(ctx context.Context, application, sha256 string, page int) (string, error) {
	var raw string
	err := s.db.NewRaw(`SELECT pictures FROM files WHERE application_id = ? AND sha256 = ? AND state = ? ORDER BY ordinal LIMIT 1`,
		application, sha256, Done).Scan(ctx, &raw)
	if err != nil {
		return "", one(err)
	}
	var pictures []string
	if err := json.Unmarshal([]byte(raw), &pictures); err != nil {
		return "", err
	}
	if page < 1 || page > len(pictures) || pictures[page-1] == "" {
		return "", ErrNotFound
	}
	return pictures[page-1], nil
}

// LatestRun returns the last run of an application; ErrNotFound before the first.
func (s *Store) LatestRun(ctx context.Context, application string) (*Run, error) {
	run := new(Run)
	return run, one(s.db.NewSelect().Model(run).Where("application_id = ?", application).Order("number DESC").Limit(1).Scan(ctx))
}

// Upload returns an upload; ErrNotFound when there is none.
func (s *Store) Upload(ctx context.Context, id string) (*Upload, error) {
	up := new(Upload)
	return up, one(s.db.NewSelect().Model(up).Where("id = ?", id).Scan(ctx))
}

// UploadFiles returns the files of an upload in order.
func (s *Store) UploadFiles(ctx context.Context, id string) ([]UploadFile, error) {
	var files []UploadFile
	err := s.db.NewSelect().Model(&files).Where("upload_id = ?", id).Order("ordinal").Scan(ctx)
	return files, err
}

// OpenUploads returns the uploads that are not taken apart yet, or could not be; newest first.
func (s *Store) OpenUploads(ctx context.Context, limit int) ([]Upload, error) {
	var ups []Upload
	err := s.db.NewSelect().Model(&ups).Where("state <> ?", Done).Order("created_at DESC", "id").Limit(int64(limit)).Scan(ctx)
	return ups, err
}

// DeadLetters returns the open dead letters, newest first.
func (s *Store) DeadLetters(ctx context.Context, limit int) ([]DeadLetter, error) {
	var letters []DeadLetter
	err := s.db.NewSelect().Model(&letters).Where("resolved_at = 0").Order("created_at DESC", "id").Limit(int64(limit)).Scan(ctx)
	return letters, err
}

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.db.PingContext(ctx) }

// one turns "no row" into ErrNotFound.
func one(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}
