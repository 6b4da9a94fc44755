package lines

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"hequan/internal/alphabet"
	"hequan/internal/rmb"
	"hequan/internal/uscc"
)

func generator(t *testing.T, seed uint64) *Generator {
	t.Helper()
	g, err := New("/", seed, false)
	if err != nil {
		t.Skip(err)
	}
	return g
}

func TestEqualSeedsGiveEqualLines(t *testing.T) {
	a, b := generator(t, 7), generator(t, 7)
	for n := range uint64(12) {
		x, err := a.Line(n, "")
		if err != nil {
			t.Fatal(err)
		}
		y, err := b.Line(n, "")
		if err != nil {
			t.Fatal(err)
		}
		if x.Label != y.Label || x.Face != y.Face || !bytes.Equal(x.Picture.Pix, y.Picture.Pix) {
			t.Errorf("line %d: %q and %q", n, x.Label, y.Label)
		}
	}
	x, _ := a.Line(0, Words)
	y, _ := generator(t, 8).Line(0, Words)
	if x.Label == y.Label {
		t.Errorf("another seed gives the same line %q", x.Label)
	}
}

func TestLabelsAreOfTheAlphabet(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		c := anyClass(r)
		drawn := text(r, c)
		label := alphabet.Read(drawn)
		if label == "" {
			t.Errorf("%s: nothing to read in %q", c, drawn)
		}
		if c != Mixed && c != Prose && strings.ContainsRune(label, alphabet.Other) {
			t.Errorf("%s: %q has a character that the recognisers don't know: %s", c, drawn, label)
		}
	}
}

// Amounts in words must say what the grammar of rmb reads; a nought too few or
// too many is among them on purpose and must not change the value.
func TestWordsAreAmounts(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		drawn := words(r)
		label := strings.TrimPrefix(alphabet.Read(drawn), "⊗")
		for _, prefix := range []string{"合计", "共计", "总价", "金额", ":"} {
			label = strings.TrimPrefix(label, prefix)
		}
		if _, exact, ok := rmb.ParseWords(strings.ReplaceAll(label, "(大写)", "")); !ok || !exact {
			t.Fatalf("%q is no amount", drawn)
		}
	}
}

func TestCreditCodesCheck(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	valid := 0
	for range 1000 {
		if c := creditCode(r); len(c) != 18 {
			t.Fatalf("%q has %d characters", c, len(c))
		} else if uscc.Valid(c) {
			valid++
		}
	}
	if valid < 650 || valid > 950 {
		t.Errorf("%d of 1000 codes have their check character, want about three quarters: a net must not learn to calculate", valid)
	}
}

func TestUnseenFacesAreKeptOut(t *testing.T) {
	unseen := 0
	for _, f := range typefaces {
		if f.Unseen {
			unseen++
		}
		for _, o := range typefaces {
			if o.Name == f.Name && o.Unseen != f.Unseen {
				t.Errorf("%s is both trained on and kept out", f.Name)
			}
		}
	}
	if unseen < 2 {
		t.Errorf("%d typefaces kept out", unseen)
	}
}
