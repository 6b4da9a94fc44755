package samples

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/disintegration/imaging"

	"hequan"
	"hequan/internal/raster"
)

// Sheet draws every page below dir, in the order of the paths, on one contact
// sheet of so many columns; a page is cell pixels wide. Where truth is set the
// pages are turned upright and the boxes of the truth drawn over them. The result is a PNG.
func Sheet(dir string, columns, cell int, truth bool) ([]byte, error) {
	pages, err := pagesBelow(dir)
	if err != nil {
		return nil, err
	}
	if len(pages) == 0 {
		return nil, fmt.Errorf("%s: no pages", dir)
	}
	boxes, turns := map[string][]markedBox{}, map[string]int{}
	if truth {
		if boxes, turns, err = truthBoxes(dir); err != nil {
			return nil, err
		}
	}
	var thumbs []image.Image
	rows, height := (len(pages)+columns-1)/columns, 0
	for _, p := range pages {
		img := imaging.Clone(p.img)
		switch turns[fmt.Sprintf("%s#%d", p.file, p.page)] {
		case 90:
			img = imaging.Rotate270(img)
		case 180:
			img = imaging.Rotate180(img)
		case 270:
			img = imaging.Rotate90(img)
		}
		for _, b := range boxes[fmt.Sprintf("%s#%d", p.file, p.page)] {
			outline(img, b)
		}
		thumb := imaging.Resize(img, cell, 0, imaging.Box)
		height = max(height, thumb.Rect.Dy())
		thumbs = append(thumbs, thumb)
	}
	const gap = 10
	sheet := image.NewNRGBA(image.Rect(0, 0, columns*(cell+gap)+gap, rows*(height+gap)+gap))
	draw.Draw(sheet, sheet.Rect, image.NewUniform(color.NRGBA{R: 120, G: 124, B: 130, A: 255}), image.Point{}, draw.Src)
	for i, t := range thumbs {
		at := image.Pt(gap+i%columns*(cell+gap), gap+i/columns*(height+gap))
		draw.Draw(sheet, t.Bounds().Add(at), t, image.Point{}, draw.Src)
	}
	var out bytes.Buffer
	err = png.Encode(&out, sheet)
	return out.Bytes(), err
}

type sheetPage struct {
	file string // slash path below the application's folder, after its id
	page int
	img  image.Image
}

// pagesBelow renders the pages of all materials below dir.
func pagesBelow(dir string) ([]sheetPage, error) {
	var paths []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.Contains(".pdf.jpg.png.tif", strings.ToLower(filepath.Ext(path))) && filepath.Ext(path) != "" {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	sort.Strings(paths)
	pdfium, err := raster.OpenPDFium("")
	if err != nil {
		return nil, err
	}
	defer pdfium.Close()
	var out []sheetPage
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		f, err := openPages(pdfium, path, data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for i := range f.Pages() {
			p, err := f.Page(i)
			if err != nil {
				return nil, fmt.Errorf("%s, page %d: %w", path, i+1, err)
			}
			out = append(out, sheetPage{filepath.ToSlash(path), i + 1, p.Image})
		}
		f.Close()
	}
	return out, nil
}

// openPages opens a material by its extension.
func openPages(pdfium *raster.PDFium, path string, data []byte) (raster.File, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".pdf":
		return pdfium.OpenPDF(data)
	case ".tif":
		return raster.OpenTIFF(data)
	}
	return raster.OpenPicture(data)
}

// markedBox is a box of the truth with the colour it is drawn in.
type markedBox struct {
	box   hequan.Box
	color color.NRGBA
}

// truthBoxes collects the boxes of every truth.json below dir by page:
// fields green, cells blue, seals red, planted faults magenta; and the turns
// that make the pages upright.
func truthBoxes(dir string) (map[string][]markedBox, map[string]int, error) {
	out, turns := map[string][]markedBox{}, map[string]int{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != "truth.json" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var t Truth
		if err := json.Unmarshal(data, &t); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		add := func(file string, page int, box *hequan.Box, c color.NRGBA) {
			if box != nil {
				key := fmt.Sprintf("%s/%s#%d", filepath.ToSlash(filepath.Dir(path)), file, page)
				out[key] = append(out[key], markedBox{*box, c})
			}
		}
		for _, d := range t.Documents {
			for _, p := range d.PageInfo {
				turns[fmt.Sprintf("%s/%s#%d", filepath.ToSlash(filepath.Dir(path)), d.File, p.Page)] = p.Rotation
			}
			for _, f := range d.Fields {
				add(d.File, f.Page, f.Box, color.NRGBA{R: 0, G: 150, B: 60, A: 255})
			}
			for _, tb := range d.Tables {
				for _, row := range tb.Rows {
					for _, c := range row {
						add(d.File, c.Page, c.Box, color.NRGBA{R: 30, G: 80, B: 230, A: 255})
					}
				}
			}
			for _, s := range d.Seals {
				add(d.File, s.Page, s.Box, color.NRGBA{R: 230, G: 20, B: 20, A: 255})
			}
		}
		for _, p := range t.Planted {
			for _, at := range p.At {
				add(at.File, at.Page, &at.Box, color.NRGBA{R: 230, G: 0, B: 230, A: 255})
			}
		}
		return nil
	})
	return out, turns, err
}

// outline draws a box two pixels wide.
func outline(img *image.NRGBA, b markedBox) {
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	r := image.Rect(int(b.box[0]*w), int(b.box[1]*h), int(b.box[2]*w)+1, int(b.box[3]*h)+1)
	for _, side := range []image.Rectangle{{r.Min, image.Pt(r.Max.X, r.Min.Y+2)}, {image.Pt(r.Min.X, r.Max.Y-2), r.Max}, {r.Min, image.Pt(r.Min.X+2, r.Max.Y)}, {image.Pt(r.Max.X-2, r.Min.Y), r.Max}} {
		draw.Draw(img, side, image.NewUniform(b.color), image.Point{}, draw.Src)
	}
}
