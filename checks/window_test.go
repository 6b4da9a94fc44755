package checks

import (
	"fmt"
	"strings"
	"testing"

	"hequan"
)

// stranger makes an application that shares nothing with the base.
const stranger = `
base: api
set:
  form.id: 2026H1-0002
  form.applicant: {name: 北京青禾教育科技有限公司, uscc: 91110302MA0000000B, established: "2017-01-01", address: 北京市北京经济技术开发区荣华北路1号, phone: 010-55550999}
  form.project.name: 课堂助教
  form.bank.account: "1100777"
  bank.fields.account: "1100777"
  contract.fields.number: QH-1
  settlement1.fields.number: QH-JS-1
  settlement2.fields.number: QH-JS-2
  invoice1.fields.number: "26310000000000000001"
  invoice2.fields.number: "26310000000000000002"
  license.file: a/2.pdf
  commitment.file: a/3.pdf
  bank.file: a/4.pdf
  audit2024.file: a/5a.pdf
  audit2025.file: a/5b.pdf
  contract.file: a/6.pdf
  invoice1.file: a/7.pdf
  invoice2.file: a/7.pdf
  settlement1.file: a/8.pdf
  settlement2.file: a/8.pdf
  usage.file: a/8b.pdf
`

// but returns the stranger with some lines instead of its own.
func but(change string) string {
	var out []string
	for _, line := range strings.Split(stranger, "\n") {
		key, _, _ := strings.Cut(line, ": ")
		if key == "" || !strings.Contains(change, key+": ") {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n") + change
}

func TestWindow(t *testing.T) {
	for _, c := range []struct {
		name, change, rule string
		status             hequan.Status
		says               string
	}{
		{"strangers", "", "", hequan.Pass, ""},
		{"same invoice", "  invoice1.fields.number: \"26312000000012345678\"\n", "window.duplicate_document", hequan.Fail, "发票 26312000000012345678重复使用"},
		{"same contract number of the same provider", "  contract.fields.number: YS-2025-081\n", "window.duplicate_document", hequan.Fail, "项目合同 YS-2025-081重复使用"},
		{"same file", "  invoice1.file: 7-发票.pdf\n  invoice2.file: 7-发票.pdf\n", "window.duplicate_document", hequan.Fail, "完全相同"},
		{"shared account", "  form.bank.account: \"0200059009200012345\"\n", "window.shared_traces", hequan.Review, "共用银行账号"},
		{"shared telephone", "  form.applicant.phone: \"01055550101\"\n", "window.shared_traces", hequan.Review, "共用联系电话"},
		{"a stranger's seal", "  bank.seals: [{kind: company, party: other, text: 北京云杉数据服务有限公司}]\n", "window.shared_traces", hequan.Review, "共用印章"},
		{"same project", "  form.applicant.name: 北京云杉数据服务有限公司\n  form.applicant.uscc: 91110302MA7K2P3Q46\n  form.project.name: 医疗病历质控助手\n  form.project.mode: cloud\n", "window.duplicate_project", hequan.Fail, "重复申报"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := build(t, []byte("base: api")), build(t, []byte(but(c.change)))
			for i, r := range JudgeWindow([]Case{a, b}) {
				other := []string{"2026H1-0002", "2026H1-0001"}[i]
				seen := map[string]int{}
				hit := false
				for _, f := range r.Findings {
					if !strings.HasPrefix(f.Rule, "window.") {
						continue
					}
					seen[f.Rule]++
					if f.Status == hequan.NA {
						t.Errorf("%s is na in a window of two", f.Rule)
					}
					if f.Rule == c.rule && f.Status == c.status && f.Subject == other && strings.Contains(f.Message, c.says) {
						hit = true
					}
					if c.rule == "" && f.Status != hequan.Pass {
						t.Errorf("report %d: %s %s: %s", i, f.Status, f.Rule, f.Message)
					}
				}
				if len(seen) != 4 {
					t.Errorf("report %d: window findings %v, want each of four rules", i, seen)
				}
				if c.rule != "" && !hit {
					t.Errorf("report %d: no %s of %s that says %q\n%s", i, c.status, c.rule, c.says, tell(r, c.rule))
				}
				if c.status == hequan.Fail && r.Verdict != hequan.Fail {
					t.Errorf("report %d: verdict %s", i, r.Verdict)
				}
			}
		})
	}
}

func TestWindowYearCap(t *testing.T) {
	big := func(id, project string) Case {
		return build(t, []byte(fmt.Sprintf(`
base: api
set:
  form.id: %s
  form.project.name: %s
  form.claimed_amount: "3000000.00"
  contract.fields.amount: "6000000.00"
  settlement1.fields.total: "5910000.00"
  invoice1.fields.total: "5910000.00"
`, id, project)))
	}
	for i, r := range JudgeWindow([]Case{big("A", "一"), big("B", "二")}) {
		if r.Subsidy.PayableWan != "300.0" {
			t.Fatalf("payable %s", r.Subsidy.PayableWan)
		}
		left := []string{"5,000,000.00", "2,000,000.00"}[i]
		if got := tell(r, "window.year_cap"); !strings.HasPrefix(got, "存疑") || !strings.Contains(got, "6,000,000.00") || !strings.Contains(got, "余额 "+left) {
			t.Errorf("report %d: %s", i, got)
		}
	}
}

func TestWindowOfOne(t *testing.T) {
	r := JudgeWindow([]Case{build(t, []byte("base: api"))})[0]
	if got := tell(r, "window.year_cap"); !strings.HasPrefix(got, "不适用") {
		t.Error(got)
	}
}

func TestWindowAlike(t *testing.T) {
	page := "  usage.page_info.2: {picture_hash: 0123456789abcde%d}\n"
	a := build(t, []byte("base: api\nset:\n"+fmt.Sprintf(page, 4)+"unset: [usage.fields.total]"))
	b := build(t, []byte(but(fmt.Sprintf(page, 5)+"  usage.fields.total: \"210000.00\"\n")))
	for i, r := range JudgeWindow([]Case{a, b}) {
		if got := tell(r, "window.duplicate_document"); !strings.HasPrefix(got, "存疑") || !strings.Contains(got, "几乎是同一画面") {
			t.Errorf("report %d: %s", i, got)
		}
	}
}
