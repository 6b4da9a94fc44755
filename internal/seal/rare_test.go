package seal

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write rare.txt anew")

// leastRare is how like a rare character must be to a common one to be listed.
const leastRare = 0.62

// The listed rare characters look like the common ones they stand beside, and
// stand beside no other kind of thing.
func TestRareLookAlikes(t *testing.T) {
	faces := typefaces()
	if len(faces) == 0 {
		t.Skip("no Chinese typeface (apt-get install fonts-noto-cjk)")
	}
	face := faces[0]
	if *update {
		var little []drawnSketch
		for _, c := range characters(0xd8, 0xf7) {
			if f := face.feature(c); f != nil {
				little = append(little, drawnSketch{c, sketchOf(f, face.usual)})
			}
		}
		var b strings.Builder
		for _, c := range common {
			f := face.feature(c)
			own := sketchOf(f, face.usual)
			var all []rival
			for i := range little {
				if little[i].sketch.dot(&own) > 0.45 {
					all = append(all, rival{little[i].char, likeness(f, face.feature(little[i].char), face.usual)})
				}
			}
			sortRivals(all)
			line := ""
			for _, r := range all[:min(4, len(all))] {
				if r.like >= leastRare {
					line += string(r.char)
				}
			}
			if line != "" {
				b.WriteString(string(c) + line + "\n")
			}
		}
		if err := os.WriteFile("rare.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Skip("written; run again")
	}
	if len(rareLike()) < 500 {
		t.Fatalf("%d characters have look-alikes", len(rareLike()))
	}
	for _, c := range "锋译稀" {
		if !slices.Contains(common, c) {
			t.Fatalf("%c is not common", c)
		}
	}
	if !slices.Contains(rareLike()['锋'], '铎') && !slices.Contains(rareLike()['译'], '铎') {
		t.Error("铎 looks like neither 锋 nor 译")
	}
	for c, list := range rareLike() {
		for _, r := range list {
			if slices.Contains(common, r) || likeness(face.feature(c), face.feature(r), face.usual) < leastRare-0.05 {
				t.Errorf("%c beside %c", r, c)
			}
		}
	}
}
