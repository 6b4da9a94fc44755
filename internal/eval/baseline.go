package eval

import (
	"encoding/json"
	"fmt"
	"os"
)

// Slack is how far a measure may fall behind its baseline before that is a
// regression: recognition differs a little between builds of one engine.
// What must never happen (a proven value that is wrong, a fault in silence, a
// false alarm, a seal tied to another's party) has none.
const (
	slackShare = 0.01 // of what is counted
	slackItems = 2    // at least
)

// LoadScore reads a score as `hequan eval --format json` writes it.
func LoadScore(path string) (*Score, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := New()
	if err := json.Unmarshal(data, s); err != nil {
		return nil, fmt.Errorf("%s is not a score: %w", path, err)
	}
	return s, nil
}

// Regressions says in which measures s is worse than the baseline, one
// sentence each; none where it is as good or better. Scores of different sets
// cannot be compared: that is told as a regression of its own.
func Regressions(s, baseline *Score) []string {
	var out []string
	worse := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if s.Applications != baseline.Applications || s.Kinds.All != baseline.Kinds.All || s.FieldsAll.All != baseline.FieldsAll.All {
		worse("the baseline is of another set: %d applications, %d documents, %d fields; now %d, %d, %d", baseline.Applications, baseline.Kinds.All, baseline.FieldsAll.All, s.Applications, s.Kinds.All, s.FieldsAll.All)
		return out
	}
	for _, m := range shares() {
		was := m.of(baseline)
		now := m.of(s)
		slack := max(slackItems, int(slackShare*float64(was.All)))
		if m.strict {
			slack = 0
		}
		if was.All == 0 || now.All == 0 {
			continue
		}
		// Where what is counted differs (seals tied of those found), shares are compared.
		if float64(now.Right+slack)/float64(now.All) < float64(was.Right)/float64(was.All)-1e-9 {
			worse("%s: %d of %d, the baseline has %d of %d", m.name, now.Right, now.All, was.Right, was.All)
		}
	}
	for _, m := range numbersOf() {
		was, now := m.of(baseline), m.of(s)
		if now > was+m.slack(was) {
			worse("%s: %d, the baseline has %d", m.name, now, was)
		}
	}
	return out
}

// share is a measure of which more is better.
type share struct {
	name   string
	of     func(*Score) Count
	strict bool
}

func shares() []share {
	return []share{
		{"kinds of documents", func(s *Score) Count { return s.Kinds }, false},
		{"pages of documents exact", func(s *Score) Count { return s.Ranges }, false},
		{"single fields exact", func(s *Score) Count { return s.FieldsAll }, false},
		{"table cells exact", func(s *Score) Count { return s.CellsAll }, false},
		{"traits exact", func(s *Score) Count { return s.TraitsAll }, false},
		{"boxes of right values", func(s *Score) Count { return s.Boxes }, false},
		{"seals found", func(s *Score) Count { return s.SealsFound }, false},
		{"seals tied to the right party", func(s *Score) Count { return s.SealsTied }, false},
		{"look-alike seals tied to nobody", func(s *Score) Count { return s.SealsLookalike }, true},
		{"kinds of seals", func(s *Score) Count { return s.SealsKind }, false},
		{"faults caught", func(s *Score) Count { return s.FaultsReview }, true},
		{"faults caught as fail", func(s *Score) Count { return s.FaultsFail }, true},
		{"faults shown at their place", func(s *Score) Count { return s.Located }, true},
		{"evidence at its place", func(s *Score) Count { return s.Evidence }, false},
		{"subsidy exact", func(s *Score) Count { return s.Subsidy }, true},
	}
}

// number is a measure of which less is better.
type number struct {
	name  string
	of    func(*Score) int
	slack func(was int) int
}

func numbersOf() []number {
	none := func(int) int { return 0 }
	some := func(was int) int { return max(slackItems, was/10) }
	return []number{
		{"faults passed in silence", func(s *Score) int { return s.FaultsSilent }, none},
		{"false alarms", func(s *Score) int { return s.FalseAlarms }, none},
		{"rows that are none", func(s *Score) int { return s.RowsFalse }, none},
		{"proven values that are wrong", func(s *Score) int { return s.ProvenWrong }, none},
		{"seals tied to a wrong party", func(s *Score) int { return s.SealsWrong }, none},
		{"seals that are none", func(s *Score) int { return s.SealsFalse }, some},
		{"needless reviews", func(s *Score) int { return s.NeedlessReviews }, some},
		{"wrong characters of running text", func(s *Score) int { return s.Prose.Wrong }, func(was int) int { return max(10, was/5) }},
	}
}
