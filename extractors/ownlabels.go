package extractors

// ownLabels are labels that begin no longer word of a paper: what follows
// without a gap, as on photographed licences, is their value.
var ownLabels = []string{"法定代表人", "法定代表人姓名", "负责人", "经营者", "投资人", "执行事务合伙人", "注册资本", "成立日期", "注册日期", "营业期限", "主要经营场所", "经营场所", "住所"}

func ownLabel(t []rune, from, to int, more []string) bool {
	for _, labels := range [][]string{ownLabels, more} {
		for _, l := range labels {
			if n, _ := labelAt(t, from, l); n == to-from {
				return true
			}
		}
	}
	return false
}

// begins says whether a label stands at the beginning of a row of a form, behind
// no more than what an ornament beside it was taken for.
func (s seeker) begins(t []rune, from, to int) bool {
	return s.commas && from <= 3 && (ownLabel(t, from, to, s.own) || s.drawnOut(t, from, ownLabels) == to-from)
}

// drawnOut is the length of a label of a form that is drawn out to the width of
// its column, 0 for none: there no colon need follow.
func (s seeker) drawnOut(t []rune, from int, labels []string) int {
	if !s.commas || from > 3 {
		return 0
	}
	for _, l := range labels {
		k := from
		for _, r := range l {
			for k > from && k < len(t) && (t[k] == ' ' || t[k] == '\t') {
				k++
			}
			if k >= len(t) || fold(t[k]) != r {
				k = -1
				break
			}
			k++
		}
		if k > from && len([]rune(l)) >= 4 {
			return k - from
		}
	}
	return 0
}
