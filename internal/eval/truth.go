// Package eval scores reports against labelled applications (truth.json).
package eval

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"hequan"
)

// Truth is the label of one application, as the contract's truth.json.
type Truth struct {
	ID              string             `json:"id"`
	Mode            string             `json:"mode"`
	Applicant       string             `json:"applicant"`
	Provider        string             `json:"provider"`
	Clean           bool               `json:"clean"`
	Window          string             `json:"window"` // applications of one value were handed in together
	Family          string             `json:"family"` // of layouts
	Application     hequan.Application `json:"application"`
	Documents       []Document         `json:"documents"`
	Planted         []Planted          `json:"planted"`
	Natural         []Natural          `json:"natural"`
	Unscored        []Unscored         `json:"unscored"`
	Subsidy         *Money             `json:"subsidy"`
	UnreadableFiles []string           `json:"unreadable_files"`

	Folder string `json:"-"` // that it was loaded from
}

// FamilyName is the family of the layouts; the usual ones have it unnamed.
func (t *Truth) FamilyName() string {
	if t.Family == "" {
		return "usual"
	}
	return t.Family
}

// Document is one labelled document.
type Document struct {
	File     string      `json:"file"`
	Pages    [2]int      `json:"pages"`
	Kind     string      `json:"kind"`
	Slot     hequan.Kind `json:"slot"`
	PageInfo []Page      `json:"page_info"`
	Fields   []Field     `json:"fields"`
	Traits   []Field     `json:"traits"` // what rules read beside the contract's fields
	Tables   []Table     `json:"tables"`
	Seals    []Seal      `json:"seals"`
	Prose    []Passage   `json:"prose"`
}

// Page says how a labelled page was made.
type Page struct {
	Page    int    `json:"page"`
	Source  string `json:"source"`
	Degrade string `json:"degrade"` // phone: photographed
	DPI     int    `json:"dpi"`
	Color   bool   `json:"color"`
	Printed [2]int `json:"printed"` // printed number and total
	SameAs  int    `json:"same_as"` // the page of the file whose picture it repeats
	Blurred bool   `json:"blurred"`
}

// Passage is running text on a page.
type Passage struct {
	Page int    `json:"page"`
	Text string `json:"text"`
}

// Field is one labelled field. Accept lists other right values; Match is
// loose, presence, bool, mode or empty for exact.
type Field struct {
	Name   string     `json:"name"`
	Value  string     `json:"value"`
	Text   string     `json:"text"`
	Page   int        `json:"page"`
	Box    hequan.Box `json:"box"`
	Accept []string   `json:"accept"`
	Match  string     `json:"match"`
}

// Table is a labelled table; a row maps columns to cells.
type Table struct {
	Name string             `json:"name"`
	Rows []map[string]Field `json:"rows"`
}

// Seal is a labelled seal; Kind may be one or several right ones.
type Seal struct {
	Page    int        `json:"page"`
	Box     hequan.Box `json:"box"`
	Shape   string     `json:"shape"`
	Kind    oneOrMore  `json:"kind"`
	Party   string     `json:"party"`
	Text    string     `json:"text"`
	Center  string     `json:"center"`
	Color   string     `json:"color"`
	Across  bool       `json:"across"`
	Printed bool       `json:"printed"`
	Faint   bool       `json:"faint"`
}

// Place is where a fault stands.
type Place struct {
	File string     `json:"file"`
	Page int        `json:"page"`
	Box  hequan.Box `json:"box"`
}

// Planted is an injected fault. Where it has no place of its own (something is
// absent), Document names the documents that are wrong as a whole.
type Planted struct {
	Rule     string        `json:"rule"`
	Expect   hequan.Status `json:"expect"`
	File     string        `json:"file"`
	Note     string        `json:"note"`
	At       []Place       `json:"at"`
	Document []struct {
		File  string `json:"file"`
		Pages [2]int `json:"pages"`
	} `json:"document"`
}

// Natural is a rule where review is right though nothing was planted.
type Natural struct {
	Rule   string        `json:"rule"`
	Expect hequan.Status `json:"expect"`
}

// Unscored is a rule that is not scored: its name, alone or in an object.
type Unscored struct{ Rule string }

// UnmarshalJSON accepts "rule" and {"rule": "rule"}.
func (u *Unscored) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &u.Rule) == nil {
		return nil
	}
	var o struct {
		Rule string `json:"rule"`
	}
	err := json.Unmarshal(b, &o)
	u.Rule = o.Rule
	return err
}

// Money is the labelled computation.
type Money struct {
	Base       string `json:"base"`
	Gross      string `json:"gross"`
	Capped     string `json:"capped"`
	PayableWan string `json:"payable_wan"`
}

type oneOrMore []string

func (o *oneOrMore) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*o = oneOrMore{one}
		return nil
	}
	var more []string
	err := json.Unmarshal(b, &more)
	*o = more
	return err
}

// LoadTruth reads a truth.json.
func LoadTruth(path string) (*Truth, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var t Truth
	if err := json.Unmarshal(data, &t); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	t.Folder = filepath.Dir(path)
	return &t, nil
}
