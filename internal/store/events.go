package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/uptrace/bun"
)

// What changes leave in the audit trail: each inside the transaction of the change.

// decided checks who may endorse what (see [Endorse]) and tells of decisions,
// with the decision before.
func decided(ctx context.Context, tx bun.Tx, rows []Decision) ([]Event, error) {
	events := make([]Event, len(rows))
	for i, d := range rows {
		var before []Decision
		err := tx.NewSelect().Model(&before).Where("application_id = ?", d.ApplicationID).Where("finding = ?", d.Finding).Order("number DESC").Limit(1).Scan(ctx)
		if err != nil {
			return nil, err
		}
		was := Decision{}
		if len(before) > 0 {
			was = before[0]
		}
		if d.Action == Endorse {
			if was.Action != Dismiss {
				return nil, ErrNotDismissed
			}
			if was.Account == d.Account {
				return nil, ErrSamePerson
			}
		}
		events[i] = Event{"decision", d.ApplicationID, d.Finding, struct {
			Action  Action `json:"action"`
			Before  Action `json:"before"`
			Reason  string `json:"reason"`
			Run     int    `json:"run"`
			Message string `json:"message"`
		}{d.Action, was.Action, d.Reason, d.Run, d.Message}}
	}
	return events, nil
}

func corrected(c Correction) Event {
	return Event{"correction", c.ApplicationID, c.Field, struct {
		SHA256    string `json:"sha256"`
		Page      int    `json:"page"`
		Nth       int    `json:"nth"`
		Before    string `json:"before"`
		After     string `json:"after"`
		Withdrawn bool   `json:"withdrawn"`
		Reason    string `json:"reason"`
		Run       int    `json:"run"`
	}{c.SHA256, c.Page, c.Nth, c.Before, c.Value, c.Withdrawn, c.Reason, c.Run}}
}

func noticed(n Notice) Event {
	name := "notice.draft"
	if n.IssuedAt > 0 {
		name = "notice.issue"
	}
	return Event{name, n.ApplicationID, "", struct {
		Number int    `json:"number"`
		Run    int    `json:"run"`
		SHA256 string `json:"sha256"`
	}{n.Number, n.Run, digestOf(n.Body)}}
}

func assigned(application, before, after string) Event {
	return Event{"assign", application, "", struct {
		Before string `json:"before"`
		After  string `json:"after"`
	}{before, after}}
}

func ticked(c HandCheck) Event {
	return Event{"handcheck", c.ApplicationID, c.Item, struct {
		Ticked bool   `json:"ticked"`
		Note   string `json:"note"`
	}{c.Ticked, c.Note}}
}

func uploaded(up *Upload, files int) Event {
	return Event{"upload", up.RoundOf, up.ID, struct {
		Name  string `json:"name"`
		Files int    `json:"files"`
		Bytes int64  `json:"bytes"`
	}{up.Name, files, up.Bytes}}
}

// judgedAs tells of a run, with the hash of its report: the report can be
// compared with the trail later.
func judgedAs(run *Run) Event {
	return Event{"run", run.ApplicationID, "", struct {
		Number  int    `json:"number"`
		Policy  string `json:"policy"`
		Version string `json:"version"`
		Verdict string `json:"verdict"`
		SHA256  string `json:"sha256"`
	}{run.Number, run.Policy, run.Version, run.Verdict, digestOf(run.Report)}}
}

func trialled(name, id, upload string) Event {
	return Event{Name: name, Subject: id, Detail: struct {
		Upload string `json:"upload"`
	}{upload}}
}

func digestOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
