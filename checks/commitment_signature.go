package checks

import (
	"hequan"
)

var commitmentSignature = &Rule{
	ID: "commitment.signature", Clause: "五.3", Scope: PerDocument, Kind: hequan.KindCommitment,
	Title: "承诺书已签字",
	Doc:   "Handwriting or a name seal stands in the signature area, by the look of its ink: printed words, rules and residue of a seal are none. Its absence is for staff to see: thin ink is easily missed.",
	Needs: []Need{{hequan.KindCommitment, "signature"}},
	Run: func(p *Pass) {
		if f := p.Doc.Field("signature"); f != nil {
			p.Looked(p.at(p.Doc, f, false))
			return
		}
		for i := range p.Doc.Seals {
			if s := &p.Doc.Seals[i]; s.Kind == "person" {
				p.Looked(sealAt(p.Doc, s))
				p.Passed("承诺书以名章“%s”代签字", s.Text)
				return
			}
		}
		p.Review("承诺书的签字处未见签字或名章", "请由法定代表人或授权代表签字后重新上传", At{Evidence: lookedAt(p.Doc, "signature")})
	},
}
