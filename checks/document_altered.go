package checks

import (
	"fmt"
)

var documentAltered = &Rule{
	ID: "document.altered", Clause: "五", Scope: PerDocument,
	Title: "未见改动痕迹",
	Doc: "No sign that a document was altered (field altered, one for each sign: seal_pasted, text_layer, after_signature, stamped void, with its place). A sign is for staff to see, never proof. " +
		"The value none says that signs were looked for and not found; without the field nobody looked, and nothing is said.",
	Applies: func(p *Pass) string {
		if !p.Has(p.Doc, "altered") {
			return "未检查改动痕迹，请人工留意"
		}
		return ""
	},
	Run: func(p *Pass) {
		signs := 0
		for _, at := range p.All(p.Doc, "altered") {
			if at.Value == "none" { // looked for, and not found
				if at.Text != "" {
					p.Passed("未见改动痕迹（%s）", at.Text)
				}
				continue
			}
			signs++
			if at.Value == "stamped" {
				p.Review(fmt.Sprintf("%s上盖有“%s”字样，请核对是否仍然有效", p.Doc.Kind.Chinese(), at.Text), "请提交有效的材料", at)
				continue
			}
			p.Review(fmt.Sprintf("%s疑有改动：%s", p.Doc.Kind.Chinese(), alterations(at)), "请提交原件核对", at)
		}
		if signs == 0 {
			if why := p.dim(p.Doc); why != "" {
				p.Unread(p.Doc.Kind.Chinese()+why, lookedAt(p.Doc, "altered"))
				return
			}
			p.Looked(At{Evidence: lookedAt(p.Doc, "altered")})
		}
	},
}

func alterations(at At) string {
	switch at.Value {
	case "seal_pasted":
		if at.Text != "" {
			return "同一印章图像出现两次，" + at.Text
		}
		return "同一印章图像出现两次"
	case "text_layer":
		if at.Text != "" {
			return "扫描画面上另行添加了文字“" + at.Text + "”"
		}
		return "文字层与页面画面不一致"
	case "after_signature":
		return "签名之后内容有改动"
	}
	return at.Value
}
