package samples

import (
	"fmt"
	"math/rand/v2"

	"hequan"
)

// drawnAcceptance draws what says that delivery was accepted.
func (w *world) drawnAcceptance(r *rand.Rand) *paper {
	a := w.Acceptance
	d := w.draw(hequan.KindAcceptance, "acceptance", r)
	project, supplier, acceptor := d.f("project", a.Project, a.Project), d.f("supplier", a.Supplier, a.Supplier), d.f("acceptor", a.Acceptor, a.Acceptor)
	date := d.f("date", a.Date.String(), d.day(a.Date))
	place, conclusion := "", ""
	if !a.NoPlace {
		place = d.f("place", a.Place, a.Place)
	}
	if !a.NoConclusion {
		conclusion = d.fm("conclusion", a.Conclusion, a.Conclusion, "loose")
		passed := a.Outcome == "passed"
		d.fields[len(d.fields)-1].Passed = &passed
		d.hidden("outcome", a.Outcome, a.Conclusion, "")
	}
	who := pick(r, [2]string{"验收单位", "供货单位"}, [2]string{"采购单位", "供应商"}, [2]string{"甲方", "乙方"}, [2]string{"使用单位", "承建单位"}, [2]string{"建设单位", "实施单位"}, [2]string{"接收方", "交付方"}, [2]string{"需方", "供方"}, [2]string{"收货单位", "发货单位"}, [2]string{"用户单位", "服务单位"}, [2]string{"委托单位", "承接单位"}, [2]string{"客户名称", "服务商"})
	d.title(pick(r, "验收单", "项目验收报告", "交付确认书", "软硬件交付验收单", "项目终验报告", "货物验收单", "系统上线验收证明", "交付验收证书", "项目交接单", "服务交付确认单", "竣工验收报告", "到货验收单", "验收合格证明", "交付签收单"))
	dateLabel, placeLabel := pick(r, "验收日期", "验收时间", "交付日期", "完成日期", "确认日期", "交付时间", "终验日期", "签收日期"), pick(r, "验收地点", "交付地点", "实施地点", "部署地点", "安装地点", "项目地点", "地点", "交货地点")
	letter, atEnd := r.IntN(4) == 0, false
	switch {
	case letter:
		at := ""
		if place != "" {
			at = "在" + place
		}
		d.put(`<p>%s%s：</p><div class="in"><p>%s</p></div>`, pick(r, "致：", "致", ""), supplier, pick(r, "贵公司为我单位“"+project+"”项目提供的产品及服务，已于"+date+at+"交付完毕，清单如下：", "我单位“"+project+"”项目（合同编号："+esc(a.Number)+"）已于"+date+at+"完成交付，具体内容见下表。"))
	default:
		list := []said{{pick(r, "项目名称", "项目", "工程名称", "验收项目", "系统名称"), project}, {who[0], acceptor}, {who[1], supplier}}
		atEnd = r.IntN(3) == 0
		if !atEnd {
			list = append(list, said{dateLabel, date})
			if place != "" {
				list = append(list, said{placeLabel, place})
			}
		}
		list = append(list, d.manyOf([]said{{"合同编号", esc(a.Number)}, {"合同签订日期", d.day(w.Contract.Sign)}, {"验收方式", "现场测试"}, {"联系人", esc(personName(r))}, {"质保期", "12个月"}})...)
		d.list(d.shuffled(list))
	}
	d.delivered(a.Items)
	if atEnd {
		s := pick(r, "双方于"+date+"共同验收", "验收组于"+date+"进行了验收", dateLabel+"："+date)
		if place != "" {
			s += pick(r, "，地点为"+place, "，"+placeLabel+"："+place, "，验收地点位于"+place)
		}
		d.put(`<div class="in"><p>%s。</p></div>`, s)
	}
	if conclusion != "" {
		switch r.IntN(3) {
		case 0:
			d.put(`<table class="ruled"><tr><td style="width:30mm;height:18mm" class="m">%s</td><td>%s</td></tr></table>`, pick(r, "验收意见", "验收结论", "结论", "综合意见", "用户意见"), conclusion)
		case 1:
			d.put(`<p>%s：%s</p>`, pick(r, "验收结论", "验收意见", "结论", "最终结论", "确认意见", "验收评价"), conclusion)
		default:
			d.put(`<div class="in"><p>%s%s</p></div>`, pick(r, "经我公司核验：", "我方确认：", "经双方共同检验，", ""), conclusion)
		}
	}
	buyer := ""
	if letter {
		buyer = acceptor
	}
	stamps := d.stamp(newSeal(r, "company", "applicant", w.Applicant.Name, w.Applicant.SealCode), float64(between(r, 18, 32)), float64(between(r, -4, 4)))
	signB := "　　　　"
	if !a.NoSupplierSeal {
		stamps += d.stamp(newSeal(r, "company", w.partyOf(a.SupplierSeal), a.SupplierSeal, w.Provider.SealCode), float64(between(r, 102, 116)), float64(between(r, -4, 4)))
		signB = d.sign(r, "", personName(r))
	}
	d.put(`<div class="sig" style="margin-top:10mm"><div class="two"><div><p>%s（盖章）：%s</p><p>代表签字：%s</p></div><div><p>%s（盖章）：</p><p>代表签字：%s</p></div></div>%s</div>`, who[0], buyer, d.sign(r, "", personName(r)), who[1], signB, stamps)
	return d.paper
}

// drawnFiling draws a proof of filing.
func (w *world) drawnFiling(r *rand.Rand) *paper {
	f := w.Filing
	d := w.draw(hequan.KindFilingProof, "filing", r)
	date := d.f("date", f.Date.String(), d.day(f.Date))
	model, entity, number, territory := d.f("model", f.Model, f.Model), d.f("entity", f.Entity, f.Entity), d.f("number", f.Number, f.Number), d.f("territory", f.Territory, f.Territory)
	register := d.trait("register", registers[f.Register], esc(f.Register))
	labels := struct{ model, entity, number, date, territory string }{
		pick(r, "模型名称", "大模型名称", "服务名称", "产品名称", "生成式人工智能服务名称", "模型（服务）名称", "应用名称"), pick(r, "备案主体", "备案单位", "运营主体", "主体名称", "服务提供者", "申请单位", "企业名称", "提供者名称"),
		pick(r, "备案编号", "备案号", "备案证号", "编号", "备案登记号"), pick(r, "备案时间", "备案日期", "通过时间", "备案通过日期", "完成备案时间", "批准日期"), pick(r, "属地", "所在地", "备案属地", "地区", "省份", "所属地区", "所在省市")}
	switch r.IntN(5) {
	case 0, 1: // rows of a list
		d.Margin, d.Size = "18mm 14mm", pick(r, 9.0, 9.5, 10.0)
		d.title(pick(r, "关于发布生成式人工智能服务备案信息的公告", "大模型备案信息公示", "生成式人工智能服务备案情况"))
		d.put(`<p>%s</p><div class="in"><p>%s</p></div>`, pick(r, "来源：中国网信网　　发布时间：2025年11月06日", "2025-11-06　来源：网信部门", ""), pick(r, "依据《生成式人工智能服务管理暂行办法》，现将"+register+"公告如下：", register+"如下表所示："))
		cols := []column{{"model", labels.model, ""}, {"entity", labels.entity, ""}, {"number", labels.number, ""}, {"date", labels.date, "m"}, {"territory", labels.territory, "m"}}
		r.Shuffle(len(cols), func(i, j int) { cols[i], cols[j] = cols[j], cols[i] })
		value := map[string]string{"model": model, "entity": entity, "number": number, "date": date, "territory": territory}
		var heads, cells string
		if r.IntN(2) == 0 {
			heads, cells = "<td>序号</td>", fmt.Sprintf(`<td class="m">%d</td>`, between(r, 20, 700))
		}
		for _, c := range cols {
			heads += "<td>" + c.head + "</td>"
			cells += "<td>" + value[c.field] + "</td>"
		}
		d.put(`<table class="%s"><tr class="m">%s</tr><tr>%s</tr></table>`, pick(r, "ruled", "lines", "ruled"), heads, cells)
	case 2, 3: // a record on the web, or a certificate
		d.put(`<p style="font-size:9pt;color:#666">%s</p>`, pick(r, "首页 ＞ 备案查询 ＞ 结果详情", "当前位置：首页 / 公示 / 详情", "查询时间：2026-05-12 10:22", ""))
		d.title(register)
		list := []said{{labels.model, model}, {labels.entity, entity}, {labels.number, number}, {labels.date, date}, {labels.territory, territory}}
		d.list(d.shuffled(append(list, d.manyOf([]said{{"备案状态", "已备案"}, {"服务类型", "文本生成"}, {"查询日期", "2026年5月12日"}, {"访问方式", "网页、API"}})...)))
	default:
		d.title(pick(r, "备案情况告知书", "关于大模型备案情况的复函", "备案通知书", "备案证明"))
		d.put(`<p>%s：</p><div class="in"><p>%s</p><p>%s</p></div>`, entity, pick(r,
			"你单位运营的“"+model+"”已完成备案，列入"+register+"，备案号为"+number+"，备案日期为"+date+"，属地："+territory+"。", "经审核，“"+model+"”于"+date+"通过备案（备案编号："+number+"），属地为"+territory+"，信息见"+register+"。",
			"贵公司提供的“"+model+"”服务已列入"+register+"，编号"+number+"，时间为"+date+"，所在地区："+territory+"。"), pick(r, "特此通知。", "特此告知。", "特此证明。"))
		d.put(`<p style="text-align:right;margin-top:20mm">%s互联网信息办公室</p>`, esc(f.Territory))
	}
	return d.paper
}
