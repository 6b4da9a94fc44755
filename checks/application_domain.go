package checks

import (
	"fmt"
)

var applicationDomain = &Rule{
	ID: "application.domain", Clause: "三.2", Scope: PerApplication,
	Title: "应用方向属于所列领域",
	Doc:   "The field of use is one of those that the guide names. Its list ends in 等: another field is a review.",
	Needs: []Need{{"", "project.domain"}},
	Run: func(p *Pass) {
		v, at, ok := p.FormText("project.domain")
		if !ok {
			return
		}
		if d, known := p.Policy.DomainOf(v); known {
			p.Passed("应用方向“%s”属于%s领域", v, d)
			return
		}
		var listed []string
		for _, d := range p.Policy.Domains.Fields {
			listed = append(listed, d.Name)
		}
		p.Review(fmt.Sprintf("应用方向“%s”不在所列领域（%s等）之中", v, join(listed)), "请说明应用方向与“人工智能+”重点领域的关系", at)
	},
}
