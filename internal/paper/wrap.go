package paper

import (
	"bytes"
	"image/jpeg"
	"strings"
	"unicode"

	"hequan/internal/typeface"
)

// leading is the height of a line, in sizes of its type.
const leading = 1.6

// instead stands for a character that the typeface lacks.
const instead = '□'

// wrapped is a line of a paragraph.
type wrapped struct {
	text   string
	indent float64
}

// notFirst are characters that no line begins with, notLast those that none ends with.
const (
	notFirst = "，。、；：？！）》」』”’】〕％%,.;:!?)]}…—"
	notLast  = "（《「『“‘【〔([{¥￥"
)

// wrap breaks a paragraph into lines of a width: between Han characters, not
// inside Latin words and numbers that fit into a line.
func (l *layout) wrap(t Text, width float64) []wrapped {
	var out []wrapped
	size := t.size()
	for para := range strings.Lines(t.Text) {
		indent := 0.0
		if t.Indent {
			indent = 2 * size
		}
		var line []rune
		used := indent
		flush := func(n int) {
			out = append(out, wrapped{strings.TrimRight(string(line[:n]), " "), indent})
			line = []rune(strings.TrimLeft(string(line[n:]), " "))
			indent, used = 0, l.width(string(line), t.Style, size)
		}
		for _, r := range strings.TrimSpace(para) {
			w := l.width(string(r), t.Style, size)
			if used+w > width && len(line) > 0 {
				flush(cut(append(line, r)))
			}
			line = append(line, r)
			used += w
		}
		if len(line) > 0 {
			out = append(out, wrapped{string(line), indent})
		}
	}
	return out
}

// cut says before which character a line that has one too many is broken.
func cut(line []rune) int {
	last := len(line) - 1
	for n := last; n > last-24 && n > 0; n-- {
		before, after := line[n-1], line[n]
		switch {
		case strings.ContainsRune(notFirst, after), strings.ContainsRune(notLast, before), latin(before) && latin(after):
		default:
			return n
		}
	}
	return last
}

func latin(r rune) bool {
	return r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_./,#", r))
}

// width is that of a text in points.
func (l *layout) width(text string, style typeface.Style, size float64) float64 {
	w := 0.0
	for _, r := range l.printable(text, style) {
		w += l.faces[style].Width(r) * size
	}
	return w
}

// printable puts something instead of what the typeface lacks, and leaves out
// what is no character.
func (l *layout) printable(text string, style typeface.Style) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		case !l.faces[style].Has(r):
			return instead
		}
		return r
	}, text)
}

// runesOf collects the characters that are written in each style.
func runesOf(blocks []Block) map[typeface.Style]map[rune]bool {
	used := map[typeface.Style]map[rune]bool{}
	add := func(style typeface.Style, text string) {
		if used[style] == nil {
			used[style] = map[rune]bool{}
		}
		for _, r := range text {
			used[style][r] = true
		}
	}
	var walk func([]Block)
	walk = func(list []Block) {
		for _, b := range list {
			switch b := b.(type) {
			case Text:
				add(b.Style, b.Text)
				add(b.Style, " ")
				add(typeface.Hei, b.Text) // the foot is of that style
			case Table:
				for _, h := range b.Head {
					add(typeface.HeiBold, h)
				}
				for _, row := range b.Rows {
					for _, c := range row {
						walk(c)
					}
				}
			}
		}
	}
	walk(blocks)
	return used
}

// fit is the size of a picture that keeps its shape.
func (p Picture) fit(most float64) (w, h float64, err error) {
	c, err := jpeg.DecodeConfig(bytes.NewReader(p.JPEG))
	if err != nil {
		return 0, 0, err
	}
	w, h = min(p.Width, most), p.Height
	if p.Width == 0 {
		w = most
	}
	if h == 0 {
		h = pageHeight - marginTop - marginFoot
	}
	if scaled := w * float64(c.Height) / float64(c.Width); scaled <= h {
		return w, scaled, nil
	}
	return h * float64(c.Width) / float64(c.Height), h, nil
}
