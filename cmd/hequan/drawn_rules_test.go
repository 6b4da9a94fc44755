package main

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hequan"
	"hequan/checks"
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

func drawnContract(t *testing.T) (first, last *drawing) { return drawnContractNumbered(t, 1, 2, 2) }

// drawnContractNumbered prints the numbers of the pages as given.
func drawnContractNumbered(t *testing.T, one, two, all int) (first, last *drawing) {
	first = paperSheet(t).lines("大模型接口服务合同", "合同编号：YX-2025-018", "甲方："+drawnApplicant, "乙方："+drawnProvider, "第一条 乙方向甲方提供大模型接口调用服务。", "第二条 合同总金额为人民币 940,000.00 元（大写：玖拾肆万元整）。", "第三条 甲方于每月结束后十日内付款。")
	last = paperSheet(t).lines("第四条 其他", "本合同一式两份，双方各执一份，自盖章之日起生效。", "合同期限：2025年9月14日至2026年9月13日").
		text(25, 190, 12, "甲方（盖章）：").text(115, 190, 12, "乙方（盖章）：").text(25, 240, 12, "2025年9月14日").text(115, 240, 12, "2025年9月14日")
	return first.text(95, 285, 10, fmt.Sprintf("第 %d 页 共 %d 页", one, all)), last.text(95, 285, 10, fmt.Sprintf("第 %d 页 共 %d 页", two, all))
}

func drawnShortContract(t *testing.T) *drawing {
	return paperSheet(t).lines("大模型接口服务合同", "合同编号：YX-2025-018", "甲方："+drawnApplicant, "乙方："+drawnProvider, "第一条 乙方向甲方提供大模型接口调用服务。", "第二条 合同总金额为人民币 940,000.00 元（大写：玖拾肆万元整）。", "合同期限：2025年9月14日至2026年9月13日", "签订日期：2025年9月14日")
}

func drawnLicence(t *testing.T) *drawing {
	return paperSheet(t).lines("营 业 执 照", "统一社会信用代码：91110302MAMLCJ2R7D", "名称："+drawnApplicant, "类型：有限责任公司", "法定代表人：吴雨桐", "成立日期：2021年3月12日", "住所：北京经济技术开发区宏达北路16号")
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

// pictureCases say what the rules on scans, seals, signatures and alterations find
// in which paper of which application of drawnApplications, and part of what is said.
var pictureCases = []struct {
	rule         string
	status       hequan.Status
	id, file     string // application and paper; no paper: a rule that finds no subject
	says, reason string // reason is what the case is of
}{
	{"scan.color", "pass", "A-right", "4-银行账户信息", "", ""},
	{"scan.color", "fail", "B-absent", "4-银行账户信息", "第 1 页不是彩色扫描", "a grey copy"},
	{"scan.color", "review", "C-open", "6-合同", "没有任何彩色内容", "a page without colour beside one in colour"},
	{"scan.color", "na", "F-signed", "2-营业执照", "不要求彩色扫描", "a licence"},
	{"scan.legible", "pass", "A-right", "8-结算单", "", ""},
	{"scan.legible", "review", "E-undelivered", "3-承诺书", "不清晰", "out of focus"},
	{"scan.legible", "review", "E-undelivered", "9-验收报告", "空白页", "a blank page"},
	{"scan.legible", "review", "F-signed", "2-营业执照", "分辨率只有 100 dpi", "few dots"},
	{"scan.legible", "na", "G-empty", "", "没有任何可判断的材料", "no papers"},
	{"scan.pages_complete", "pass", "A-right", "6-合同", "", ""},
	{"scan.pages_complete", "fail", "B-absent", "6-合同", "缺第 2 页", "a page is absent"},
	{"scan.pages_complete", "review", "C-open", "6-合同", "不按顺序", "pages in the wrong order"},
	{"scan.pages_complete", "na", "A-right", "3-承诺书", "没有印刷页码", "no numbers"},
	{"scan.not_repeated", "pass", "A-right", "6-合同", "", ""},
	{"scan.not_repeated", "review", "C-open", "8-结算单", "几乎是同一画面", "a page twice"},
	{"scan.not_repeated", "na", "G-empty", "", "没有任何可判断的材料", "no papers"},
	{"commitment.seal", "pass", "A-right", "3-承诺书", "已加盖申报单位公章", ""},
	{"commitment.seal", "fail", "B-absent", "3-承诺书", "没有申报单位的印章", "no seal"},
	{"commitment.seal", "review", "C-open", "3-承诺书", "未能确认", "nearly the applicant's name"},
	{"commitment.seal", "review", "F-signed", "3-承诺书", "疑为复印件", "grey"},
	{"commitment.seal", "na", "G-empty", "", "没有承诺书", "no commitment"},
	{"commitment.signature", "pass", "A-right", "3-承诺书", "", "handwriting"},
	{"commitment.signature", "pass", "D-delivered", "3-承诺书", "以名章", "a name seal"},
	{"commitment.signature", "review", "B-absent", "3-承诺书", "未见签字或名章", "nothing"},
	{"commitment.signature", "review", "C-open", "3-承诺书", "未见签字或名章", "a seal over the signature's place"},
	{"commitment.signature", "na", "G-empty", "", "没有承诺书", "no commitment"},
	{"bank_account.seal", "pass", "A-right", "4-银行账户信息", "已加盖申报单位公章", ""},
	{"bank_account.seal", "fail", "B-absent", "4-银行账户信息", "不是申报单位的印章", "another's"},
	{"bank_account.seal", "fail", "E-undelivered", "4-银行账户信息", "没有申报单位的印章", "no seal"},
	{"bank_account.seal", "review", "C-open", "4-银行账户信息", "未能确认", "nearly the applicant's name"},
	{"bank_account.seal", "review", "F-signed", "4-银行账户信息", "是合同专用章，不是公章", "of another kind"},
	{"bank_account.seal", "na", "G-empty", "", "没有银行账户信息", "no account sheet"},
	{"contract.seal_applicant", "pass", "A-right", "6-合同", "合同专用章", ""},
	{"contract.seal_applicant", "fail", "B-absent", "6-合同", "没有申报单位的印章", "no seal"},
	{"contract.seal_applicant", "review", "C-open", "6-合同", "未能确认", "nearly the applicant's name"},
	{"contract.seal_applicant", "na", "E-undelivered", "", "没有项目合同", "no contract"},
	{"contract.seal_provider", "pass", "A-right", "6-合同", "已加盖模型服务提供方公章", ""},
	{"contract.seal_provider", "pass", "F-signed", "6-合同", "有效电子签名", "signed electronically"},
	{"contract.seal_provider", "fail", "B-absent", "6-合同", "没有模型服务提供方的印章", "no seal"},
	{"contract.seal_provider", "review", "C-open", "6-合同", "未能确认", "nearly the provider's name"},
	{"contract.seal_provider", "review", "D-delivered", "6-合同", "只见模型服务提供方的骑缝章", "across the pages only"},
	{"contract.seal_provider", "na", "E-undelivered", "", "没有项目合同", "no contract"},
	{"contract.seal_across_pages", "pass", "A-right", "6-合同", "", ""},
	{"contract.seal_across_pages", "review", "B-absent", "6-合同", "未见骑缝章", "bare pages"},
	{"contract.seal_across_pages", "na", "F-signed", "6-合同", "只有一页", "one page"},
	{"settlement.seal", "pass", "A-right", "8-结算单", "已加盖模型服务提供方公章", ""},
	{"settlement.seal", "fail", "B-absent", "8-结算单", "没有模型服务提供方的印章", "no seal"},
	{"settlement.seal", "review", "C-open", "8-结算单", "是合同专用章，不是公章", "of another kind"},
	{"settlement.seal", "na", "D-delivered", "", "本项不适用", "another mode"},
	{"acceptance.seal", "pass", "D-delivered", "9-验收报告", "", ""},
	{"acceptance.seal", "review", "E-undelivered", "9-验收报告", "未见模型服务提供方的盖章或签字", "one party's only"},
	{"acceptance.seal", "na", "A-right", "", "本项不适用", "another mode"},
	{"invoice.seal", "pass", "D-delivered", "7-发票", "", ""},
	{"invoice.seal", "review", "E-undelivered", "7-发票", "未见销售方发票专用章", "no seal"},
	{"invoice.seal", "na", "A-right", "", "没有发票", "no invoice"},
	{"document.signature", "pass", "F-signed", "6-合同", "", "signed by a party"},
	{"document.signature", "fail", "F-signed", "8-结算单", "签名后内容有改动", "changed after it was signed"},
	{"document.signature", "review", "F-signed", "4-银行账户信息", "未能验证", "something was appended"},
	{"document.signature", "review", "F-signed", "3-承诺书", "不是申报单位或服务提供方", "signed by a stranger"},
	{"document.signature", "na", "A-right", "3-承诺书", "未检出电子签名", "not signed"},
	{"document.altered", "pass", "A-right", "4-银行账户信息", "", ""},
	{"document.altered", "review", "C-open", "4-银行账户信息", "同一印章图像出现两次", "a seal pasted"},
	{"document.altered", "review", "E-undelivered", "4-银行账户信息", "另行添加了文字", "text over the scan"},
	{"document.altered", "review", "F-signed", "4-银行账户信息", "签名之后", "appended after the signature"},
	{"document.altered", "na", "B-absent", "3-承诺书", "未检查改动痕迹", "nothing to look at"},
}

// drawnApplications draws papers that the cases are read from.
func drawnApplications(t *testing.T, dir string) {
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
	long := paperSheet(t).lines("大模型接口服务合同", "合同编号：YX-2025-018", "甲方："+drawnApplicant, "乙方："+drawnProvider, "第一条 乙方向甲方提供大模型接口调用服务。").text(95, 285, 10, "第 1 页 共 3 页")
	end := paperSheet(t).lines("第四条 其他", "本合同一式两份，双方各执一份。").text(25, 190, 12, "甲方（盖章）：").text(115, 190, 12, "乙方（盖章）：").text(95, 285, 10, "第 3 页 共 3 页")
	folder(t, filepath.Join(dir, "B-absent"), map[string][]byte{
		"application.json": drawnForm(t, "B-absent", hequan.ModeAPI),
		"3-承诺书.pdf":        scanned(t, drawnCommitment(t)),
		"4-银行账户信息.pdf":     scanned(t, drawnBank(t).seal(160, 160, "广州南粤远洋海运物流有限公司", "", 0.02, sealRed).grey()),
		"6-合同.pdf":         scanned(t, long, end),
		"8-结算单.pdf":        scanned(t, drawnSettlement(t)),
	})
	plain, sealed := drawnContractNumbered(t, 1, 2, 3)
	between := paperSheet(t).lines("第三条 服务内容", "乙方按月提供调用明细，甲方于五日内核对。").text(95, 285, 10, "第 3 页 共 3 页")
	bill := drawnSettlement(t).seal(160, 160, drawnProvider, "合同专用章", 0, sealRed)
	sealed.seal(50, 205, "北京晴川智能医疗科技有限公司", "", 0, sealRed).seal(140, 205, "上海云岫数知科技有限公司", "", 0, sealRed)
	folder(t, filepath.Join(dir, "C-open"), map[string][]byte{
		"application.json": drawnForm(t, "C-open", hequan.ModeAPI),
		"3-承诺书.pdf":        scanned(t, drawnCommitment(t).seal(85, 192, "北京晴川智惠医疗科技有限公司", "", 0, sealRed)), // over the signature's place
		"4-银行账户信息.pdf":     scanned(t, drawnBank(t).seal(160, 160, "北京晴川智惠医疗科技有限公司", "", 0, sealRed).copied(138, 138, 182, 182, -100, 40)),
		"6-合同.pdf":         scanned(t, plain.grey(), between, sealed),
		"8-结算单.pdf":        scanned(t, bill, bill),
	})
	begin, close := drawnContract(t)
	across(begin, close, drawnProvider)
	folder(t, filepath.Join(dir, "D-delivered"), map[string][]byte{
		"application.json": drawnForm(t, "D-delivered", hequan.ModePrivate),
		"3-承诺书.pdf":        scanned(t, drawnCommitment(t).nameSeal(80, 188, "吴雨桐").seal(160, 236, drawnApplicant, "", 0, sealRed)),
		"6-合同.pdf":         scanned(t, begin, close),
		"7-发票.pdf":         scanned(t, drawnInvoice(t).seal(160, 160, drawnProvider, "发票专用章", 0, sealRed)),
		"9-验收报告.pdf":       scanned(t, drawnAcceptance(t).seal(65, 175, drawnApplicant, "", 0.03, sealRed).seal(150, 175, drawnProvider, "", -0.03, sealRed)),
	})
	folder(t, filepath.Join(dir, "E-undelivered"), map[string][]byte{
		"application.json": drawnForm(t, "E-undelivered", hequan.ModePrivate),
		"3-承诺书.pdf":        scanned(t, drawnCommitment(t).blurred()),
		"4-银行账户信息.pdf":     painted(t, scanned(t, drawnBank(t)), "6222 0001 9400"),
		"7-发票.pdf":         scanned(t, drawnInvoice(t)),
		"9-验收报告.pdf":       scanned(t, drawnAcceptance(t).seal(65, 175, drawnApplicant, "", 0, sealRed), paperSheet(t)),
	})
	folder(t, filepath.Join(dir, "F-signed"), map[string][]byte{
		"application.json": drawnForm(t, "F-signed", hequan.ModeAPI),
		"2-营业执照.pdf":       scanned(t, drawnLicence(t).coarse()),
		"3-承诺书.pdf":        signed(t, scanned(t, drawnCommitment(t).hand(75, 190, "吴雨桐").seal(160, 236, drawnApplicant, "", 0.04, sealRed).grey()), "广州南粤远洋海运物流有限公司"),
		"4-银行账户信息.pdf":     appended(signed(t, scanned(t, drawnBank(t).seal(160, 160, drawnApplicant, "合同专用章", 0, sealRed)), drawnApplicant), []int{90}, "<</Type/Annot/Subtype/Text/F 2/Rect[40 40 60 60]/Contents(checked)>>"),
		"6-合同.pdf":         signed(t, scanned(t, drawnShortContract(t)), drawnProvider),
		"8-结算单.pdf":        edited(t, signed(t, scanned(t, drawnSettlement(t)), drawnProvider)),
	})
	folder(t, filepath.Join(dir, "G-empty"), map[string][]byte{"application.json": drawnForm(t, "G-empty", hequan.ModeAPI)})
}

// TestRulesFromPictures draws papers, reads them, and looks at what the rules on
// scans, seals, signatures and alterations say: each status from a picture.
func TestRulesFromPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads some thirty pages")
	}
	dir := t.TempDir()
	drawnApplications(t, dir)
	found := findings(t, dir)
	for _, c := range pictureCases {
		got, ok := found[foundIn{c.id, c.file, c.rule}]
		if !ok || got.Status != c.status || !strings.Contains(got.Message, c.says) {
			t.Errorf("%s %s %s (%s): want %s “%s”, found %s “%s”", c.id, c.file, c.rule, c.reason, c.status, c.says, got.Status, got.Message)
		}
	}
}

// TestPictureCasesAreComplete asserts that each rule on scans, seals, signatures and
// alterations has a case from a picture for each status that it can give: those of its
// recorded cases, which their own test keeps complete, and na.
func TestPictureCasesAreComplete(t *testing.T) {
	have := map[string]bool{}
	for _, c := range pictureCases {
		have[c.rule+" "+string(c.status)] = true
	}
	rules := 0
	for _, r := range checks.All() {
		if !strings.HasPrefix(r.ID, "scan.") && !strings.HasPrefix(r.ID, "document.") && !strings.Contains(r.ID, ".seal") && r.ID != "commitment.signature" {
			continue
		}
		rules++
		recorded, err := filepath.Glob(filepath.Join("..", "..", "checks", "testdata", r.ID, "*.txtar"))
		if err != nil || len(recorded) == 0 {
			t.Fatalf("%s has no recorded cases: %v", r.ID, err)
		}
		can := []string{string(hequan.NA)}
		for _, file := range recorded {
			status, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".txtar"), "_")
			can = append(can, status)
		}
		for _, status := range can {
			if !have[r.ID+" "+status] {
				t.Errorf("%s gives %s in no case from a picture", r.ID, status)
			}
		}
	}
	if rules != 15 {
		t.Errorf("%d rules on scans, seals, signatures and alterations, 15 known", rules)
	}
}

// foundIn is where a rule found something; file without its ending.
type foundIn struct{ id, file, rule string }

// findings checks the applications below a folder and returns what was found,
// by application, file and rule.
func findings(t *testing.T, dir string) map[foundIn]hequan.Finding {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "hequan", "check", "--no-cache", "--format", "json", dir).Output()
	if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() != exitFinding) {
		t.Fatalf("%v\n%s", err, fmt.Sprint(exit))
	}
	found := map[foundIn]hequan.Finding{}
	for line := range strings.Lines(string(out)) {
		var r hequan.Report
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			file, _, _ := strings.Cut(f.Subject, ".pdf")
			key := foundIn{r.Application.ID, file, f.Rule}
			if old, ok := found[key]; !ok || f.Status.Worse(old.Status) {
				found[key] = f
			}
		}
	}
	return found
}
