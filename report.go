package hequan

// Schema is the name of the report format.
const Schema = "hequan.report/v1"

// Report is the outcome for one application.
type Report struct {
	Schema      string            `json:"schema"`
	Version     string            `json:"version"` // of the product
	Policy      string            `json:"policy"`
	Application ReportApplication `json:"application"`
	Form        *Application      `json:"form,omitempty"` // the online form that was judged, without keys that are not known; absent where there was none
	Verdict     Status            `json:"verdict"`        // the worst status
	Files       []FileInfo        `json:"files"`
	Documents   []Document        `json:"documents"`
	Findings    []Finding         `json:"findings"`
	Subsidy     Subsidy           `json:"subsidy"`
	Manual      []Manual          `json:"manual"`
}

// ReportApplication is the head of a report.
type ReportApplication struct {
	ID            string `json:"id"`
	Applicant     string `json:"applicant"`
	Mode          Mode   `json:"mode"`
	Project       string `json:"project"`
	ClaimedAmount string `json:"claimed_amount"` // yuan, two digits; empty when not stated
	SubmittedAt   string `json:"submitted_at,omitempty"`
}

// FileInfo is one file of the application folder, readable or not.
type FileInfo struct {
	File    string   `json:"file"` // path inside the application folder
	SHA256  string   `json:"sha256"`
	Bytes   int64    `json:"bytes"`
	Type    string   `json:"type"` // media type as sniffed
	Pages   int      `json:"pages"`
	Problem *Problem `json:"problem,omitempty"` // why it could not be read
	Notes   []string `json:"notes,omitempty"`   // what was noticed and costs nothing
}

// Subsidy is the computation of the amount, all tax-inclusive yuan.
type Subsidy struct {
	Gross       string      `json:"gross"`
	Excluded    []Exclusion `json:"excluded"`
	Base        string      `json:"base"`
	Rate        string      `json:"rate"`
	Capped      string      `json:"capped"`
	PayableWan  string      `json:"payable_wan"` // 万元, one decimal
	Explanation []string    `json:"explanation"`
	Steps       []Step      `json:"steps,omitempty"`   // the computation, line by line
	Unknown     bool        `json:"unknown,omitempty"` // an amount it rests on could not be read: the sums are what is known so far
}

// Step is one line of the computation: by these alone it can be done by hand.
type Step struct {
	// Kind is claim, part (of a sum), sum, outside (does not count), gross, minus, base, share, cap,
	// capped, lower (than the claim), floor, payable, or other (under another reading of the guide).
	Kind     string     `json:"kind"`
	Name     string     `json:"name"`
	Amount   string     `json:"amount"` // yuan
	How      string     `json:"how,omitempty"`
	Clause   string     `json:"clause,omitempty"`
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Exclusion is an amount taken off the base.
type Exclusion struct {
	Amount   string `json:"amount"`
	Reason   string `json:"reason"`
	Rule     string `json:"rule"`
	Category string `json:"category,omitempty"`
	Clause   string `json:"clause,omitempty"`

	Evidence []Evidence `json:"evidence,omitempty"`
}

// Manual is a thing that no document can tell, with where to look.
type Manual struct {
	Rule   string `json:"rule"`
	Clause string `json:"clause"`
	What   string `json:"what"`
	Where  string `json:"where"`
}

// WorstStatus returns the worst status of the findings; Pass when there is none worse.
func WorstStatus(findings []Finding) Status {
	worst := Pass
	for _, f := range findings {
		if f.Status.Worse(worst) {
			worst = f.Status
		}
	}
	return worst
}
