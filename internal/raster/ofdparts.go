package raster

import (
	"sort"

	"hequan"
)

// Package is a file that is a package of parts: what an examination of its
// signatures needs to know.
type Package interface {
	// Part returns a part by its absolute name. The error is a *hequan.Problem.
	Part(name string) ([]byte, error)
	// Parts returns the names of all parts, sorted.
	Parts() []string
	// SignatureLists returns the names of the lists of signatures of its documents.
	SignatureLists() []string
	// Place turns a place on a page, named by its ID, x, y, width and height in mm,
	// into the page's number from 1 and a box; 0 where there is no such page.
	Place(id string, mm [4]float64) (int, hequan.Box)
}

// Part implements Package.
func (f *ofdFile) Part(name string) ([]byte, error) { return f.part(name) }

// Parts implements Package.
func (f *ofdFile) Parts() []string {
	out := make([]string, 0, len(f.parts))
	for name := range f.parts {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

// SignatureLists implements Package.
func (f *ofdFile) SignatureLists() []string { return f.signatures }

// Place implements Package.
func (f *ofdFile) Place(id string, mm [4]float64) (int, hequan.Box) {
	for i, p := range f.pages {
		if p.id != id {
			continue
		}
		size := p.box
		if content, err := f.xml(p.path); err == nil {
			if own := numbers(content.text("PhysicalBox")); len(own) == 4 {
				size = own
			}
		}
		if len(size) != 4 || size[2] <= 0 || size[3] <= 0 {
			return i + 1, hequan.Box{}
		}
		at := func(v, origin, length float64) float64 { return min(1, max(0, (v-origin)/length)) }
		return i + 1, hequan.Box{at(mm[0], size[0], size[2]), at(mm[1], size[1], size[3]), at(mm[0]+mm[2], size[0], size[2]), at(mm[1]+mm[3], size[1], size[3])}
	}
	return 0, hequan.Box{}
}
