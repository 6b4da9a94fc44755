package samples

import (
	"math/rand/v2"

	"hequan"
)

// HeldBack is the family of layouts, typefaces and wordings that reading is
// never tuned to: it measures how reading generalises. Nothing of it stands in
// the usual family, and no application of it is committed.
const HeldBack = "held-back"

// Field is a second family of layouts and wordings, after papers of other
// offices and vendors. Reading may be improved on it.
const Field = "field"

// Families are the families of layouts; the usual one has no name.
var Families = []string{"", Field, Drawn, HeldBack}

const (
	lightSongFont = "'AR PL SungtiL GB','AR PL UMing CN','Noto Serif CJK SC',serif"
	schoolKaiFont = "'AR PL KaitiM GB','AR PL UKai CN','Noto Serif CJK SC',serif"
)

// heldPaper prints a paper of the family that is held back.
func (w *world) heldPaper(kind string, r, ink *rand.Rand, i int) *paper {
	switch kind {
	case "form":
		return w.heldForm(r)
	case "license":
		return w.heldLicense(r)
	case "commitment":
		return w.heldCommitment(r)
	case "bank":
		return w.heldBank(r)
	case "audit":
		return w.heldAudit(r, ink, i)
	case "contract":
		return w.heldContract(r)
	case "invoice":
		return w.invoicePaper(r, i)
	case "settlement":
		return w.heldSettlement(r, ink, i)
	case "usage":
		return w.heldUsage(r, i)
	case "acceptance":
		return w.heldAcceptance(r)
	}
	return w.heldFiling(r)
}

// newHeld is a sheet in a typeface of the family that is held back.
func newHeld(kind hequan.Kind, key string, r *rand.Rand) *paper {
	p := newPaper(kind, key, r)
	p.Font, p.Size = pick(r, lightSongFont, schoolKaiFont, sansFont, serifFont), pick(r, 10.5, 11.0, 12.5)
	p.Margin = pick(r, "20mm 20mm 22mm 26mm", "26mm 28mm 24mm 28mm", "18mm 22mm 20mm 22mm")
	if p.Font == sansFont {
		p.Style = `.page{font-weight:300}`
	}
	return p
}
