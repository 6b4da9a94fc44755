package checks

var windowSharedTraces = &Rule{
	ID: "window.shared_traces", Clause: "三.3、三.6", Scope: AcrossWindow,
	Title: "与其他申报单位没有共用信息",
	Doc:   "Applicants that should be strangers share no bank account, telephone or address.",
	Needs: []Need{{"", "bank.account"}, {"", "applicant.phone"}, {"", "applicant.address"}},
}
