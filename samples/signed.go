package samples

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"time"
)

// What became of a paper after it was signed electronically.
const (
	signedIntact   = "valid"
	signedEdited   = "broken" // bytes that were signed are not what they were
	signedAppended = "open"   // something was appended that nobody signed
)

// signing is an electronic signature of a paper, which is then left electronic.
type signing struct{ key, signer, state string }

// signatureFaults are signatures that are not worth what they seem.
var signatureFaults = []fault{
	{"document.signature", nil, func(w *world, _ *rand.Rand, subtle bool) []plant {
		if w.OneScan { // nothing is left electronic
			return nil
		}
		w.Signed = &signing{"contract", w.Provider.Name, signedEdited}
		if !subtle {
			return []plant{{rule: "document.signature", expect: "fail", note: "the file was saved anew after it had been signed", docs: []string{"contract"}}}
		}
		w.Signed.state = signedAppended
		return []plant{
			{rule: "document.signature", expect: "review", note: "something was appended to the signed file", docs: []string{"contract"}},
			{rule: "document.altered", expect: "review", note: "something was appended to the signed file", docs: []string{"contract"}},
		}
	}},
}

// signs says whether a paper is signed electronically.
func (w *world) signs(key string) bool { return w.Signed != nil && w.Signed.key == key }

// sign adds what a signature tells to the truth of its paper.
func (w *world) sign(doc *TruthDocument) {
	if !w.signs(doc.key) {
		return
	}
	doc.Traits = append(doc.Traits, TruthField{Name: "digital_signature", Value: w.Signed.state, Text: w.Signed.signer})
	if w.Signed.state == signedAppended {
		doc.Traits = append(doc.Traits, TruthField{Name: "altered", Value: "after_signature"})
	}
}

// signPDF signs a file that Chromium printed, on the evening of a day, and
// leaves it in the given state.
func (s *signing) signPDF(data []byte, day string) ([]byte, error) {
	at, err := time.Parse(time.DateOnly+" 15:04", day+" 18:20")
	if err != nil {
		return nil, err
	}
	by, err := newIdentity(s.signer, at)
	if err != nil {
		return nil, err
	}
	if data, err = signRevision(data, by, at); err != nil {
		return nil, err
	}
	switch s.state {
	case signedEdited: // the date of the last change, as a program writes it that saves in place
		i := bytes.Index(data, []byte("/ModDate (D:"))
		if i < 0 {
			return nil, errors.New("the printed PDF has no ModDate")
		}
		copy(data[i+len("/ModDate (D:20260630"):], "193000")
	case signedAppended:
		t, err := readTail(data)
		if err != nil {
			return nil, err
		}
		data = t.revise(data, revision{t.size, fmt.Sprintf("<</Type/Annot/Subtype/Text/F 2/Rect[40 40 60 60]/Contents(%s)>>", "checked")})
	}
	return data, nil
}

var (
	tailTrailer = regexp.MustCompile(`(?s)trailer\s*<<.*?/Size (\d+)\s.*?/Root (\d+) 0 R.*?>>\s*startxref\s+(\d+)\s+%%EOF`)
	catalogEnd  = regexp.MustCompile(`>>\s*endobj`)
)

// tail is what a revision of a PDF needs of the one before.
type tail struct {
	size, root, xref int
	catalog          string // the entries of the catalog
}

// readTail reads the last trailer and the catalog, as Chromium and revise write them.
func readTail(data []byte) (tail, error) {
	var t tail
	all := tailTrailer.FindAllSubmatch(data, -1)
	if len(all) == 0 {
		return t, errors.New("the printed PDF has no trailer of the known form")
	}
	m := all[len(all)-1]
	for i, to := range []*int{&t.size, &t.root, &t.xref} {
		if _, err := fmt.Sscan(string(m[i+1]), to); err != nil {
			return t, err
		}
	}
	head := fmt.Sprintf("\n%d 0 obj\n<<", t.root)
	start := bytes.LastIndex(data, []byte(head))
	if start < 0 {
		return t, errors.New("the printed PDF has no catalog of the known form")
	}
	rest := data[start+len(head):]
	end := catalogEnd.FindIndex(rest)
	if end == nil {
		return t, errors.New("the catalog of the printed PDF does not end")
	}
	t.catalog = string(rest[:end[0]])
	return t, nil
}

// revision is a new object of a PDF.
type revision struct {
	number int
	body   string
}

// revise appends a revision: objects, their table, a trailer.
func (t tail) revise(data []byte, objects ...revision) []byte {
	var b bytes.Buffer
	b.Write(data)
	if !bytes.HasSuffix(data, []byte("\n")) {
		b.WriteByte('\n')
	}
	var table strings.Builder
	size := t.size
	for _, o := range objects {
		fmt.Fprintf(&table, "%d 1\n%010d 00000 n \n", o.number, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", o.number, o.body)
		size = max(size, o.number+1)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n%strailer\n<</Size %d\n/Root %d 0 R\n/Prev %d>>\nstartxref\n%d\n%%%%EOF\n", table.String(), size, t.root, t.xref, start)
	return b.Bytes()
}

// roomForCMS is how many hexadecimal digits a signature may take.
const roomForCMS = 6000

// signRevision appends a signature over the whole file.
func signRevision(data []byte, by *identity, at time.Time) ([]byte, error) {
	t, err := readTail(data)
	if err != nil {
		return nil, err
	}
	field, value := t.size, t.size+1
	blankRange := "[" + strings.Repeat(" ", 46) + "]"
	out := t.revise(data,
		revision{t.root, fmt.Sprintf("<<%s/AcroForm<</Fields[%d 0 R]/SigFlags 3>>>>", t.catalog, field)},
		revision{field, fmt.Sprintf("<</FT/Sig/T(signature)/V %d 0 R>>", value)},
		revision{value, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/M(D:" + at.Format("20060102150405") + ")/ByteRange" + blankRange +
			"/Contents<" + strings.Repeat("0", roomForCMS) + ">>>"})
	start := bytes.LastIndex(out, []byte("/Contents<")) + len("/Contents")
	end := start + roomForCMS + 2
	ranges := fmt.Sprintf("[0 %d %d %d", start, end, len(out)-end)
	copy(out[bytes.LastIndex(out, []byte(blankRange)):], ranges)
	der, err := signCMS(append(append([]byte(nil), out[:start]...), out[end:]...), by, at)
	if err != nil {
		return nil, err
	}
	if hex.EncodedLen(len(der)) > roomForCMS {
		return nil, fmt.Errorf("a signature of %d bytes does not fit its room", len(der))
	}
	hex.Encode(out[start+1:], der)
	return out, nil
}
