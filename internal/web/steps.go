package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"hequan"
	"hequan/internal/recheck"
	"hequan/internal/render"
	"hequan/internal/store"
)

// stepView is what a round of 补正, or a correction, changed in the report.
type stepView struct {
	Title string
	recheck.Step
	Before, After string // verdicts in the staff's words
}

// steps compares the latest report with the one before the last round and with
// the one before the last correction, the newer first.
func (s *Server) steps(ctx context.Context, id string, run *store.Run, report *hequan.Report) ([]stepView, error) {
	rounds, err := s.Ledger.Rounds(ctx, id)
	if err != nil {
		return nil, err
	}
	corrections, err := s.Ledger.Corrections(ctx, id)
	if err != nil {
		return nil, err
	}
	var out []stepView
	add := func(title string, base int, replaced map[string]string) error {
		if base < 1 || base >= run.Number {
			return nil
		}
		old, err := s.Ledger.RunOf(ctx, id, base)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		before := new(hequan.Report)
		if err := json.Unmarshal([]byte(old.Report), before); err != nil {
			return err
		}
		step := recheck.Follow(before, report, replaced)
		out = append(out, stepView{Title: title, Step: step, Before: step.Before.Chinese(), After: step.After.Chinese()})
		return nil
	}
	if n := len(corrections); n > 0 {
		c, verb := corrections[n-1], "更正"
		if c.Withdrawn {
			verb = "撤销更正"
		}
		if len(rounds) == 0 || c.CreatedAt > rounds[len(rounds)-1].CreatedAt {
			title := fmt.Sprintf("%s %s“%s”之后", c.Person, verb, render.FieldWord(c.Field))
			if err := add(title, c.Run, nil); err != nil {
				return nil, err
			}
		}
	}
	if n := len(rounds); n > 0 {
		replaced, err := s.replacedBy(ctx, rounds[n-1])
		if err != nil {
			return nil, err
		}
		title := fmt.Sprintf("第 %d 轮补正（%s，新增 %d 份、替换 %d 份）与补正前相比", rounds[n-1].Number, deskTime(rounds[n-1].CreatedAt), rounds[n-1].Added-rounds[n-1].Replaced, rounds[n-1].Replaced)
		if err := add(title, rounds[n-1].Run, replaced); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// replacedBy leads from the files of a round to those that they took the place of.
func (s *Server) replacedBy(ctx context.Context, round store.Round) (map[string]string, error) {
	up, err := s.Ledger.Upload(ctx, round.UploadID)
	if err != nil {
		return nil, err
	}
	replaced := map[string]string{}
	return replaced, json.Unmarshal([]byte(up.Replaces), &replaced)
}

// correctionView is a correction that counts.
type correctionView struct {
	Number                                         int
	Where, Field, Before, Value, Person, Why, Time string
}

func (s *Server) correctionViews(ctx context.Context, id string, report *hequan.Report) ([]correctionView, error) {
	rows, err := s.Ledger.Corrections(ctx, id)
	if err != nil {
		return nil, err
	}
	var out []correctionView
	for _, c := range store.Standing(rows) {
		v := correctionView{Number: c.Number, Field: render.FieldWord(c.Field), Before: c.Before, Value: c.Value, Person: c.Person, Why: c.Reason, Time: deskTime(c.CreatedAt),
			Where: "该文件已被替换，更正不再起作用"}
		for _, f := range report.Files {
			if f.SHA256 == c.SHA256 {
				v.Where = f.File
			}
		}
		out = append(out, v)
	}
	return out, nil
}
