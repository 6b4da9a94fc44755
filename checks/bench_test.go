package checks

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"hequan"
)

// BenchmarkJudge judges one application from what was read of it.
func BenchmarkJudge(b *testing.B) {
	for _, mode := range hequan.Modes {
		b.Run(string(mode), func(b *testing.B) {
			c := build(b, []byte("base: "+string(mode)))
			before, n := cpuTime(b), 0
			for b.Loop() {
				Judge(c)
				n++
			}
			b.ReportMetric((cpuTime(b)-before).Seconds()*1e3/float64(n), "cpu-ms/op")
		})
	}
}

// cpuTime is what this process has used, whatever else the machine does.
func cpuTime(t testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkWindow judges a window of a thousand applications and compares them.
func BenchmarkWindow(b *testing.B) {
	cases := manyStrangers(b, 1000)
	for b.Loop() {
		JudgeWindow(cases)
	}
}

// manyStrangers makes n applications that share nothing with each other.
func manyStrangers(t testing.TB, n int) []Case {
	base := build(t, []byte(stranger))
	out := make([]Case, n)
	for i := range out {
		out[i] = base
		form := *base.Form
		form.ID = fmt.Sprintf("2026H1-%04d", i)
		form.Applicant.Name = fmt.Sprintf("北京第%d号教育科技有限公司", i)
		form.Applicant.USCC = fmt.Sprintf("91110302MA%08d", i)
		form.Applicant.Address = fmt.Sprintf("北京经济技术开发区荣华北路%d号", i)
		form.Applicant.Phone = fmt.Sprintf("010-%08d", i)
		form.Bank.Account = fmt.Sprintf("1100%08d", i)
		out[i].Form = &form
		out[i].Documents = make([]hequan.Document, len(base.Documents))
		for k, d := range base.Documents {
			d.SHA256 = fmt.Sprintf("%032d%032d", i, k)
			d.Fields = append([]hequan.Field(nil), d.Fields...)
			for f := range d.Fields {
				if x := &d.Fields[f]; x.Name == "number" || x.Name == "account" {
					x.Value = strings.Replace(fmt.Sprintf("%s%04d", x.Value, i), "2631", "26", 1)
				}
			}
			d.PageInfo = append([]hequan.PageInfo(nil), d.PageInfo...)
			for p := range d.PageInfo {
				d.PageInfo[p].Picture = fmt.Sprintf("%016x", uint64(i*1000+k*37+p)*0x9e3779b97f4a7c15)
			}
			out[i].Documents[k] = d
		}
		out[i].Files = append([]hequan.FileInfo(nil), base.Files...)
		for k := range out[i].Files {
			out[i].Files[k].SHA256 = fmt.Sprintf("%032d%032d", i, k)
		}
	}
	return out
}
