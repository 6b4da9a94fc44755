// Package raster turns files into upright page pictures, with the text layer
// where there is one. It parses hostile files and therefore runs only in a
// reader child.
package raster

import (
	"image"

	"hequan"
)

// Budgets, checked before the work is done.
const (
	MaxPages  = 3000        // of one file
	MaxPixels = 100_000_000 // of one picture, before it is decoded
	scanDPI   = 200         // a scan without a resolution of its own, and renderings for reading
	maxDPI    = 300         // finer scans gain nothing
	minDPI    = 130         // coarser ones are enlarged
)

// Page is one upright page.
type Page struct {
	Image     *image.NRGBA
	DPI       int     // of Image
	WidthMM   float64 // physical size
	HeightMM  float64
	Rotation  int    // clockwise degrees that made it upright
	Source    string // hequan.SourceScan or hequan.SourceDigital
	ScanDPI   int    // of the embedded scan; 0 for a digital page or where unknown
	Channels  bool   // the scan is stored with channels of colour, whether anything on it has one or not
	Lines     []hequan.Line
	Stamps    []hequan.Stamp // words that the text layer sets aslant
	DrawnOver []hequan.Word  // of a scan: words painted over the picture
	Notes     []string

	release func()
}

// Release hands the memory of the picture that the file gave back to it, for
// the next page. Nothing may look at the picture, or at a part of it, any more.
func (p *Page) Release() {
	if p.release != nil {
		p.release()
		p.release = nil
	}
}

// File is an open file.
type File interface {
	Pages() int
	// Page returns page i, from 0. The error is a *hequan.Problem where the
	// file is at fault.
	Page(i int) (*Page, error)
	// Data returns the machine-readable values of the file, which may be nil.
	Data() map[string]string
	Close()
}
