package ocr

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
)

// The recognisers of numbers: two nets of different shape, trained from
// nothing on different lines (docs/models.md). They read single lines, cut by
// imaging.LineCrop and given with Mode Raw, of the characters that amounts,
// 大写, dates, codes, quantities and model names consist of. Any other
// character is read as Other, most of the time: what they say needs a grammar
// and a second opinion.
const (
	NumbersA = "numbers-a"
	NumbersB = "numbers-b"
)

// Other is what the recognisers of numbers read for a character that they don't know.
const Other = "□"

var (
	//go:embed models/numbers-a.traineddata
	numbersA []byte
	//go:embed models/numbers-b.traineddata
	numbersB []byte
)

// embedded returns the model of a name, nil where it is none of ours.
func embedded(lang string) []byte {
	switch lang {
	case NumbersA:
		return numbersA
	case NumbersB:
		return numbersB
	}
	return nil
}

// ModelVersion is a hash over the models in the binary.
func ModelVersion() string {
	h := sha256.New()
	h.Write(numbersA)
	h.Write(numbersB)
	return hex.EncodeToString(h.Sum(nil))[:16]
}
