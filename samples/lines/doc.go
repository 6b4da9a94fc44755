// Package lines draws single lines of print as the reader sees them: amounts,
// dates, codes and what stands beside them, set in many typefaces, scanned,
// and cut out after the text plane by the reader's own code. The recognisers
// of internal/ocr are trained and measured on them.
//
// A line is a pure function of its generator's seed and its number.
package lines
