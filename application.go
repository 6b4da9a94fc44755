package hequan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sort"
)

// Mode is the way a model service is bought, one of the four of the guide (三(二)).
type Mode string

// The four modes.
const (
	ModeAPI       Mode = "api"       // API接口调用
	ModeCloud     Mode = "cloud"     // 云化部署
	ModePrivate   Mode = "private"   // 私有化部署
	ModeAppliance Mode = "appliance" // 大模型一体机(非硬件部分)
)

// Modes lists the four modes in the order of the guide's materials.
var Modes = []Mode{ModeAPI, ModeCloud, ModePrivate, ModeAppliance}

// Chinese returns the staff's word for the mode, or the mode itself if it is none of the four.
func (m Mode) Chinese() string {
	switch m {
	case ModeAPI:
		return "API接口调用"
	case ModeCloud:
		return "云化部署"
	case ModePrivate:
		return "私有化部署"
	case ModeAppliance:
		return "大模型一体机"
	}
	return string(m)
}

// Application is the online form 申报表 as exported (application.json), plus
// the folder's id. Keys that are not known are kept in Extra.
type Application struct {
	ID            string      `json:"id"`
	SubmittedAt   string      `json:"submitted_at,omitempty"` // YYYY-MM-DD
	Applicant     Party       `json:"applicant"`
	Project       Project     `json:"project"`
	Providers     []Party     `json:"providers,omitempty"`
	Models        []string    `json:"models,omitempty"`
	ClaimedAmount Amount      `json:"claimed_amount,omitempty"` // yuan
	Bank          BankAccount `json:"bank"`
	Materials     []Material  `json:"materials,omitempty"`

	// Extra holds the form's unknown keys, verbatim.
	Extra map[string]json.RawMessage `json:"-"`
	// Present says whether an application.json was there at all. Without one
	// the form is missing (material.application_form) and ID is the folder's name.
	Present bool `json:"-"`
}

// Party is a company as the form names it.
type Party struct {
	Name                string `json:"name,omitempty"`
	USCC                string `json:"uscc,omitempty"`        // 统一社会信用代码
	Established         string `json:"established,omitempty"` // YYYY-MM-DD
	Address             string `json:"address,omitempty"`
	LegalRepresentative string `json:"legal_representative,omitempty"`
	Phone               string `json:"phone,omitempty"`
}

// Project is what the subsidy is applied for.
type Project struct {
	Name    string `json:"name,omitempty"`
	Mode    Mode   `json:"mode,omitempty"`
	Domain  string `json:"domain,omitempty"`  // 应用方向
	Started string `json:"started,omitempty"` // first day of use, YYYY-MM-DD
	Ended   string `json:"ended,omitempty"`   // last day of use, YYYY-MM-DD
}

// BankAccount is where the subsidy is to be paid.
type BankAccount struct {
	AccountName string `json:"account_name,omitempty"`
	Bank        string `json:"bank,omitempty"`
	Account     string `json:"account,omitempty"`
}

// Material says which upload slot a file came from.
type Material struct {
	Slot Kind   `json:"slot"`
	File string `json:"file"` // path inside the application folder, slash separated
}

// Amount is a sum in yuan as the form writes it: a JSON string or number.
// It is kept as its decimal text.
type Amount string

// UnmarshalJSON accepts a string or a number.
func (a *Amount) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err == nil {
		*a = Amount(s)
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return fmt.Errorf("amount %s is neither a string nor a number", b)
	}
	*a = Amount(n.String())
	return nil
}

// knownKeys are the keys of application.json that Application has a field for.
var knownKeys = []string{"id", "submitted_at", "applicant", "project", "providers", "models", "claimed_amount", "bank", "materials"}

// ParseApplication reads an application.json (UTF-8, a byte order mark is
// tolerated). Unknown keys are kept in Extra, never an error; a known key of a
// wrong type is an error that names it.
func ParseApplication(data []byte) (*Application, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("application.json is not a JSON object: %w", err)
	}
	app := &Application{Present: true}
	if err := json.Unmarshal(data, app); err != nil {
		return nil, fmt.Errorf("application.json: %w", err)
	}
	for _, k := range knownKeys {
		delete(raw, k)
	}
	if len(raw) > 0 {
		app.Extra = raw
	}
	return app, nil
}

// ExtraKeys returns the names of the unknown keys in order.
func (a *Application) ExtraKeys() []string {
	keys := make([]string, 0, len(a.Extra))
	for k := range a.Extra {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// SlotOf returns the upload slot of a file, and whether the form names one.
func (a *Application) SlotOf(file string) (Kind, bool) {
	for _, m := range a.Materials {
		if m.File == file {
			return m.Slot, true
		}
	}
	return "", false
}
