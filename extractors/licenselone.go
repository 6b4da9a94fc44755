package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// What a licence says although its label was not read, or in another place.

// capitalLabel is a label of the capital with a character among its own that is none, and spaces of any width.
var capitalLabel = regexp.MustCompile(`(?:注\s?[，,.、·|]?\s?册|开\s?办)\s?[，,.、·|]?\s?资\s?[，,.、·|]?\s?[本金木][^\d\p{Han}]{0,4}`)

// wholeCapital is an amount of capital as a whole.
var wholeCapital = regexp.MustCompile(`^(?:人民币)?[¥￥]?(?:[\d,.]+万元?(?:人民币|整|圆整)*|[\d,.]{6,}[元圆](?:人民币|整)*|[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{3,}[元圆]?整?(?:人民币)?)[。.]?$`)

// loneCapital finds the capital behind a label that was broken by marks, or the only amount that a licence states.
func loneCapital(d *doc) (hequan.Field, bool) {
	for i, r := range d.rows {
		text := string(r.text)
		if at := capitalLabel.FindStringIndex(text); at != nil {
			s := d.trim(span{i, len([]rune(text[:at[1]])), len(r.text)}, ":： ")
			if k := strings.IndexByte(d.text(s), '\t'); k > 0 {
				s.to = s.from + len([]rune(d.text(s)[:k]))
			}
			if f, read := readCapital(d, "capital", s); read {
				return f, true
			}
		}
	}
	return onlyPiece(d, func(s span) (hequan.Field, bool) {
		if !wholeCapital.MatchString(strings.Map(dropSpace, d.text(s))) {
			return hequan.Field{}, false
		}
		f, read := readCapital(d, "capital", s)
		return f, read && f.Value != ""
	})
}

// loneAddress is the only row that is an address as a whole, whose label was not read.
func loneAddress(d *doc) (hequan.Field, bool) {
	return onlyPiece(d, func(s span) (hequan.Field, bool) {
		f, read := readAddress(d, "address", s)
		return f, read && address.MatchString(f.Value) && !looksLikeCompany(f.Value) && !strings.ContainsAny(f.Value, "，。；、局关")
	})
}

// onlyPiece is the one piece of a row that reads as a value as a whole: less certain than one beside its label, and nothing
// where two do.
func onlyPiece(d *doc, read func(s span) (hequan.Field, bool)) (out hequan.Field, ok bool) {
	for i := range d.rows {
		for _, p := range tabbed(d.rows[i]) {
			f, is := read(d.trim(span{i, p[0], p[1]}, ":： "))
			if !is {
				continue
			}
			if ok {
				return hequan.Field{}, false
			}
			f.Confidence, f.Proof = min(f.Confidence, 0.75), nil
			out, ok = f, true
		}
	}
	return out, ok
}

// brokenRepresentative is the label of the representative whose remark goes on in the next row, 法定代表人（负 / 责人）,
// before what follows without a gap.
var brokenRepresentative = regexp.MustCompile(`^(?:法定代表人|法人代表|经营者)[(（]?(?:负责?人?)?[)）]?[:：]?`)

// wrappedRepresentative finds the name beside such a label: behind it, in the next piece of its row, or right of it in the
// rows that its remark goes on in.
func wrappedRepresentative(d *doc) (hequan.Field, bool) {
	person := func(s span) (hequan.Field, bool) {
		s = d.trim(s, ":： ")
		if n := s.to - s.from; n < 2 || n > 4 || !allHan([]rune(d.text(s))) || labelLike(d.text(s)) {
			return hequan.Field{}, false
		}
		f, ok := readPerson(d, "legal_representative", s)
		f.Confidence, f.Proof = min(f.Confidence, 0.75), nil
		return f, ok
	}
	for i, r := range d.rows {
		pieces := tabbed(r)
		for n, p := range pieces {
			text := string(r.text[p[0]:p[1]])
			label := brokenRepresentative.FindString(text)
			if label == "" {
				continue
			}
			if f, ok := person(span{i, p[0] + len([]rune(label)), p[1]}); ok {
				return f, true
			}
			if n+1 < len(pieces) {
				if f, ok := person(span{i, pieces[n+1][0], pieces[n+1][1]}); ok {
					return f, true
				}
			}
			left := d.box(span{i, p[0], p[1]})
			for j := i + 1; j <= i+2 && j < len(d.rows) && d.rows[j].page == r.page; j++ {
				for _, q := range tabbed(d.rows[j]) {
					s := span{j, q[0], q[1]}
					if b := d.box(s); b[0] >= left[2]-0.01 && b[1]-left[3] < 1.5*left.Height() {
						if f, ok := person(s); ok {
							return f, true
						}
					}
				}
			}
		}
	}
	return hequan.Field{}, false
}
