package extractors

import (
	"strings"
	"unicode"

	"hequan"
)

// Characters by which a label of a party (服务单位, 采购人, 供货方) tells its side.
const (
	buyerWords  = "甲采购委需买客用户使发订定验接收建租"
	sellerWords = "乙供售卖服提承受商实交厂销"
)

// sideOfLabel says whether a word like 采购人 or 服务单位 names the buyer or
// the seller of a contract; "" for other words. 受托方 sells, 委托方 buys;
// 服务使用方 buys, whatever else it says.
func sideOfLabel(label string) string {
	label = strings.Map(dropSpace, label)
	for _, more := range []string{"名称", "全称", "签章", "盖章", "公章"} {
		label = strings.TrimSuffix(label, more)
	}
	end := false
	for _, e := range []string{"方", "人", "单位", "商", "者"} {
		end = end || strings.HasSuffix(label, e)
	}
	if n := len([]rune(label)); !end || n < 2 || n > 8 {
		return ""
	}
	for _, not := range []string{"法人", "联系", "负责", "经办", "代表", "开票", "收款", "复核", "审核", "制表", "第三"} {
		if strings.Contains(label, not) {
			return ""
		}
	}
	switch {
	case strings.Contains(label, "被许可"), strings.Contains(label, "被授权"):
		return "buyer"
	case strings.Contains(label, "许可"), strings.Contains(label, "运营"), strings.Contains(label, "平台"), strings.Contains(label, "中标"), strings.Contains(label, "成交"):
		return "seller"
	case strings.Contains(label, "受托"), strings.Contains(label, "提供"), strings.Contains(label, "供应"), strings.Contains(label, "承"):
		return "seller"
	case strings.Contains(label, "使用"), strings.Contains(label, "接受"), strings.Contains(label, "委托"), strings.Contains(label, "采购"):
		return "buyer"
	}
	for _, r := range label {
		if strings.ContainsRune(sellerWords, r) {
			return "seller"
		}
		if strings.ContainsRune(buyerWords, r) {
			return "buyer"
		}
	}
	return ""
}

// partyBySide finds the first company that stands behind a label of a side,
// whatever its word.
func partyBySide(d *doc, field, side string) (hequan.Field, bool) {
	for i, r := range d.rows {
		for k, c := range r.text {
			if c != ':' && c != '：' && c != '\t' {
				continue
			}
			from := k
			for from > 0 && k-from < 16 && (unicode.Is(unicode.Han, r.text[from-1]) || opens(r.text[from-1]) || closes(r.text[from-1])) {
				from--
			}
			label := string(r.text[from:k])
			if j := strings.IndexAny(label, "(（〈《【"); j > 0 {
				label = label[:j] // 甲方（盖章）
			}
			if sideOfLabel(label) != side {
				continue
			}
			to := k + 1
			for to < len(r.text) && r.text[to] != '\t' {
				to++
			}
			if f, ok := readCompany(d, field, span{i, k + 1, to}); ok && looksLikeCompany(f.Value) {
				return f, true
			}
		}
	}
	return hequan.Field{}, false
}

// addSides fills the parties that no known label gave, or gave as something
// that is no name of a company.
func addSides(d *doc, c *Content, buyer, seller string) {
	for _, p := range []struct{ field, side string }{{buyer, "buyer"}, {seller, "seller"}} {
		f := c.field(p.field)
		if f != nil && looksLikeCompany(f.Value) {
			continue
		}
		if f != nil && len([]rune(f.Value)) >= 6 {
			if whole, ok := wholeName(d, *f); ok {
				c.set(whole)
				continue
			}
		}
		if f, ok := partyBySide(d, p.field, p.side); ok {
			c.set(f)
		}
	}
}

// wholeName finds the name elsewhere in a document of which a field holds only the beginning.
func wholeName(d *doc, f hequan.Field) (hequan.Field, bool) {
	for _, o := range companies(d.flow()) {
		if strings.HasPrefix(o.Value, f.Value) && looksLikeCompany(o.Value) {
			o.Name = f.Name
			return o, true
		}
	}
	return hequan.Field{}, false
}
