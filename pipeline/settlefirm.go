package pipeline

import (
	"maps"
	"slices"
	"strings"

	"hequan"
	"hequan/extractors"
	"hequan/internal/name"
	"hequan/internal/seal"
)

// mostFirms is how many names of a firm are compared with its seal at the most.
const mostFirms = 16

// settleFirms looks at the firm of each audit report, whose name stands under its seal mostly. Print, the ring, the short
// form that begins the report's number and the application's other reports are heard for each character; the name that most
// have stands, where the ring looks like it; between those that as many have the ring decides.
func settleFirms(docs []hequan.Document, looks [][]*hequan.Impression) {
	heard := map[int][]string{} // by document: what print and rings have for the firm's own name
	for i := range docs {
		if f := docs[i].Field("firm"); docs[i].Kind == hequan.KindAuditReport && f != nil {
			heard[i] = append(heard[i], firmOwn(f.Value))
			for _, s := range docs[i].Seals {
				heard[i] = append(heard[i], firmOwn(s.Text))
			}
		}
	}
	for i := range docs {
		d := &docs[i]
		if len(heard[i]) == 0 || d.Field("firm").Proven() {
			continue
		}
		witnesses := append(slices.Clone(heard[i]), reportPrefix(d))
		for k := range docs {
			if k != i {
				witnesses = append(witnesses, heard[k]...)
			}
		}
		for k, s := range d.Seals {
			if own := firmOwn(s.Text); own != "" && looks[i][k] != nil && !s.Across && s.Shape == "round" && settleFirm(d.Field("firm"), own, *looks[i][k], witnesses) {
				break
			}
		}
	}
}

// settleFirm settles a firm's name by a seal whose ring was read as that of the firm onRing.
func settleFirm(f *hequan.Field, onRing string, look hequan.Impression, witnesses []string) bool {
	own, form, ok := extractors.FirmParts(f.Value)
	if !ok {
		return false
	}
	base := firmBase([]rune(own), []rune(onRing), witnesses)
	var all []seal.Expected
	for _, n := range likeliest(base, witnesses) {
		all = append(all, expectedName(name.Normal(n+"会计师事务所"+form)))
	}
	best := seal.Likeness{}
	for _, l := range seal.Compare(look, all) {
		if l.Mean > best.Mean {
			best = l
		}
	}
	if best.Name == f.Value {
		return true
	}
	if best.Mean < namedLikeness || len(base) != len([]rune(own)) && !best.Read() {
		return false
	}
	f.Repaired, f.Value, f.Confidence = f.Value, best.Name, max(f.Confidence, settledConfidence)
	return true
}

// firmBase is the longer of what print and ring have, without what print alone has before the name.
func firmBase(own, onRing []rune, witnesses []string) []rune {
	if len(own) < len(onRing) {
		return onRing
	}
	for votes := heardAt(own, witnesses); len(own) > max(2, len(onRing)) && votes[0][own[0]] < 2; votes = votes[1:] {
		own = own[1:]
	}
	return own
}

// firmOwn is what a text that holds a firm's name has before 会计师事务所, "" for a text that holds none.
func firmOwn(text string) string {
	if own, _, ok := extractors.FirmParts(text); ok {
		return own
	}
	own, _, ok := strings.Cut(text, "会")
	if n := len([]rune(own)); !ok || n < 2 || n > 20 || !strings.Contains(text, "事务所") || !allHan(own) {
		return ""
	}
	return own
}

// reportPrefix is the short form of the firm that begins its report's number: 立诚 of 立诚审字.
func reportPrefix(d *hequan.Document) string {
	if f := d.Field("report_number"); f != nil {
		if before, _, ok := strings.Cut(f.Value, "审字"); ok && allHan(before) {
			return before
		}
	}
	return ""
}

// heardAt counts for each place of a name what witnesses have there; those that have not half of the name's characters,
// or of their own, are not heard.
func heardAt(base []rune, witnesses []string) []map[rune]int {
	votes := make([]map[rune]int, len(base))
	for i := range votes {
		votes[i] = map[rune]int{}
	}
	for _, w := range witnesses {
		var chars []placed
		for _, r := range w {
			chars = append(chars, placed{r: r})
		}
		at := align(base, chars)
		if n := matched(at); len(chars) == 0 || n*2 < min(len(chars), len(base)) {
			continue
		}
		for i, k := range at {
			switch {
			case k >= 0:
				votes[i][base[i]]++
			case k < -1:
				votes[i][chars[-2-k].r]++
			}
		}
	}
	return votes
}

// likeliest are the names that have in each place of a base the character, or one of those, that most witnesses have.
func likeliest(base []rune, witnesses []string) []string {
	out := []string{""}
	for i, v := range heardAt(base, witnesses) {
		most := 0
		for _, n := range v {
			most = max(most, n)
		}
		var next []string
		for _, head := range out {
			for _, r := range slices.Sorted(maps.Keys(v)) {
				if v[r] == most && len(next) < mostFirms {
					next = append(next, head+string(r))
				}
			}
		}
		if most == 0 {
			for _, head := range out {
				next = append(next, head+string(base[i]))
			}
		}
		out = next
	}
	return out
}
