package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
)

// categoryWords are the categories of contract items, the first hit counts.
var categoryWords = []struct {
	category string
	words    []string
}{
	{"labor", []string{"人力", "人工", "实施", "驻场", "定制开发", "培训", "运维服务", "技术支持", "部署服务", "调试", "人天"}},
	{"hardware", []string{"硬件", "服务器", "一体机整机", "一体机硬件", "体机主机", "一体机设备", "整机", "工作站", "加速卡", "GPU卡", "显卡", "机柜", "设备", "交换机", "存储"}},
	{"compute", []string{"算力", "GPU资源", "云资源"}},
	{"data", []string{"数据", "语料", "知识库"}},
	{"model", []string{"模型"}},
	{"software", []string{"软件", "平台", "系统", "其他软"}}, // the last letter is lost where the cell is wrapped
}

// category reads a category's word.
func category(t string) string {
	for _, c := range categoryWords {
		if containsAny(t, c.words) {
			return c.category
		}
	}
	if strings.Contains(t, "其他") || bundle.MatchString(t) {
		return "other"
	}
	return ""
}

// bundle is an appliance as a whole, hardware and model together under one price.
var bundle = regexp.MustCompile(`^\p{Han}{0,12}(?:一体机|软硬件?一体化?|软硬件)(?:系统|产品|套装|采购|项目)?(?:[(（〈].*)?$`)

// bundles puts right the category of lines that are an appliance as a whole, whatever its name
// says is in it: no part of its price is the model's until it is stated apart. Beside a line
// for the model it is the hardware.
func bundles(t *hequan.Table) {
	n, c := t.Column("name"), t.Column("category")
	if t.Name != "items" || n < 0 || c < 0 {
		return
	}
	whole := func(r []hequan.Cell) bool {
		printed := bareLabel(r[c].Text) // without the number of its row
		return bundle.MatchString(strings.Map(dropSpace, r[n].Text)) && (category(printed) == "" || r[c].Text == r[n].Text || bundle.MatchString(printed))
	}
	apart := slices.ContainsFunc(t.Rows, func(r []hequan.Cell) bool {
		return !whole(r) && (r[c].Value == "model" || r[c].Value == "software")
	})
	for _, r := range t.Rows {
		if whole(r) {
			r[c].Value = "other"
			if apart {
				r[c].Value = "hardware"
			}
		}
	}
}

// categorise adds the category of lines whose table has no such column, from
// the line's name. Where the name doesn't tell, the cell stays empty.
func categorise(t *hequan.Table) {
	n := t.Column("name")
	if n < 0 || t.Column("category") >= 0 {
		return
	}
	t.Columns = append(t.Columns, "category")
	for i, r := range t.Rows {
		cell := r[n]
		cell.Value = category(r[n].Text)
		t.Rows[i] = append(r, cell)
	}
}
