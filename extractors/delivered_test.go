package extractors

import (
	"strings"
	"testing"

	"hequan"
)

// itemsIn reads an acceptance certificate and gives its items, or "" where it has none.
func itemsIn(rows ...placedRow) string {
	c := Extract(hequan.KindAcceptance, laid(rows...), nil)
	if len(c.Tables) == 0 {
		return ""
	}
	return tableText(c.Tables[0])
}

// TestDeliveredLines: what was delivered in lines, in a paragraph and in blocks of labels.
func TestDeliveredLines(t *testing.T) {
	want := "name|quantity|result\n云岫大模型一体机主机(8卡推理服务器)|2|合格\n云岫-32B模型软件授权|1|合格\n推理加速引擎软件|1|合格"
	fold := func(s string) string { return strings.NewReplacer("（", "(", "）", ")").Replace(s) }
	for _, lines := range [][]string{
		{"1.云岫大模型一体机主机（8卡推理服务器），数量2台，检查结果：合格；", "2.云岫-32B模型软件授权，数量1套，检查结果：合格；", "3.推理加速引擎软件，数量1套，检查结果：合格。"},
		{"（1）云岫大模型一体机主机（8卡推理服务器）×2台（合格）", "（2）云岫-32B模型软件授权×1套（合格）", "（3）推理加速引擎软件×1套（合格）"},
		{"1)云岫大模型一体机主机(8卡推理服务器)(2台),合格", "2云岫-32B模型软件授权(1套1),合格", "3)推理加速引擎软件(1套),合格"}, // marks misread
		{"云岫大模型一体机主机（8卡推理服务器）——2台——合格", "云岫-32B模型软件授权——1套——合格", "推理加速引擎软件——1套——合格"},
		{"交付物1", "设备名称：云岫大模型一体机主机（8卡推理服务器）", "验收数量：2台", "检查结论：合格", "交付物2", "设备名称云岫-32B模型软件授权", "验收数量1套", "检查结论合格", "交付物3", "设备名称：推理加速引擎软件", "验收数量：1套", "检查结论检查结论合格"},
	} {
		rows := rowsOf(append([]string{"交付验收单", "项目名称：客服质检", "验收内容："}, lines...)...)
		for i := range rows {
			rows[i].y = 0.03 + 0.026*float64(i)
		}
		if got := fold(itemsIn(rows...)); got != want {
			t.Errorf("%s:\n%s", lines[0], got)
		}
	}
	// What is owed, lasts, or is signed is no thing that was delivered.
	if got := itemsIn(rowsOf("验收单", "质保期自验收之日起3年", "本报告一式2份，双方各执1份", "我公司已于2026年3月24日付款1项", "1、交付日期:2026年2月20日", "2、质保时间:12个月")...); got != "" {
		t.Error(got)
	}
}

// TestNoItemIsTheConclusion: a thing that passed does not say how the acceptance ended.
func TestNoItemIsTheConclusion(t *testing.T) {
	compare(t, fieldsOf(hequan.KindAcceptance, rowsOf("交付验收证书", "一、验收内容", "1.云岫-32B模型软件授权1套验收通过", "2.推理加速引擎软件1套验收通过", "最终结论：经测试，验收不合格，须整改。")...),
		map[string]string{"outcome": "failed"})
}

// TestUnfamiliarDelivery: headings that nobody knows over cells that tell what they are, in a scan; ticks; a
// list of which a row stands apart is not trusted.
func TestUnfamiliarDelivery(t *testing.T) {
	xs := []float64{0.12, 0.50, 0.62, 0.72}
	table := func(last float64, results ...string) []placedRow {
		rows := []placedRow{{0.05, []placedWord{{0.4, "货物验收单"}}}, at(0.20, xs, "系统/设备", "验收数量", "单位", "现场核验")}
		for i, n := range []string{"云岫-32B大模型私有化授权", "知识库管理软件", "GPU算力租赁服务"} {
			y := 0.24 + 0.04*float64(i)
			if i == 2 {
				y = last
			}
			rows = append(rows, at(y, xs, n, []string{"2", "1", "3"}[i], []string{"套", "套", "月"}[i], results[i]))
		}
		return rows
	}
	want := "name|quantity|result\n云岫-32B大模型私有化授权|2|无异常\n知识库管理软件|1|无异常\nGPU算力租赁服务|3|无异常"
	if got := itemsIn(table(0.32, "无异常", "无异常", "无异常")...); got != want {
		t.Error(got)
	}
	if got := itemsIn(table(0.32, "v", "√", "Vv")...); got != strings.ReplaceAll(want, "无异常", "√") {
		t.Error(got)
	}
	counted := table(0.32, "可用", "可用", "可用") // numbers of things that rise as those of rows do
	for i := range 3 {
		counted[2+i].words[1].text = []string{"1", "2", "3"}[i]
	}
	if got := itemsIn(counted...); !strings.Contains(got, "知识库管理软件|2|可用") {
		t.Error(got)
	}
	if got := itemsIn(table(0.40, "可用", "可用", "可用")...); got != "" {
		t.Errorf("a row is missing: %s", got)
	}
}

// TestTurnedCellsWrap: of a table on its side the names wrap, above and below their heading.
func TestTurnedCellsWrap(t *testing.T) {
	rows := []placedRow{
		{0.05, []placedWord{{0.4, "项目验收报告"}}},
		{0.200, []placedWord{{0.29, "云岫大模型一体机主机（8卡推理"}, {0.49, "云岫-72B-Chat模型"}, {0.72, "推理加速引"}}},
		{0.212, []placedWord{{0.12, "验收内容"}}},
		{0.224, []placedWord{{0.33, "服务器）"}, {0.54, "软件授权"}, {0.73, "擎软件"}}},
		{0.250, []placedWord{{0.12, "实交数量"}, {0.36, "2台"}, {0.57, "1套"}, {0.75, "1套"}}},
		{0.275, []placedWord{{0.12, "核对"}, {0.36, "符合"}, {0.57, "符合"}, {0.75, "符合"}}},
		{0.32, []placedWord{{0.12, "验收结论：系统运行稳定，验收合格。"}}},
	}
	if got, want := itemsIn(rows...), "name|quantity|result\n云岫大模型一体机主机（8卡推理服务器）|2|符合\n云岫-72B-Chat模型软件授权|1|符合\n推理加速引擎软件|1|符合"; got != want {
		t.Error(got)
	}
}

// TestResultsAreNoNumbers: under 验收内容及结果 numbers of things are no results; a printed Y is one, and no tick.
func TestResultsAreNoNumbers(t *testing.T) {
	columns := []headed{{column: column{name: "result"}}}
	rows := []tableRow{{cells: []hequan.Cell{{Text: "1套"}}}, {cells: []hequan.Cell{{Text: "3项"}}}}
	if !disown(columns, rows) || columns[0].name != "" {
		t.Error("1套 is a result")
	}
	for text, want := range map[string]string{"v": "√", "Vv": "√", "<": "√", "Jv": "√", "Y": "Y", "合格": "合格", "×": "×"} {
		if got := cellResult(text); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// TestProjectsAreNoParties: the heading beside 项目名称 is none, nor is an address; labels in brackets that were misread count.
func TestProjectsAreNoParties(t *testing.T) {
	for v, want := range map[string]bool{"接收方": false, "北京市北京经济技术开发区科创十四街24号院5号楼": false, "货运调度问答": true} {
		if isTitle(v) != want {
			t.Errorf("%s: %t", v, !want)
		}
	}
	compare(t, fieldsOf(hequan.KindAcceptance, rowsOf("服务交付确认单", "〔系统名称〕信贷材料审阅助手", "〔甲方】北京青禾金融科技有限公司")...), map[string]string{"project": "信贷材料审阅助手"})
}

// TestAnotherFrame: what is said of all stands in a frame of its own below the ruled list; a place ends before the number of what follows.
func TestAnotherFrame(t *testing.T) {
	p := ruled([]float64{0.1, 0.4, 0.6, 0.9}, []string{"产品名称", "到货数量", "检验结论"}, []string{"知识库管理软件", "1", "满足"}, []string{"推理加速引擎软件", "2", "满足"})
	q := ruled([]float64{0.1, 0.4, 0.9}, []string{"验收意见", "货物齐全，验收合格"})
	down := func(b *hequan.Box) { b[1], b[3] = b[1]+0.12, b[3]+0.12 }
	for i := range q.Grids[0].Cells {
		down(&q.Grids[0].Cells[i].Box)
		for _, l := range q.Grids[0].Cells[i].Lines {
			for k := range l.Words {
				down(&l.Words[k].Box)
			}
		}
		down(&q.Grids[0].Cells[i].Lines[0].Box)
		down(&q.Lines[i].Box)
	}
	down(&q.Grids[0].Box)
	p.Grids, p.Lines = append(p.Grids, q.Grids...), append(p.Lines, q.Lines...)
	if got, want := tableText(Extract(hequan.KindAcceptance, []hequan.Page{p}, nil).Tables[0]), "name|quantity|result\n知识库管理软件|1|满足\n推理加速引擎软件|2|满足"; got != want {
		t.Error(got)
	}
	compare(t, fieldsOf(hequan.KindAcceptance, rowsOf("验收单", "验收地点：北京经济技术开发区科创十四街25号院7号楼2层410", "（1）", "交付物：知识库管理软件", "数量：1套")...),
		map[string]string{"place": "北京经济技术开发区科创十四街25号院7号楼2层410"})
}
