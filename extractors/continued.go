package extractors

import (
	"regexp"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/name"
)

// continued takes what a value goes on with in one of the next two rows, where
// its line was too narrow for it: a piece that begins under the value or at the
// margin of its label, or stands centred under it, and completes it. The field
// stays as it is where no piece does.
func (d *doc) continued(f hequan.Field, s span, complete func(value string) bool) hequan.Field {
	if complete(f.Value) {
		return f
	}
	own := d.rows[s.row]
	if g, ok := d.flowsOn(f, s, complete); ok {
		return g
	}
	for j := s.row + 1; j < len(d.rows) && j <= s.row+2 && d.rows[j].page == f.Page; j++ {
		next := d.rows[j]
		if next.box[1]-f.Box[3] > 1.3*f.Box.Height() {
			break
		}
		for _, p := range tabbed(next) {
			part := d.trim(span{j, p[0], p[1]}, "")
			b, text := d.box(part), foldSpaces(d.text(part))
			if rest := restOfName(f.Value, text); rest != "" && rest != text && (near(b[0], own.box[0]) || near(b[0], columnStart(d, s.row, s.from))) && complete(f.Value+rest) {
				f.Value += rest
				f.Text += rest
				f.Confidence = min(f.Confidence, trustOf(d, part))
				return f
			}
			if part.to <= part.from || len([]rune(text)) > 16 || len([]rune(text)) > len([]rune(f.Value)) || b[1] < f.Box.CenterY() {
				continue
			}
			under := near(b[0], f.Box[0]) || near(b.CenterX(), f.Box.CenterX()) || near(b[0], own.box[0])
			if !under || !complete(f.Value+text) {
				continue
			}
			f.Value += text
			f.Text += text
			f.Box = f.Box.Union(b)
			f.Confidence = min(f.Confidence, trustOf(d, part))
			return f
		}
	}
	return f
}

// formOfCompany is the form of a company at the beginning of a line.
var formOfCompany = regexp.MustCompile(`^(?:股份|集团)?有限(?:责任)?公司`)

// restOfName is what a line begins with that completes a company's name cut off
// in the middle of its ending: 司 behind 有限公.
func restOfName(value, text string) string {
	if m := formOfCompany.FindString(text); m != "" && !strings.HasSuffix(value, "公司") && len([]rune(value)) >= 4 {
		return m
	}
	for _, end := range []string{"有限公司", "有限责任公司"} {
		r := []rune(end)
		for n := 1; n < len(r); n++ {
			if strings.HasSuffix(value, string(r[:n])) && n >= 2 && strings.HasPrefix(text, string(r[n:])) {
				return string(r[n:])
			}
		}
	}
	return ""
}

// flowsOn takes what a value that ends its line goes on with at the beginning of
// the next one, as in running text: …科技有 / 限公司，开户行为….
func (d *doc) flowsOn(f hequan.Field, s span, complete func(value string) bool) (hequan.Field, bool) {
	own, j := d.rows[s.row], s.row+1
	if j >= len(d.rows) || d.rows[j].page != f.Page || own.grid != nil || d.trim(span{s.row, s.to, len(own.text)}, "").from < len(own.text) {
		return f, false
	}
	next := d.rows[j]
	if next.box[0] > own.box[0]+0.012 || next.box[2] > own.box[2]+0.05 || next.box[1]-f.Box[3] > 2*f.Box.Height() {
		return f, false
	}
	for n := 1; n <= 12 && n < len(next.text) && unicode.Is(unicode.Han, next.text[n-1]); n++ {
		if unicode.Is(unicode.Han, next.text[n]) || !complete(f.Value+string(next.text[:n])) {
			continue
		}
		part := span{j, 0, n}
		f.Value += string(next.text[:n])
		f.Text += string(next.text[:n])
		f.Confidence = min(f.Confidence, trustOf(d, part))
		return f, true
	}
	return f, false
}

func trustOf(d *doc, s span) float64 {
	c, _ := d.trust(s)
	return c
}

// near says whether two places across a page are the same to one part in a hundred.
func near(a, b float64) bool { return a-b < 0.012 && b-a < 0.012 }

// wholeCompany and wholeBank say whether a name has its end.
func wholeCompany(v string) bool {
	return looksLikeCompany(name.Normal(v)) && !brokenName.MatchString(name.Normal(v))
}

// brokenName is a name that something else was put into: 有限公有限公司.
var brokenName = regexp.MustCompile(`有限公[^司]|有限[^公责合]`)

func wholeBank(v string) bool {
	for _, end := range []string{"支行", "分行", "营业部", "营业室", "分理处", "信用社", "银行"} {
		if strings.HasSuffix(v, end) {
			return true
		}
	}
	return false
}

// underLabel is the one of several companies' names without a gap between them
// that stands under a label.
func (d *doc) underLabel(part span, label hequan.Box) span {
	t := []rune(d.text(part))
	var starts []int
	for from := 0; from < len(t); {
		starts = append(starts, from)
		from += oneCompany(t[from:])
		for from < len(t) && unicode.IsSpace(t[from]) {
			from++
		}
	}
	if len(starts) < 2 {
		return part
	}
	best, most := part, 0.0
	whole := d.box(part)
	for i, from := range starts {
		to := len(t)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		// Letters of one word have no boxes of their own: they are as wide as each other.
		x0 := whole[0] + whole.Width()*float64(from)/float64(len(t))
		x1 := whole[0] + whole.Width()*float64(to)/float64(len(t))
		if over := min(x1, label[2]) - max(x0, label[0]); over > most {
			best, most = sub(part, from, to), over
		}
	}
	return best
}

// goneOn is a field with what it goes on with in another line: as sure as the less sure part, proven if both are.
func goneOn(f, part hequan.Field) hequan.Field {
	f.Value, f.Text, f.Box, f.Confidence = f.Value+part.Value, f.Text+part.Text, f.Box.Union(part.Box), min(f.Confidence, part.Confidence)
	if len(part.Proof) == 0 {
		f.Proof = nil
	}
	return f
}
