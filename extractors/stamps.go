package extractors

import (
	"slices"
	"strings"

	"hequan"
)

// What is stamped over papers, by what follows from it. What is in none of them
// says nothing against a paper: 收讫, 与原件一致, 仅供某处使用.
var (
	voidStamps  = []string{"已作废", "作废", "红冲", "冲红", "冲销", "VOID", "CANCELLED", "CANCELED", "SAMPLE", "样本", "样票", "样张", "样品", "注销", "失效", "无效", "废票"}
	spentStamps = []string{"复印无效", "已退款", "退款", "已退票", "退票", "已报销", "报销", "已核销", "核销", "已抵扣", "抵扣", "草稿", "预览"}
	tameStamps  = []string{"仅供", "再次复印"}
)

// meaning of a stamp: its word, and how much it says against an invoice.
func meaning(text string) (word string, weight int) {
	text = strings.ToUpper(strings.Join(strings.Fields(text), ""))
	has := func(words []string) string {
		for _, w := range words {
			if strings.Contains(text, w) {
				return w
			}
		}
		return ""
	}
	if has(tameStamps) != "" {
		return "", 0
	}
	if w := has(spentStamps[:1]); w != "" { // which holds 无效
		return w, 1
	}
	if w := has(voidStamps); w != "" {
		return w, 2
	}
	if w := has(spentStamps); w != "" {
		return w, 1
	}
	return "", 0
}

// stamps are the stamps of pages, and the seals that say 作废.
func stamps(pages []hequan.Page) (out []hequan.Stamp, on []int) {
	for _, p := range pages {
		for _, s := range p.Stamps {
			out, on = append(out, s), append(on, p.Info.Page)
		}
		for _, s := range p.Seals {
			if strings.Contains(s.Text+" "+s.Center, "作废") {
				out, on = append(out, hequan.Stamp{Box: s.Box, Color: s.Color, Text: "作废", Confidence: min(s.Confidence, 0.5)}), append(on, p.Info.Page)
			}
		}
	}
	return out, on
}

// stampedInvoice gives what is stamped over an invoice as its kind_note: what says most
// against it. Its value is empty where a stamp could not be read.
func stampedInvoice(c *Content, pages []hequan.Page) {
	best := -1
	all, on := stamps(pages)
	for i, s := range all {
		word, weight := meaning(s.Text)
		if s.Text != "" && word == "" || weight <= best {
			continue
		}
		best = weight
		c.set(hequan.Field{Name: "kind_note", Value: word, Text: word, Page: on[i], Box: s.Box, Confidence: s.Confidence, Proof: slices.Clone(s.Proof)})
	}
}

// stampedVoid are the stamps that say of any other paper that it does not hold,
// as signs that it is not what it was.
func stampedVoid(pages []hequan.Page) (out []hequan.Field) {
	all, on := stamps(pages)
	for i, s := range all {
		if word, weight := meaning(s.Text); weight == 2 {
			out = append(out, hequan.Field{Name: "altered", Value: "stamped", Text: word, Page: on[i], Box: s.Box, Confidence: s.Confidence, Proof: slices.Clone(s.Proof)})
		}
	}
	return out
}
