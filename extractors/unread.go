package extractors

import "hequan"

// auditTold are the fields of an audit report that rules ask for, or may be given to ask for.
var auditTold = []string{"entity", "year", "firm", "report_number", "report_date", "opinion", "statements"}

// Wanting returns which of the pages that were read in part only (see hequan.PageInfo.Unread) have to be
// read whole, as indices in ascending order: all of a document that is no audit report, that
// begins with one of them, or that does not tell on pages read whole what rules ask for.
func Wanting(pages []hequan.Page) []int {
	var out []int
	for _, part := range Split(pages) {
		var unread []int
		for i := part.First; i <= part.Last; i++ {
			if pages[i].Info.Unread {
				unread = append(unread, i)
			}
		}
		if len(unread) == 0 {
			continue
		}
		if part.Kind != hequan.KindAuditReport || unread[0] == part.First || !tellsAll(pages[part.First:part.Last+1]) {
			out = append(out, unread...)
		}
	}
	return out
}

// tellsAll says whether the pages of an audit report that were read whole tell all that rules ask for.
func tellsAll(pages []hequan.Page) bool {
	whole := map[int]bool{}
	for _, p := range pages {
		whole[p.Info.Page] = !p.Info.Unread && p.Info.ProblemCode == ""
	}
	c := Extract(hequan.KindAuditReport, pages, nil)
	for _, name := range auditTold {
		if f := c.field(name); f == nil || f.Value == "" || !whole[f.Page] {
			return false
		}
	}
	return true
}
