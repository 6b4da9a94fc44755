package eval

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"hequan"
	"hequan/internal/name"
)

func (x *scoring) addSeals(want *Document, got *hequan.Document) {
	used := map[int]bool{}
	for _, seal := range want.Seals {
		hit := -1
		if got != nil {
			for i, g := range got.Seals {
				if !used[i] && g.Page == seal.Page && overlap(g.Box, seal.Box) > 0.4 {
					hit = i
					break
				}
			}
		}
		x.SealsFound.add(hit >= 0)
		m := Miss{What: "seal", Name: want.Kind + " " + strings.Join(seal.Kind, "/") + " " + seal.Party, File: want.File, Page: seal.Page, Box: seal.Box, Want: seal.Party + " " + seal.Text}
		if hit < 0 {
			m.Want = "found: " + seal.Text
			x.miss(m)
			x.read(seal, m, nil)
			continue
		}
		used[hit] = true
		g := got.Seals[hit]
		m.Got = g.Party + " " + g.Text
		x.read(seal, m, &g)
		x.tied(seal, g, m)
		right := slices.Contains(seal.Kind, g.Kind)
		x.SealsKind.add(right)
	}
	if got != nil {
		x.SealsFalse += len(got.Seals) - len(used)
	}
}

// read keeps what was read of an impression, and counts its wrong characters.
func (x *scoring) read(seal Seal, m Miss, got *hequan.Seal) {
	if seal.Printed || seal.Text == "" {
		return
	}
	m.Application, m.SHA256 = x.truth.ID, x.sums[m.File]
	r := SealReading{Miss: m, Across: seal.Across, Kind: strings.Join(seal.Kind, "/")}
	text := ""
	if got != nil {
		text = got.Text
		r.Found, r.Party, r.Note, r.Right = true, got.Party, got.Note, got.Party == seal.Party
	}
	r.Likeness = name.Similarity(seal.Text, text)
	x.Seals = append(x.Seals, r)
	if seal.Across || text == "" {
		return
	}
	want := []rune(squeeze(seal.Text))
	x.SealsText.Wrong += min(len(want), levenshtein.ComputeDistance(string(want), squeeze(text)))
	x.SealsText.All += len(want)
}

// tied counts whose seal it was taken for.
func (x *scoring) tied(seal Seal, got hequan.Seal, m Miss) {
	ofParty := func(p string) bool { return p == "applicant" || p == "provider" }
	right := got.Party == seal.Party
	if ofParty(seal.Party) {
		x.SealsTied.add(right)
	} else if x.lookalike(seal.Text) {
		right = !ofParty(got.Party)
		x.SealsLookalike.add(right)
	}
	switch {
	case ofParty(got.Party) && got.Party != seal.Party:
		x.SealsWrong++
		m.What = "party"
		x.miss(m)
	case ofParty(seal.Party) && !right:
		x.miss(m)
	}
}

// lookalike says whether a stranger's name is nearly that of a party.
func (x *scoring) lookalike(text string) bool {
	for _, party := range []string{x.truth.Applicant, x.truth.Provider} {
		if party != "" && party != text && name.Similarity(text, party) >= 0.6 {
			return true
		}
	}
	return false
}
