package store

import (
	"crypto/rand"
	"strings"

	"github.com/uptrace/bun"
)

// State is how far the work on a row has come.
type State string

// The states. waiting → queued → running → done, or dead when it failed for good.
const (
	Waiting State = "waiting" // an application whose files are not all read
	Queued  State = "queued"  // due at DueAt
	Running State = "running" // somebody holds the lease
	Done    State = "done"
	Dead    State = "dead" // failed for good: there is a dead letter
)

// Kind is what work is done on.
type Kind string

// The kinds of work, each a table.
const (
	KindUpload      Kind = "upload"      // take it apart into applications
	KindFile        Kind = "file"        // read it
	KindApplication Kind = "application" // judge it
	KindWindow      Kind = "window"      // compare the applications of an upload
	KindRange       Kind = "range"       // read a part of a file of many pages
	KindTrial       Kind = "trial"       // judge the applications of an upload anew, on trial
	KindWebhook     Kind = "webhook"     // tell another program of a report
)

// kinds lists the kinds of work in the order in which it is done: what is
// nearly finished comes first.
var kinds = []Kind{KindApplication, KindWindow, KindUpload, KindWebhook, KindTrial, KindRange, KindFile}

// table is where the rows of the kind are.
func (k Kind) table() bun.Ident { return bun.Ident(string(k) + "s") }

// Job is the part of a row that says who works on it. Times are milliseconds UTC.
type Job struct {
	State      State  `bun:"state"`
	Attempt    int64  `bun:"attempt"` // grows with each claim; a result of an older attempt is refused
	Tries      int    `bun:"tries"`   // claims since the last success or manual retry
	Owner      string `bun:"owner"`
	LeaseUntil int64  `bun:"lease_until"`
	DueAt      int64  `bun:"due_at"`
	Error      string `bun:"error"` // why the last try failed
}

// Upload is what was handed in at once: a folder or an archive.
type Upload struct {
	bun.BaseModel `bun:"table:uploads"`

	ID    string `bun:"id,pk"`
	Name  string `bun:"name"`
	Bytes int64  `bun:"bytes"`
	Job
	CreatedAt int64 `bun:"created_at"`
	UpdatedAt int64 `bun:"updated_at"`

	RoundOf  string `bun:"round_of"` // application that it adds to; "" when it brings its own
	Replaces string `bun:"replaces"` // JSON: name of a file of a round: name of the file it takes the place of
	Person   string `bun:"person"`   // who handed a round in
}

// UploadFile is one file of an upload as it came.
type UploadFile struct {
	bun.BaseModel `bun:"table:upload_files"`

	UploadID string `bun:"upload_id,pk"`
	Ordinal  int    `bun:"ordinal,pk"`
	Name     string `bun:"name"` // slash path as the browser told it
	SHA256   string `bun:"sha256"`
	Bytes    int64  `bun:"bytes"`
}

// Application is one application of an upload.
type Application struct {
	bun.BaseModel `bun:"table:applications"`

	ID        string `bun:"id,pk"`
	UploadID  string `bun:"upload_id"`
	Ordinal   int    `bun:"ordinal"` // place in the upload
	Name      string `bun:"name"`    // the form's id, else the folder's name
	Applicant string `bun:"applicant"`
	Project   string `bun:"project"`
	Mode      string `bun:"mode"`
	Form      string `bun:"form"`     // JSON
	Problems  string `bun:"problems"` // JSON: files that could not be taken in
	Verdict   string `bun:"verdict"`
	Payable   string `bun:"payable_wan"`
	Run       int    `bun:"run"`         // number of the latest run, 0 before the first
	Claimed   int64  `bun:"claimed_fen"` // fen; -1 when not stated
	Digested  int    `bun:"digested"`    // the run that Claimed and the findings in lists are of

	Fails     int    `bun:"fails"` // of the latest run
	Reviews   int    `bun:"reviews"`
	Open      int    `bun:"still_open"` // fails and reviews that nobody has decided
	Confirmed int    `bun:"confirmed"`
	Notices   int    `bun:"notices"`   // issued
	IssuedAt  int64  `bun:"issued_at"` // the last one, 0 when there is none
	Rounds    int    `bun:"rounds"`
	RoundAt   int64  `bun:"round_at"`
	Assignee  string `bun:"assignee"`         // who is to look at it
	GivenTo   string `bun:"assignee_account"` // the account of that person, "" while there are none
	Search    string `bun:"search"`           // what it can be found by, in lower case
	Job
	CreatedAt int64 `bun:"created_at"`
	UpdatedAt int64 `bun:"updated_at"`
}

// File is one file of an application.
type File struct {
	bun.BaseModel `bun:"table:files"`

	ID            string `bun:"id,pk"`
	ApplicationID string `bun:"application_id"`
	Ordinal       int    `bun:"ordinal"`
	Name          string `bun:"name"` // slash path inside the application
	SHA256        string `bun:"sha256"`
	Bytes         int64  `bun:"bytes"`
	PagesDone     int    `bun:"pages_done"`
	PagesTotal    int    `bun:"pages_total"`
	Reading       string `bun:"reading"`     // sha256 of the blob that holds the reading
	Pictures      string `bun:"pictures"`    // JSON: sha256 of the blob of each page's picture, "" where there is none
	Problem       string `bun:"problem"`     // problem code of the whole file
	Reader        string `bun:"reader"`      // version of the reader that read it, "" when its reading may not be used for an equal file
	Round         int    `bun:"round"`       // the round in which it came, 0 for the first upload
	ReplacedIn    int    `bun:"replaced_in"` // the round in which another file took its place, 0 while it counts
	Triage        string `bun:"triage"`      // JSON: see [Triage]
	Rescan        int    `bun:"rescan"`      // pages that a glance found something on
	Job
	CreatedAt int64 `bun:"created_at"`
	UpdatedAt int64 `bun:"updated_at"`
}

// Run is one judgement of an application. Runs are added, never changed.
type Run struct {
	bun.BaseModel `bun:"table:runs"`

	ApplicationID string `bun:"application_id,pk"`
	Number        int    `bun:"number,pk"`
	Policy        string `bun:"policy"`
	Version       string `bun:"version"`
	Verdict       string `bun:"verdict"`
	Report        string `bun:"report"` // JSON, hequan.report/v1
	CreatedAt     int64  `bun:"created_at"`
}

// DeadLetter is work that failed for good.
type DeadLetter struct {
	bun.BaseModel `bun:"table:dead_letters"`

	ID         string `bun:"id,pk"`
	Kind       Kind   `bun:"kind"`
	SubjectID  string `bun:"subject_id"`
	Reason     string `bun:"reason"`
	Tries      int    `bun:"tries"`
	CreatedAt  int64  `bun:"created_at"`
	ResolvedAt int64  `bun:"resolved_at"` // 0 while open
}

// newID returns an identifier that cannot be guessed: 80 random bits.
func newID() string { return strings.ToLower(rand.Text()[:16]) }
