package samples

import (
	"strings"

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
	Family      string             `json:"family,omitempty"` // of layouts; empty: the usual
	Window      string             `json:"window,omitempty"` // applications of one value were handed in together
	Application hequan.Application `json:"application"`
	Documents   []TruthDocument    `json:"documents"`
	Planted     []Planted          `json:"planted"`
	Natural     []Natural          `json:"natural"`
	Unscored    []string           `json:"unscored"`
	Subsidy     *TruthSubsidy      `json:"subsidy,omitempty"` // absent where a fault leaves it open
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
	// Traits are what rules read beside the fields of the report's contract:
	// promises, clauses on resale, marks on invoices.
	Traits []TruthField   `json:"traits"`
	Tables []TruthTable   `json:"tables"`
	Seals  []TruthSeal    `json:"seals"`
	Prose  []TruthPassage `json:"prose"`

	key   string // which paper of the world it is: contract, invoice:0 …
	areas []TruthField
}

// TruthPassage is running text on a page, to count wrong characters by.
type TruthPassage struct {
	Page int    `json:"page"`
	Text string `json:"text"`
}

// TruthPage says how a page was made.
type TruthPage struct {
	Page     int    `json:"page"`
	Source   string `json:"source"` // scan or digital
	DPI      int    `json:"dpi,omitempty"`
	Color    bool   `json:"color"`
	Rotation int    `json:"rotation"`          // clockwise turn that makes the page upright
	Degrade  string `json:"degrade"`           // scan, phone, copy, born …
	Printed  [2]int `json:"printed,omitzero"`  // printed page number, and total; 0: not printed
	SameAs   int    `json:"same_as,omitempty"` // the page of the file whose picture this one repeats
	Blurred  bool   `json:"blurred,omitempty"` // out of focus by a fault
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

	foreign bool // it is not whose it should be
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

// printedPage is the number that a footer prints on page n of total.
func printedPage(footer string, n, total int) [2]int {
	var out [2]int
	if strings.Contains(footer, "{p}") {
		out[0] = n
	}
	if strings.Contains(footer, "{n}") {
		out[1] = total
	}
	return out
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
