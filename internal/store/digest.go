package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"hequan"
	"hequan/internal/rmb"
)

// Found is a fail or review of the latest run of an application.
type Found struct {
	bun.BaseModel `bun:"table:findings"`

	ApplicationID string        `bun:"application_id,pk"`
	Ordinal       int           `bun:"ordinal,pk"` // place in the report
	Finding       string        `bun:"finding"`    // see [FindingKey]
	Rule          string        `bun:"rule"`
	Clause        string        `bun:"clause"`
	Status        hequan.Status `bun:"status"`
}

// FindingKey names a finding across runs: the same rule says the same of the
// same paper. A finding that says something else is another, so no decision
// of people is carried over to what they did not see.
func FindingKey(f hequan.Finding) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s", f.Rule, f.Status, f.Subject, f.Message)
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// digest writes what lists need of a run's report: the sum claimed, what it can
// be found by, and the grave findings.
func digest(ctx context.Context, tx bun.Tx, run *Run) error {
	report := new(hequan.Report)
	if err := json.Unmarshal([]byte(run.Report), report); err != nil {
		return fmt.Errorf("the report of run %d: %w", run.Number, err)
	}
	claimed := int64(-1)
	if fen, ok := rmb.ParseValue(report.Application.ClaimedAmount); ok {
		claimed = int64(fen)
	}
	app := new(Application)
	if err := tx.NewSelect().Model(app).Where("id = ?", run.ApplicationID).Scan(ctx); err != nil {
		return err
	}
	if _, err := tx.NewRaw(`UPDATE applications SET claimed_fen = ?, payable_wan = ?, digested = ?, search = ? WHERE id = ?`,
		claimed, report.Subsidy.PayableWan, run.Number, searchText(report, app.Name, app.Applicant, app.Project), run.ApplicationID).Exec(ctx); err != nil {
		return err
	}
	if _, err := tx.NewRaw(`DELETE FROM findings WHERE application_id = ?`, run.ApplicationID).Exec(ctx); err != nil {
		return err
	}
	var rows []Found
	for i, f := range report.Findings {
		if f.Status == hequan.Fail || f.Status == hequan.Review {
			rows = append(rows, Found{ApplicationID: run.ApplicationID, Ordinal: i, Finding: FindingKey(f), Rule: f.Rule, Clause: f.Clause, Status: f.Status})
		}
	}
	if err := insertAll(ctx, tx, rows); err != nil {
		return err
	}
	return tally(ctx, tx, run.ApplicationID)
}

// catchUp digests the runs that an older version of the program recorded.
func (s *Store) catchUp(ctx context.Context) error {
	var ids []string
	if err := s.db.NewRaw(`SELECT id FROM applications WHERE digested <> run AND run > 0`).Scan(ctx, &ids); err != nil {
		return err
	}
	for _, id := range ids {
		err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
			run := new(Run)
			if err := tx.NewSelect().Model(run).Where("application_id = ?", id).Order("number DESC").Limit(1).Scan(ctx); err != nil {
				return err
			}
			return digest(ctx, tx, run)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Grave lists the fails and reviews of the latest runs: of one upload's
// applications when upload is not empty, else of all.
func (s *Store) Grave(ctx context.Context, upload string) ([]Found, error) {
	var rows []Found
	err := s.db.NewRaw(`SELECT f.* FROM findings f JOIN applications a ON a.id = f.application_id WHERE ? = '' OR a.upload_id = ? ORDER BY a.upload_id, a.ordinal, f.ordinal`,
		upload, upload).Scan(ctx, &rows)
	return rows, err
}
