package hequan

// Kind is a kind of document; its value is also the name of its upload slot.
type Kind string

// The kinds, in the order of the guide's list of materials (五).
const (
	KindApplicationForm Kind = "application_form"
	KindBusinessLicense Kind = "business_license"
	KindCommitment      Kind = "commitment"
	KindBankAccount     Kind = "bank_account"
	KindAuditReport     Kind = "audit_report"
	KindContract        Kind = "contract"
	KindInvoice         Kind = "invoice"
	KindSettlement      Kind = "settlement"
	KindUsage           Kind = "usage"
	KindAcceptance      Kind = "acceptance"
	KindFilingProof     Kind = "filing_proof"
	KindOther           Kind = "other"
)

// KindInfo describes a kind.
type KindInfo struct {
	Kind    Kind
	Chinese string
	Slot    int    // number in 五; settlement and usage share 8
	Clause  string // of the guide
}

// Kinds lists every kind in order.
var Kinds = []KindInfo{
	{KindApplicationForm, "申报表", 1, "五.1"},
	{KindBusinessLicense, "营业执照", 2, "五.2"},
	{KindCommitment, "承诺书", 3, "五.3"},
	{KindBankAccount, "银行账户信息", 4, "五.4"},
	{KindAuditReport, "审计报告", 5, "五.5"},
	{KindContract, "项目合同", 6, "五.6"},
	{KindInvoice, "发票", 7, "五.7"},
	{KindSettlement, "使用结算单", 8, "五.8"},
	{KindUsage, "用量明细", 8, "五.8"},
	{KindAcceptance, "交付或验收证明", 9, "五.9"},
	{KindFilingProof, "备案证明", 10, "五.10"},
	{KindOther, "其他材料", 11, "五.11"},
}

// Info returns the description of the kind; that of "other" for an unknown one.
func (k Kind) Info() KindInfo {
	for _, i := range Kinds {
		if i.Kind == k {
			return i
		}
	}
	return Kinds[len(Kinds)-1]
}

// Chinese returns the staff's word for the kind.
func (k Kind) Chinese() string { return k.Info().Chinese }

// Document is a page range of a file that is one paper: one invoice of a scan
// of ten, a contract with its annexes.
type Document struct {
	ID             string     `json:"id"` // file#first-last, or file#page
	File           string     `json:"file"`
	SHA256         string     `json:"sha256"`
	Pages          [2]int     `json:"pages"` // first and last, from 1
	Kind           Kind       `json:"kind"`
	KindConfidence float64    `json:"kind_confidence"`
	Slot           Kind       `json:"slot,omitempty"`
	SlotGiven      bool       `json:"slot_given,omitempty"` // the form names the slot; otherwise it was guessed from the file's name
	PageInfo       []PageInfo `json:"page_info"`
	Fields         []Field    `json:"fields"`
	Tables         []Table    `json:"tables"`
	Seals          []Seal     `json:"seals"`
}

// PageInfo says what a page is like and how well it could be read.
type PageInfo struct {
	Page     int     `json:"page"`
	Source   string  `json:"source"` // SourceScan or SourceDigital
	WidthMM  float64 `json:"width_mm"`
	HeightMM float64 `json:"height_mm"`
	DPI      int     `json:"dpi,omitempty"` // of a scan
	Color    bool    `json:"color"`
	// Colorless: stored as a colour scan, yet nothing on it has a colour. Color is false.
	Colorless bool `json:"colorless,omitempty"`
	Rotation  int  `json:"rotation"` // clockwise turn, in degrees, that made the page upright

	Legibility  float64     `json:"legibility"`      // mean OCR confidence 0…1 over the page's words; 1 for a text layer
	Blank       bool        `json:"blank,omitempty"` // nothing stands on it
	ProblemCode ProblemCode `json:"problem_code,omitempty"`
	Problem     string      `json:"problem,omitempty"`      // why it could not be read (one Chinese sentence); empty when it was
	PrintedPage [2]int      `json:"printed_page,omitzero"`  // printed page number and total (0 where not printed)
	Picture     string      `json:"picture_hash,omitempty"` // perceptual hash, 16 hex digits
	// Unread: of its words only head and foot were read, for no rule asks for the rest. Seals, colour,
	// legibility and printed number are known as those of other pages.
	Unread bool `json:"unread,omitempty"`
}

// Where a page's text comes from.
const (
	SourceScan    = "scan"    // OCR of a picture
	SourceDigital = "digital" // a text layer or structured data
)

// Table is rows of cells under named columns (the names of the contract's kinds).
type Table struct {
	Name    string   `json:"name"`
	Page    int      `json:"page"`
	Columns []string `json:"columns"`
	Rows    [][]Cell `json:"rows"`
}

// Cell is one cell of a table. An empty Text is an empty cell; an empty Value
// beside a Text is a cell that could not be understood.
type Cell struct {
	Value      string  `json:"value"`
	Text       string  `json:"text"`
	Page       int     `json:"page,omitempty"` // where it differs from the table's page
	Box        Box     `json:"box"`
	Confidence float64 `json:"confidence"`
	Proof      []Proof `json:"proof,omitempty"`

	Corrected *Corrected `json:"corrected,omitempty"` // set when a person put Value there

	Alt string `json:"-"` // what a second reading made of Text, if anything else
}

// Column returns the index of a column, or -1.
func (t *Table) Column(name string) int {
	for i, c := range t.Columns {
		if c == name {
			return i
		}
	}
	return -1
}

// Seal is one seal impression on a page.
type Seal struct {
	Page       int     `json:"page"`
	Box        Box     `json:"box"`
	Shape      string  `json:"shape"` // round oval square partial
	Color      string  `json:"color"` // red blue grey
	Text       string  `json:"text"`  // the ring's text as far as it was read
	Center     string  `json:"center,omitempty"`
	Kind       string  `json:"kind,omitempty"`  // company contract invoice finance person supervision authority other; absent when open
	Party      string  `json:"party,omitempty"` // applicant provider other; absent when open
	Across     bool    `json:"across,omitempty"`
	Confidence float64 `json:"confidence"`
	Note       string  `json:"note,omitempty"` // why it is open whose it is (one Chinese sentence)
}

// Field returns the first field of that name, or nil.
func (d *Document) Field(name string) *Field {
	for i := range d.Fields {
		if d.Fields[i].Name == name {
			return &d.Fields[i]
		}
	}
	return nil
}

// Table returns the first table of that name, or nil.
func (d *Document) Table(name string) *Table {
	for i := range d.Tables {
		if d.Tables[i].Name == name {
			return &d.Tables[i]
		}
	}
	return nil
}
