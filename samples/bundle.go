package samples

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"hequan"
)

// Media: how a file came about.
const (
	mediumBorn   = "born"   // printed to PDF, with its text layer
	mediumScan   = "scan"   // scanned to PDF
	mediumPhone  = "phone"  // photographed, JPEG
	mediumJPEG   = "jpg"    // scanned to JPEG
	mediumExport = "export" // without noise: a screenshot as PNG, a good scan as TIFF
)

// bundle is one file of the application: one or several papers.
type bundle struct {
	Name   string // with its folder, without extension
	Ext    string
	Slot   hequan.Kind
	Medium string
	Keys   []string
}

// brokenFile is a material that can't be opened.
type brokenFile struct {
	Name string
	Data []byte
}

// scanFault spoils the pictures of a paper.
type scanFault struct {
	Key   string
	Spoil func(page int, s *scanner)
}

// paperOf prints one paper of the world, with its seals in the typefaces of the set.
func (w *world) paperOf(seed uint64, key string) *paper {
	p := w.plainPaper(seed, key)
	if w.SealFaces {
		p.Style += variousFaces()
	}
	return p
}

// plainPaper prints one paper of the world. Each paper has its own random stream.
func (w *world) plainPaper(seed uint64, key string) *paper {
	r := stream(seed, "paper "+key)
	var kind string
	var i int
	fmt.Sscanf(key, "%s", &kind)
	for j, c := range key {
		if c == ':' {
			kind = key[:j]
			fmt.Sscanf(key[j+1:], "%d", &i)
		}
	}
	if w.Family == HeldBack {
		ink := r
		if kind == "audit" || kind == "settlement" || kind == "usage" { // their papers look alike, but for the seals
			r = stream(seed, "paper "+kind)
		}
		return w.heldPaper(kind, r, ink, i)
	}
	if w.Family == Field {
		ink := r
		if kind == "audit" || kind == "settlement" || kind == "usage" {
			r = stream(seed, "paper "+kind)
		}
		return w.fieldPaper(kind, r, ink, i)
	}
	if w.Family == Drawn {
		return w.drawnPaper(kind, r, i)
	}
	switch kind {
	case "form":
		return w.formPaper(r)
	case "license":
		return w.licensePaper(r)
	case "commitment":
		return w.commitmentPaper(r)
	case "bank":
		return w.bankPaper(r)
	case "audit":
		// The firm's reports of the two years look alike, but for the seals.
		return w.auditPaper(stream(seed, "paper audit"), r, i)
	case "contract":
		return w.contractPaper(r)
	case "invoice":
		return w.invoicePaper(r, i)
	case "settlement":
		return w.settlementPaper(stream(seed, "paper settlement"), r, i)
	case "usage":
		return w.usagePaper(stream(seed, "paper usage"), i)
	case "acceptance":
		return w.acceptancePaper(r)
	}
	return w.filingPaper(r)
}

// bundles puts the papers into files, in the order of the guide's list.
func (w *world) bundles(seed uint64, scans string) []bundle {
	r := stream(seed, "bundles")
	var out []bundle
	add := func(slot hequan.Kind, suffix string, keys ...string) {
		if slices.Contains(w.Missing, slot) {
			return
		}
		b := bundle{Slot: slot, Keys: keys, Name: w.fileName(r, slot, suffix, len(out)+1)}
		b.Medium, b.Ext = w.medium(r, slot, keys, scans)
		out = append(out, b)
	}
	if w.PrintedForm {
		add(hequan.KindApplicationForm, "", "form")
	}
	add(hequan.KindBusinessLicense, "", "license")
	add(hequan.KindCommitment, "", "commitment")
	add(hequan.KindBankAccount, "", "bank")
	for i, a := range w.Audits {
		if a.Year == w.NoAudit {
			continue
		}
		add(hequan.KindAuditReport, pick(r, "%d", "-%d", "%d年"), fmt.Sprintf("audit:%d", i))
		if n := len(out) - 1; n >= 0 && out[n].Slot == hequan.KindAuditReport && w.Naming < 3 {
			out[n].Name = fmt.Sprintf(out[n].Name, a.Year)
		}
	}
	add(hequan.KindContract, "", "contract")
	if r.IntN(2) == 0 && sameForm(w.Invoices) {
		var keys []string
		for i := range w.Invoices {
			keys = append(keys, fmt.Sprintf("invoice:%d", i))
		}
		add(hequan.KindInvoice, "", keys...)
	} else {
		for i := range w.Invoices {
			add(hequan.KindInvoice, fmt.Sprintf("%d", i+1), fmt.Sprintf("invoice:%d", i))
		}
	}
	w.useBundles(r, add)
	if w.Acceptance != nil {
		add(hequan.KindAcceptance, "", "acceptance")
	}
	add(hequan.KindFilingProof, "", "filing")
	if w.Swapped {
		i := slices.IndexFunc(out, func(b bundle) bool { return b.Slot == hequan.KindCommitment })
		j := slices.IndexFunc(out, func(b bundle) bool { return b.Slot == hequan.KindBankAccount })
		out[i].Slot, out[j].Slot = out[j].Slot, out[i].Slot
		out[i].Name, out[j].Name = out[j].Name, out[i].Name
	}
	w.fixNames(out)
	if w.OneScan {
		return oneScan(out)
	}
	return out
}

// oneScan puts everything into one file, as an office scanner's feeder does.
func oneScan(files []bundle) []bundle {
	all := bundle{Name: "全部申报材料", Ext: "pdf", Medium: mediumScan}
	for _, b := range files {
		all.Keys = append(all.Keys, b.Keys...)
	}
	return []bundle{all}
}

// useBundles puts settlements and usage lists together, or apart.
func (w *world) useBundles(r *rand.Rand, add func(hequan.Kind, string, ...string)) {
	if len(w.Settlements) == 0 {
		return
	}
	var settled, used []string
	for i := range w.Settlements {
		settled = append(settled, fmt.Sprintf("settlement:%d", i))
	}
	for i := range w.Usages {
		used = append(used, fmt.Sprintf("usage:%d", i))
	}
	switch {
	case r.IntN(2) == 0 && len(settled) == len(used) && !slices.Contains(w.Missing, hequan.KindUsage) && !slices.Contains(w.Missing, hequan.KindSettlement):
		for i := range settled {
			add(hequan.KindSettlement, fmt.Sprintf("-%d", i+1), settled[i], used[i])
		}
	default:
		add(hequan.KindSettlement, "", settled...)
		add(hequan.KindUsage, "", used...)
	}
}

// fixNames makes names unique and undoes year marks that no year replaced.
func (w *world) fixNames(out []bundle) {
	seen := map[string]bool{}
	for i := range out {
		name := out[i].Name
		for n := 2; seen[name]; n++ {
			name = fmt.Sprintf("%s(%d)", out[i].Name, n)
		}
		seen[name] = true
		out[i].Name = name
	}
}

func sameForm(f []invoice) bool {
	for _, x := range f {
		if x.digital() != f[0].digital() {
			return false
		}
	}
	return true
}

// medium says how a file came about: "mixed", all "scan", all "born" where a
// paper can be electronic at all (what bears a seal or a signature is scanned),
// or everything "electronic", signed or not: a set that is read in seconds.
func (w *world) medium(r *rand.Rand, slot hequan.Kind, keys []string, scans string) (medium, ext string) {
	if scans == "electronic" {
		return mediumBorn, "pdf"
	}
	electronic := slot == hequan.KindUsage || slot == hequan.KindBusinessLicense || slot == hequan.KindFilingProof
	if slot == hequan.KindInvoice {
		var i int
		fmt.Sscanf(keys[0], "invoice:%d", &i)
		electronic = w.Invoices[i].digital() || strings.HasPrefix(w.Invoices[i].Form, "e_")
	}
	roll := r.IntN(12)
	if slices.ContainsFunc(keys, w.signs) {
		return mediumBorn, "pdf"
	}
	if slices.ContainsFunc(w.Overlays, func(o overlay) bool { return slices.Contains(keys, o.key) }) {
		return mediumScan, "pdf"
	}
	if electronic && scans == "born" || electronic && scans == "mixed" && roll < 7 {
		return mediumBorn, "pdf"
	}
	single := len(keys) == 1 && (slot == hequan.KindCommitment || slot == hequan.KindBankAccount || slot == hequan.KindFilingProof || slot == hequan.KindInvoice || slot == hequan.KindAcceptance)
	switch {
	case single && w.DPI > 0 && roll >= 9:
		return mediumJPEG, "jpg"
	case w.DPI > 0: // all by office scanners
	case single && roll == 11:
		return mediumPhone, "jpg"
	case single && roll >= 9:
		return mediumJPEG, "jpg"
	case slot == hequan.KindFilingProof && roll < 4:
		return mediumExport, "png"
	case single && roll == 0 && slot != hequan.KindInvoice && slot != hequan.KindAcceptance:
		return mediumExport, "tif"
	}
	return mediumScan, "pdf"
}
