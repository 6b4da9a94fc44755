package extractors

import (
	"regexp"
	"strings"
	"unicode"

	"hequan"
	"hequan/internal/uscc"
)

var (
	codeRun = regexp.MustCompile(`[0-9A-Za-z]{15,20}`)
	longRun = regexp.MustCompile(`[0-9A-Za-z]{18,}`) // a code and what runs into it
)

// readUSCC reads a 统一社会信用代码. Of two readings of it the one whose check
// character is right counts; else one misread character is repaired where only one
// repair makes it right.
func readUSCC(d *doc, field string, s span) (hequan.Field, bool) {
	t, all := strings.ReplaceAll(d.text(s), " ", ""), s
	if t != d.text(s) {
		s = d.trim(s, "")
	}
	raw := codeRun.FindString(t)
	if raw == "" || !uscc.Valid(uscc.Normal(raw)) {
		if f, ok := d.secondCode(field, s); ok {
			return f, true
		}
	}
	if raw == "" {
		return hequan.Field{}, false
	}
	if loc := codeRun.FindStringIndex(d.text(s)); loc != nil {
		s = sub(s, len([]rune(d.text(s)[:loc[0]])), len([]rune(d.text(s)[:loc[1]])))
	}
	return d.settleCode(d.field(field, uscc.Normal(raw), s), all), true
}

// secondCode is a second reading of a word of the stretch that is a code with a
// right check character.
func (d *doc) secondCode(field string, s span) (hequan.Field, bool) {
	r := d.rows[s.row]
	for k := s.from; k < s.to; k++ {
		i := r.words[k]
		if i < 0 || k > s.from && r.words[k-1] == i {
			continue
		}
		code := uscc.Normal(r.parts[i].Alt)
		if !uscc.Valid(code) {
			continue
		}
		to := k
		for to < s.to && r.words[to] == i {
			to++
		}
		f := d.field(field, code, span{s.row, k, to})
		f.Repaired, f.Proof, f.Confidence = r.parts[i].Text, nil, min(f.Confidence, 0.9)
		f.AddProof(hequan.ProofCheckDigit)
		return f, true
	}
	return hequan.Field{}, false
}

// settleCode settles a code by its length: of 18 characters, or one more, one of these may be misread. 16 or 17 are a part
// of a code, however often they were read alike.
func (d *doc) settleCode(f hequan.Field, s span) hequan.Field {
	switch len(f.Value) {
	case uscc.Len, uscc.Len + 1:
		return settleUSCC(f)
	case uscc.Len - 1:
		return d.lastCharacter(f, s)
	case uscc.Len - 2:
		f.Proof, f.Confidence = nil, min(f.Confidence, 0.75)
	}
	return f
}

// lastCharacter completes a code of which the last character was read as something else (了 for J): it follows from the
// others, so that nothing proves it. Without anything behind it the code is a part of one.
func (d *doc) lastCharacter(f hequan.Field, s span) hequan.Field {
	f.Proof, f.Confidence = nil, min(f.Confidence, 0.75)
	text := []rune(d.text(s))
	at := strings.Index(string(text), f.Text)
	if at < 0 {
		return f
	}
	behind := len([]rune(string(text)[:at])) + len([]rune(f.Text))
	last, ok := uscc.Check(f.Value)
	if !ok || behind >= len(text) || unicode.IsSpace(text[behind]) {
		return f
	}
	f.Repaired, f.Value = f.Value, f.Value+string(last)
	return f
}

// settleUSCC proves or repairs the code of a field.
func settleUSCC(f hequan.Field) hequan.Field {
	code, repaired, ok := uscc.Repair(f.Value)
	if !ok {
		return f
	}
	if repaired {
		f.Repaired, f.Proof = f.Value, withoutReadings(f.Proof) // nobody read it so
		f.Confidence = min(f.Confidence, 0.9)
	}
	f.Value = code
	if !repaired { // a repair uses the check character up
		f.AddProof(hequan.ProofCheckDigit)
	}
	return f
}

// registration is the length of the 注册号 that stood on licences before the code did.
const registration = 15

// anyUSCC finds a code with a right check character anywhere; print that runs into it may stand before
// or behind it.
func anyUSCC(d *doc) (hequan.Field, bool) {
	for i, r := range d.rows {
		if f, ok := readUSCC(d, "uscc", span{i, 0, len(r.text)}); ok && has(f.Proof, hequan.ProofCheckDigit) {
			return f, true
		}
		for _, at := range longRun.FindAllStringIndex(string(r.text), -1) {
			from, to := len([]rune(string(r.text)[:at[0]])), len([]rune(string(r.text)[:at[1]]))
			for _, s := range []span{{i, max(from, to-uscc.Len), to}, {i, from, min(to, from+uscc.Len)}} {
				if f, ok := readUSCC(d, "uscc", s); ok && has(f.Proof, hequan.ProofCheckDigit) {
					return f, true
				}
			}
		}
	}
	return hequan.Field{}, false
}
