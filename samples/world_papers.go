package samples

import (
	"fmt"
	"math/rand/v2"

	"hequan"
	"hequan/internal/day"
	"hequan/internal/rmb"
)

// The papers: what each of them prints.

type license struct {
	Name, USCC, Legal, Address string
	Established                day.Day
	Capital                    rmb.Fen
	TermEnd                    day.Day // zero: 长期
	Type                       string
}

type commitment struct {
	Applicant string
	Project   string
	Date      day.Day
	Signer    string
	NoSign    bool
	Seal      string // name on the seal; empty: none
	NoPromise bool   // the paragraph of promises is left out
}

type bankSheet struct {
	AccountName, Bank, Account string
	USCC                       string
	Date                       day.Day
	Seal                       string
}

type audit struct {
	Entity, Firm, Number string
	Year                 int
	Date                 day.Day
	CPA                  [2]string
	NoSeal               bool
	NoOpinion            bool
	Assets, Revenue      rmb.Fen
}

type filingProof struct {
	filing
	Register string // 生成式人工智能服务已备案信息, or another register
}

type acceptance struct {
	Project, Supplier, Acceptor, Number string
	Date                                day.Day
	Place, Conclusion, Outcome          string
	Items                               []line
	NoSupplierSeal                      bool
	NoPlace, NoConclusion               bool
	SupplierSeal                        string
}

// sideMaterials writes licence, commitment, bank sheet, audits and filing proof.
func (w *world) sideMaterials(r *rand.Rand) {
	a := w.Applicant
	w.License = license{Name: a.Name, USCC: a.USCC, Legal: a.Legal, Address: a.Address, Established: a.Established, Capital: a.Capital,
		Type: pick(r, "有限责任公司(自然人投资或控股)", "有限责任公司(法人独资)", "其他有限责任公司")}
	if r.IntN(3) == 0 {
		w.License.TermEnd = a.Established.AddMonths(12 * 30).AddDays(-1)
	}
	w.Commitment = commitment{Applicant: a.Name, Project: w.Project, Date: w.Submitted.AddDays(-r.IntN(6)), Signer: a.Legal, Seal: a.Name}
	w.Bank = bankSheet{AccountName: a.Name, Bank: a.Bank, Account: a.Account, USCC: a.USCC, Date: w.Commitment.Date, Seal: a.Name}
	firm := pick(r, "北京正勤信会计师事务所（普通合伙）", "北京衡准会计师事务所有限公司", "立诚致远会计师事务所（特殊普通合伙）", "北京中衡信诚会计师事务所（普通合伙）")
	prefix := map[string]string{"北京正": "正勤审字", "北京衡": "衡准审字", "立诚致": "立诚审字", "北京中": "中衡审字"}[string([]rune(firm)[:3])]
	bracket := pick(r, "〔%d〕第%04d号", "[%d]第%d号")
	for _, y := range []int{2024, 2025} {
		w.Audits = append(w.Audits, audit{
			Entity: a.Name, Firm: firm, Number: prefix + fmt.Sprintf(bracket, y+1, between(r, 80, 990)), Year: y,
			Date: day.Must(fmt.Sprintf("%d-02-10", y+1)).AddDays(r.IntN(75)), CPA: [2]string{personName(r), personName(r)},
			Assets: rmb.Fen(between(r, 2000, 90000)) * rmb.Wan, Revenue: rmb.Fen(between(r, 900, 40000)) * rmb.Wan,
		})
	}
	w.Filing = filingProof{w.Listed, "生成式人工智能服务已备案信息"}
}

// window is the policy's term of use and of invoices.
var window = day.Window{From: day.Must("2025-08-09"), To: day.Must("2026-06-30")}

// claim is what the applicant asks for: half the base, whole thousands of yuan.
func claim(w *world) rmb.Fen {
	return subsidyOf(w).capped / (1000 * rmb.Yuan) * (1000 * rmb.Yuan)
}

// isMetered says whether the mode is paid by use.
func isMetered(m hequan.Mode) bool { return m == hequan.ModeAPI || m == hequan.ModeCloud }
