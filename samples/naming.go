package samples

import (
	"fmt"
	"math/rand/v2"

	"hequan"
)

// namings is how many habits of naming files there are: 0 clause numbers with
// slots in the form, 1 numbered folders without slots, 2 plain names with
// slots, 3 names of a camera or scanner app with slots.
const namings = 4

// slotNumbers are the numbers of the guide's list.
var slotNumbers = map[hequan.Kind]int{hequan.KindApplicationForm: 1, hequan.KindBusinessLicense: 2, hequan.KindCommitment: 3, hequan.KindBankAccount: 4, hequan.KindAuditReport: 5,
	hequan.KindContract: 6, hequan.KindInvoice: 7, hequan.KindSettlement: 8, hequan.KindUsage: 8, hequan.KindAcceptance: 9, hequan.KindFilingProof: 10}

// stems are the usual names of a material.
var stems = map[hequan.Kind][]string{
	hequan.KindApplicationForm: {"申报表", "模型券申报表"},
	hequan.KindBusinessLicense: {"营业执照", "营业执照副本", "电子营业执照"}, hequan.KindCommitment: {"承诺书", "申报承诺书"},
	hequan.KindBankAccount: {"银行账户信息", "开户信息"}, hequan.KindAuditReport: {"审计报告", "年度审计报告"}, hequan.KindContract: {"合同扫描件", "项目合同"},
	hequan.KindInvoice: {"发票", "发票扫描"}, hequan.KindSettlement: {"结算单", "费用结算"}, hequan.KindUsage: {"用量明细", "调用明细"},
	hequan.KindAcceptance: {"验收报告", "交付验收证明"}, hequan.KindFilingProof: {"模型备案证明", "大模型备案截图"},
}

var folders = map[hequan.Kind]string{hequan.KindApplicationForm: "01申报表", hequan.KindBusinessLicense: "02营业执照", hequan.KindCommitment: "03承诺书", hequan.KindBankAccount: "04银行账户信息", hequan.KindAuditReport: "05审计报告",
	hequan.KindContract: "06项目合同", hequan.KindInvoice: "07发票", hequan.KindSettlement: "08结算单及用量明细", hequan.KindUsage: "08结算单及用量明细", hequan.KindAcceptance: "09验收证明", hequan.KindFilingProof: "10备案证明"}

// fileName names a file without its extension.
func (w *world) fileName(r *rand.Rand, slot hequan.Kind, suffix string, n int) string {
	stem := pick(r, stems[slot]...) + suffix
	switch w.Naming {
	case 0:
		return fmt.Sprintf("%d-%s", slotNumbers[slot], stem)
	case 1:
		return folders[slot] + "/" + w.Applicant.Short + stem
	case 3:
		if r.IntN(3) > 0 {
			return fmt.Sprintf("IMG_2026%02d%02d_%s", 6, between(r, 10, 28), digits(r, 6))
		}
		return fmt.Sprintf("扫描件%02d", n)
	}
	return stem
}

// slotsGiven says whether the form tells the slot of each file.
func (w *world) slotsGiven() bool { return w.Naming != 1 && !w.OneScan }
