package checks

import "hequan/internal/name"

// signedBy says whether a valid digital signature is that of one of the names:
// it counts as the party's seal (Electronic Signature Law, art. 14). A broken
// or open one never does.
func (p *Pass) signedBy(names []named) (At, bool) {
	for _, at := range p.All(p.Doc, "digital_signature") {
		if at.Value != "valid" {
			continue
		}
		for _, n := range names {
			if name.Compare(at.Text, n.Name) == name.Same {
				return at, true
			}
		}
	}
	return At{}, false
}
