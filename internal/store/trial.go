package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"
)

// What became of a trial.
const (
	TrialOpen     = ""
	TrialAccepted = "accepted"
	TrialDropped  = "dropped"
)

// Trial judges the applications of an upload anew from what was read of them.
// Its reports stand apart until somebody accepts them.
type Trial struct {
	bun.BaseModel `bun:"table:trials"`

	ID       string `bun:"id,pk"`
	UploadID string `bun:"upload_id"`
	Person   string `bun:"person"`
	Total    int    `bun:"total"` // applications that were judged when it began
	Outcome  string `bun:"outcome"`
	Job
	CreatedAt int64 `bun:"created_at"`
	UpdatedAt int64 `bun:"updated_at"`
}

// TrialReport is what a trial says of one application.
type TrialReport struct {
	bun.BaseModel `bun:"table:trial_reports"`

	TrialID       string `bun:"trial_id,pk"`
	ApplicationID string `bun:"application_id,pk"`
	Run           int    `bun:"run"` // the application's run that it is compared with
	Policy        string `bun:"policy"`
	Version       string `bun:"version"`
	Verdict       string `bun:"verdict"`
	Report        string `bun:"report"`
}

// StartTrial queues a trial of an upload's applications; one of the same upload
// that is still open is dropped.
func (s *Store) StartTrial(ctx context.Context, upload, person string) (*Trial, error) {
	t := now()
	trial := &Trial{ID: newID(), UploadID: upload, Person: person, Job: Job{State: Queued, DueAt: t}, CreatedAt: t, UpdatedAt: t}
	err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		var open []string
		if err := tx.NewRaw(`SELECT id FROM trials WHERE upload_id = ? AND outcome = ''`, upload).Scan(ctx, &open); err != nil {
			return err
		}
		for _, id := range open {
			if err := settleTrial(ctx, tx, id, TrialDropped); err != nil {
				return err
			}
		}
		if err := tx.NewRaw(`SELECT count(*) FROM applications WHERE upload_id = ? AND state = ?`, upload, Done).Scan(ctx, &trial.Total); err != nil {
			return err
		}
		if trial.Total == 0 {
			return ErrNotFound
		}
		if _, err := tx.NewInsert().Model(trial).Exec(ctx); err != nil {
			return err
		}
		return record(ctx, tx, trialled("trial.start", trial.ID, upload))
	})
	return trial, err
}

// settleTrial closes an open trial and lets go of its reports.
func settleTrial(ctx context.Context, tx bun.Tx, id, outcome string) error {
	n, err := affected(tx.NewRaw(`UPDATE trials SET outcome = ?, attempt = attempt + 1, state = ?, owner = '', lease_until = 0, updated_at = ? WHERE id = ? AND outcome = ''`,
		outcome, Done, now(), id).Exec(ctx))
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrNotFound
	}
	_, err = tx.NewRaw(`DELETE FROM trial_reports WHERE trial_id = ?`, id).Exec(ctx)
	return err
}

// KeepTrialReport records one report of the attempt; twice is once.
func (s *Store) KeepTrialReport(ctx context.Context, attempt int64, r TrialReport) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		err := held(affected(tx.NewRaw(`UPDATE trials SET updated_at = ? WHERE id = ? AND state = ? AND attempt = ?`, now(), r.TrialID, Running, attempt).Exec(ctx)))
		if err != nil {
			return err
		}
		_, err = tx.NewInsert().Model(&r).On("CONFLICT (trial_id, application_id) DO UPDATE").Set("run = EXCLUDED.run").Set("policy = EXCLUDED.policy").
			Set("version = EXCLUDED.version").Set("verdict = EXCLUDED.verdict").Set("report = EXCLUDED.report").Exec(ctx)
		return err
	})
}

// FinishTrial ends the attempt: every report is there.
func (s *Store) FinishTrial(ctx context.Context, id string, attempt int64) error {
	defer s.tell()
	return held(s.quietly1(ctx, `UPDATE trials SET state = ?, error = '', tries = 0, owner = '', lease_until = 0, updated_at = ? WHERE id = ? AND state = ? AND attempt = ?`,
		Done, now(), id, Running, attempt))
}

// Trial returns a trial; ErrNotFound when there is none.
func (s *Store) Trial(ctx context.Context, id string) (*Trial, error) {
	t := new(Trial)
	return t, one(s.db.NewSelect().Model(t).Where("id = ?", id).Scan(ctx))
}

// Trials returns the latest trials, newest first.
func (s *Store) Trials(ctx context.Context, limit int) ([]Trial, error) {
	var rows []Trial
	err := s.db.NewSelect().Model(&rows).Order("created_at DESC", "id").Limit(int64(limit)).Scan(ctx)
	return rows, err
}

// TrialDone counts the applications that a trial has judged.
func (s *Store) TrialDone(ctx context.Context, id string) (int, error) {
	var n int
	err := s.db.NewRaw(`SELECT count(*) FROM trial_reports WHERE trial_id = ?`, id).Scan(ctx, &n)
	return n, err
}

// TrialReports returns what a trial has said so far, in the upload's order.
func (s *Store) TrialReports(ctx context.Context, id string) ([]TrialReport, error) {
	var rows []TrialReport
	err := s.db.NewRaw(`SELECT r.* FROM trial_reports r JOIN applications a ON a.id = r.application_id WHERE r.trial_id = ? ORDER BY a.ordinal`, id).Scan(ctx, &rows)
	return rows, err
}

// DropTrial closes an open trial without taking anything over.
func (s *Store) DropTrial(ctx context.Context, id string) error {
	return s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := settleTrial(ctx, tx, id, TrialDropped); err != nil {
			return err
		}
		return record(ctx, tx, trialled("trial.drop", id, ""))
	})
}

// AcceptTrial takes the reports of a finished trial over as new runs, in one
// transaction. An application that has a newer run than the trial knew, or is
// about to, keeps it: skipped counts those. A report that is the same makes no run.
func (s *Store) AcceptTrial(ctx context.Context, id string) (taken, skipped int, err error) {
	err = s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		taken, skipped = 0, 0
		var rows []TrialReport
		err := tx.NewRaw(`SELECT r.* FROM trial_reports r JOIN trials t ON t.id = r.trial_id WHERE t.id = ? AND t.state = ? AND t.outcome = ''`, id, Done).Scan(ctx, &rows)
		if err != nil {
			return err
		}
		events := []Event{trialled("trial.accept", id, "")}
		for _, r := range rows {
			run, done, err := s.takeOver(ctx, tx, r)
			if err != nil {
				return err
			}
			if run != nil {
				events = append(events, judgedAs(run))
			}
			if done {
				taken++
			} else {
				skipped++
			}
		}
		if len(rows) == 0 {
			return ErrNotFound
		}
		if err := settleTrial(ctx, tx, id, TrialAccepted); err != nil {
			return err
		}
		return record(ctx, tx, events...)
	})
	return taken, skipped, err
}

// takeOver makes a trial's report the application's latest run; false when the
// application has moved on.
func (s *Store) takeOver(ctx context.Context, tx bun.Tx, r TrialReport) (run *Run, done bool, err error) {
	var latest string
	err = tx.NewRaw(`SELECT u.report FROM runs u JOIN applications a ON a.id = u.application_id AND a.run = u.number WHERE a.id = ? AND a.run = ? AND a.state = ?`,
		r.ApplicationID, r.Run, Done).Scan(ctx, &latest)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil || latest == r.Report {
		return nil, err == nil, err
	}
	run = &Run{ApplicationID: r.ApplicationID, Number: r.Run, Policy: r.Policy, Version: r.Version, Verdict: r.Verdict, Report: r.Report}
	if done, err = s.addRun(ctx, tx, run, now()); !done {
		return nil, false, err
	}
	return run, true, err
}
