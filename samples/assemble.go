package samples

import (
	"fmt"
	"image"
	"strings"

	"hequan"
)

// made is a file of an application with what stands on its pages.
type made struct {
	name string
	data []byte
	docs []TruthDocument
}

// make renders a bundle.
func (b *browser) make(w *world, seed uint64, u bundle) (*made, error) {
	out := &made{name: u.Name + "." + u.Ext}
	r := stream(seed, "scan "+u.Name)
	setup := newScanner(r)
	switch u.Medium {
	case mediumPhone:
		setup = newPhone(r)
	case mediumExport:
		setup = scanner{DPI: 150, Clean: true}
		if u.Ext == "tif" { // a good scanner: what is not compressed by JPEG must not be noisy
			setup = scanner{DPI: 150, Skew: r.NormFloat64() * 0.4, Blur: 0.3, Tint: [3]float64{0.99, 0.985, 0.975}}
		}
	}
	var printed []*paper
	var pages []string
	var pictures []picture
	for _, key := range u.Keys {
		p := w.paperOf(seed, key)
		p.Digital = u.Medium == mediumBorn
		m, err := b.layout(p)
		if err != nil {
			return nil, err
		}
		doc := TruthDocument{File: out.name, Kind: p.Kind, Slot: u.Slot, Fields: p.fields, Tables: p.tables, Seals: p.seals, key: key}
		offset := len(pictures)
		if u.Medium == mediumBorn {
			offset = countPages(out.docs)
			html, err := b.pages()
			if err != nil {
				return nil, err
			}
			printed, pages = append(printed, p), append(pages, html)
			for i := range m.Pages {
				doc.PageInfo = append(doc.PageInfo, TruthPage{Page: offset + i + 1, Source: "digital", Color: true, Degrade: u.Medium})
			}
			doc.place(offset, 0, nil)
		} else {
			lost := 0
			if p.Kind == hequan.KindContract {
				lost = w.Contract.LostPage
			}
			images, err := b.pictures(m, setup.DPI)
			if err != nil {
				return nil, err
			}
			var boxes []func(hequan.Box) hequan.Box
			for i, img := range images {
				s := setup
				s.Skew += r.NormFloat64() * 0.15
				for _, f := range w.Scans {
					if f.Key == key {
						f.Spoil(i+1, &s)
					}
				}
				var back image.Image
				if i+1 < len(images) {
					back = images[i+1]
				}
				shot, box := s.shoot(img, back, r)
				boxes = append(boxes, box)
				if i+1 == lost {
					continue
				}
				pictures = append(pictures, picture{shot, s.DPI, s.Quality, s.Bilevel})
				info := TruthPage{Page: len(pictures), Source: "scan", DPI: s.DPI, Color: !s.Grey && !s.Bilevel, Rotation: (360 - s.Turn) % 360, Degrade: u.Medium}
				doc.PageInfo = append(doc.PageInfo, info)
			}
			if key == w.Repeated {
				again, n := pictures[len(pictures)-1], len(doc.PageInfo)-1
				pictures = append(pictures, again)
				info := doc.PageInfo[n]
				info.Page = len(pictures)
				doc.PageInfo = append(doc.PageInfo, info)
			}
			doc.place(offset, lost, boxes)
		}
		doc.Pages = [2]int{offset + 1, offset + len(doc.PageInfo)}
		out.docs = append(out.docs, doc)
	}
	if u.Medium == mediumBorn {
		var err error
		out.data, err = b.pdf(printed, pages, strings.ReplaceAll(w.Submitted.String(), "-", ""))
		return out, err
	}
	return out, out.encode(u, pictures)
}

func countPages(docs []TruthDocument) int {
	n := 0
	for _, d := range docs {
		n += len(d.PageInfo)
	}
	return n
}

// encode writes the file's pictures.
func (o *made) encode(u bundle, pictures []picture) (err error) {
	first := pictures[0]
	switch u.Ext {
	case "pdf":
		o.data, err = picturePDF(pictures)
	case "jpg":
		dpi := first.dpi
		if u.Medium == mediumPhone {
			dpi = 0
		}
		o.data, err = jpegBytes(first.img, first.quality, dpi)
	case "png":
		o.data, err = pngBytes(first.img, first.dpi)
	case "tif":
		o.data, err = tiffBytes(first.img, first.dpi)
	default:
		err = fmt.Errorf("no way to write a .%s file", u.Ext)
	}
	return err
}

// place carries the marks of a document over to the pages of its file: page
// numbers within the file, boxes through the picture's map. What stood on a lost
// page is dropped.
func (d *TruthDocument) place(offset, lost int, boxes []func(hequan.Box) hequan.Box) {
	at := func(page int, box *hequan.Box) int {
		if page == 0 || box == nil {
			return page
		}
		if boxes != nil {
			*box = boxes[page-1](*box)
		}
		for i := range box {
			box[i] = float64(int(box[i]*10000+.5)) / 10000
		}
		if lost > 0 && page > lost {
			page--
		}
		return page + offset
	}
	keep := d.Fields[:0]
	for _, f := range d.Fields {
		if lost > 0 && f.Page == lost {
			continue
		}
		f.Page = at(f.Page, f.Box)
		keep = append(keep, f)
	}
	d.Fields = keep
	for _, t := range d.Tables {
		for _, row := range t.Rows {
			for name, c := range row {
				if lost > 0 && c.Page == lost {
					delete(row, name)
					continue
				}
				c.Page = at(c.Page, c.Box)
				row[name] = c
			}
		}
	}
	seals := d.Seals[:0]
	for _, s := range d.Seals {
		if s.Box == nil || lost > 0 && s.Page == lost {
			continue
		}
		s.Page = at(s.Page, s.Box)
		seals = append(seals, s)
	}
	d.Seals = seals
}
