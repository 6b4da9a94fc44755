package main

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hequan"
)

const (
	drawnApplicant = "北京晴川智慧医疗科技有限公司"
	drawnProvider  = "上海云岫数智科技有限公司"
)

// The papers of an application, without seals and signatures.

func drawnCommitment(t *testing.T) *drawing {
	return paperSheet(t).lines("承 诺 书", "本单位申报人工智能模型券项目，郑重承诺如下：", "一、近三年无重大行政处罚记录和刑事犯罪记录，", "二、未列入严重违法失信主体名单，", "三、同一项目未获得其他区级财政资金支持，", "四、所提交的申报材料真实、准确、完整。").
		text(25, 190, 12, "法定代表人（签字）：").text(110, 212, 12, "承诺单位："+drawnApplicant).text(25, 232, 12, "2026年6月28日")
}

func drawnBank(t *testing.T) *drawing {
	return paperSheet(t).lines("银行账户信息", "账户名称："+drawnApplicant, "开户银行：宁波银行股份有限公司北京亦庄支行", "银行账号：842894002421371", "本单位确认以上账户信息准确无误。").text(110, 150, 12, "单位名称（盖章）：")
}

func drawnContract(t *testing.T) (first, last *drawing) {
	first = paperSheet(t).lines("大模型接口服务合同", "合同编号：YX-2025-018", "甲方："+drawnApplicant, "乙方："+drawnProvider, "第一条 乙方向甲方提供大模型接口调用服务。", "第二条 合同总金额为人民币 940,000.00 元（大写：玖拾肆万元整）。", "第三条 甲方于每月结束后十日内付款。")
	last = paperSheet(t).lines("第四条 其他", "本合同一式两份，双方各执一份，自盖章之日起生效。", "合同期限：2025年9月14日至2026年9月13日").
		text(25, 190, 12, "甲方（盖章）：").text(115, 190, 12, "乙方（盖章）：").text(25, 240, 12, "2025年9月14日").text(115, 240, 12, "2025年9月14日")
	first.text(95, 285, 10, "第 1 页 共 2 页")
	last.text(95, 285, 10, "第 2 页 共 2 页")
	return first, last
}

func drawnSettlement(t *testing.T) *drawing {
	return paperSheet(t).lines("费 用 结 算 单", "结算单编号：JS-2026-03", "客户名称："+drawnApplicant, "服务提供方："+drawnProvider, "结算期间：2026年1月1日至2026年3月31日", "结算金额合计：235,000.00 元（大写：贰拾叁万伍仟元整）").text(110, 150, 12, "服务方（盖章）：")
}

func drawnAcceptance(t *testing.T) *drawing {
	return paperSheet(t).lines("项 目 验 收 报 告", "项目名称：座舱语音助手", "供应单位："+drawnProvider, "采购单位："+drawnApplicant, "验收日期：2026年3月12日", "验收地点：北京经济技术开发区宏达北路16号", "验收结论：系统运行正常，验收合格，同意通过验收。").
		text(25, 160, 12, "采购单位（盖章）：").text(115, 160, 12, "供应单位（盖章）：")
}

func drawnInvoice(t *testing.T) *drawing {
	return paperSheet(t).lines("北京增值税普通发票", "发票代码：011001900311    发票号码：40193968", "开票日期：2026年03月20日", "购买方 名称："+drawnApplicant, "纳税人识别号：91110302MAMLCJ2R7D", "*信息技术服务*大模型软件    1    100000.00    6%    6000.00", "价税合计（大写） 壹拾万陆仟圆整    （小写）¥106000.00", "销售方 名称："+drawnProvider, "纳税人识别号：91610131MAN3FMNJ50").text(110, 160, 12, "销售方：（章）")
}

// across presses the halves of a 骑缝章 on the edges of two pages.
func across(first, last *drawing, text string) {
	first.seal(210, 120, text, "", 0, sealRed)
	whole := paperSheet(first.t).seal(190, 120, text, "", 0, sealRed)
	for y := range last.img.Rect.Dy() {
		for x := dots(190); x < last.img.Rect.Dx(); x++ {
			last.ink(x, y, whole.img.NRGBAAt(x, y))
		}
	}
}

// drawnForm is the online form of a drawn application.
func drawnForm(t *testing.T, id string, mode hequan.Mode) []byte {
	t.Helper()
	data, err := json.Marshal(map[string]any{"id": id, "submitted_at": "2026-06-29", "applicant": map[string]string{"name": drawnApplicant}, "project": map[string]string{"name": "座舱语音助手", "mode": string(mode), "domain": "医疗"},
		"providers": []map[string]string{{"name": drawnProvider}}, "claimed_amount": "100000.00"})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestRulesFromPictures draws papers, reads them, and looks at what the rules on
// scans, seals, signatures and alterations say: each status from a picture.
func TestRulesFromPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads some twenty pages")
	}
	dir := t.TempDir()
	one, two := drawnContract(t)
	two.seal(50, 205, drawnApplicant, "合同专用章", 0.05, sealRed).seal(140, 205, drawnProvider, "", -0.06, sealRed)
	across(one, two, drawnApplicant)
	folder(t, filepath.Join(dir, "A-right"), map[string][]byte{
		"application.json": drawnForm(t, "A-right", hequan.ModeAPI),
		"3-承诺书.pdf":        scanned(t, drawnCommitment(t).hand(75, 190, "吴雨桐").seal(160, 236, drawnApplicant, "", 0.04, sealRed)),
		"4-银行账户信息.pdf":     scanned(t, drawnBank(t).seal(160, 160, drawnApplicant, "", -0.05, sealRed)),
		"6-合同.pdf":         scanned(t, one, two),
		"8-结算单.pdf":        scanned(t, drawnSettlement(t).seal(160, 160, drawnProvider, "", 0.03, sealRed)),
	})
	long, end := drawnContract(t)
	long.img, end.img = paperSheet(t).lines("大模型接口服务合同", "合同编号：YX-2025-018", "甲方："+drawnApplicant, "乙方："+drawnProvider, "第一条 乙方向甲方提供大模型接口调用服务。").text(95, 285, 10, "第 1 页 共 3 页").img,
		paperSheet(t).lines("第四条 其他", "本合同一式两份，双方各执一份。").text(25, 190, 12, "甲方（盖章）：").text(115, 190, 12, "乙方（盖章）：").text(95, 285, 10, "第 3 页 共 3 页").img
	folder(t, filepath.Join(dir, "B-absent"), map[string][]byte{
		"application.json": drawnForm(t, "B-absent", hequan.ModeAPI),
		"3-承诺书.pdf":        scanned(t, drawnCommitment(t)),
		"4-银行账户信息.pdf":     scanned(t, drawnBank(t).seal(160, 160, "广州南粤远洋海运物流有限公司", "", 0.02, sealRed).grey()),
		"6-合同.pdf":         scanned(t, long, end),
		"8-结算单.pdf":        scanned(t, drawnSettlement(t)),
	})
	twice, _ := drawnContract(t)
	_, sealed := drawnContract(t)
	bill := drawnSettlement(t).seal(160, 160, drawnProvider, "合同专用章", 0, sealRed)
	sealed.seal(50, 205, "北京晴川智能医疗科技有限公司", "", 0, sealRed).seal(140, 205, "上海云岫数知科技有限公司", "", 0, sealRed)
	folder(t, filepath.Join(dir, "C-open"), map[string][]byte{
		"application.json": drawnForm(t, "C-open", hequan.ModeAPI),
		"3-承诺书.pdf":        scanned(t, drawnCommitment(t).seal(85, 192, "北京晴川智惠医疗科技有限公司", "", 0, sealRed)), // over the signature's place
		"4-银行账户信息.pdf":     scanned(t, drawnBank(t).seal(160, 160, "北京晴川智惠医疗科技有限公司", "", 0, sealRed).copied(138, 138, 182, 182, -100, 40)),
		"6-合同.pdf":         scanned(t, twice, sealed),
		"8-结算单.pdf":        scanned(t, bill, bill),
	})
	folder(t, filepath.Join(dir, "D-delivered"), map[string][]byte{
		"application.json": drawnForm(t, "D-delivered", hequan.ModePrivate),
		"3-承诺书.pdf":        scanned(t, drawnCommitment(t).nameSeal(80, 188, "吴雨桐").seal(160, 236, drawnApplicant, "", 0, sealRed)),
		"7-发票.pdf":         scanned(t, drawnInvoice(t).seal(160, 160, drawnProvider, "发票专用章", 0, sealRed)),
		"9-验收报告.pdf":       scanned(t, drawnAcceptance(t).seal(65, 175, drawnApplicant, "", 0.03, sealRed).seal(150, 175, drawnProvider, "", -0.03, sealRed)),
	})
	folder(t, filepath.Join(dir, "E-undelivered"), map[string][]byte{
		"application.json": drawnForm(t, "E-undelivered", hequan.ModePrivate),
		"3-承诺书.pdf":        scanned(t, drawnCommitment(t).blurred()),
		"7-发票.pdf":         scanned(t, drawnInvoice(t)),
		"9-验收报告.pdf":       scanned(t, drawnAcceptance(t).seal(65, 175, drawnApplicant, "", 0, sealRed)),
	})
	found := findings(t, dir)
	for _, want := range []string{
		"A-right 3-承诺书 commitment.seal pass", "B-absent 3-承诺书 commitment.seal fail", "C-open 3-承诺书 commitment.seal review",
		"A-right 3-承诺书 commitment.signature pass", "D-delivered 3-承诺书 commitment.signature pass", "B-absent 3-承诺书 commitment.signature review", "C-open 3-承诺书 commitment.signature review",
		"A-right 4-银行账户信息 bank_account.seal pass", "B-absent 4-银行账户信息 bank_account.seal fail", "C-open 4-银行账户信息 bank_account.seal review",
		"A-right 6-合同 contract.seal_applicant pass", "B-absent 6-合同 contract.seal_applicant fail", "C-open 6-合同 contract.seal_applicant review",
		"A-right 6-合同 contract.seal_provider pass", "B-absent 6-合同 contract.seal_provider fail", "C-open 6-合同 contract.seal_provider review",
		"A-right 6-合同 contract.seal_across_pages pass", "B-absent 6-合同 contract.seal_across_pages review",
		"A-right 8-结算单 settlement.seal pass", "B-absent 8-结算单 settlement.seal fail", "C-open 8-结算单 settlement.seal review",
		"D-delivered 9-验收报告 acceptance.seal pass", "E-undelivered 9-验收报告 acceptance.seal review",
		"D-delivered 7-发票 invoice.seal pass", "E-undelivered 7-发票 invoice.seal review",
		"A-right 4-银行账户信息 scan.color pass", "B-absent 4-银行账户信息 scan.color fail",
		"A-right 8-结算单 scan.legible pass", "E-undelivered 3-承诺书 scan.legible review",
		"A-right 6-合同 scan.pages_complete pass", "B-absent 6-合同 scan.pages_complete fail",
		"A-right 6-合同 scan.not_repeated pass", "C-open 8-结算单 scan.not_repeated review",
		"A-right 4-银行账户信息 document.altered pass", "C-open 4-银行账户信息 document.altered review",
	} {
		part := strings.Fields(want)
		if got := found[strings.Join(part[:3], " ")]; got.Status != hequan.Status(part[3]) {
			t.Errorf("%s: %s %s", want, got.Status, got.Message)
		}
	}
}

// findings checks the applications below a folder and returns what was found,
// by application, file and rule.
func findings(t *testing.T, dir string) map[string]hequan.Finding {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "hequan", "check", "--no-cache", "--format", "json", dir).Output()
	if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() != exitFinding) {
		t.Fatalf("%v\n%s", err, fmt.Sprint(exit))
	}
	found := map[string]hequan.Finding{}
	for line := range strings.Lines(string(out)) {
		var r hequan.Report
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			file, _, _ := strings.Cut(f.Subject, ".pdf")
			key := r.Application.ID + " " + file + " " + f.Rule
			if old, ok := found[key]; !ok || f.Status.Worse(old.Status) {
				found[key] = f
			}
		}
	}
	return found
}
