package pipeline

import (
	"fmt"
	"image"
	"math/bits"
	"slices"
	"strings"

	"hequan"
	"hequan/internal/einvoice"
	pageimaging "hequan/internal/imaging"
	"hequan/internal/jpeg"
	"hequan/internal/ocr"
	"hequan/internal/raster"
	"hequan/internal/seal"
)

// pictureDPI is the resolution of the page pictures kept for people.
const pictureDPI = 150

// readPage is the recipe of reading one page: picture, text layer or
// recognition, tables, seals, codes. It returns the page and its picture as JPEG.
// Unless it is to be read whole, of a long file's page head and foot may do.
func readPage(engine ocr.Engine, f raster.File, i int, whole bool) (*hequan.Page, []byte, error) {
	p, err := f.Page(i)
	if err != nil {
		return nil, nil, err
	}
	defer p.Release()
	color := pageimaging.IsColor(p.Image)
	out := &hequan.Page{}
	legibility, brief, seek := 1.0, false, false
	photo := *p // as it was taken
	switch {
	case len(p.Lines) > 0 && !garbled(p.Lines):
		out.Lines = p.Lines
		out.Grids = digitalGrids(p, color)
		out.Stamps = p.Stamps
	default:
		if sheet, frame, ok := pageimaging.Straighten(p.Image); ok {
			p.WidthMM *= float64(sheet.Rect.Dx()) / float64(p.Image.Rect.Dx())
			p.HeightMM *= float64(sheet.Rect.Dy()) / float64(p.Image.Rect.Dy())
			p.Image, out.Frame = sheet, frame
		}
		ready := prepare(p.Image, p.DPI, color)
		if !whole && out.Frame.IsZero() {
			out.Lines, brief, err = readBrief(engine, f, i, ready)
		}
		if err == nil && !brief {
			ready, out.Lines, out.Grids, err = readUpright(engine, p, ready, color)
		}
		legibility = meanConfidence(out.Lines) // as it is, before what it takes to read it
		if err == nil && !brief {
			out.Lines, out.Grids, err = readFainter(engine, p, ready, out.Lines, out.Grids)
		}
		if err == nil && !brief {
			out.Lines, err = bearWitness(engine, p, ready, legibility, out.Lines, out.Grids)
			out.Lines = withoutWordEchoes(out.Lines)
		}
		if err == nil && !brief {
			var unread []image.Rectangle
			out.Lines, unread, err = readLost(engine, ready, out.Lines, out.Grids)
			if err == nil {
				out.Lines, err = readDays(engine, p, ready, out.Lines, out.Grids, unread)
			}
		}
		if err != nil {
			return nil, nil, err
		}
		out.Skew = round3(ready.turn.Degrees)
		turned := (p.Rotation - photo.Rotation + 360) % 360
		if err := photo.Turn(turned); err != nil {
			return nil, nil, err
		}
		out.Frame = out.Frame.Turned(turned)
	}
	out.DrawnOver = p.DrawnOver
	text := plainText(out.Lines)
	out.Info = hequan.PageInfo{
		Page: i + 1, Source: p.Source, WidthMM: round1(p.WidthMM), HeightMM: round1(p.HeightMM), DPI: p.ScanDPI,
		Color: color || p.Source == hequan.SourceDigital, Rotation: p.Rotation, Legibility: round3(legibility),
		Blank:   len(out.Lines) == 0 && pageimaging.InkShare(pageimaging.Luma(p.Image), 128) < 0.002,
		Picture: pictureHash(p.Image), Colorless: !color && p.Source == hequan.SourceScan && p.Channels,
		Unread: brief,
	}
	// Invoices and licences lie across; the words of one are not always read.
	// Where pixels are exact, a look at means tells where none can be.
	if strings.Contains(text, "发票") || strings.Contains(text, "营业执照") || strings.Contains(text, "价税合计") || p.WidthMM > 1.2*p.HeightMM || legibility < soundReading {
		seek = p.Source != hequan.SourceDigital || einvoice.MayHoldCode(p.Image, p.DPI)
	}
	if seek {
		out.Codes = einvoice.FindCodes(p.Image, p.DPI)
	}
	if color || p.Source == hequan.SourceScan {
		var stamps []hequan.Stamp
		var printed []hequan.Line
		if p.Source == hequan.SourceDigital {
			printed = out.Lines
		}
		out.Seals, out.Impressions, stamps = seal.Find(engine, p.Image, p.DPI, i+1, color, printed)
		out.Stamps = withStamps(out.Stamps, stamps)
	}
	out.SignPlaces = signPlaces(p.Image, p.DPI, *out, out.Info.Color)
	if out.Frame.IsZero() {
		photo.Image = p.Image
	}
	picture, err := encodePicture(&photo)
	return out, picture, err
}

// withStamps adds stamps that were seen to those that the text layer has.
func withStamps(written, seen []hequan.Stamp) []hequan.Stamp {
	for _, s := range seen {
		if !slices.ContainsFunc(written, func(w hequan.Stamp) bool { return w.Color == "" && w.Box.Contains(s.Box.CenterX(), s.Box.CenterY()) }) {
			written = append(written, s)
		}
	}
	return written
}

// garbled says whether a text layer can't be what stands on the page: many
// characters without a meaning (private use, replacement), as fonts without a
// map to Unicode give.
func garbled(lines []hequan.Line) bool {
	bad, all := 0, 0
	for _, l := range lines {
		for _, w := range l.Words {
			for _, r := range w.Text {
				all++
				if r == 0xfffd || r >= 0xe000 && r <= 0xf8ff || r < ' ' {
					bad++
				}
			}
		}
	}
	return all < 3 || bad*5 > all
}

// digitalGrids finds the ruled tables of a page with a text layer and gives
// their cells the words inside.
func digitalGrids(p *raster.Page, color bool) []hequan.Grid {
	plane := pageimaging.Positive(p.Image, pageimaging.Luma(p.Image))
	level, up := pageimaging.ExactRules(plane, p.DPI, 190)
	turn := pageimaging.Turn{W: plane.Rect.Dx(), H: plane.Rect.Dy()}
	var grids []hequan.Grid
	for _, g := range pageimaging.Grids(level, up, p.DPI) {
		grid := hequan.Grid{Box: fractions(g.Rect, turn), Rows: g.Rows, Cols: g.Cols}
		for _, c := range g.Cells {
			cell := hequan.GridCell{Row: c.Row, Col: c.Col, RowSpan: c.RowSpan, ColSpan: c.ColSpan, Box: fractions(c.Rect, turn)}
			for _, l := range p.Lines {
				var inside hequan.Line
				for _, w := range l.Words {
					if cell.Box.Contains(w.Box.CenterX(), w.Box.CenterY()) {
						inside.Words = append(inside.Words, w)
						inside.Box = inside.Box.Union(w.Box)
					}
				}
				if len(inside.Words) > 0 {
					cell.Lines = append(cell.Lines, inside)
				}
			}
			grid.Cells = append(grid.Cells, cell)
		}
		grids = append(grids, grid)
	}
	return grids
}

func plainText(lines []hequan.Line) string {
	var b strings.Builder
	for _, l := range lines {
		for _, w := range l.Words {
			b.WriteString(w.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// meanConfidence is weighted by the number of characters.
func meanConfidence(lines []hequan.Line) float64 {
	sum, n := 0.0, 0
	for _, l := range lines {
		for _, w := range l.Words {
			c := len([]rune(w.Text))
			sum += w.Confidence * float64(c)
			n += c
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

func encodePicture(p *raster.Page) ([]byte, error) {
	img := p.Image
	if p.DPI > pictureDPI+25 {
		img = pageimaging.Resize(p.Image, p.Image.Rect.Dx()*pictureDPI/p.DPI, 0)
	}
	return jpeg.Encode(img, 78)
}

// pictureHash is a difference hash of 64 bits: near-equal pictures differ in a few.
func pictureHash(img *image.NRGBA) string {
	small := pageimaging.Luma(pageimaging.Resize(img, 9, 8))
	var hash uint64
	for y := range 8 {
		for x := range 8 {
			hash <<= 1
			if small.GrayAt(x, y).Y < small.GrayAt(x+1, y).Y {
				hash |= 1
			}
		}
	}
	return fmt.Sprintf("%016x", bits.Reverse64(hash))
}

func round1(v float64) float64 { return float64(int(v*10+0.5)) / 10 }
