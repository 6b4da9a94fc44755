// Package ocr is the seam to the text recogniser. Nothing outside knows which
// one it is; today it is Tesseract through its C interface.
package ocr

import "image"

// Mode says what a rectangle holds.
type Mode int

// The modes; their values are Tesseract's page segmentation modes.
const (
	Auto   Mode = 3  // a page with columns
	Block  Mode = 6  // one block of lines
	Line   Mode = 7  // one line
	Sparse Mode = 11 // words anywhere
	Raw    Mode = 13 // one line, taken as it is cut: for recognisers of our own
)

// Options of one recognition.
type Options struct {
	Lang      string // "chi_sim", "eng", NumbersA, NumbersB or Lines
	Mode      Mode
	Whitelist string // characters allowed; empty: all
	DPI       int    // of the picture; 0 means 200
}

// Symbol is one character. Rect is in pixels of the picture.
type Symbol struct {
	Text       string
	Rect       image.Rectangle
	Confidence float64 // 0…1
	NewWord    bool    // begins a word
	NewLine    bool    // begins a line
}

// Engine recognises text. An Engine is not safe for concurrent use.
type Engine interface {
	// SetPicture gives the grey picture that the following calls of Recognize read from.
	SetPicture(img *image.Gray) error
	// Recognize reads one rectangle of the picture, symbols in reading order.
	Recognize(r image.Rectangle, o Options) ([]Symbol, error)
	// Spell asks the recogniser Lines which words of a lexicon one line of the picture may hold, the likeliest first.
	Spell(r image.Rectangle, lexicon *Lexicon) ([]Spelled, error)
	// HasLines says whether the recogniser Lines is there to be asked.
	HasLines() bool
	// Close frees the engine.
	Close()
}
