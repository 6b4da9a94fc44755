package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/uptrace/bun"

	"hequan"
)

// Round is a 补正 round: what was handed in after a notice.
type Round struct {
	bun.BaseModel `bun:"table:rounds"`

	ApplicationID string `bun:"application_id,pk"`
	Number        int    `bun:"number,pk"`
	UploadID      string `bun:"upload_id"`
	Run           int    `bun:"run"` // the run before it: what is compared with
	Added         int    `bun:"added"`
	Replaced      int    `bun:"replaced"`
	Person        string `bun:"person"`
	CreatedAt     int64  `bun:"created_at"`
}

// Supplement is an upload that belongs to an application.
type Supplement struct {
	Application string
	Replaces    map[string]string // name of a new file: name of the file it takes the place of
	Person      string
}

// AcceptRound records an upload for an application, as [Store.Accept] does;
// ErrNotFound when there is no such application.
func (s *Store) AcceptRound(ctx context.Context, name string, files []Incoming, of Supplement) (*Upload, error) {
	if _, err := s.Application(ctx, of.Application); err != nil {
		return nil, err
	}
	replaces, err := json.Marshal(of.Replaces)
	if err != nil {
		return nil, err
	}
	return s.accept(ctx, &Upload{Name: name, RoundOf: of.Application, Replaces: string(replaces), Person: of.Person}, files)
}

// FinishRound puts the files of a round into its application, in one
// transaction: a file takes the place of the one that it is said to replace,
// else of the one of its name, else it joins. A file that is there already, by
// name and content, changes nothing. form is empty when the round has none.
// The application waits for its new files and is judged again.
func (s *Store) FinishRound(ctx context.Context, id string, attempt int64, taken Taken, hasForm bool) ([]Task, error) {
	var due []Task
	err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		due = nil
		up := new(Upload)
		if err := one(tx.NewSelect().Model(up).Where("id = ?", id).Scan(ctx)); err != nil {
			return err
		}
		t := now()
		err := held(affected(tx.NewRaw(`UPDATE uploads SET state = ?, error = '', owner = '', lease_until = 0, updated_at = ? WHERE id = ? AND state = ? AND attempt = ?`,
			Done, t, id, Running, attempt).Exec(ctx)))
		if err != nil {
			return err
		}
		if err := hold(ctx, tx, up.RoundOf); err != nil {
			return err
		}
		round := Round{ApplicationID: up.RoundOf, UploadID: id, Person: up.Person, CreatedAt: t}
		if round.Number, err = next(ctx, tx, "rounds", up.RoundOf); err != nil {
			return err
		}
		added, err := placeFiles(ctx, tx, up, &round, taken.Files)
		if err != nil {
			return err
		}
		for _, f := range added {
			due = append(due, Task{KindFile, f.ID, 0})
		}
		if hasForm {
			if _, err := tx.NewRaw(`UPDATE applications SET form = ?, applicant = ?, project = ?, mode = ? WHERE id = ?`,
				taken.Form, taken.Applicant, taken.Project, taken.Mode, up.RoundOf).Exec(ctx); err != nil {
				return err
			}
		}
		problems, err := mergeProblems(ctx, tx, up.RoundOf, taken)
		if err != nil {
			return err
		}
		app, state := new(Application), Waiting
		if len(added) == 0 {
			state = Queued
		}
		if err := tx.NewRaw(`UPDATE applications SET state = ?, attempt = attempt + 1, tries = 0, error = '', owner = '', lease_until = 0, due_at = ?, problems = ? WHERE id = ? RETURNING *`,
			state, t, problems, up.RoundOf).Scan(ctx, app); err != nil {
			return err
		}
		if state == Queued {
			due = append(due, Task{KindApplication, app.ID, app.Attempt})
		}
		round.Run = app.Run
		if _, err = tx.NewInsert().Model(&round).Exec(ctx); err != nil {
			return err
		}
		return tally(ctx, tx, up.RoundOf)
	})
	return due, err
}

// placeFiles takes files into the upload's application, counts them in round
// and returns the new rows.
func placeFiles(ctx context.Context, tx bun.Tx, up *Upload, round *Round, files []Incoming) ([]File, error) {
	var replaces map[string]string
	if err := json.Unmarshal([]byte(up.Replaces), &replaces); err != nil {
		return nil, err
	}
	var live []File
	if err := tx.NewSelect().Model(&live).Where("application_id = ?", up.RoundOf).Where("replaced_in = 0").Order("ordinal").Scan(ctx); err != nil {
		return nil, err
	}
	var last int
	if err := tx.NewRaw(`SELECT coalesce(max(ordinal), -1) FROM files WHERE application_id = ?`, up.RoundOf).Scan(ctx, &last); err != nil {
		return nil, err
	}
	t := now()
	var rows []File
	for _, f := range files {
		old, ok := replaces[f.Name]
		if !ok {
			old = f.Name
		}
		unchanged := false
		for _, was := range live {
			if was.Name == f.Name && was.SHA256 == f.SHA256 {
				unchanged = true
			} else if was.Name == old {
				if _, err := tx.NewRaw(`UPDATE files SET replaced_in = ?, attempt = attempt + 1, owner = '', lease_until = 0, updated_at = ?,
					state = CASE WHEN state = ? THEN state ELSE ? END WHERE id = ?`, round.Number, t, Done, Dead, was.ID).Exec(ctx); err != nil {
					return nil, err
				}
				round.Replaced++
			}
		}
		if unchanged {
			continue
		}
		last++
		round.Added++
		rows = append(rows, File{ID: newID(), ApplicationID: up.RoundOf, Ordinal: last, Name: f.Name, SHA256: f.SHA256, Bytes: f.Bytes, Round: round.Number,
			Job: Job{State: Queued, DueAt: t}, Triage: "[]", CreatedAt: t, UpdatedAt: t})
	}
	return rows, insertAll(ctx, tx, rows)
}

// mergeProblems adds what could not be taken in of a round to what could not
// before, without the files that came now.
func mergeProblems(ctx context.Context, tx bun.Tx, application string, taken Taken) (string, error) {
	var kept string
	if err := tx.NewRaw(`SELECT problems FROM applications WHERE id = ?`, application).Scan(ctx, &kept); err != nil {
		return "", err
	}
	var old, fresh []hequan.FileInfo
	if err := errors.Join(json.Unmarshal([]byte(kept), &old), json.Unmarshal([]byte(taken.Problems), &fresh)); err != nil {
		return "", err
	}
	came := map[string]bool{}
	for _, f := range taken.Files {
		came[f.Name] = true
	}
	for _, f := range fresh {
		came[f.File] = true
	}
	all := slices.DeleteFunc(old, func(f hequan.FileInfo) bool { return came[f.File] })
	data, err := json.Marshal(append(all, fresh...))
	return string(data), err
}

// Rounds returns the rounds of an application, the oldest first.
func (s *Store) Rounds(ctx context.Context, application string) ([]Round, error) {
	var rows []Round
	err := s.db.NewSelect().Model(&rows).Where("application_id = ?", application).Order("number").Scan(ctx)
	return rows, err
}

// RunOf returns one run of an application; ErrNotFound when there is none.
func (s *Store) RunOf(ctx context.Context, application string, number int) (*Run, error) {
	run := new(Run)
	return run, one(s.db.NewSelect().Model(run).Where("application_id = ?", application).Where("number = ?", number).Scan(ctx))
}
