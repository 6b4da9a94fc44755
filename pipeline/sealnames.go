package pipeline

import (
	"strings"

	"hequan/internal/name"
	"hequan/internal/seal"
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
		e.Among = append(e.Among, among)
	}
	for range []rune(own) {
		e.Among = append(e.Among, nil)
	}
	var endings []rune
	for _, s := range name.Suffixes() {
		endings = append(endings, []rune(strings.Trim(s, "（）"))...)
	}
	for range []rune(kind) {
		e.Among = append(e.Among, endings)
	}
	return e
}
