package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// Drawn is a family without templates: each paper draws its wording, layout
// and tables from a grammar, so that no two sets look alike. Reading may be
// improved on it; what counts is that a seed nobody looked at gives the same figures.
const Drawn = "drawn"

// drawnPaper prints a paper in a layout and wording drawn at random.
func (w *world) drawnPaper(kind string, r *rand.Rand, i int) *paper {
	switch kind {
	case "contract":
		return w.drawnContract(r)
	case "settlement":
		return w.drawnSettlement(r, i)
	case "usage":
		return w.drawnUsage(r, i)
	case "acceptance":
		return w.drawnAcceptance(r)
	case "filing":
		return w.drawnFiling(r)
	case "license":
		return w.drawnLicense(r)
	case "commitment":
		return w.drawnCommitment(r)
	case "bank":
		return w.drawnBank(r)
	case "audit":
		return w.drawnAudit(r, i)
	case "form":
		return w.fieldForm(r)
	}
	return w.invoicePaper(r, i)
}

// drawing is one paper in the making, with what it drew for all of its parts.
type drawing struct {
	*paper
	w     *world
	r     *rand.Rand
	dates int       // form of days
	colon string    // between label and value
	atEnd [2][]said // what a contract says of its parties where they sign
}

func (w *world) draw(kind hequan.Kind, key string, r *rand.Rand) *drawing {
	p := newPaper(kind, key, r)
	p.Font = pick(r, songFont, serifFont, timesFont, heiFont, sansFont, microFont, kaiFont, "'FangSong','AR PL UMing CN','Noto Serif CJK SC',serif")
	p.Size = pick(r, 9.5, 10.0, 10.5, 11.0, 12.0, 12.5)
	p.Margin = pick(r, "24mm 25mm 20mm 25mm", "18mm 18mm 18mm 18mm", "28mm 30mm 22mm 28mm", "20mm 16mm 18mm 22mm", "32mm 26mm 24mm 28mm")
	p.Style = fmt.Sprintf(`.page{line-height:%s}`, pick(r, "1.5", "1.65", "1.75", "1.9")) + pick(r, "", ``, `td,th{padding:.6mm 1.2mm}`, `td,th{padding:1.8mm 2mm}`) +
		`.zebra tr:nth-child(even){background:#f1f3f6}.box{border:.3mm solid #333}.under tr{border-bottom:.15mm solid #bbb}`
	return &drawing{paper: p, w: w, r: r, dates: pick(r, 0, 0, 1, 2, 3, 4, 5, 6, 7), colon: pick(r, "：", "：", "：", ": ", "： ")}
}

// day writes a day in the form of this paper.
func (d *drawing) day(x day.Day) string { return drawnDay(d.dates, x) }

// drawnDay knows two forms more than dateText: 2025-9-1, and with blanks.
func drawnDay(style int, x day.Day) string {
	switch style {
	case 6:
		return strings.ReplaceAll(dateText(5, x), "/", "-")
	case 7:
		return strings.NewReplacer("年", " 年 ", "月", " 月 ", "日", " 日").Replace(dateText(0, x))
	}
	return dateText(style, x)
}

// money writes a sum in one of the forms of the trade.
func (d *drawing) money(x rmb.Fen) string {
	switch d.r.IntN(9) {
	case 0:
		return "人民币" + x.Grouped() + "元"
	case 1:
		return pick(d.r, "RMB ", "CNY ", "￥", "¥ ") + x.Grouped()
	case 2:
		return "￥" + x.Grouped() + "元"
	case 3:
		return x.String()
	case 4:
		return moneyText(2, x)
	}
	return moneyText(pick(d.r, 0, 1, 3, 4), x)
}

// title prints the heading of a paper; text may hold marks.
func (d *drawing) title(text string) {
	r := d.r
	align := pick(r, "center", "center", "center", "left")
	size := pick(r, 11, 15, 16, 18, 20, 22, 24)
	font := pick(r, heiFont, serifFont, songFont, kaiFont, d.Font)
	if r.IntN(8) == 0 { // beside the name of whose paper it is
		d.put(`<div class="two" style="border-bottom:.4mm solid #444"><div style="font-size:9pt;color:#555">%s</div><h1 style="font-size:%dpt;font-family:%s;margin:0">%s</h1></div>`, pick(r, "计量计费平台", "企业服务中心", esc(d.w.Provider.Name), "Cloud Billing"), size, font, text)
		return
	}
	d.put(`<h1 style="text-align:%s;font-size:%dpt;font-family:%s;%s">%s</h1>`, align, size, font, pick(r, "", "", "letter-spacing:.12em", "border-bottom:.4mm solid #444;padding-bottom:2mm"), text)
}

// clauseNumber draws a way of numbering, and gives the number of each clause in it.
func clauseNumber(r *rand.Rand) func(int) string {
	form := pick(r, "%s、", "第%s条　", "第%s条 ", "（%s）", "%d. ", "%d、", "第%d条 ", "%d）", "")
	return func(n int) string {
		switch {
		case strings.Contains(form, "%s"):
			return fmt.Sprintf(form, chineseSmall(n))
		case form == "":
			return ""
		}
		return fmt.Sprintf(form, n)
	}
}

// strangers are companies that papers name and that are no party.
var strangers = []string{"北京融汇数据中心管理有限公司", "中科信服（天津）云计算有限公司", "上海联瑞招标代理有限公司", "北京启明律师事务所", "国信安泰测评技术有限公司"}
