package lines

import (
	"golang.org/x/text/encoding/simplifiedchinese"

	"hequan/internal/alphabet"
)

// common are the 3,755 characters of the first level of GB 2312: what Chinese
// text beside the fields consists of.
var common = func() []rune {
	var raw []byte
	for row := byte(0xB0); row <= 0xD7; row++ {
		last := byte(0xFE)
		if row == 0xD7 {
			last = 0xF9
		}
		for cell := byte(0xA1); cell <= last; cell++ {
			raw = append(raw, row, cell)
		}
	}
	text, err := simplifiedchinese.GBK.NewDecoder().Bytes(raw)
	if err != nil {
		panic(err) // the table is fixed
	}
	return []rune(string(text))
}()

// Added are the characters that a recogniser of text needs and a model may
// lack: the common ones, those of names, and marks.
func Added() []rune {
	return append(append([]rune(alphabet.Marks), common...), rare...)
}
