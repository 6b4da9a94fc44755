package hequan

// Reading is what was read of one file, whatever the application or policy: it
// depends on the file's bytes and the reader version only, and is cached by both.
type Reading struct {
	SHA256  string   `json:"sha256"`
	Bytes   int64    `json:"bytes"`
	Type    string   `json:"type"` // media type as sniffed
	Pages   []Page   `json:"pages"`
	Problem *Problem `json:"problem,omitempty"` // the file as a whole could not be read
	Notes   []string `json:"notes,omitempty"`
	// Data holds machine-readable values found in the file (e-invoice XML, OFD
	// custom data, PDF Info keys): name to value, names as in the source.
	Data map[string]string `json:"data,omitempty"`
	// Signatures are the digital signatures of a PDF or OFD, in their order.
	Signatures []Signature `json:"signatures,omitempty"`
}

// Signature is a digital signature as far as it could be examined offline.
type Signature struct {
	Signer string `json:"signer,omitempty"` // whom the certificate names
	Signed string `json:"signed,omitempty"` // RFC 3339
	Status string `json:"status"`           // SignatureValid, SignatureBroken or SignatureOpen
	Reason string `json:"reason,omitempty"` // Chinese; of what is not valid
	Whole  bool   `json:"whole"`            // nothing was appended after it, no page is left out
	Page   int    `json:"page,omitempty"`   // where it shows, from 1
	Box    Box    `json:"box,omitzero"`
}

// What is known of a signature. Valid means intact, over the whole file, by a
// certificate that was in force and that somebody else issued.
const (
	SignatureValid  = "valid"
	SignatureBroken = "broken"
	SignatureOpen   = "open"
)

// Page is one upright page as read.
type Page struct {
	Info        PageInfo     `json:"info"`
	Lines       []Line       `json:"lines"`                 // in reading order
	Grids       []Grid       `json:"grids,omitempty"`       // ruled tables, top to bottom
	Seals       []Seal       `json:"seals,omitempty"`       // Party is never set here: it depends on the application
	Stamps      []Stamp      `json:"stamps,omitempty"`      // words stamped large over the page, the largest of an ink first
	Codes       []Code       `json:"codes,omitempty"`       // QR codes and the like
	Impressions []Impression `json:"impressions,omitempty"` // what the seals look like
	SignPlaces  []SignPlace  `json:"sign_places,omitempty"` // where somebody is to sign, and what stands there
	DrawnOver   []Word       `json:"drawn_over,omitempty"`  // of a scan: words of the file that are painted over the picture
	Frame       Frame        `json:"frame,omitzero"`        // of a page that was photographed: leads from the boxes here to the picture
	Skew        float64      `json:"skew,omitempty"`        // degrees by which its lines fall to the right; boxes are of the page as it lies
}

// SignPlace is the place behind a label such as 签字. Box is that of the
// handwriting, where there is any.
type SignPlace struct {
	Box Box    `json:"box"`
	Ink string `json:"ink"` // InkHand, InkPrint or InkNone
}

// What stands where somebody is to sign, by the look of its ink.
const (
	InkHand  = "hand"
	InkPrint = "print"
	InkNone  = "none"
)

// Line is words that stand beside each other, from left to right.
type Line struct {
	Words []Word `json:"words"`
	Box   Box    `json:"box"`
}

// Word is a run of characters without a gap, as one recogniser gave it.
type Word struct {
	Text       string  `json:"text"`
	Box        Box     `json:"box"`
	Confidence float64 `json:"confidence"`      // 0…1; 1 in a text layer
	Alt        string  `json:"alt,omitempty"`   // a second, independent reading that differs
	Proof      []Proof `json:"proof,omitempty"` // ProofTextLayer, or ProofTwoReadings
}

// Grid is a ruled table: cells in rows, from left to right. Merged cells stand
// once, at their top left, with their spans.
type Grid struct {
	Box   Box        `json:"box"`
	Cells []GridCell `json:"cells"`
	Rows  int        `json:"rows"`
	Cols  int        `json:"cols"`
}

// GridCell is one cell of a ruled table; its words are those of the page's
// lines whose middle lies in its box.
type GridCell struct {
	Row     int    `json:"row"`
	Col     int    `json:"col"`
	RowSpan int    `json:"row_span,omitempty"` // 0 means 1
	ColSpan int    `json:"col_span,omitempty"` // 0 means 1
	Box     Box    `json:"box"`
	Lines   []Line `json:"lines,omitempty"` // as read in the cell
}

// Stamp is words that are stamped large over what a page says, mostly aslant: 作废, VOID, 收讫.
type Stamp struct {
	Box        Box     `json:"box"`
	Color      string  `json:"color"`            // red blue dark; empty in a text layer
	Angle      float64 `json:"angle"`            // degrees by which its line falls to the right
	Height     float64 `json:"height,omitempty"` // of its letters, millimetres
	Text       string  `json:"text"`             // the word; empty where it could not be read
	Confidence float64 `json:"confidence"`
	Proof      []Proof `json:"proof,omitempty"`
}

// Code is a decoded QR code.
type Code struct {
	Format  string `json:"format"` // "qr"
	Payload string `json:"payload"`
	Box     Box    `json:"box"`
}

// Impression is what one seal of a page looks like: kept with the reading,
// because the names that its text is compared with are known only when all
// documents of an application are.
type Impression struct {
	Seal    int        `json:"seal"`    // index in the page's Seals
	Picture []byte     `json:"picture"` // PNG: its ink in 15 levels, and where print hides it
	PerMM   float64    `json:"per_mm"`  // pixels to a millimetre
	Scale   [2]float64 `json:"scale"`   // pixels to a pixel of the page, across and down; 0: of several pages
	Rim     [5]float64 `json:"rim"`     // ellipse in pixels: middle, half axes, clockwise turn in radians
}
