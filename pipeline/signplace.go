package pipeline

import (
	"image"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hequan"
	"hequan/internal/imaging"
)

// signLabel is what stands before the place where a paper is signed, as it is
// read, up to the colon or the end of its words.
var signLabel = regexp.MustCompile(`((法定代表人|负责人|授权代表|委托代理人|签署人|承诺人)(或|/|、|及)?(其)?(授权|委托)?(代表|代理人)?[(（〈]?(亲笔)?([签答等竺][字宁名章署守小])?(或?盖?章)?|[签答等竺][字宁名章署守]|亲笔|^法[^，。、]{2,9}[)）])[)）〉]*[：:;；]?`)

// signStop begins what stands beside a signature on its line.
var signStop = regexp.MustCompile(`日期|盖章|公章|职务|电话|名称|单位|[0-9〇零一二三四五六七八九OoC]{2,}[-./年]|[一二三四五六七八九十0-9]{1,3}月|[(（〈]`)

// company is what a name that is printed behind such a label ends with: 承诺人：某某公司 is who promises, not who signs.
var company = regexp.MustCompile(`公司|集团|研究院|事务所|中心$`)

// Measures of the place behind a label, in millimetres, and of what stands there.
const (
	signReach = 70.0
	signAbove = 6.0
	signBelow = 5.0
	signUnder = 14.0 // below the label
	handTall  = 1.32 // times as tall as the label's characters: written by hand
	handWide  = 3.0  // millimetres of that
	printWide = 2.5  // millimetres of anything
)

// signPlaces looks at the places for signatures on a page and tells by their
// ink what stands there. Words are not asked: residue of a seal is read as
// words, and handwriting is not.
func signPlaces(img *image.NRGBA, dpi int, page hequan.Page, color bool) []hequan.SignPlace {
	var out []hequan.SignPlace
	lines, seals := page.Lines, page.Seals
	pitch := usualPitch(lines)
	for _, l := range lines {
		label, ok := labelEnd(l, pitch)
		if !ok {
			continue
		}
		if p, ok := signPlace(img, dpi, lines, l, label, pitch, seals, rowOf(page, l), color); ok {
			out = append(out, p)
		}
	}
	return out
}

// signMark is a label of a signature: where on its line it begins, where it ends, and where what stands behind begins that is no
// signature (1: nowhere), in fractions of the page's width; and how many Chinese characters it has, which are as far as it
// reaches in any case.
type signMark struct {
	from, to, stop float64
	han            int
}

// labelEnd finds a signature's label on a line. A signature is taken for part of the label's word
// often, and stretches it: the label is no longer than print of the usual pitch (0: not known).
func labelEnd(l hequan.Line, pitch float64) (signMark, bool) {
	var text strings.Builder
	var left, right []float64 // of each byte
	for _, w := range l.Words {
		n := float64(len([]rune(w.Text)))
		for i, c := range []rune(w.Text) {
			if c == ' ' {
				continue
			}
			x0, x1 := w.Box[0]+w.Box.Width()*float64(i)/n, w.Box[0]+w.Box.Width()*float64(i+1)/n
			text.WriteRune(c)
			for range len(string(c)) {
				left, right = append(left, x0), append(right, x1)
			}
		}
	}
	s := text.String()
	all := signLabel.FindAllStringIndex(s, -1)
	if all == nil {
		return signMark{}, false
	}
	at := all[len(all)-1]
	label, rest := s[at[0]:at[1]], s[at[1]:]
	han := 0
	for _, r := range label {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	if k := strings.IndexAny(rest, "：:)）"); k >= 0 && !strings.ContainsAny(label, "：:") && len([]rune(rest[:k])) <= 6 { // the label goes on: 法定代表人（等守）：
		at[1] += k
		_, n := utf8.DecodeRuneInString(rest[k:])
		at[1] += n
		label, rest = s[at[0]:at[1]], s[at[1]:]
		for _, more := range []string{"：", ":", ";"} {
			if strings.HasPrefix(rest, more) {
				at[1] += len(more)
				rest = rest[len(more):]
			}
		}
	}
	marked := strings.ContainsAny(label, "：:;；签答等竺亲)）")
	// Without its colon a label is one that begins a line of little else: the signature was read as part of it.
	written := rest
	if m := signStop.FindStringIndex(rest); m != nil {
		written = rest[:m[0]]
	}
	alone := at[0] == 0 && han >= 3 && len([]rune(written)) <= 10 && !strings.ContainsAny(strings.TrimLeft(written, "，、,.-—"), "，。、,")
	if !marked && !alone || len([]rune(rest)) > 16 || company.MatchString(rest) { // a sentence that speaks of the representative
		return signMark{}, false
	}
	stop := 1.0
	if m := signStop.FindStringIndex(rest); m != nil {
		stop = left[at[1]+m[0]]
	}
	to := right[at[1]-1]
	if n := float64(utf8.RuneCountInString(s[at[0]:at[1]])); pitch > 0 && to > left[at[0]]+1.1*pitch*n {
		to = left[at[0]] + 1.1*pitch*n
	}
	return signMark{left[at[0]], to, stop, han}, true
}

// usualPitch is how far apart the Chinese characters of a page's print stand, half of its words closer, in
// fractions of its width; 0 where there is too little of it.
func usualPitch(lines []hequan.Line) float64 {
	var all []float64
	for _, l := range lines {
		for _, w := range l.Words {
			if n := utf8.RuneCountInString(w.Text); n >= 6 && allHan(w.Text) {
				all = append(all, w.Box.Width()/float64(n))
			}
		}
	}
	if len(all) < 3 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// signPlace looks at the place behind a label, and where nothing stands there below it.
func signPlace(img *image.NRGBA, dpi int, lines []hequan.Line, l hequan.Line, label signMark, pitch float64, seals []hequan.Seal, row ruledRow, color bool) (hequan.SignPlace, bool) {
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	mm := float64(dpi) / 25.4
	dark := 0.62
	if !color {
		dark = 0.4
	}
	band := func(x0, x1, y0, y1 float64) image.Rectangle {
		return image.Rect(int(x0*w), int(y0), int(math.Ceil(x1*w)), int(math.Ceil(y1))).Intersect(img.Rect)
	}
	top, foot := l.Box[1]*h, l.Box[3]*h
	tall := labelHeight(imaging.InkGroups(img, band(label.from, label.from+0.4*(label.to-label.from), top-0.5*mm, foot+0.5*mm), dpi, dark))
	if em := pitch * w; em > 0 { // parts of characters are lower, those that a seal joins taller
		tall = min(max(tall, int(0.85*em)), int(1.15*em))
	}
	if tall < int(1.5*mm) {
		return hequan.SignPlace{}, false
	}
	look := func(area image.Rectangle, level bool) hequan.SignPlace {
		place := hequan.SignPlace{Box: fraction(area, w, h), Ink: hequan.InkNone}
		var hand image.Rectangle
		wide, any := 0, 0
		for _, g := range imaging.InkGroups(img, area, dpi, dark) {
			off := math.Abs(float64(g.Min.Y+g.Max.Y)/2 - (top+foot)/2)
			if !row.holds(g, w, h, mm) || level && off > 1.1*float64(tall) || otherLine(lines, l, g, w, h, level) || !color && onSeal(seals, g, w, h) {
				continue
			}
			any += g.Dx()
			if float64(g.Dy()) >= handTall*float64(tall) && g.Dx() >= int(0.8*mm) {
				wide += g.Dx()
				hand = hand.Union(g)
			}
		}
		switch {
		case float64(wide) >= handWide*mm:
			place.Ink, place.Box = hequan.InkHand, fraction(hand, w, h)
		case float64(any) >= printWide*mm:
			place.Ink = hequan.InkPrint
		}
		return place
	}
	stop := nextColumn(lines, l, label.to, label.stop)
	beside := func(x float64) image.Rectangle {
		return band(x, min(stop, label.to+signReach*mm/w, 1), top-signAbove*mm, foot+signBelow*mm)
	}
	area := beside(label.to)
	place := hequan.SignPlace{Box: fraction(area, w, h), Ink: hequan.InkNone}
	if area.Dx() >= int(6*mm) {
		place = look(area, true)
	}
	if place.Ink != hequan.InkHand { // what was taken for the label may reach into the signature
		sure := label.from + 0.95*float64(tall*label.han)/w
		if p := look(beside(min(sure, label.to)), true); p.Ink == hequan.InkHand {
			return p, true
		}
	}
	if place.Ink == hequan.InkNone {
		below := band(label.from, min(label.from+signReach*mm/w, stop, 1), foot+0.5*mm, foot+signUnder*mm)
		if p := look(below, false); p.Ink == hequan.InkHand {
			place = p
		}
	}
	return place, true
}

// ruledRow is the row of a table that a label stands in: what is written beside it
// lies between its rules. The zero value is none.
type ruledRow struct {
	cell  hequan.Box // of the label
	slope float64    // of the rules, in heights of the page over its width
}

// rowOf finds the ruled row that a line stands in.
func rowOf(p hequan.Page, l hequan.Line) ruledRow {
	for _, g := range p.Grids {
		for _, c := range g.Cells {
			if c.Box.Contains(l.Box.CenterX(), l.Box.CenterY()) && p.Info.HeightMM > 0 {
				return ruledRow{c.Box, math.Tan(p.Skew*math.Pi/180) * p.Info.WidthMM / p.Info.HeightMM}
			}
		}
	}
	return ruledRow{}
}

// holds says whether a group of ink lies within the row and is no rule of it.
func (r ruledRow) holds(g image.Rectangle, w, h, mm float64) bool {
	if r.cell.IsZero() {
		return true
	}
	x, y := float64(g.Min.X+g.Max.X)/2/w, float64(g.Min.Y+g.Max.Y)/2/h
	y -= (x - r.cell.CenterX()) * r.slope
	return y > r.cell[1] && y < r.cell[3] && float64(g.Dy()) < r.cell.Height()*h+0.5*mm
}

// labelHeight is how tall the characters of a label are in pixels: three of four are lower.
func labelHeight(groups []image.Rectangle) int {
	var tall []int
	for _, g := range groups {
		tall = append(tall, g.Dy())
	}
	if len(tall) == 0 {
		return 0
	}
	slices.Sort(tall)
	return tall[len(tall)*3/4]
}

// nextColumn is where print begins that stands beside a label on another line
// of the page: it is no signature.
func nextColumn(lines []hequan.Line, own hequan.Line, to, stop float64) float64 {
	for _, l := range lines {
		if l.Box == own.Box || l.Box[0] <= to || l.Box[1] >= own.Box[3] || l.Box[3] <= own.Box[1] {
			continue
		}
		var text strings.Builder
		longest := 0 // a signature under a seal is read as scattered characters
		for _, w := range l.Words {
			text.WriteString(w.Text)
			longest = max(longest, utf8.RuneCountInString(w.Text))
		}
		if s := text.String(); len([]rune(s)) >= 6 && longest >= 3 || signStop.MatchString(s) {
			stop = min(stop, l.Box[0])
		}
	}
	return stop
}

// otherLine says whether the middle of a group lies on the words of another
// line; below a label on those of a long line, as a signature by itself is read as a line too.
func otherLine(lines []hequan.Line, own hequan.Line, g image.Rectangle, w, h float64, level bool) bool {
	x, y := float64(g.Min.X+g.Max.X)/2/w, float64(g.Min.Y+g.Max.Y)/2/h
	for _, l := range lines {
		if l.Box == own.Box || math.Abs(l.Box.CenterY()-own.Box.CenterY()) < own.Box.Height()/2 {
			continue
		}
		length := 0
		for _, word := range l.Words {
			length += len([]rune(word.Text))
		}
		if !level && length < 7 {
			continue
		}
		for _, word := range l.Words {
			if word.Box.Contains(x, y) {
				return true
			}
		}
	}
	return false
}

// onSeal says whether a group lies on a seal.
func onSeal(seals []hequan.Seal, g image.Rectangle, w, h float64) bool {
	x, y := float64(g.Min.X+g.Max.X)/2/w, float64(g.Min.Y+g.Max.Y)/2/h
	return slices.ContainsFunc(seals, func(s hequan.Seal) bool { return s.Box.Contains(x, y) })
}

func fraction(r image.Rectangle, w, h float64) hequan.Box {
	return hequan.Box{round4(float64(r.Min.X) / w), round4(float64(r.Min.Y) / h), round4(float64(r.Max.X) / w), round4(float64(r.Max.Y) / h)}
}

func round4(v float64) float64 { return math.Round(v*1e4) / 1e4 }

// inkSignature makes the field signature of a paper say what its ink says: only
// where something was written by hand, or a name seal pressed, is it signed. Its
// name is as it was recognised there.
func inkSignature(fields []hequan.Field, pages []hequan.Page) []hequan.Field {
	at := slices.IndexFunc(fields, func(f hequan.Field) bool { return f.Name == "signature" })
	var read *hequan.Field
	if at >= 0 {
		f := fields[at]
		read = &f
		fields = slices.Delete(slices.Clone(fields), at, at+1)
	}
	for _, p := range pages {
		for _, s := range p.SignPlaces {
			if s.Ink != hequan.InkHand {
				continue
			}
			f := hequan.Field{Name: "signature", Value: "present", Page: p.Info.Page, Box: s.Box, Confidence: 0.9}
			if read != nil && read.Value != "" && read.Page == f.Page && read.Box.CenterY() > s.Box[1] && read.Box.CenterY() < s.Box[3] {
				f = *read
			}
			return append(fields, f)
		}
	}
	return fields
}
