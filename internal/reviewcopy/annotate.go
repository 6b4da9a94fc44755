// Package reviewcopy writes remarks into a PDF that was handed in: a frame with a
// number around each passage, what is said of it as the frame's comment, and pages
// of our own behind. What the file could do by itself (scripts, actions, attached
// files) is left out of the copy.
//
// The file is a stranger's: [Annotate] runs in a child process, see [Copier].
package reviewcopy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Mark is a frame around a passage of a page.
type Mark struct {
	Page   int        `json:"page"` // from 1
	Box    [4]float64 `json:"box"`  // left, top, right, bottom in fractions of the upright page
	Turn   int        `json:"turn"` // clockwise turn in degrees that makes the page upright, as it is shown
	Number int        `json:"number"`
	Text   string     `json:"text"`
	Color  [3]byte    `json:"color"`
}

// ErrUnfit is returned for a PDF that no copy is made of: encrypted, damaged, or
// with fewer pages than a mark says.
var ErrUnfit = errors.New("no copy can be made of the PDF")

// Annotate writes a copy of a PDF with marks, and the pages of appendix (a PDF;
// nil for none) behind its own.
func Annotate(w io.Writer, pdf []byte, marks []Mark, appendix []byte) (err error) {
	defer func() {
		if r := recover(); r != nil { // of pdfcpu, on a malformed file
			err = fmt.Errorf("%w: it gave up: %v", ErrUnfit, r)
		}
	}()
	api.DisableConfigDir()
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode, conf.Offline = model.ValidationRelaxed, true
	ctx, err := api.ReadAndValidate(bytes.NewReader(pdf), conf)
	if err != nil {
		return fmt.Errorf("%w: %v", ErrUnfit, err)
	}
	if ctx.Encrypt != nil || ctx.E != nil {
		return fmt.Errorf("%w: it is encrypted", ErrUnfit)
	}
	if err := calm(ctx); err != nil {
		return fmt.Errorf("%w: %v", ErrUnfit, err)
	}
	for i, m := range marks {
		if err := place(ctx, m, covered(marks[:i], m)); err != nil {
			return fmt.Errorf("%w: page %d: %v", ErrUnfit, m.Page, err)
		}
	}
	var out bytes.Buffer
	if err := api.WriteContext(ctx, &out); err != nil {
		return fmt.Errorf("%w: %v", ErrUnfit, err)
	}
	if appendix == nil {
		_, err = w.Write(out.Bytes())
		return err
	}
	merge := model.NewDefaultConfiguration()
	merge.ValidationMode, merge.Offline = model.ValidationRelaxed, true
	if err := api.MergeRaw([]io.ReadSeeker{bytes.NewReader(out.Bytes()), bytes.NewReader(appendix)}, w, false, merge); err != nil {
		return fmt.Errorf("%w: %v", ErrUnfit, err)
	}
	return nil
}

// calm takes out of a document what it could do by itself.
func calm(ctx *model.Context) error {
	root, err := ctx.Catalog()
	if err != nil {
		return err
	}
	for _, key := range []string{"OpenAction", "AA", "URI", "Collection", "Perms", "AF"} {
		root.Delete(key)
	}
	if names, err := ctx.DereferenceDict(root["Names"]); err == nil && names != nil {
		names.Delete("JavaScript")
		names.Delete("EmbeddedFiles")
	}
	delete(ctx.Names, "JavaScript")
	delete(ctx.Names, "EmbeddedFiles")
	if form, err := ctx.DereferenceDict(root["AcroForm"]); err == nil && form != nil {
		form.Delete("XFA")
		form.Delete("CO")
	}
	for nr := 1; nr <= ctx.PageCount; nr++ {
		page, _, _, err := ctx.PageDict(nr, false)
		if err != nil {
			return err
		}
		page.Delete("AA")
		if err := calmAnnotations(ctx, page); err != nil {
			return err
		}
	}
	return nil
}

// still are the annotations that only show something.
var still = map[string]bool{"Text": true, "FreeText": true, "Line": true, "Square": true, "Circle": true, "Polygon": true, "PolyLine": true, "Highlight": true,
	"Underline": true, "Squiggly": true, "StrikeOut": true, "Stamp": true, "Caret": true, "Ink": true, "Popup": true, "Widget": true, "Watermark": true}

// calmAnnotations keeps of a page's annotations what shows, without what it does.
func calmAnnotations(ctx *model.Context, page types.Dict) error {
	old, err := ctx.DereferenceArray(page["Annots"])
	if err != nil || old == nil {
		return err
	}
	var kept types.Array
	for _, o := range old {
		d, err := ctx.DereferenceDict(o)
		if err != nil {
			return err
		}
		if d == nil {
			continue
		}
		if kind := d.Subtype(); kind == nil || !still[*kind] {
			continue
		}
		d.Delete("A")
		d.Delete("AA")
		kept = append(kept, o)
	}
	page["Annots"] = kept
	return nil
}

// covered counts the marks that stand where another one would: their numbers
// have to stand beside each other.
func covered(marks []Mark, m Mark) int {
	n := 0
	for _, o := range marks {
		if o.Page == m.Page && math.Abs(o.Box[0]-m.Box[0]) < 0.01 && math.Abs(o.Box[1]-m.Box[1]) < 0.01 {
			n++
		}
	}
	return n
}

// place adds a mark to its page; beside is how many numbers stand in its corner.
func place(ctx *model.Context, m Mark, beside int) error {
	page, ref, inherited, err := ctx.PageDict(m.Page, false)
	if err != nil {
		return err
	}
	if page == nil || inherited == nil || inherited.MediaBox == nil {
		return errors.New("no such page")
	}
	sheet := inherited.MediaBox
	if inherited.CropBox != nil {
		sheet = inherited.CropBox
	}
	frame := onSheet(m.Box, (m.Turn+inherited.Rotate)%360, sheet)
	look, err := appearance(ctx, m, frame, (m.Turn+inherited.Rotate)%360, beside)
	if err != nil {
		return err
	}
	text, err := types.EscapedUTF16String(m.Text)
	if err != nil {
		return err
	}
	c := m.Color
	note := types.Dict{
		"Type": types.Name("Annot"), "Subtype": types.Name("Square"), "Rect": frame.Array(), "P": *ref, "F": types.Integer(4), // to be printed, too
		"C":  types.NewNumberArray(float64(c[0])/255, float64(c[1])/255, float64(c[2])/255),
		"BS": types.Dict{"W": types.Float(1.5)},
		"AP": types.Dict{"N": *look},
		"NM": types.StringLiteral(fmt.Sprintf("hequan-%d-%d", m.Page, m.Number)),
		"T":  types.StringLiteral("hequan"), "Contents": types.StringLiteral(*text),
	}
	at, err := ctx.IndRefForNewObject(note)
	if err != nil {
		return err
	}
	notes, err := ctx.DereferenceArray(page["Annots"])
	if err != nil {
		return err
	}
	page["Annots"] = append(notes, *at)
	return nil
}

// onSheet is where a box of the upright page stands on the sheet as it is stored,
// a little larger than the box. turn is the whole clockwise turn from the sheet
// to the upright page.
func onSheet(b [4]float64, turn int, sheet *types.Rectangle) *types.Rectangle {
	u0, v0, u1, v1 := b[0], b[1], b[2], b[3] // from the left and from the top
	switch (turn%360 + 360) % 360 {
	case 90:
		u0, v0, u1, v1 = b[1], 1-b[2], b[3], 1-b[0]
	case 180:
		u0, v0, u1, v1 = 1-b[2], 1-b[3], 1-b[0], 1-b[1]
	case 270:
		u0, v0, u1, v1 = 1-b[3], b[0], 1-b[1], b[2]
	}
	const room = 2.5 // points
	x := func(u float64) float64 { return sheet.LL.X + u*sheet.Width() }
	y := func(v float64) float64 { return sheet.UR.Y - v*sheet.Height() }
	return types.NewRectangle(max(x(u0)-room, sheet.LL.X), max(y(v1)-room, sheet.LL.Y), min(x(u1)+room, sheet.UR.X), min(y(v0)+room, sheet.UR.Y))
}

// appearance draws the frame and, in its corner that is the upper left one of
// the upright page, the number.
func appearance(ctx *model.Context, m Mark, frame *types.Rectangle, turn, beside int) (*types.IndirectRef, error) {
	w, h := frame.Width(), frame.Height()
	number := fmt.Sprint(m.Number)
	bw, bh := 3+4.2*float64(len(number)), 8.5
	along := w
	if turn%180 != 0 {
		along = h
	}
	shift := max(0, min(float64(beside)*(bw+1), along-bw))
	// The badge stands at the origin of an upright corner; this turns it there.
	corner := map[int]string{0: fmt.Sprintf("1 0 0 1 0 %.2f", h), 90: fmt.Sprintf("0 1 -1 0 %.2f %.2f", 0.0, 0.0), 180: fmt.Sprintf("-1 0 0 -1 %.2f 0", w), 270: fmt.Sprintf("0 -1 1 0 %.2f %.2f", w, h)}[(turn%360+360)%360]
	r, g, b := float64(m.Color[0])/255, float64(m.Color[1])/255, float64(m.Color[2])/255
	var out bytes.Buffer
	fmt.Fprintf(&out, "q %.3f %.3f %.3f RG 1.5 w 0.75 0.75 %.2f %.2f re S Q\n", r, g, b, max(0, w-1.5), max(0, h-1.5))
	fmt.Fprintf(&out, "q %s cm %.3f %.3f %.3f rg %.2f %.2f %.2f %.2f re f BT 1 1 1 rg /F1 7 Tf %.2f %.2f Td (%s) Tj ET Q\n", corner, r, g, b, shift, -bh, bw, bh, shift+1.5, -bh+1.8, number)
	form, err := ctx.NewStreamDictForBuf(out.Bytes())
	if err != nil {
		return nil, err
	}
	font, err := ctx.IndRefForNewObject(types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("Type1"), "BaseFont": types.Name("Helvetica-Bold")})
	if err != nil {
		return nil, err
	}
	form.InsertName("Type", "XObject")
	form.InsertName("Subtype", "Form")
	form.Insert("BBox", types.NewNumberArray(0, 0, w, h))
	form.Insert("Resources", types.Dict{"Font": types.Dict{"F1": *font}})
	if err := form.Encode(); err != nil {
		return nil, err
	}
	return ctx.IndRefForNewObject(*form)
}
