package samples

import (
	"fmt"
	"math/rand/v2"

	"hequan"
)

// formRows are the rows of a printed 申报表 with the words of a layout: label,
// field, value, text.
func (w *world) formRows(p *paper, labels map[string]string, dates int, money int) [][2]string {
	f := w.Form
	var out [][2]string
	add := func(field, value, text string, match string) {
		if label := labels[field]; label != "" && value != "" {
			html := p.f(field, value, text)
			if match != "" {
				p.fields[len(p.fields)-1].Match = match
			}
			out = append(out, [2]string{label, html})
		}
	}
	add("applicant.name", f.Applicant.Name, f.Applicant.Name, "")
	add("applicant.uscc", f.Applicant.USCC, f.Applicant.USCC, "")
	add("applicant.established", f.Applicant.Established, formDate(dates, f.Applicant.Established), "")
	add("applicant.address", f.Applicant.Address, f.Applicant.Address, "")
	add("project.name", f.Project.Name, f.Project.Name, "")
	if w.Form.Project.Mode == w.Mode {
		add("project.mode", string(w.Mode), w.Mode.Chinese(), "mode")
	}
	add("project.domain", f.Project.Domain, f.Project.Domain, "")
	add("project.started", f.Project.Started, formDate(dates, f.Project.Started), "")
	add("project.ended", f.Project.Ended, formDate(dates, f.Project.Ended), "")
	add("claimed_amount", w.Claimed.String(), moneyText(money, w.Claimed), "")
	add("submitted_at", f.SubmittedAt, formDate(dates, f.SubmittedAt), "")
	return out
}

// usualForm are the words of the online form's own print-out.
var usualForm = map[string]string{"applicant.name": "申报单位", "applicant.uscc": "统一社会信用代码", "applicant.established": "成立日期", "applicant.address": "注册地址", "project.name": "项目名称",
	"project.mode": "申报类型", "project.domain": "应用方向", "project.started": "应用开始时间", "project.ended": "应用结束时间", "claimed_amount": "申报金额", "submitted_at": "申报日期"}

// formPaper prints the 申报表: in four geometries and wordings.
func (w *world) formPaper(r *rand.Rand) *paper {
	p := newPaper(hequan.KindApplicationForm, "form", r)
	labels := map[string]string{}
	for k, v := range usualForm {
		labels[k] = v
	}
	if r.IntN(2) == 0 {
		labels["applicant.name"], labels["claimed_amount"], labels["applicant.address"] = "企业名称", "申请金额", "单位地址"
		labels["submitted_at"], labels["project.domain"] = "填表日期", "应用领域"
	}
	rows := w.formRows(p, labels, pick(r, 0, 1, 4), pick(r, 1, 2, 3))
	p.put(`<h1 style="font-family:%s;font-size:18pt">%s</h1>`, pick(r, heiFont, serifFont, sansFont), pick(r, "2026年上半年人工智能“模型券”申报表", "人工智能“模型券”申报表", "模型券兑现申报表"))
	p.put(`%s`, pairs(r.IntN(4), rows))
	p.put(`<p style="margin-top:6mm">本单位对以上信息的真实性负责。</p><div style="height:16mm"></div>`)
	p.put(`<div class="sig" style="padding-left:88mm"><p>%s</p><p>（盖章）</p>%s</div>`, esc(w.Applicant.Name), p.stamp(w.pressed(r, "company", w.Applicant, w.Applicant.Name), float64(between(r, 92, 112)), -14))
	return p
}

// heldForm is the same in words of the family that is held back.
func (w *world) heldForm(r *rand.Rand) *paper {
	p := newHeld(hequan.KindApplicationForm, "form", r)
	labels := map[string]string{"applicant.name": "申请主体全称", "applicant.uscc": "信用代码", "applicant.established": "设立日期", "applicant.address": "实际经营地址", "project.name": "应用项目", "project.mode": "支持类型",
		"project.domain": "所属领域", "project.started": "使用起始日", "project.ended": "使用截止日", "claimed_amount": "拟申领额度", "submitted_at": "提交时间"}
	rows := w.formRows(p, labels, pick(r, 2, 5), pick(r, 1, 3))
	p.put(`<h1>%s</h1>%s`, pick(r, "模型券资金申请书", "人工智能应用支持资金申领表"), pairs(pick(r, 2, 5), rows))
	p.put(`<div class="sig" style="margin-top:20mm;padding-left:20mm"><p>申请主体（印章）</p><p>%s</p>%s</div>`, esc(w.Applicant.Name), p.stamp(w.pressed(r, "company", w.Applicant, w.Applicant.Name), float64(between(r, 24, 40)), -12))
	return p
}

func formDate(style int, value string) string {
	var y, m, d int
	if n, _ := fmt.Sscanf(value, "%d-%d-%d", &y, &m, &d); n != 3 {
		return value
	}
	return dateText(style, mustDay(value))
}
