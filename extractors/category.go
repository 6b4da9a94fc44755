package extractors

import (
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
	if strings.Contains(t, "其他") {
		return "other"
	}
	return ""
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
