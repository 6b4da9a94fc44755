package samples

import (
	"hequan"
)

// Truth is truth.json: what stands on the papers of one application, and what
// is wrong with them.
type Truth struct {
	ID          string             `json:"id"`
	Mode        hequan.Mode        `json:"mode"`
	Policy      string             `json:"policy"`
	Seed        uint64             `json:"seed"`
	Applicant   string             `json:"applicant"`
	Provider    string             `json:"provider"`
	Clean       bool               `json:"clean"`
	Application hequan.Application `json:"application"`
	Documents   []TruthDocument    `json:"documents"`
	Planted     []Planted          `json:"planted"`
	Natural     []Natural          `json:"natural"`
	Unscored    []string           `json:"unscored"`
	Subsidy     TruthSubsidy       `json:"subsidy"`
	Unreadable  []string           `json:"unreadable_files"`
}

// TruthDocument is one paper: a page range of a file.
type TruthDocument struct {
	File     string       `json:"file"`
	Pages    [2]int       `json:"pages"`
	Kind     hequan.Kind  `json:"kind"`
	Slot     hequan.Kind  `json:"slot"`
	PageInfo []TruthPage  `json:"page_info"`
	Fields   []TruthField `json:"fields"`
	Tables   []TruthTable `json:"tables"`
	Seals    []TruthSeal  `json:"seals"`

	key string // which paper of the world it is: contract, invoice:0 …
}

// TruthPage says how a page was made.
type TruthPage struct {
	Page     int    `json:"page"`
	Source   string `json:"source"` // scan or digital
	DPI      int    `json:"dpi,omitempty"`
	Color    bool   `json:"color"`
	Rotation int    `json:"rotation"` // clockwise turn that makes the page upright
	Degrade  string `json:"degrade"`  // scan, phone, copy, born …
}

// TruthField is a value with its place. Page and Box are absent where the
// value does not stand on the page as such (form, qr, is_framework).
type TruthField struct {
	Name   string      `json:"name"`
	Value  string      `json:"value"`
	Text   string      `json:"text"`
	Page   int         `json:"page,omitempty"`
	Box    *hequan.Box `json:"box,omitempty"`
	Accept []string    `json:"accept,omitempty"`
	Match  string      `json:"match,omitempty"`
	Passed *bool       `json:"passed,omitempty"`
}

// TruthTable is the rows of a table by column name.
type TruthTable struct {
	Name string                  `json:"name"`
	Rows []map[string]TruthField `json:"rows"` // cells have no name
}

// TruthSeal is one impression.
type TruthSeal struct {
	Page    int         `json:"page"`
	Box     *hequan.Box `json:"box"`
	Shape   string      `json:"shape"`
	Kind    any         `json:"kind"` // a kind, or a list of those that are right
	Party   string      `json:"party"`
	Text    string      `json:"text"`
	Center  string      `json:"center"`
	Across  bool        `json:"across,omitempty"`
	Faint   bool        `json:"faint"`
	Printed bool        `json:"printed"`
	Color   string      `json:"color"`
}

// Planted is a fault that was put in on purpose, or follows from one.
type Planted struct {
	Rule     string       `json:"rule"`
	Expect   string       `json:"expect"` // fail or review
	File     string       `json:"file"`
	Note     string       `json:"note"`
	At       []TruthPlace `json:"at"`
	Document []TruthPart  `json:"document"`
}

// TruthPlace is a place on a page.
type TruthPlace struct {
	File string      `json:"file"`
	Kind hequan.Kind `json:"kind"`
	Page int         `json:"page"`
	Box  hequan.Box  `json:"box"`
}

// TruthPart names a whole document.
type TruthPart struct {
	File  string      `json:"file"`
	Kind  hequan.Kind `json:"kind"`
	Pages [2]int      `json:"pages"`
}

// Natural is a rule where review is right though nothing was planted.
type Natural struct {
	Rule   string `json:"rule"`
	Expect string `json:"expect"`
	Note   string `json:"note"`
}

// TruthSubsidy is the computation, in yuan; payable in 万元.
type TruthSubsidy struct {
	Gross      string      `json:"gross"`
	Excluded   []exclusion `json:"excluded"`
	Base       string      `json:"base"`
	Rate       string      `json:"rate"`
	Capped     string      `json:"capped"`
	PayableWan string      `json:"payable_wan"`
}
