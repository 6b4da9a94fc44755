package hequan

// Status is the outcome of a rule.
type Status string

// The four outcomes. A rule never passes on what it could not read: that is Review.
const (
	Pass   Status = "pass"
	Fail   Status = "fail"
	Review Status = "review"
	NA     Status = "na"
)

// Chinese returns the staff's word.
func (s Status) Chinese() string {
	switch s {
	case Pass:
		return "通过"
	case Fail:
		return "不符合"
	case Review:
		return "存疑"
	case NA:
		return "不适用"
	}
	return string(s)
}

// gravity orders outcomes: the verdict is the worst.
func (s Status) gravity() int {
	switch s {
	case Fail:
		return 3
	case Review:
		return 2
	case Pass:
		return 1
	}
	return 0
}

// Worse says whether s is graver than o.
func (s Status) Worse(o Status) bool { return s.gravity() > o.gravity() }

// Finding is the outcome of one rule on one subject.
type Finding struct {
	Rule     string     `json:"rule"`
	Clause   string     `json:"clause"`
	Status   Status     `json:"status"`
	Subject  string     `json:"subject,omitempty"` // document id, file, or other application; empty: the application
	Message  string     `json:"message"`           // one Chinese sentence with the values and the difference
	Action   string     `json:"action,omitempty"`  // 补正要求: what the applicant is asked for
	Evidence []Evidence `json:"evidence"`
}

// Evidence is a place that shows what a finding says.
type Evidence struct {
	Document string `json:"document,omitempty"` // document id; empty: the online form
	File     string `json:"file,omitempty"`
	Field    string `json:"field,omitempty"`
	Value    string `json:"value,omitempty"`
	Text     string `json:"text,omitempty"`
	Page     int    `json:"page,omitempty"`
	Box      Box    `json:"box,omitzero"`
	Note     string `json:"note,omitempty"` // where was looked, for something absent
}
