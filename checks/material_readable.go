package checks

import (
	"fmt"

	"hequan"
)

var materialReadable = &Rule{
	ID: "material.readable", Clause: "五", Scope: PerFile,
	Title: "文件可以打开",
	Doc:   "A file opens: not encrypted, damaged, empty, or of a type that is not accepted.",
	Run: func(p *Pass) {
		at := At{Evidence: hequan.Evidence{File: p.File.File}}
		if x := p.File.Problem; x != nil {
			p.Fail(fmt.Sprintf("“%s”：%s", p.File.File, x.Code.Chinese()), x.Code.Remedy(), at)
			return
		}
		p.Looked(at)
	},
}
