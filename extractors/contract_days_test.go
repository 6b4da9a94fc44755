package extractors

import (
	"testing"

	"hequan"
)

// TestADayOfThePeriodIsNotTheStatements: 开始日期 and 结束日期 are none on which it was written.
func TestADayOfThePeriodIsNotTheStatements(t *testing.T) {
	rows := rowsOf("服务费结算单", "账单编号：JS202512665069", "采购方：北京明序智慧医疗科技有限公司", "开始日期：2025.09.01", "结束日期：2025.12.31", "出具单位：合肥衡鉴智能技术有限公司")
	compare(t, fieldsOf(hequan.KindSettlement, rows...), map[string]string{"date": "", "period_start": "2025-09-01", "period_end": "2025-12-31"})
	compare(t, fieldsOf(hequan.KindSettlement, append(rows, placedRow{0.30, []placedWord{{0.12, "结算日：2026年1月5日"}}})...), map[string]string{"date": "2026-01-05"})
}

// TestDaysOfAContract: a term whose dash was lost; two days beside which the parties sign, one of them misread; days of
// other labels beside each other are no contradiction.
func TestDaysOfAContract(t *testing.T) {
	compare(t, fieldsOf(hequan.KindContract, rowsOf("服务合同", "合同期：2025年9月13日2026年6月30日。")...), map[string]string{"term_start": "2025-09-13", "term_end": "2026-06-30"})
	sign := func(a, b string) *hequan.Field {
		rows := append(rowsOf("服务合同", "合同编号：RJFW2025082840"), placedRow{0.30, []placedWord{{0.12, a}, {0.55, b}}})
		pages := laid(rows...)
		for _, l := range pages[0].Lines {
			for i := range l.Words {
				l.Words[i].Proof = []hequan.Proof{hequan.ProofTwoReadings}
			}
		}
		c := Extract(hequan.KindContract, pages, nil)
		return c.field("sign_date")
	}
	if f := sign("签订日期：2023年8月28日", "签订日期：2025年8月28日"); f == nil || f.Value != "2025-08-28" || len(f.Proof) > 0 {
		t.Errorf("%+v", f)
	}
	if f := sign("签订日期：2025年8月28日", "生效日期：2025年9月1日"); f == nil || f.Value != "2025-08-28" || len(f.Proof) == 0 {
		t.Errorf("%+v", f)
	}
}
