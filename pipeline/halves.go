package pipeline

// halves are characters that are recognised as two: as what they are made of.
var halves = map[string]string{"人台": "合", "言十": "计", "禾口": "和", "白勺": "的", "木目": "相", "女口": "如", "又寸": "对", "马金": "验", "立早": "章"}

// withoutRoof is 合 of which the roof was lost: no word goes on behind 台 so.
var withoutRoof = map[string]bool{"台同": true, "台格": true}

// joinHalves makes one character again of two that together are no wider than one of their line.
func joinHalves(line []letter) []letter {
	em := 0
	for _, l := range line {
		em = max(em, min(l.Rect.Dx(), l.Rect.Dy()))
	}
	var out []letter
	for i := 0; i < len(line); i++ {
		l := line[i]
		if i+1 < len(line) {
			next := line[i+1]
			whole, ok := halves[l.Text+next.Text]
			switch both := l.Rect.Union(next.Rect); {
			case ok && both.Dx()*10 <= em*13:
				l.Text, l.Rect, l.Confidence = whole, both, min(l.Confidence, next.Confidence)
				i++
			case withoutRoof[l.Text+next.Text]:
				l.Text = "合"
			}
		}
		out = append(out, l)
	}
	return out
}
