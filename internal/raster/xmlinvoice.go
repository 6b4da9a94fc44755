package raster

import (
	"image"
	"image/color"
	"image/draw"
	"strings"

	"hequan"
)

// xmlFile is an e-invoice in XML (数电票): one page that lists its values.
type xmlFile struct {
	data  map[string]string
	order []string
}

// OpenEInvoice opens an e-invoice XML (root EInvoice).
func OpenEInvoice(data []byte) (File, error) {
	root, err := parseXML(data, "EInvoice")
	if err != nil {
		return nil, err
	}
	f := &xmlFile{data: map[string]string{}}
	f.collect(root)
	if len(f.data) == 0 {
		return nil, hequan.Problemf(hequan.ProblemEmpty, "the e-invoice holds no values")
	}
	return f, nil
}

// collect gathers the leaves by name; a name that comes again (lines of the
// invoice) gets all values, one a line.
func (f *xmlFile) collect(n *node) {
	if len(n.Nodes) == 0 {
		if v := strings.TrimSpace(n.Text); v != "" {
			name := n.XMLName.Local
			if old, ok := f.data[name]; ok {
				f.data[name] = old + "\n" + v
			} else {
				f.data[name] = v
				f.order = append(f.order, name)
			}
		}
		return
	}
	for i := range n.Nodes {
		f.collect(&n.Nodes[i])
	}
}

func (f *xmlFile) Pages() int              { return 1 }
func (f *xmlFile) Data() map[string]string { return f.data }
func (f *xmlFile) Close()                  {}

// Page lists the values, so that a finding has a place to show.
func (f *xmlFile) Page(int) (*Page, error) {
	const dpi, lineMM = 150, 6.0
	p := &Page{Source: hequan.SourceDigital, DPI: dpi, WidthMM: 210, HeightMM: max(297, lineMM*float64(len(f.order)+4))}
	p.Image = image.NewNRGBA(image.Rect(0, 0, int(p.WidthMM*dpi/25.4), int(min(p.HeightMM, 2000)*dpi/25.4)))
	draw.Draw(p.Image, p.Image.Rect, image.White, image.Point{}, draw.Src)
	for i, name := range f.order {
		y := (float64(i) + 2) * lineMM
		line := hequan.Line{}
		x := 15.0
		for _, text := range []string{name, strings.ReplaceAll(f.data[name], "\n", "；")} {
			start := x
			for _, r := range text {
				drawGlyph(p.Image, r, x*dpi/25.4, y*dpi/25.4, 3.8*dpi/25.4, color.Black)
				x += 3.8 * advance(r)
			}
			box := hequan.Box{start / p.WidthMM, (y - 3.4) / p.HeightMM, min(1, x/p.WidthMM), (y + 0.6) / p.HeightMM}
			line.Words = append(line.Words, hequan.Word{Text: text, Box: box, Confidence: 1, Proof: []hequan.Proof{hequan.ProofXML}})
			line.Box = line.Box.Union(box)
			x = max(x+4, 75)
		}
		p.Lines = append(p.Lines, line)
	}
	return p, nil
}
