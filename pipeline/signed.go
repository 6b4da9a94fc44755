package pipeline

import "hequan"

// signatureFields tells of the digital signatures of a file on each of its
// documents: the field digital_signature (valid, broken, open; its text names
// the signer, or what is amiss), and altered (after_signature) where something
// was appended to a signed file.
func signatureFields(list []hequan.Signature) []hequan.Field {
	var out []hequan.Field
	for _, s := range list {
		f := hequan.Field{Name: "digital_signature", Value: s.Status, Text: s.Signer, Page: s.Page, Box: s.Box, Confidence: 1, Proof: []hequan.Proof{hequan.ProofSignature}}
		if s.Status != hequan.SignatureValid {
			f.Text = s.Reason
			if s.Signer != "" {
				f.Text = s.Signer + "：" + s.Reason
			}
		}
		out = append(out, f)
		if !s.Whole && s.Status != hequan.SignatureBroken {
			f.Name, f.Value = "altered", "after_signature"
			out = append(out, f)
		}
	}
	return out
}
