package correct

import (
	"strings"

	"hequan"
)

// Choice is a value that a field may have, and the staff's word for it.
type Choice struct{ Value, Word string }

var (
	yesNo    = []Choice{{"true", "是"}, {"false", "否"}}
	outcomes = []Choice{{"passed", "验收通过"}, {"failed", "验收不通过"}, {"conditional", "有条件通过"}}
	invoices = []Choice{{"digital_special", "数电票（专用发票）"}, {"digital_ordinary", "数电票（普通发票）"}, {"e_special", "电子专用发票"}, {"e_ordinary", "电子普通发票"},
		{"vat_special", "纸质专用发票"}, {"vat_ordinary", "纸质普通发票"}}
	categories = []Choice{{"model", "模型"}, {"software", "软件"}, {"compute", "算力"}, {"data", "数据"}, {"labor", "人力"}, {"hardware", "硬件"}, {"other", "其他"}}
	resales    = []Choice{{"forbidden", "禁止转租转售"}, {"allowed", "允许转租转售"}}
)

// Choices are the values that a field may have; nil when it is free.
func Choices(kind hequan.Kind, field string) []Choice {
	switch field {
	case "is_framework", "consolidated":
		return yesNo
	case "outcome":
		return outcomes
	case "resale":
		return resales
	case "calling_method", "project.mode":
		var modes []Choice
		for _, m := range hequan.Modes {
			modes = append(modes, Choice{string(m), m.Chinese()})
		}
		return modes
	case "form":
		if kind == hequan.KindInvoice {
			return invoices
		}
	}
	if kind == hequan.KindContract && strings.HasSuffix(field, "].category") {
		return categories
	}
	return nil
}
