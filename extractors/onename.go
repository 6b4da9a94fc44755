package extractors

import (
	"regexp"
)

// companyFields are the fields that hold one company's name.
var companyFields = map[string]bool{"party_a": true, "party_b": true, "customer": true, "provider": true, "supplier": true, "acceptor": true, "entity": true, "buyer": true, "seller": true}

var (
	runOn     = regexp.MustCompile(`^(\p{Han}[^0-9年，。；]{3,38}?公司).*(?:[\d〇○零一二三四五六七八九]年|有限公司)`)
	numberLed = regexp.MustCompile(`^\d+\p{Han}`)
)

// oneName cuts what ran into a company's name off its end: labels with numbers, another company. A name that begins with a
// number may have taken that of its row along, and is not proven, whoever read it.
func oneName(c *Content) {
	for i := range c.Fields {
		f := &c.Fields[i]
		if !companyFields[f.Name] {
			continue
		}
		if m := runOn.FindStringSubmatch(f.Value); m != nil {
			f.Repaired, f.Value, f.Proof, f.Confidence = f.Value, m[1], nil, min(f.Confidence, 0.9)
		}
		if numberLed.MatchString(f.Value) {
			f.Proof, f.Confidence = nil, min(f.Confidence, 0.9)
		}
	}
}
