package samples

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"

	"hequan"
)

// void is the stamp on a cancelled invoice: of what words, ink, size, frame and
// slant, is drawn by what stands on the paper, so that papers without it stay as they are.
func (p *paper) void(paper ...string) string {
	h := fnv.New64a()
	h.Write([]byte(strings.Join(paper, "/")))
	r := rand.New(rand.NewPCG(h.Sum64(), 1251))
	text := pick(r, "作废", "作废", "作废", "作废", "作废", "作废", "已作废", "已作废", "红冲", "VOID")
	p.traits = append(p.traits, TruthField{Name: "kind_note", Value: text, Text: text})
	i := len(p.traits) - 1
	p.marks = append(p.marks, mark{func(page int, box hequan.Box) { p.traits[i].Page, p.traits[i].Box = page, &box }})
	ink := pick(r, "#c8202a", "#c8202a", "#d8321e", "#b01838", "#2038a8", "#1c50b4", "#202020", "#3a3a3a")
	size := between(r, 30, 60)
	angle := between(r, 8, 40)
	if r.IntN(4) > 0 { // most rise to the right
		angle = -angle
	}
	opacity := 0.35 + 0.6*r.Float64()
	style := ""
	switch r.IntN(5) {
	case 0:
	case 1:
		style = fmt.Sprintf("border:%.1fmm double %s;padding:0 4mm;", 1.6+r.Float64(), ink)
	case 2:
		style = fmt.Sprintf("border:%.1fmm solid %s;border-radius:4mm;padding:0 4mm;", 0.8+r.Float64()*0.8, ink)
	default:
		style = fmt.Sprintf("border:%.1fmm solid %s;padding:0 %dmm;", 0.8+r.Float64()*0.8, ink, between(r, 3, 7))
	}
	if r.IntN(8) == 0 { // hollow letters
		style += fmt.Sprintf("-webkit-text-stroke:.5mm %s;color:transparent;", ink)
	}
	return fmt.Sprintf(`<div class="abs" data-m="%d" style="left:%dmm;top:%dmm;font-family:%s;font-weight:%s;font-size:%dpt;letter-spacing:%.1fem;color:%s;opacity:%.2f;transform:rotate(%ddeg);line-height:1.3;%s">%s</div>`,
		len(p.marks)-1, between(r, 25, 110), between(r, 35, 80), pick(r, heiFont, sansFont, serifFont, songFont, kaiFont), pick(r, "400", "700", "900"),
		size, 0.1*float64(between(r, 0, 4)), ink, opacity, angle, style, text)
}
