package pipeline

import (
	"strings"

	"hequan/internal/name"
	"hequan/internal/seal"
)

// How much liker a ring another character may be than one of a usual word
// (科技 is no 科枝) or of an ending.
const (
	wordSlack   = 0.03
	endingSlack = 0.08
)

// expectedName prepares a name for comparison with a ring: what could stand in
// the place of a town's or an ending's characters are those of other towns and
// endings; the rest could be anything.
func expectedName(company string) seal.Expected {
	place, own, kind := name.Parts(company)
	e := seal.Expected{Name: place + own + kind}
	for i := range []rune(place) {
		var among []rune
		for _, p := range name.Places() {
			if r := []rune(p); i < len(r) {
				among = append(among, r[i])
			}
		}
		e.Among, e.Slack = append(e.Among, among), append(e.Slack, 0)
	}
	for _, usual := range name.Usual(own) {
		slack := 0.0
		if usual {
			slack = wordSlack
		}
		e.Among, e.Slack = append(e.Among, nil), append(e.Slack, slack)
	}
	var endings []rune
	for _, s := range name.Suffixes() {
		endings = append(endings, []rune(strings.Trim(s, "（）"))...)
	}
	for range []rune(kind) {
		e.Among, e.Slack = append(e.Among, endings), append(e.Slack, endingSlack)
	}
	return e
}
