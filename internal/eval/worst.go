package eval

import (
	_ "embed" // worst.html
	"encoding/base64"
	"html/template"
	"io"
	"slices"
	"strconv"

	"hequan"
)

// hardestSeals is how many impressions the page of the worst shows.
const hardestSeals = 40

//go:embed worst.html
var worstPage string

// Cut returns a JPEG of a box on a page of the file with that SHA-256.
type Cut func(sha256 string, page int, box hequan.Box) ([]byte, error)

// shown is a miss or an impression with its crop.
type shown struct {
	Miss
	Likeness string       // of a seal's text, per cent
	Crop     template.URL // data: URL; empty where there is no place to show
	NoCrop   string       // why not
}

// WriteWorst writes an HTML page (one file, no links) with the n worst misses
// and the hardest seals: what stands there, cut out of the page, beside what
// the label says and what was read.
func WriteWorst(w io.Writer, s *Score, n int, cut Cut) error {
	page, err := template.New("worst").Parse(worstPage)
	if err != nil {
		return err
	}
	var data struct {
		Misses, Seals []shown
		All, AllSeals int
	}
	data.All, data.AllSeals = len(s.Misses), len(s.Seals)
	for _, m := range worst(s.Misses, n) {
		data.Misses = append(data.Misses, show(m, cut))
	}
	for _, r := range hardest(s.Seals, hardestSeals) {
		x := show(r.Miss, cut)
		x.Likeness = strconv.Itoa(int(100*r.Likeness+.5)) + " %"
		data.Seals = append(data.Seals, x)
	}
	return page.Execute(w, data)
}

func show(m Miss, cut Cut) shown {
	x := shown{Miss: m}
	switch {
	case m.Page == 0 || m.SHA256 == "" || cut == nil:
		x.NoCrop = "no place on a page"
	default:
		jpg, err := cut(m.SHA256, m.Page, m.Box)
		if err != nil {
			x.NoCrop = err.Error()
			break
		}
		x.Crop = template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(jpg))
	}
	return x
}

// grave is the order of the misses that come first whatever their number.
func grave(m Miss) int {
	switch {
	case m.What == "proof":
		return 0
	case m.What == "fault" && m.Silent:
		return 1
	case m.What == "party":
		return 2
	case m.What == "alarm":
		return 3
	case m.What == "fault":
		return 4
	}
	return 5
}

// worst returns n misses: the grave ones first, then of all the others in
// turn one of each name, so that no single field fills the page.
func worst(misses []Miss, n int) []Miss {
	type ranked struct {
		Miss
		rank, turn int
	}
	seen := map[string]int{}
	var all []ranked
	for _, m := range misses {
		r := ranked{m, grave(m), 0}
		if r.rank == 5 {
			r.turn = seen[m.What+m.Name]
			seen[m.What+m.Name]++
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return a.turn - b.turn
	})
	var out []Miss
	for _, r := range all[:min(n, len(all))] {
		out = append(out, r.Miss)
	}
	return out
}

// hardest returns the n pressed seals whose text was read worst; the pieces of
// a seal over several pages' edges are left out.
func hardest(seals []SealReading, n int) []SealReading {
	list := slices.DeleteFunc(slices.Clone(seals), func(s SealReading) bool { return s.Across })
	slices.SortStableFunc(list, func(a, b SealReading) int {
		switch {
		case a.Likeness < b.Likeness:
			return -1
		case a.Likeness > b.Likeness:
			return 1
		}
		return 0
	})
	return list[:min(n, len(list))]
}
