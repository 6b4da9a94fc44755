package extractors

import (
	"regexp"
	"strings"

	"hequan"
)

// companyRun is a company's name inside other print.
var companyRun = regexp.MustCompile(`\p{Han}[\p{Han}A-Za-z0-9（）()]{3,38}(?:公司|事务所|研究院|研究所|大学|学院|医院|合作社|商场|商店|商行|超市|经营部|服务部|门市部|饭店|酒店|宾馆|厂)`)

// partiesByPlace finds names and numbers of the parties where their labels
// could not be read: companies and 18-character codes that stand in the blocks
// of buyer and seller.
func partiesByPlace(d *doc, c *Content) {
	var names, ids []hequan.Field
	for i, r := range d.rows {
		for _, p := range tabbed(r) {
			s := span{i, p[0], p[1]}
			t := d.text(s)
			if loc := companyRun.FindStringIndex(t); loc != nil && !strings.Contains(t, "银行") && !strings.Contains(t, "支行") {
				at := sub(s, len([]rune(t[:loc[0]])), len([]rune(t[:loc[1]])))
				if f, ok := readCompany(d, "", at); ok && looksLikeCompany(f.Value) {
					names = append(names, f)
				}
			}
			if f, ok := d.secondCode("", s); ok && uscRun.MatchString(f.Value) {
				ids = append(ids, f)
				continue
			}
			for _, loc := range uscRun.FindAllStringIndex(t, -1) {
				if inRun(t, loc) {
					continue
				}
				at := sub(s, len([]rune(t[:loc[0]])), len([]rune(t[:loc[1]])))
				if f, ok := readTaxID(d, at); ok && len(f.Value) == 18 {
					ids = append(ids, f)
				}
			}
		}
	}
	for _, kind := range []struct {
		found         []hequan.Field
		buyer, seller string
	}{{names, "buyer", "seller"}, {ids, "buyer_tax_id", "seller_tax_id"}} {
		for _, f := range kind.found {
			field := ""
			switch sideOf(d, f) {
			case "buyer":
				field = kind.buyer
			case "seller":
				field = kind.seller
			}
			if field == "" {
				continue
			}
			if have := c.field(field); have == nil || have.Value == "" || len(have.Value) < 12 {
				f.Name = field
				c.set(f)
			}
		}
	}
}

// uscRun is a code of an organisation: registered with the market authority
// (9), the civil affairs (5) or as an institution (1).
var uscRun = regexp.MustCompile(`[159][0-9][0-9OIl]{6}[0-9A-Za-z]{10}`)

// inRun says whether a match is a part of a longer run of letters and digits.
func inRun(t string, loc []int) bool {
	alnum := func(b byte) bool { return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' }
	return loc[0] > 0 && alnum(t[loc[0]-1]) || loc[1] < len(t) && alnum(t[loc[1]])
}

// tabbed are the stretches of a row between tabs.
func tabbed(r row) [][2]int {
	var out [][2]int
	start := 0
	for k := 0; k <= len(r.text); k++ {
		if k == len(r.text) || r.text[k] == '\t' {
			if k > start {
				out = append(out, [2]int{start, k})
			}
			start = k + 1
		}
	}
	return out
}

// formOfQR is the form of an invoice by the second part of its QR code.
var formOfQR = map[string]string{
	"01": "vat_special", "04": "vat_ordinary", "08": "e_special", "10": "e_ordinary", "11": "vat_ordinary",
	"31": "digital_special", "32": "digital_ordinary",
}
