package extractors

import (
	"regexp"
	"strings"

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
	t := strings.ReplaceAll(d.text(s), " ", "")
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
	return settleUSCC(d.field(field, uscc.Normal(raw), s)), true
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

// settleUSCC proves or repairs the code of a field.
func settleUSCC(f hequan.Field) hequan.Field {
	code, repaired, ok := uscc.Repair(f.Value)
	if !ok {
		return f
	}
	if repaired {
		f.Repaired = f.Value
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
