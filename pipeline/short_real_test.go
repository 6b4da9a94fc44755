package pipeline

import (
	"strings"
	"testing"
)

// TestTwoDigitsAreNoLoneCharacter: in a table of counts two digits that touch are as wide as a Chinese
// character. They are not dropped, nor is one of them taken for both.
func TestTwoDigitsAreNoLoneCharacter(t *testing.T) {
	files := sharedFiles(t, "real/tables", func(path string, _ int64) bool { return strings.HasSuffix(path, "medal_table.png") })
	if len(files) == 0 {
		t.Skip("the medal table is not in the shared collection")
	}
	reading := mustRead(t, testReader(t, 1), files[0])
	have := map[string]int{}
	for _, l := range reading.Pages[0].Lines {
		for _, w := range l.Words {
			have[w.Text]++
		}
	}
	// The rows of 英国, 德国 and 澳大利亚.
	for text, times := range map[string]int{"19": 2, "51": 1, "41": 1, "46": 1, "17": 1, "15": 1} {
		if have[text] < times {
			t.Errorf("%s was read %d times, want %d", text, have[text], times)
		}
	}
}
