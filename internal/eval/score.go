package eval

import (
	"fmt"

	"hequan"
)

// Count is how many of how many.
type Count struct {
	Right int `json:"right"`
	All   int `json:"all"`
}

func (c *Count) add(right bool) {
	c.All++
	if right {
		c.Right++
	}
}

// Errors counts wrong characters (insertions, deletions, replacements) among
// those that stand on the pages.
type Errors struct {
	Wrong int `json:"wrong"`
	All   int `json:"all"`
}

// Miss is one thing that was not as labelled.
type Miss struct {
	Application string     `json:"application"`
	What        string     `json:"what"` // kind, field, cell, seal, party, fault, alarm, review, subsidy, proof
	Name        string     `json:"name"`
	File        string     `json:"file,omitempty"`
	SHA256      string     `json:"sha256,omitempty"` // of the file, where it was read
	Page        int        `json:"page,omitempty"`
	Box         hequan.Box `json:"box,omitzero"`
	Want        string     `json:"want,omitempty"`
	Got         string     `json:"got,omitempty"`
	Silent      bool       `json:"silent,omitempty"` // a fault that passed
}

// SealReading is a labelled impression with what was read of it.
type SealReading struct {
	Miss
	Likeness float64 // of the text read with that of the label, 0…1
	Across   bool    // a piece of a seal over the edges of several pages
	Kind     string  // as labelled
	Found    bool
	Party    string // whose it was taken for
	Note     string // why it stayed open
	Right    bool   // the party is that of the label
}

// Speed is how fast files were read that no cache held.
type Speed struct {
	Pages   int     `json:"pages"`
	Seconds float64 `json:"seconds"`
}

// Score is the outcome over all applications.
type Score struct {
	Applications int              `json:"applications"`
	Clean        int              `json:"clean"` // of these without a planted fault
	Kinds        Count            `json:"kinds"`
	Ranges       Count            `json:"ranges"` // documents of the right kind with the label's pages, no more and no less
	Fields       map[string]Count `json:"fields"` // kind.field
	FieldsAll    Count            `json:"fields_all"`
	Cells        map[string]Count `json:"cells"` // kind.table.column
	CellsAll     Count            `json:"cells_all"`
	RowsFalse    int              `json:"rows_false"` // rows that no label has
	Traits       map[string]Count `json:"traits"`     // what rules read beside the contract's fields: kind.trait
	TraitsAll    Count            `json:"traits_all"`
	Boxes        Count            `json:"boxes"` // right values whose box overlaps the label's
	Prose        Errors           `json:"prose"`
	Papers       map[string]Paper `json:"papers,omitempty"` // by how pages were made

	SealsFound     Count  `json:"seals_found"`
	SealsTied      Count  `json:"seals_tied"`      // of those found and of a party
	SealsWrong     int    `json:"seals_wrong"`     // tied to a party whose they are not
	SealsLookalike Count  `json:"seals_lookalike"` // strangers' seals with nearly a party's name: tied to none
	SealsKind      Count  `json:"seals_kind"`      // of those found
	SealsFalse     int    `json:"seals_false"`
	SealsText      Errors `json:"seals_text"` // of those found that are not printed

	FaultsFail   Count            `json:"faults_fail"`   // expected fail: caught as fail
	FaultsReview Count            `json:"faults_review"` // expected fail: caught as review at least; expected review: raised
	FaultsSilent int              `json:"faults_silent"` // passed in silence
	FaultRules   map[string]Count `json:"fault_rules"`
	Located      Count            `json:"located"`  // findings on planted faults whose evidence overlaps the place
	Evidence     Count            `json:"evidence"` // evidence on labelled values whose box overlaps the label's

	CleanChecks     int            `json:"clean_checks"`
	FalseAlarms     int            `json:"false_alarms"`
	NeedlessReviews int            `json:"needless_reviews"`
	AlarmRules      map[string]int `json:"alarm_rules"`
	ReviewRules     map[string]int `json:"review_rules"`

	Subsidy     Count `json:"subsidy"`
	ProvenWrong int   `json:"proven_wrong"`
	ProvenRight int   `json:"proven_right"`
	Calibration Bins  `json:"calibration"` // of values without proof

	Speed Speed `json:"speed,omitzero"`

	Misses []Miss        `json:"-"`
	Seals  []SealReading `json:"-"`
}

// New returns an empty score.
func New() *Score {
	return &Score{Fields: map[string]Count{}, Cells: map[string]Count{}, Traits: map[string]Count{}, Papers: map[string]Paper{}, FaultRules: map[string]Count{},
		AlarmRules: map[string]int{}, ReviewRules: map[string]int{}, Calibration: newBins()}
}

func bump(m map[string]Count, key string, right bool) {
	c := m[key]
	c.add(right)
	m[key] = c
}

// scoring is one report while it is scored against its label.
type scoring struct {
	*Score
	truth  *Truth
	report *hequan.Report
	sums   map[string]string    // SHA-256 by file
	labels map[string]*Document // the label of each document of the report, by its id
	taken  map[tableKey][]bool  // the rows that are those of a label
}

// Add scores one report.
func (s *Score) Add(t *Truth, r *hequan.Report) {
	s.Applications++
	if len(t.Planted) == 0 {
		s.Clean++
	}
	x := &scoring{s, t, r, map[string]string{}, map[string]*Document{}, map[tableKey][]bool{}}
	for _, f := range r.Files {
		x.sums[f.File] = f.SHA256
	}
	for _, d := range r.Documents {
		x.sums[d.File] = d.SHA256
	}
	for i := range t.Documents {
		want := &t.Documents[i]
		got := match(want, r.Documents)
		if got != nil {
			x.labels[got.ID] = want
		}
		right := got != nil && string(got.Kind) == want.Kind
		s.Kinds.add(right)
		whole := right && got.Pages == want.Pages
		s.Ranges.add(whole)
		if right && !whole {
			x.miss(Miss{What: "range", Name: want.Kind, File: want.File, Page: want.Pages[0], Want: pageRange(want.Pages), Got: pageRange(got.Pages)})
		}
		if !right {
			m := Miss{What: "kind", Name: want.Kind, File: want.File, Page: want.Pages[0], Want: want.Kind}
			if got != nil {
				m.Got = string(got.Kind)
			}
			x.miss(m)
		}
		x.addFields(want, got)
		x.addTraits(want, got)
		x.addTables(want, got)
		x.addSeals(want, got)
	}
	x.addFalseRows()
	x.addFindings()
	x.addEvidence()
	if t.Subsidy != nil {
		right := r.Subsidy.PayableWan == t.Subsidy.PayableWan && r.Subsidy.Base == t.Subsidy.Base
		s.Subsidy.add(right)
		if !right {
			x.miss(Miss{What: "subsidy", Name: "payable_wan", Want: t.Subsidy.Base + " → " + t.Subsidy.PayableWan, Got: r.Subsidy.Base + " → " + r.Subsidy.PayableWan})
		}
	}
}

func pageRange(p [2]int) string { return fmt.Sprintf("%d–%d", p[0], p[1]) }

func (x *scoring) miss(m Miss) {
	m.Application, m.SHA256 = x.truth.ID, x.sums[m.File]
	x.Misses = append(x.Misses, m)
}

// match finds the report's document that shares the most pages with a labelled one.
func match(want *Document, docs []hequan.Document) *hequan.Document {
	var best *hequan.Document
	most := 0
	for i := range docs {
		d := &docs[i]
		if d.File != want.File {
			continue
		}
		shared := min(d.Pages[1], want.Pages[1]) - max(d.Pages[0], want.Pages[0]) + 1
		if shared > most || shared == most && shared > 0 && string(d.Kind) == want.Kind && string(best.Kind) != want.Kind {
			best, most = d, shared
		}
	}
	return best
}
