package checks

import (
	"hequan"
)

var windowDuplicateProject = &Rule{
	ID: "window.duplicate_project", Clause: "三.6", Scope: AcrossWindow,
	Title: "同一项目没有重复申报",
	Doc:   "No project of an applicant is applied for twice, in the same or another mode: the same project name, or the same contract.",
	Needs: []Need{{"", "project.name"}, {hequan.KindContract, "number"}},
}
