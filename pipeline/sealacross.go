package pipeline

import (
	"math"

	"hequan"
	"hequan/internal/seal"
)

// Fragments of one seal over the edges of several sheets stand at the same
// height and belong to circles of one size, in millimetres within (the arcs of
// a narrow piece tell it badly):
const (
	acrossHeight = 8.0
	acrossRadius = 6.0
)

// fragment is one piece of a 骑缝章 in a document.
type fragment struct {
	seal  *hequan.Seal
	look  *hequan.Impression
	y     float64 // height of the circle's middle on its page, millimetres
	right bool    // at the page's right edge
}

// tieAcross joins the fragments of each 骑缝章 of a document and says whose it is. It returns
// those that look most like one name.
func tieAcross(d *hequan.Document, looks []*hequan.Impression, names func(text string) []candidate) (named []looked) {
	var all []fragment
	for k := range d.Seals {
		s := &d.Seals[k]
		if !s.Across || looks[k] == nil {
			continue
		}
		tall := 297.0
		for _, i := range d.PageInfo {
			if i.Page == s.Page && i.HeightMM > 0 {
				tall = i.HeightMM
			}
		}
		all = append(all, fragment{s, looks[k], s.Box[1]*tall + looks[k].Rim[1]/looks[k].PerMM, s.Box.CenterX() > 0.5})
	}
	used := make([]bool, len(all))
	for i, a := range all {
		if used[i] {
			continue
		}
		group := []fragment{a}
		for j := i + 1; j < len(all); j++ {
			b := all[j]
			last := group[len(group)-1]
			if !used[j] && b.right == a.right && b.seal.Page > last.seal.Page && math.Abs(b.y-last.y) < acrossHeight &&
				math.Abs(b.look.Rim[2]/b.look.PerMM-a.look.Rim[2]/a.look.PerMM) < acrossRadius && b.seal.Color == a.seal.Color {
				group, used[j] = append(group, b), true
			}
		}
		if l := tieGroup(group, names); l.like != nil {
			named = append(named, l)
		}
	}
	return named
}

// tieGroup ties the seal that a group of fragments makes up.
func tieGroup(group []fragment, names func(text string) []candidate) looked {
	var parts []hequan.Impression
	for _, f := range group {
		parts = append(parts, *f.look)
	}
	whole, ok := seal.Join(parts)
	if !ok {
		return looked{}
	}
	joined := hequan.Seal{Shape: "round", Across: true, Color: group[0].seal.Color, Confidence: group[0].seal.Confidence}
	tilt, named := tieSeal(&joined, &whole, names(""))
	joined.Kind, joined.Center = seal.Kind(whole, tilt)
	var all []*hequan.Seal
	for _, f := range group {
		all = append(all, f.seal)
		f.seal.Text, f.seal.Center, f.seal.Kind, f.seal.Party, f.seal.Note = joined.Text, joined.Center, joined.Kind, joined.Party, joined.Note
		if joined.Party != "" {
			f.seal.Confidence = joined.Confidence
		}
	}
	named.seals = all
	return named
}
