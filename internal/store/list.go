package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// Summary is an application in a list, with how far its files are read and
// its findings are decided.
type Summary struct {
	Application `bun:",extend"`

	Files      int `bun:"files"`
	FilesDone  int `bun:"files_done"` // read, or given up
	FilesDead  int `bun:"files_dead"`
	Rescan     int `bun:"rescan"` // pages that a glance found something on
	PagesDone  int `bun:"pages_done"`
	PagesTotal int `bun:"pages_total"`

	Read float64 `bun:"files_read"` // files done, with those at hand counted by their pages

	Stage Stage `bun:"stage"`
}

// summaries is the query of Summary over the applications that a subquery gives as a.
const summaries = `SELECT a.*, ` + stageOf + ` AS stage, coalesce(f.files, 0) AS files, coalesce(f.files_done, 0) AS files_done, coalesce(f.files_dead, 0) AS files_dead, coalesce(f.rescan, 0) AS rescan,
		coalesce(f.pages_done, 0) AS pages_done, coalesce(f.pages_total, 0) AS pages_total, coalesce(f.files_read, 0.0) AS files_read
	FROM (?) a
	LEFT JOIN (SELECT application_id, count(*) AS files, count(CASE WHEN state IN ('done', 'dead') THEN 1 END) AS files_done,
			count(CASE WHEN state = 'dead' THEN 1 END) AS files_dead, sum(rescan) AS rescan, sum(pages_done) AS pages_done, sum(pages_total) AS pages_total,
			sum(CASE WHEN state IN ('done', 'dead') THEN 1.0 WHEN pages_total > 0 THEN 1.0 * pages_done / pages_total ELSE 0.0 END) AS files_read
		FROM files WHERE replaced_in = 0 AND ? GROUP BY application_id) f ON f.application_id = a.id
	ORDER BY ?`

// summary makes the query over the applications of which, in an order. scope
// says the same of the column application_id: without it all files would be counted.
func (s *Store) summary(which, scope schema.QueryWithArgs, order bun.Safe) *bun.RawQuery {
	return s.db.NewRaw(summaries, which, scope, order)
}

// List returns the latest applications, newest first; those of one upload when
// upload is not empty, in the upload's order.
func (s *Store) List(ctx context.Context, upload string, limit int) ([]Summary, error) {
	var out []Summary
	if upload != "" {
		which := bun.SafeQuery("SELECT * FROM applications a WHERE upload_id = ? ORDER BY a.ordinal LIMIT ?", upload, limit)
		scope := bun.SafeQuery("application_id IN (SELECT id FROM applications WHERE upload_id = ?)", upload)
		err := s.summary(which, scope, "a.ordinal").Scan(ctx, &out)
		return out, err
	}
	order := bun.Safe(newest)
	which := bun.SafeQuery("SELECT * FROM applications a ORDER BY ? LIMIT ?", order, limit)
	scope := bun.SafeQuery("application_id IN (SELECT id FROM applications a ORDER BY ? LIMIT ?)", order, limit)
	err := s.summary(which, scope, order).Scan(ctx, &out)
	return out, err
}

// Summary returns one application as a list shows it; ErrNotFound when there is none.
func (s *Store) Summary(ctx context.Context, id string) (*Summary, error) {
	out := new(Summary)
	which, scope := bun.SafeQuery("SELECT * FROM applications a WHERE id = ?", id), bun.SafeQuery("application_id = ?", id)
	return out, one(s.summary(which, scope, "a.id").Scan(ctx, out))
}

// Intake is an upload that brought applications, and how many.
type Intake struct {
	ID           string `bun:"id"`
	Name         string `bun:"name"`
	CreatedAt    int64  `bun:"created_at"`
	Applications int    `bun:"applications"`
}

// Intakes returns the uploads that brought applications, newest first.
func (s *Store) Intakes(ctx context.Context, limit int) ([]Intake, error) {
	var out []Intake
	err := s.db.NewRaw(`SELECT u.id, u.name, u.created_at, count(a.id) AS applications FROM uploads u JOIN applications a ON a.upload_id = u.id
		GROUP BY u.id, u.name, u.created_at ORDER BY u.created_at DESC, u.id LIMIT ?`, limit).Scan(ctx, &out)
	return out, err
}

// Members returns the judged applications of an upload, in its order.
func (s *Store) Members(ctx context.Context, upload string) ([]Application, error) {
	var apps []Application
	err := s.db.NewSelect().Model(&apps).Where("upload_id = ?", upload).Where("state = ?", Done).Order("ordinal").Scan(ctx)
	return apps, err
}

// Application returns one application; ErrNotFound when there is none.
func (s *Store) Application(ctx context.Context, id string) (*Application, error) {
	app := new(Application)
	return app, one(s.db.NewSelect().Model(app).Where("id = ?", id).Scan(ctx))
}

// Files returns the files of an application in order, without those whose
// place another took.
func (s *Store) Files(ctx context.Context, application string) ([]File, error) {
	var files []File
	err := s.db.NewSelect().Model(&files).Where("application_id = ?", application).Where("replaced_in = 0").Order("ordinal").Scan(ctx)
	return files, err
}

// Replaced returns the files whose place others took, in order.
func (s *Store) Replaced(ctx context.Context, application string) ([]File, error) {
	var files []File
	err := s.db.NewSelect().Model(&files).Where("application_id = ?", application).Where("replaced_in > 0").Order("ordinal").Scan(ctx)
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
