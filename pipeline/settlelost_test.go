package pipeline

import (
	"testing"

	"hequan"
)

// TestALostCharacterIsSeen: a character that recognition dropped is put back where the picture
// shows it, and not where it shows another one or none.
func TestALostCharacterIsSeen(t *testing.T) {
	for _, c := range []struct{ prints, read, want string }{
		{"星槎-Max", "星", "星槎-Max"},
		{"星榜-Max", "星", "星-Max"},
		{"星-Max", "星", "星-Max"},
	} {
		images, f := printedName(t, c.prints, c.prints)
		line := &f.Reading.Pages[0].Lines[1]
		whole := line.Words[1]
		first, rest := whole, whole
		side := 25 / 1240.0 // 12 points at 150 dpi
		first.Text, first.Box[2] = c.read, whole.Box[0]+side
		rest.Text, rest.Box[0] = "-Max", whole.Box[0]+side*float64(len([]rune(c.prints))-4)
		line.Words = append(line.Words[:1], first, rest)
		docs := []hequan.Document{{Kind: hequan.KindContract, SHA256: "ab", Fields: []hequan.Field{{Name: "models", Value: c.read + "-Max", Page: 1, Box: whole.Box, Confidence: 0.9}}}}
		settleNames(&hequan.Application{Models: []string{"星槎-Max"}}, docs, []ReadFile{f}, images)
		if got := docs[0].Field("models").Value; got != c.want {
			t.Errorf("printed %s, read %s-Max: %s, want %s", c.prints, c.read, got, c.want)
		}
	}
}
