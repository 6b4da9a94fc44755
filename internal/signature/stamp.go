package signature

import (
	"encoding/asn1"
	"encoding/xml"
	"path"
)

// Stamps returns where the signatures of a list show, and the pictures of their
// seals where they carry one: what is needed to draw them, whatever the
// signatures are worth.
func Stamps(part Package, list string) []Stamp {
	data, err := part(list)
	var l signatures
	if err != nil || xml.Unmarshal(data, &l) != nil {
		return nil
	}
	var out []Stamp
	for i, s := range l.List {
		at := resolve(path.Dir(list), s.BaseLoc)
		data, err := part(at)
		var x signatureXML
		if i == maxSignatures || err != nil || xml.Unmarshal(data, &x) != nil {
			continue
		}
		var picture []byte
		for _, from := range []string{x.Info.Seal, x.Value} {
			if from == "" || picture != nil {
				continue
			}
			if value, err := part(resolve(path.Dir(at), from)); err == nil {
				picture = sealPicture(value, 0)
			}
		}
		for k, where := range x.Info.Stamps {
			if b := fields4(where.Boundary); b != nil && k < maxStamps {
				out = append(out, Stamp{where.Page, [4]float64(b), picture})
			}
		}
	}
	return out
}

// maxStamps is how often one seal is drawn.
const maxStamps = 2000

// maxSealNesting is how deep an electronic seal is searched.
const maxSealNesting = 12

// sealPicture finds the picture of an electronic seal: SES_ESPictrueInfo, its
// type, data, width and height (GB/T 38540-2020, 6.1; GM/T 0031-2014 alike).
func sealPicture(der []byte, depth int) []byte {
	if depth > maxSealNesting {
		return nil
	}
	var all []asn1.RawValue
	for rest := der; len(rest) > 0 && len(all) < 64; {
		var one asn1.RawValue
		next, err := asn1.Unmarshal(rest, &one)
		if err != nil {
			return nil
		}
		all, rest = append(all, one), next
	}
	if len(all) >= 4 && all[0].Tag == asn1.TagIA5String && all[1].Tag == asn1.TagOctetString && all[2].Tag == asn1.TagInteger && all[3].Tag == asn1.TagInteger {
		return all[1].Bytes
	}
	for _, one := range all {
		if one.IsCompound {
			if found := sealPicture(one.Bytes, depth+1); found != nil {
				return found
			}
		}
	}
	return nil
}
