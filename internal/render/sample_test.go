package render

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"

	"hequan"
)

// sampleReport is a hand-made report with one of everything the writers show.
func sampleReport() *hequan.Report {
	contract := hequan.Document{
		ID: "6-合同.pdf#1-2", File: "6-合同.pdf", SHA256: "c0", Pages: [2]int{1, 2}, Kind: hequan.KindContract, KindConfidence: 0.98,
		PageInfo: []hequan.PageInfo{{Page: 1, Source: "scan"}, {Page: 2, Source: "scan", Problem: "页面空白"}},
		Fields: []hequan.Field{
			{Name: "party_b", Value: "西安长安智枢科技有限公司", Text: "西安长安智枢科技有限公司", Page: 1, Box: hequan.Box{0.2, 0.2, 0.5, 0.22}, Confidence: 0.97, Proof: []hequan.Proof{hequan.ProofTwoReadings}},
			{Name: "amount", Value: "", Text: "1,2?0,000.00元", Page: 1, Box: hequan.Box{0.2, 0.4, 0.5, 0.42}, Confidence: 0.55},
			{Name: "sign_date", Value: "2025-09-01", Text: "2025年9月1日", Page: 2, Box: hequan.Box{0.6, 0.8, 0.8, 0.82}, Confidence: 0.97},
		},
		Tables: []hequan.Table{{Name: "items", Page: 1, Columns: []string{"name"}, Rows: make([][]hequan.Cell, 3)}},
		Seals: []hequan.Seal{
			{Page: 2, Kind: "contract", Text: "西安长安智枢科技有限公司", Party: "provider"},
			{Page: 1, Kind: "company", Across: true},
		},
	}
	invoice := hequan.Document{ID: "7-发票.pdf#2", File: "7-发票.pdf", SHA256: "1f", Pages: [2]int{2, 2}, Kind: hequan.KindInvoice}
	findings := []hequan.Finding{
		{Rule: "material.application_form", Clause: "五.1", Status: hequan.Pass, Message: "申报表已填写"},
		{Rule: "material.contract", Clause: "五.6", Status: hequan.Pass, Message: "已提交"},
		{Rule: "material.usage", Clause: "五.8", Status: hequan.Fail, Message: "未见用量明细", Action: "请提交模型服务提供方出具的用量明细"},
		{Rule: "material.acceptance", Clause: "五.9", Status: hequan.NA, Message: "API接口调用不需要"},
		{Rule: "provider.name", Clause: "五.6-8", Status: hequan.Fail, Message: "发票销售方与合同乙方不一致", Action: "请核对后重新提交<发票>",
			Evidence: []hequan.Evidence{
				{Document: contract.ID, Field: "party_b", Text: "西安长安智枢科技有限公司", Page: 1, Box: hequan.Box{0.2, 0.2, 0.5, 0.22}},
				{Document: invoice.ID, Field: "seller", Text: "西安长安智慧科技有限公司", Page: 2, Box: hequan.Box{0.2, 0.2, 0.5, 0.22}},
			}},
		{Rule: "commitment.signature", Clause: "五.3", Status: hequan.Review, Subject: "3-承诺书.pdf#1", Message: "签字处未找到签字或名章",
			Evidence: []hequan.Evidence{{File: "3-承诺书.pdf", Page: 1, Box: hequan.Box{0.5, 0.7, 0.9, 0.8}, Note: "在法定代表人签字处查找"}}},
		{Rule: "applicant.region", Clause: "三.1", Status: hequan.Review, Message: "住所未写明亦庄新城",
			Evidence: []hequan.Evidence{{Field: "address", Value: "北京市大兴区"}}},
	}
	return &hequan.Report{
		Schema: hequan.Schema, Version: "0.1.0", Policy: "2026H1", Verdict: hequan.Fail,
		Application: hequan.ReportApplication{ID: "2026H1-0017", Applicant: "北京晴川智慧医疗科技有限公司", Mode: hequan.ModeAPI, Project: "门诊导诊助手", ClaimedAmount: "615000.00", SubmittedAt: "2026-07-02"},
		Files: []hequan.FileInfo{
			{File: "3-承诺书.pdf", SHA256: "33"}, {File: "6-合同.pdf", SHA256: "c0"}, {File: "7-发票.pdf", SHA256: "1f"},
			{File: "11-补充.pdf", SHA256: "ee", Problem: hequan.Problemf(hequan.ProblemEncrypted, "password")},
		},
		Documents: []hequan.Document{contract, invoice}, Findings: findings,
		Subsidy: hequan.Subsidy{Gross: "1250000.00", Excluded: []hequan.Exclusion{{Amount: "20000.00", Reason: "硬件不予支持", Rule: "subsidy.ineligible"}},
			Base: "1230000.00", Rate: "0.5", Capped: "615000.00", PayableWan: "61.5", Explanation: []string{"结算合计 1250000.00，发票合计 1260000.00，取小者"}},
		Manual: []hequan.Manual{{Rule: "conditions.declared", Clause: "三.1", What: "近三年无重大行政处罚", Where: "信用中国"}},
	}
}

// whitePages serves one blank A4 page of 100 dpi for every sha256 but "33", and counts.
type whitePages struct{ served map[string]int }

func (w *whitePages) PageImage(sha256 string, page int) ([]byte, error) {
	w.served[fmt.Sprint(sha256, page)]++
	if sha256 == "33" {
		return nil, fmt.Errorf("the picture is gone")
	}
	img := image.NewRGBA(image.Rect(0, 0, 827, 1169))
	draw.Draw(img, img.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
