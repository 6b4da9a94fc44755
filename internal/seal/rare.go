package seal

import (
	_ "embed"
	"strings"
	"sync"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// rareText lists beside common characters the rare ones (of GB 2312's second
// level) that look most like them: what a look-alike name may be made with. A
// line a character; made by the test of this file with -update.
//
//go:embed rare.txt
var rareText string

// rareLike are the rare characters that look like a common one.
var rareLike = sync.OnceValue(func() map[rune][]rune {
	out := map[rune][]rune{}
	for line := range strings.Lines(rareText) {
		if r := []rune(strings.TrimSpace(line)); len(r) > 1 {
			out[r[0]] = r[1:]
		}
	}
	return out
})

// characters of GB 2312 between two first bytes, in their order.
func characters(from, to int) []rune {
	var codes []byte
	for high := from; high <= to; high++ {
		for low := 0xa1; low <= 0xfe; low++ {
			if high == 0xd7 && low > 0xf9 { // the first level ends there
				break
			}
			codes = append(codes, byte(high), byte(low))
		}
	}
	text, err := simplifiedchinese.GBK.NewDecoder().Bytes(codes)
	if err != nil {
		return nil
	}
	return []rune(string(text))
}
