package lines

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hequan/internal/alphabet"
)

// vocabulary is a list of words in the form of the one that lines are made of.
func vocabulary(t *testing.T) *Vocabulary {
	t.Helper()
	name := filepath.Join(t.TempDir(), "words.txt")
	list := "服务 900 vn\n模型 800 n\n我们 700 r\n郑州 30 ns\n大兴 20 ns\n鑹囨櫤 5 n\n銆傚晩 4 x\nnot a word\n"
	if err := os.WriteFile(name, []byte(list), 0o644); err != nil {
		t.Fatal(err)
	}
	v, err := LoadVocabulary(name)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestVocabularyLeavesDamagedWordsOut(t *testing.T) {
	v := vocabulary(t)
	if got := strings.Join(v.words, " "); got != "服务 模型 我们 郑州 大兴" {
		t.Errorf("words %q", got)
	}
	if len(v.places) != 2 {
		t.Errorf("places %q", v.places)
	}
	if _, err := LoadVocabulary(filepath.Join(t.TempDir(), "absent")); err == nil || !strings.Contains(err.Error(), "python3-jieba") {
		t.Errorf("an absent list: %v", err)
	}
}

func TestRunningTextIsLabelledAsTheModelWrites(t *testing.T) {
	v := vocabulary(t)
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range Written() {
		for range 300 {
			label := alphabet.Written(v.written(r, c))
			if label == "" {
				t.Fatalf("%s: an empty line", c)
			}
			if i := strings.IndexAny(label, "（）：；￥％－—～　"); i >= 0 {
				t.Fatalf("%s: %q holds a mark that the model writes otherwise", c, label)
			}
		}
	}
}

func TestLinesOfRunningText(t *testing.T) {
	g := generator(t, 7).Running(vocabulary(t))
	for n := range uint64(8) {
		x, err := g.Line(n, "")
		if err != nil {
			t.Fatal(err)
		}
		y, err := generator(t, 7).Running(vocabulary(t)).Line(n, "")
		if err != nil {
			t.Fatal(err)
		}
		if x.Label != y.Label || !bytes.Equal(x.Picture.Pix, y.Picture.Pix) {
			t.Errorf("line %d: %q and %q", n, x.Label, y.Label)
		}
	}
}

func TestAddedCharactersAreNoOthers(t *testing.T) {
	seen := map[rune]int{}
	for _, c := range Added() {
		seen[c]++
	}
	for _, want := range "叁柒捌仟¥×漱岫喆" {
		if seen[want] == 0 {
			t.Errorf("%c is not added", want)
		}
	}
}
