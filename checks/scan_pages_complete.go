package checks

import (
	"fmt"

	"hequan"
)

var scanPagesComplete = &Rule{
	ID: "scan.pages_complete", Clause: "五.6", Scope: PerDocument,
	Title: "页码连续完整",
	Doc: "Printed page numbers run from 1 without a gap to the printed total. A page whose number was not read counts as the one that its neighbours leave for it. " +
		"Documents without printed numbers are not judged.",
	Applies: func(p *Pass) string {
		for _, i := range p.Doc.PageInfo {
			if i.PrintedPage[0] > 0 {
				return ""
			}
		}
		return "没有印刷页码"
	},
	Run: func(p *Pass) {
		pages := p.Doc.PageInfo
		last := 0
		var at []At
		for _, x := range pages {
			if x.PrintedPage[0] == 0 {
				continue
			}
			at = append(at, p.use(At{Evidence: hequan.Evidence{Document: p.Doc.ID, Page: x.Page, Note: fmt.Sprintf("印刷页码 %d", x.PrintedPage[0])}}))
			if x.PrintedPage[0] <= last {
				p.Review(fmt.Sprintf("%s的印刷页码不按顺序（第 %d 页印 %d）", p.Doc.Kind.Chinese(), x.Page, x.PrintedPage[0]), "请核对页序，按顺序扫描完整后重新上传", at...)
				return
			}
			last = x.PrintedPage[0]
		}
		if absent, total := absentPages(pages); len(absent) > 0 {
			of := ""
			if total > 0 {
				of = fmt.Sprintf("（共 %d 页）", total)
			}
			p.Fail(fmt.Sprintf("%s缺第 %s 页%s", p.Doc.Kind.Chinese(), join(absent), of), "请补齐缺页，将完整的"+p.Doc.Kind.Chinese()+"重新上传", at...)
		}
	},
}

// absentPages are the printed numbers that pages lack, and the printed total, 0 without one.
func absentPages(pages []hequan.PageInfo) (absent []string, total int) {
	numbers, last := make([]int, len(pages)), 0
	for i, x := range pages {
		numbers[i] = x.PrintedPage[0]
		total, last = max(total, x.PrintedPage[1]), max(last, x.PrintedPage[0])
	}
	fillNumbers(numbers, max(total, last))
	have := map[int]bool{}
	for _, n := range numbers {
		have[n] = true
	}
	for n := 1; n <= max(total, last) && len(absent) < 50; n++ {
		if !have[n] {
			absent = append(absent, fmt.Sprint(n))
		}
	}
	return absent, total
}

// fillNumbers gives unnumbered pages the numbers that their neighbours leave
// for exactly as many pages as there are.
func fillNumbers(numbers []int, total int) {
	for i := 0; i < len(numbers); i++ {
		if numbers[i] != 0 {
			continue
		}
		j := i
		for j < len(numbers) && numbers[j] == 0 {
			j++
		}
		before, after := 0, total+1
		if i > 0 {
			before = numbers[i-1]
		}
		if j < len(numbers) {
			after = numbers[j]
		}
		if after-before-1 == j-i {
			for k := i; k < j; k++ {
				numbers[k] = before + 1 + k - i
			}
		}
		i = j
	}
}
