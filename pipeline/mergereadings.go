package pipeline

import (
	"math"
	"sort"
	"strings"

	"hequan"
	"hequan/internal/uscc"
)

// mergeReadings puts readings of a page together: what stands in its tables cell by cell,
// the rest as one.
func mergeReadings(p prepared, readings []aReading) ([]hequan.Line, []hequan.Grid) {
	lean := math.Tan(p.turn.Degrees*math.Pi/180) * float64(p.turn.W) / float64(p.turn.H)
	var free [][]hequan.Line
	for _, r := range readings {
		inCells := map[hequan.Box]bool{}
		for _, g := range r.grids {
			for _, c := range g.Cells {
				for _, l := range c.Lines {
					inCells[l.Box] = true
				}
			}
		}
		var rest []hequan.Line
		for _, l := range r.lines {
			if !inCells[l.Box] {
				rest = append(rest, l)
			}
		}
		free = append(free, rest)
	}
	merged := mergeLines(free, lean)
	grids := readings[0].grids
	for i := range grids { // all are read in the same cells
		for k := range grids[i].Cells {
			var inCell [][]hequan.Line
			for _, r := range readings {
				inCell = append(inCell, r.grids[i].Cells[k].Lines)
			}
			grids[i].Cells[k].Lines = mergeLines(inCell, lean)
			merged = append(merged, grids[i].Cells[k].Lines...)
		}
	}
	sortLines(merged)
	return merged, grids
}

// mergedWord is a word of one of several readings, with the line that it stands in.
type mergedWord struct {
	hequan.Word
	reading, line int
	group         int
	top, bottom   float64 // of its line, levelled
}

// mergeLines puts readings of the same print together. Words that stand over each other
// are alternatives: the surest reading is taken, each of its characters overruled where two others agree on
// another. What the first reading has nothing of is added if two have it, or one surely. lean is by how
// much a line of the page sinks from its left end to its right, in heights of the page.
func mergeLines(readings [][]hequan.Line, lean float64) []hequan.Line {
	var words []mergedWord
	for n, lines := range readings {
		words = append(words, wordsOf(lines, n, lean)...)
	}
	groupAlternatives(words)
	groups := map[int][]mergedWord{}
	for _, w := range words {
		groups[w.group] = append(groups[w.group], w)
	}
	base := []int{0} // where the lines of each reading stand in out
	for _, lines := range readings {
		base = append(base, base[len(base)-1]+len(lines))
	}
	out := make([]hequan.Line, base[len(base)-1])
	for g := range words { // in order
		for _, w := range settleGroup(groups[g], len(readings), words) {
			at := base[w.reading] + w.line
			if l, ok := lineBeside(w, groups[g], words); ok {
				at = l
			}
			out[at].Words = append(out[at].Words, w.Word)
		}
	}
	var merged []hequan.Line
	for _, l := range out {
		if len(l.Words) == 0 {
			continue
		}
		sort.SliceStable(l.Words, func(i, j int) bool { return l.Words[i].Box[0] < l.Words[j].Box[0] })
		for _, w := range l.Words {
			l.Box = l.Box.Union(w.Box)
		}
		merged = append(merged, l)
	}
	return merged
}

// lineBeside is the line of the first reading that a word belongs to: that of the word whose
// alternative it is, else of one at its height.
func lineBeside(w mergedWord, group, all []mergedWord) (line int, ok bool) {
	if w.reading == 0 {
		return w.line, true
	}
	most := 0.0
	for _, o := range group {
		if over := overX(o.Box, w.Box); o.reading == 0 && over > most {
			line, most = o.line, over
		}
	}
	if most > 0 {
		return line, true
	}
	most = 0.6
	for _, o := range all {
		if over := min(sameness(o, w), overY(o.Box, w.Box)); o.reading == 0 && over > most {
			line, most = o.line, over
		}
	}
	return line, most > 0.6
}

// wordsOf lists the words of lines with the heights of these: the middle ones of their characters, for
// at a line's end may stand an ornament that is taller.
func wordsOf(lines []hequan.Line, reading int, lean float64) (out []mergedWord) {
	for i, l := range lines {
		var tops, bottoms []float64
		for _, w := range l.Words {
			sink := (w.Box.CenterX() - 0.5) * lean
			for range []rune(w.Text) {
				tops, bottoms = append(tops, w.Box[1]-sink), append(bottoms, w.Box[3]-sink)
			}
		}
		sort.Float64s(tops)
		sort.Float64s(bottoms)
		for _, w := range l.Words {
			out = append(out, mergedWord{Word: w, reading: reading, line: i, top: tops[len(tops)/2], bottom: bottoms[len(bottoms)/2]})
		}
	}
	return out
}

// groupAlternatives gives words of different readings that stand over each other one
// number: the place of the first of them.
func groupAlternatives(words []mergedWord) {
	for i := range words {
		words[i].group = i
	}
	root := func(i int) int {
		for words[i].group != i {
			i = words[i].group
		}
		return i
	}
	for j := range words {
		for i := 0; i < j && words[i].reading < words[j].reading; i++ {
			if (sameness(words[i], words[j]) > 0.5 || overY(words[i].Box, words[j].Box) > 0.5) && overX(words[i].Box, words[j].Box) > 0.15 {
				a, b := root(i), root(j)
				words[max(a, b)].group = min(a, b)
			}
		}
	}
	for i := range words {
		words[i].group = root(i)
	}
}

// settleGroup chooses among alternatives.
func settleGroup(group []mergedWord, readings int, all []mergedWord) []mergedWord {
	if len(group) == 0 {
		return nil
	}
	sides := make([][]mergedWord, readings)
	for _, w := range group {
		sides[w.reading] = append(sides[w.reading], w)
	}
	best, found := -1, 0
	for n, side := range sides {
		if len(side) == 0 || n > 0 && stacked(side) {
			continue
		}
		found++
		sort.SliceStable(side, func(i, j int) bool { return side[i].Box[0] < side[j].Box[0] })
		if better := worth(side) > worth(sides[max(0, best)])+0.02; best < 0 || holdsCode(side) && !holdsCode(sides[best]) || better && (holdsCode(side) || !holdsCode(sides[best])) {
			best = n
		}
	}
	if best < 0 {
		return nil
	}
	if len(sides[0]) == 0 && (overFirst(all, sides[best]) || found < 2 && !surePiece(sides[best])) {
		return nil
	}
	taken := sides[best]
	var others [][]mergedWord
	for n, side := range sides {
		if n != best && len(side) > 0 && !stacked(side) {
			others = append(others, side)
		}
	}
	if len(others) == 2 {
		taken = outvote(taken, textOfWords(others[0]), textOfWords(others[1]))
	}
	for _, o := range others {
		taken = doubt(taken, o)
	}
	return taken
}

func textOfWords(words []mergedWord) []rune {
	var out []rune
	for _, w := range words {
		out = append(out, []rune(w.Text)...)
	}
	return out
}

// outvote replaces the characters of taken words in whose place two other readings
// agree on another character. Numbers that were read twice alike stay.
func outvote(taken []mergedWord, a, b []rune) []mergedWord {
	own := textOfWords(taken)
	x, y := opposite(own, a), opposite(own, b)
	at := 0
	for i, w := range taken {
		text := []rune(w.Text)
		changed := false
		for k := range text {
			if r := x[at]; r != 0 && r == y[at] && r != text[k] && len(w.Proof) == 0 {
				text[k], changed = r, true
			}
			at++
		}
		if changed {
			taken[i].Text = string(text)
		}
	}
	return taken
}

// opposite returns for each character of a text what stands in its place in another
// reading of it, by the alignment of the fewest changes; 0 where nothing does.
func opposite(own, other []rune) []rune {
	n, m := len(own), len(other)
	cost := make([][]int, n+1)
	for i := range cost {
		cost[i] = make([]int, m+1)
		for j := range cost[i] {
			switch {
			case i == 0 || j == 0:
				cost[i][j] = i + j
			default:
				differ := 1
				if own[i-1] == other[j-1] {
					differ = 0
				}
				cost[i][j] = min(cost[i-1][j-1]+differ, cost[i-1][j]+1, cost[i][j-1]+1)
			}
		}
	}
	out := make([]rune, n)
	for i, j := n, m; i > 0 && j > 0; {
		differ := 1
		if own[i-1] == other[j-1] {
			differ = 0
		}
		switch {
		case cost[i][j] == cost[i-1][j-1]+differ:
			out[i-1] = other[j-1]
			i, j = i-1, j-1
		case cost[i][j] == cost[i-1][j]+1:
			i--
		default:
			j--
		}
	}
	return out
}

// surePiece says whether words that only one reading has are more than a speck or an ornament.
func surePiece(words []mergedWord) bool {
	return len(words) == 1 && len([]rune(words[0].Text)) > 1 && words[0].Confidence > 0.9
}

// stacked says whether of words that stand at one height some stand over others: lines run into each other.
func stacked(words []mergedWord) bool {
	for i, a := range words {
		for _, b := range words[:i] {
			if a.line != b.line && overX(a.Box, b.Box) > 0.3 {
				return true
			}
		}
	}
	return false
}

// sameness is how much of the taller of two words' lines stands at the height of the other.
func sameness(a, b mergedWord) float64 {
	return (min(a.bottom, b.bottom) - max(a.top, b.top)) / max(1e-6, a.bottom-a.top, b.bottom-b.top)
}

// overX is how much of the narrower of two boxes lies over or under the other.
func overX(a, b hequan.Box) float64 {
	return (min(a[2], b[2]) - max(a[0], b[0])) / max(1e-6, min(a.Width(), b.Width()))
}

// overY is how much of the taller of two boxes stands at the height of the other.
func overY(a, b hequan.Box) float64 {
	return (min(a[3], b[3]) - max(a[1], b[1])) / max(1e-6, a.Height(), b.Height())
}

// overFirst says whether words lie on one of the first reading.
func overFirst(all, words []mergedWord) bool {
	for _, o := range all {
		for _, w := range words {
			if o.reading == 0 && overX(o.Box, w.Box) > 0 && min(o.Box[3], w.Box[3])-max(o.Box[1], w.Box[1]) > 0.2*min(o.Box.Height(), w.Box.Height()) {
				return true
			}
		}
	}
	return false
}

// worth is what words say for themselves: their characters, counted by how far they
// are surer than what is read of no text at all (0.83 to 0.87 on pages upside down). What
// was read twice alike counts more.
func worth(words []mergedWord) float64 {
	sum := 0.0
	for _, w := range words {
		v := w.Confidence - 0.85
		if len(w.Proof) > 0 {
			v += 0.1
		}
		sum += v * float64(len([]rune(w.Text)))
	}
	return sum
}

// doubt takes the proof from taken words that were read twice alike where
// another reading of the page has something else that was read so, too.
func doubt(taken, other []mergedWord) []mergedWord {
	mine, theirs := string(textOfWords(taken)), string(textOfWords(other))
	for i, w := range taken {
		for _, o := range other {
			if len(w.Proof) > 0 && len(o.Proof) > 0 && overX(w.Box, o.Box) > 0.3 && !strings.Contains(theirs, w.Text) && !strings.Contains(mine, o.Text) {
				taken[i].Proof, taken[i].Alt, taken[i].Confidence = nil, o.Text, min(w.Confidence, 0.75)
			}
		}
	}
	return taken
}

// holdsCode says whether a word among these is a 统一社会信用代码 with a right check character.
func holdsCode(words []mergedWord) bool {
	for _, w := range words {
		if uscc.Valid(w.Text) {
			return true
		}
	}
	return false
}
