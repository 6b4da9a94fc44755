package render

import (
	"encoding/json"
	"io"

	"hequan"
)

// JSON writes the report as one indented object and a line feed. Chinese and
// the signs < > & stand as they are.
func JSON(w io.Writer, r *hequan.Report) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

// JSONLine writes the report as one line, for a stream of several.
func JSONLine(w io.Writer, r *hequan.Report) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(r)
}
