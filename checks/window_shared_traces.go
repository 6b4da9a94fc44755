package checks

import (
	"fmt"

	"hequan"
	"hequan/internal/name"
)

var windowSharedTraces = &Rule{
	ID: "window.shared_traces", Clause: "三.3、三.6", Scope: AcrossWindow,
	Title: "与其他申报单位没有共用信息",
	Doc:   "Applicants that should be strangers share no bank account, telephone, address or seal: an applicant's seal on a stranger's papers is one shared.",
	Needs: []Need{{"", "bank.account"}, {"", "applicant.phone"}, {"", "applicant.address"}, {hequan.KindBankAccount, "account"}},
	Across: func(w *window) {
		const action = "请说明与另一申报单位的关系"
		owners := map[string]bool{} // whose seal it could be
		for _, x := range w.members {
			owners[name.Normal(x.name)] = true
		}
		var traces []trace
		for _, x := range w.members {
			add := func(kind, value string, at At) {
				if value != "" {
					traces = append(traces, trace{kind + "/" + value, kind, x, at})
				}
			}
			for _, t := range []struct{ what, field string }{{"银行账号", "bank.account"}, {"联系电话", "applicant.phone"}, {"地址", "applicant.address"}} {
				if v, at, ok := x.form(t.field); ok {
					if t.what != "地址" {
						v = accountDigits(v)
					}
					add(t.what, name.Normal(v), x.pass.use(at))
				}
			}
			for _, d := range x.Docs(hequan.KindBankAccount) {
				if v, at, ok := x.pass.Peek(d, "account"); ok {
					add("银行账号", accountDigits(v), at)
				}
			}
			add("印章", name.Normal(x.name), At{Evidence: hequan.Evidence{Field: "applicant.name", Value: x.name, Note: "申报表"}})
			for _, d := range x.docs {
				for i := range d.Seals {
					if s := &d.Seals[i]; s.Party == "other" && (s.Kind == "company" || s.Kind == "contract") && owners[name.Normal(s.Text)] {
						add("印章", name.Normal(s.Text), sealAt(d, s))
					}
				}
			}
		}
		told := map[string]bool{}
		meet(traces, func(a, b trace) {
			if a.what == "印章" && a.at.Field != "seals" && b.at.Field != "seals" {
				return // two applications of one name
			}
			key := fmt.Sprintf("%s %d %d", a.what, a.of.index, b.of.index)
			if told[key] || sameApplicant(a.of, b.of) {
				return
			}
			if a.what == "印章" && a.at.Field == "seals" && b.at.Field == "seals" {
				return // a third party's, such as an audit firm's
			}
			told[key] = true
			w.both(a, b, hequan.Review, action, "%s“%s”与“%s”共用%s", a.of.name, maskTrace(a), b.of.name, a.what)
		})
	},
}

// maskTrace shows no more of an account than staff need.
func maskTrace(t trace) string {
	if t.what == "银行账号" {
		return masked(t.at.Value)
	}
	return t.at.Value
}
