package checks

var windowYearCap = &Rule{
	ID: "window.year_cap", Clause: "四.3", Scope: AcrossWindow,
	Title: "年度累计不超过限额",
	Doc:   "An applicant's payable amounts of a calendar year, over all its applications and earlier awards, stay within the cap.",
	Needs: []Need{{"", "applicant.name"}, {"", "applicant.uscc"}},
}
