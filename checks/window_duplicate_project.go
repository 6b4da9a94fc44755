package checks

import (
	"hequan"
	"hequan/internal/name"
	"hequan/internal/uscc"
)

var windowDuplicateProject = &Rule{
	ID: "window.duplicate_project", Clause: "三.6", Scope: AcrossWindow,
	Title: "同一项目没有重复申报",
	Doc:   "No project of an applicant is applied for twice, in the same or another mode: the same project name, or the same contract.",
	Needs: []Need{{"", "project.name"}, {hequan.KindContract, "number"}},
	Across: func(w *window) {
		const action = "同一项目只能选择一种类型申报一次，请说明或撤回其中一份"
		var projects, contracts []trace
		for _, x := range w.members {
			who := uscc.Normal(x.code)
			if who == "" {
				who = name.Normal(x.name)
			}
			if v, at, ok := x.pass.FormText("project.name"); ok {
				projects = append(projects, trace{who + "/" + name.Normal(v), v, x, at})
			}
			for _, d := range x.Docs(hequan.KindContract) {
				if v, at, ok := x.pass.Peek(d, "number"); ok {
					contracts = append(contracts, trace{who + "/" + name.Normal(v), v, x, at})
				}
			}
		}
		told := map[[2]*applicant]bool{}
		meet(projects, func(a, b trace) {
			told[[2]*applicant{a.of, b.of}] = true
			w.both(a, b, hequan.Fail, action, "项目“%s”重复申报", a.what)
		})
		meet(contracts, func(a, b trace) {
			if !told[[2]*applicant{a.of, b.of}] {
				told[[2]*applicant{a.of, b.of}] = true
				w.both(a, b, hequan.Fail, action, "同一合同 %s 用于两份申报，疑为同一项目", a.what)
			}
		})
	},
}
