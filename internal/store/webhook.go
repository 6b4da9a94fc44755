package store

import (
	"context"

	"github.com/uptrace/bun"
)

// Webhook is a report that another program is to be told of.
type Webhook struct {
	bun.BaseModel `bun:"table:webhooks"`

	ID            string `bun:"id,pk"`
	ApplicationID string `bun:"application_id"`
	Run           int    `bun:"run"`
	URL           string `bun:"url"`
	Job
	CreatedAt int64 `bun:"created_at"`
	UpdatedAt int64 `bun:"updated_at"`
}

// announce queues what is to be told of a run, in the transaction of the run.
func (s *Store) announce(ctx context.Context, tx bun.Tx, run *Run) error {
	t := now()
	for _, url := range s.Webhooks {
		row := &Webhook{ID: newID(), ApplicationID: run.ApplicationID, Run: run.Number, URL: url, Job: Job{State: Queued, DueAt: t}, CreatedAt: t, UpdatedAt: t}
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// WebhooksDue returns what is to be told of an application now.
func (s *Store) WebhooksDue(ctx context.Context, application string) ([]Task, error) {
	var due []Task
	err := s.db.NewRaw(`SELECT ? AS kind, id, attempt FROM webhooks WHERE application_id = ? AND state = ? AND due_at <= ? ORDER BY created_at, id`,
		KindWebhook, application, Queued, now()).Scan(ctx, &due)
	return due, err
}

// Webhook returns one; ErrNotFound when there is none.
func (s *Store) Webhook(ctx context.Context, id string) (*Webhook, error) {
	row := new(Webhook)
	return row, one(s.db.NewSelect().Model(row).Where("id = ?", id).Scan(ctx))
}

// FinishWebhook records that the attempt was heard.
func (s *Store) FinishWebhook(ctx context.Context, id string, attempt int64) error {
	return held(s.quietly1(ctx, `UPDATE webhooks SET state = ?, error = '', tries = 0, owner = '', lease_until = 0, updated_at = ? WHERE id = ? AND state = ? AND attempt = ?`,
		Done, now(), id, Running, attempt))
}

// Answer is an answer that was given to a request with an Idempotency-Key.
type Answer struct {
	bun.BaseModel `bun:"table:answers"`

	Scope     string `bun:"scope,pk"` // who asked for what
	Key       string `bun:"key,pk"`
	Status    int    `bun:"status"` // 0 while it is being worked on
	Location  string `bun:"location"`
	Body      string `bun:"body"`
	CreatedAt int64  `bun:"created_at"`
}

// How long an answer is given again, and how long work is believed to go on.
const (
	answerTime = 24 * 3600 * 1000
	workTime   = 3600 * 1000
)

// Begin takes a key for a request: nil when it is new, else the answer of the
// one before it. Old keys are forgotten.
func (s *Store) Begin(ctx context.Context, scope, key string) (*Answer, error) {
	var before *Answer
	err := s.change(ctx, func(ctx context.Context, tx bun.Tx) error {
		before = nil
		t := now()
		if _, err := tx.NewRaw(`DELETE FROM answers WHERE created_at < ? OR (status = 0 AND created_at < ?)`, t-answerTime, t-workTime).Exec(ctx); err != nil {
			return err
		}
		n, err := affected(tx.NewRaw(`INSERT INTO answers (scope, key, status, location, body, created_at) VALUES (?, ?, 0, '', '', ?) ON CONFLICT (scope, key) DO NOTHING`, scope, key, t).Exec(ctx))
		if err != nil || n > 0 {
			return err
		}
		before = new(Answer)
		return tx.NewSelect().Model(before).Where("scope = ?", scope).Where("key = ?", key).Scan(ctx)
	})
	return before, err
}

// End keeps the answer of a key; one with status 0 lets go of it, so that the
// request may be made again.
func (s *Store) End(ctx context.Context, a Answer) error {
	if a.Status == 0 {
		_, err := s.quietly1(ctx, `DELETE FROM answers WHERE scope = ? AND key = ? AND status = 0`, a.Scope, a.Key)
		return err
	}
	_, err := s.quietly1(ctx, `UPDATE answers SET status = ?, location = ?, body = ? WHERE scope = ? AND key = ?`, a.Status, a.Location, a.Body, a.Scope, a.Key)
	return err
}
