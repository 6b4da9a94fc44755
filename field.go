package hequan

// Box is [x0, y0, x1, y1] in fractions of the upright page, origin at the top left.
type Box [4]float64

// IsZero says whether the box is unknown.
func (b Box) IsZero() bool { return b == Box{} }

// Union returns the smallest box around both; a zero box adds nothing.
func (b Box) Union(o Box) Box {
	if b.IsZero() {
		return o
	}
	if o.IsZero() {
		return b
	}
	return Box{min(b[0], o[0]), min(b[1], o[1]), max(b[2], o[2]), max(b[3], o[3])}
}

// CenterX and CenterY are the middle of the box.
func (b Box) CenterX() float64 { return (b[0] + b[2]) / 2 }

// CenterY is the vertical middle of the box.
func (b Box) CenterY() float64 { return (b[1] + b[3]) / 2 }

// Width is the horizontal extent.
func (b Box) Width() float64 { return b[2] - b[0] }

// Height is the vertical extent.
func (b Box) Height() float64 { return b[3] - b[1] }

// Contains says whether a point lies inside.
func (b Box) Contains(x, y float64) bool {
	return x >= b[0] && x < b[2] && y >= b[1] && y < b[3]
}

// Proof says why a value can be trusted beyond the confidence of its recognition.
type Proof string

// The proofs. OCR confidence alone is none.
const (
	ProofTextLayer   Proof = "text_layer"
	ProofQR          Proof = "qr"
	ProofXML         Proof = "xml"
	ProofSignature   Proof = "signature"
	ProofCheckDigit  Proof = "check_digit"
	ProofWords       Proof = "words"        // 大写 = 小写
	ProofArithmetic  Proof = "arithmetic"   // sums, tax
	ProofTwoReadings Proof = "two_readings" // two independent recognitions agree
	ProofForm        Proof = "form"         // equal to the online form
	ProofPerson      Proof = "person"       // confirmed or corrected by staff
)

// Field is one value found on a document. A Field whose Value is empty says
// that something stands there (Text, Box) which could not be understood; an
// absent field was not found at all.
type Field struct {
	Name       string  `json:"name"`
	Value      string  `json:"value"` // normal form, see the contract
	Text       string  `json:"text"`  // what stands on the page
	Page       int     `json:"page"`
	Box        Box     `json:"box"`
	Confidence float64 `json:"confidence"` // 0…1
	Proof      []Proof `json:"proof,omitempty"`
	Repaired   string  `json:"repaired,omitempty"` // what was read before a recorded repair

	Corrected *Corrected `json:"corrected,omitempty"` // set when a person put Value there
}

// Corrected is what a person at the desk put another value in place of.
type Corrected struct {
	Read   string `json:"read"` // the value as it was read; empty when none was
	Person string `json:"person"`
	Reason string `json:"reason,omitempty"`
}

// Proven says whether the value carries any proof.
func (f *Field) Proven() bool { return len(f.Proof) > 0 }

// AddProof adds a proof once, keeping the order of first mention.
func (f *Field) AddProof(p Proof) {
	for _, q := range f.Proof {
		if q == p {
			return
		}
	}
	f.Proof = append(f.Proof, p)
}
