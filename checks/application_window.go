package checks

import (
	"fmt"
)

var applicationWindow = &Rule{
	ID: "application.window", Clause: "九", Scope: PerApplication,
	Title: "在申报时间内提交",
	Doc:   "Submitted inside of the window for applications, both ends included. A date of submission that is absent is a review.",
	Needs: []Need{{"", "submitted_at"}},
	Run: func(p *Pass) {
		_, at, ok := p.FormText("submitted_at")
		if !ok {
			return
		}
		d, ok := p.submitted()
		if !ok {
			p.Unread("提交日期“"+at.Value+"”不是日期", at.Evidence)
			return
		}
		w := p.Policy.Windows.Submission.Window()
		p.inWindow("提交日期", d, w, at)
		switch {
		case d.Before(w.From):
			p.Fail(fmt.Sprintf("提交日期 %s 早于申报开始日 %s", d, w.From), "", at)
		case d.After(w.To):
			p.Fail(fmt.Sprintf("提交日期 %s 晚于申报截止日 %s，视为自动放弃", d, w.To), "", at)
		}
		p.Passed("于 %s 提交，在 %s 内", d, w)
	},
}
