package pipeline

import "testing"

// TestOneOff: a name that was read with one character as another, as two or not at all; two of them, or one more behind a
// whole name, make another name.
func TestOneOff(t *testing.T) {
	for _, c := range []struct {
		want, read string
		is         bool
	}{{"云岫", "云册", true}, {"云岫", "云山册", true}, {"云岫", "云", true}, {"云岫", "岫", true}, {"知微子", "知徽子", true}, {"云岫", "云岫", false},
		{"云岫", "去册", false}, {"知微子", "知", false}, {"云岫", "云山由册", false}, {"岫", "册", false}} {
		if got := oneOff([]rune(c.want), []rune(c.read)); got != c.is {
			t.Errorf("%s read %s: %v", c.want, c.read, got)
		}
	}
}
