package samples

import (
	"fmt"
	"image"
	"math/rand/v2"
	"slices"
	"strings"

	"hequan"
)

// made is a file of an application with what stands on its pages.
type made struct {
	name string
	data []byte
	docs []TruthDocument
}

// make renders a bundle. Without a browser (b is nil) it describes the bundle
// only: each paper is one page, nothing has a place, and no file is made.
func (b *browser) make(w *world, seed uint64, u bundle) (*made, error) {
	out := &made{name: u.Name + "." + u.Ext}
	switch {
	case b == nil:
		out.describe(w, seed, u)
		return out, nil
	case u.Medium == mediumBorn:
		return out, b.print(out, w, seed, u)
	}
	return out, b.scan(out, w, seed, u)
}

// truth is the truth of a paper, without its places.
func (p *paper) truth(file string, slot hequan.Kind) TruthDocument {
	return TruthDocument{File: file, Kind: p.Kind, Slot: slot, Fields: p.fields, Traits: p.traits, Tables: p.tables, Seals: p.seals, Prose: p.prose, key: p.Key, areas: p.areas}
}

// describe fills in the truth of a file that is not made.
func (o *made) describe(w *world, seed uint64, u bundle) {
	setup := w.scanner(u, stream(seed, "scan "+u.Name))
	for _, key := range u.Keys {
		p := w.paperOf(seed, key)
		for i := range p.seals {
			p.seals[i].Page = 1
		}
		doc := p.truth(o.name, u.Slot)
		info := TruthPage{Source: "digital", Color: true, Degrade: u.Medium}
		if u.Medium != mediumBorn {
			s := setup
			w.spoil(key, 1, &s)
			info = s.page(u.Medium)
		}
		n := countPages(o.docs)
		info.Page = n + 1
		doc.PageInfo = append(doc.PageInfo, info)
		if key == w.Repeated {
			again := info
			again.Page, again.SameAs = info.Page+1, info.Page
			doc.PageInfo = append(doc.PageInfo, again)
		}
		if p.Kind == hequan.KindContract {
			doc.signedOnSecond(p, w.Contract.LostPage > 0)
		}
		doc.Pages = [2]int{n + 1, n + len(doc.PageInfo)}
		for i := range doc.Fields {
			if doc.Fields[i].Text != "" {
				doc.Fields[i].Page = n + 1
			}
		}
		for i := range doc.Seals { // places beside each other, so that each is one
			doc.Seals[i].Page += n
			x := 0.05 + 0.1*float64(i%9)
			doc.Seals[i].Box = &hequan.Box{x, 0.8, x + 0.09, 0.86}
		}
		w.altered(&doc, n+1, nil)
		w.sign(&doc)
		doc.grey()
		o.docs = append(o.docs, doc)
	}
}

// signedOnSecond gives a contract that is not printed a second page, with the
// seals; where a page was lost that is the third of three.
func (d *TruthDocument) signedOnSecond(p *paper, lost bool) {
	last := d.PageInfo[0]
	last.Page++
	if lost {
		d.PageInfo[0].Printed, last.Printed = [2]int{1, 3}, [2]int{3, 3}
	}
	d.PageInfo = append(d.PageInfo, last)
	for i := range d.Seals {
		d.Seals[i].Page = 2
	}
	for n := range 2 {
		if p.acrossSeal != nil {
			s := *p.acrossSeal
			s.Page = n + 1
			d.Seals = append(d.Seals, s)
		}
	}
}

// scanner is the setting that a file's papers are scanned by.
func (w *world) scanner(u bundle, r *rand.Rand) scanner {
	switch {
	case w.DPI > 0:
		return newScannerAt(r, w.DPI)
	case u.Medium == mediumPhone:
		return newPhone(r)
	case u.Medium == mediumExport && u.Ext == "tif": // a good scanner: what is not compressed by JPEG must not be noisy
		return scanner{DPI: 150, Skew: r.NormFloat64() * 0.4, Blur: 0.3, Tint: [3]float64{0.99, 0.985, 0.975}}
	case u.Medium == mediumExport:
		return scanner{DPI: 150, Clean: true}
	}
	return newScanner(r)
}

// spoil lets the faults of a paper's page work on the scanner.
func (w *world) spoil(key string, page int, s *scanner) {
	for _, f := range w.Scans {
		if f.Key == key {
			f.Spoil(page, s)
		}
	}
}

func (s scanner) page(medium string) TruthPage {
	return TruthPage{Source: "scan", DPI: s.DPI, Color: !s.Grey && !s.Bilevel, Rotation: (360 - s.Turn) % 360, Degrade: medium, Blurred: s.Blurred}
}

// grey marks the seals of pages without colour.
func (d *TruthDocument) grey() {
	for i := range d.Seals {
		for _, p := range d.PageInfo {
			if p.Page == d.Seals[i].Page && !p.Color {
				d.Seals[i].Color = "grey"
			}
		}
	}
}

// print makes a born-digital PDF.
func (b *browser) print(out *made, w *world, seed uint64, u bundle) error {
	var printed []*paper
	var pages []string
	for _, key := range u.Keys {
		p := w.paperOf(seed, key)
		p.Digital = true
		m, err := b.layout(p)
		if err != nil {
			return err
		}
		html, err := b.pages()
		if err != nil {
			return err
		}
		printed, pages = append(printed, p), append(pages, html)
		doc := p.truth(out.name, u.Slot)
		offset := countPages(out.docs)
		for i := range m.Pages {
			doc.PageInfo = append(doc.PageInfo, TruthPage{Page: offset + i + 1, Source: "digital", Color: true, Degrade: u.Medium, Printed: printedPage(p.Footer, i+1, len(m.Pages))})
		}
		doc.place(offset, 0, nil)
		doc.Pages = [2]int{offset + 1, offset + len(doc.PageInfo)}
		w.sign(&doc)
		out.docs = append(out.docs, doc)
	}
	var err error
	out.data, err = b.pdf(printed, pages, strings.ReplaceAll(w.Submitted.String(), "-", ""))
	if err == nil && slices.ContainsFunc(u.Keys, w.signs) {
		out.data, err = w.Signed.signPDF(out.data, w.Contract.Sign.String())
	}
	return err
}

// scan makes pictures of the papers' pages.
func (b *browser) scan(out *made, w *world, seed uint64, u bundle) error {
	r := stream(seed, "scan "+u.Name)
	setup := w.scanner(u, r)
	setup.Worn = w.Family == Field && !setup.Clean
	var pictures []picture
	for _, key := range u.Keys {
		p := w.paperOf(seed, key)
		m, err := b.layout(p)
		if err != nil {
			return err
		}
		images, err := b.pictures(m, setup.DPI)
		if err != nil {
			return err
		}
		doc := p.truth(out.name, u.Slot)
		offset, lost := len(pictures), 0
		if p.Kind == hequan.KindContract {
			if w.Contract.LostPage > len(images) {
				w.Contract.LostPage = 0 // a contract of one page has none to lose
			}
			lost = w.Contract.LostPage
		}
		var boxes []func(hequan.Box) hequan.Box
		for i, img := range images {
			s := setup
			s.Skew += r.NormFloat64() * 0.15
			w.spoil(key, i+1, &s)
			var back image.Image
			if i+1 < len(images) {
				back = images[i+1]
			}
			shot, box := s.shoot(img, back, r)
			boxes = append(boxes, box)
			if i+1 == lost {
				continue
			}
			pictures = append(pictures, picture{img: shot, dpi: s.DPI, quality: s.Quality, bilevel: s.Bilevel})
			info := s.page(u.Medium)
			info.Page, info.Printed = len(pictures), printedPage(p.Footer, i+1, len(images))
			doc.PageInfo = append(doc.PageInfo, info)
		}
		if key == w.Repeated {
			pictures = append(pictures, pictures[len(pictures)-1])
			info := doc.PageInfo[len(doc.PageInfo)-1]
			info.SameAs, info.Page = info.Page, len(pictures)
			doc.PageInfo = append(doc.PageInfo, info)
		}
		doc.place(offset, lost, boxes)
		w.altered(&doc, offset+1, pictures[offset:])
		doc.grey()
		doc.Pages = [2]int{offset + 1, offset + len(doc.PageInfo)}
		out.docs = append(out.docs, doc)
	}
	return out.encode(u, pictures)
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
		if page == 0 {
			return 0
		}
		if box != nil {
			if boxes != nil {
				*box = boxes[page-1](*box)
			}
			for i := range box {
				box[i] = float64(int(box[i]*10000+.5)) / 10000
			}
		}
		if lost > 0 && page > lost {
			page--
		}
		return page + offset
	}
	gone := func(page int) bool { return lost > 0 && page == lost }
	for _, list := range []*[]TruthField{&d.Fields, &d.Traits, &d.areas} {
		keep := (*list)[:0]
		for _, f := range *list {
			if gone(f.Page) {
				continue
			}
			f.Page = at(f.Page, f.Box)
			keep = append(keep, f)
		}
		*list = keep
	}
	for _, t := range d.Tables {
		for _, row := range t.Rows {
			for name, c := range row {
				if gone(c.Page) {
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
		if s.Box == nil || gone(s.Page) {
			continue
		}
		s.Page = at(s.Page, s.Box)
		seals = append(seals, s)
	}
	d.Seals = seals
	prose := d.Prose[:0]
	for _, p := range d.Prose {
		if p.Page == 0 || gone(p.Page) {
			continue
		}
		p.Page = at(p.Page, nil)
		prose = append(prose, p)
	}
	d.Prose = prose
}
