package pipeline

import (
	"fmt"

	"hequan"
	"hequan/internal/seal"
)

// markTwins notes on the documents of an application (field altered) which
// seals of scanned pages are one and the same picture, as happens when a seal
// is pasted into a scan. Electronic pages bear the same picture by right. A
// document whose seals were compared and have no twin bears the value none.
func markTwins(docs []hequan.Document, looks [][]*hequan.Impression) {
	type place struct{ doc, seal int }
	var all []place
	for i := range docs {
		for k, look := range looks[i] {
			if s := &docs[i].Seals[k]; look != nil && !s.Across && s.Kind != "supervision" && scannedPage(&docs[i], s.Page) {
				all = append(all, place{i, k})
			}
		}
	}
	twin := make([]bool, len(all))
	for a := range all {
		for b := range a {
			p, q := all[b], all[a]
			if !seal.Twins(*looks[p.doc][p.seal], *looks[q.doc][q.seal]).Pasted() {
				continue
			}
			twin[a], twin[b] = true, true
			pasted(&docs[p.doc], &docs[p.doc].Seals[p.seal], &docs[q.doc], &docs[q.doc].Seals[q.seal])
			pasted(&docs[q.doc], &docs[q.doc].Seals[q.seal], &docs[p.doc], &docs[p.doc].Seals[p.seal])
		}
	}
	for a, p := range all {
		if d := &docs[p.doc]; !twin[a] && d.Field("altered") == nil {
			s := &d.Seals[p.seal]
			d.Fields = append(d.Fields, hequan.Field{Name: "altered", Value: "none", Text: "印章图像未见重复", Page: s.Page, Box: s.Box, Confidence: 1})
		}
	}
}

// pasted notes on a document that one of its seals is the picture of another's.
func pasted(d *hequan.Document, s *hequan.Seal, other *hequan.Document, o *hequan.Seal) {
	where := fmt.Sprintf("第 %d 页", o.Page)
	if other.File != d.File {
		where = other.File + " " + where
	}
	d.Fields = append(d.Fields, hequan.Field{Name: "altered", Value: "seal_pasted", Text: "与" + where + "的印章图像逐点相同", Page: s.Page, Box: s.Box, Confidence: 1})
}

func scannedPage(d *hequan.Document, page int) bool {
	for _, i := range d.PageInfo {
		if i.Page == page {
			return i.Source == hequan.SourceScan
		}
	}
	return false
}
