package web

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"hequan"
	"hequan/internal/store"
)

// office is a window of 200 applications with 60 findings each, half of them decided.
func office(b testing.TB) (server *httptest.Server, app string) {
	b.Helper()
	s, server := site(b)
	db := ledgerOf(s)
	ctx := b.Context()
	up, err := db.Accept(ctx, "window", []store.Incoming{{Name: "w.zip", SHA256: "aa", Bytes: 1}})
	if err != nil {
		b.Fatal(err)
	}
	taken := make([]store.Taken, 200)
	for i := range taken {
		taken[i].Application = store.Application{Name: fmt.Sprintf("2026H1-%04d", i), Applicant: "北京某某科技有限公司", Form: "{}", Problems: "[]"}
	}
	due, err := db.FinishUpload(ctx, up.ID, claimed(b, db, store.KindUpload, up.ID), taken)
	if err != nil {
		b.Fatal(err)
	}
	report := hequan.Report{Schema: hequan.Schema, Verdict: hequan.Fail, Documents: []hequan.Document{{ID: "7.pdf#1", File: "7.pdf", SHA256: "bb", Pages: [2]int{1, 1}, Kind: hequan.KindInvoice}}}
	for i := range 60 {
		report.Findings = append(report.Findings, hequan.Finding{Rule: fmt.Sprintf("invoice.rule%d", i), Clause: "五.7", Status: hequan.Review, Subject: "7.pdf#1", Message: "发票的开票日期没有读清",
			Evidence: []hequan.Evidence{{Document: "7.pdf#1", Field: "issue_date", Page: 1, Box: hequan.Box{0.1, 0.1, 0.2, 0.2}}, {Document: "7.pdf#1", Field: "total", Page: 1, Box: hequan.Box{0.3, 0.1, 0.4, 0.2}}}})
	}
	data, err := json.Marshal(report)
	if err != nil {
		b.Fatal(err)
	}
	for _, d := range due {
		if err := db.FinishApplication(ctx, d.ID, claimed(b, db, store.KindApplication, d.ID), store.Run{Verdict: "fail", Report: string(data)}); err != nil {
			b.Fatal(err)
		}
		var decisions []store.Decision
		for _, f := range report.Findings[:30] {
			decisions = append(decisions, store.Decision{Finding: store.FindingKey(f), Action: store.Confirm, Person: "王"})
		}
		if err := db.Decide(ctx, d.ID, decisions); err != nil {
			b.Fatal(err)
		}
	}
	return server, due[0].ID
}

// BenchmarkPages measures the server's time for the pages that people wait for.
func BenchmarkPages(b *testing.B) {
	server, app := office(b)
	for name, path := range map[string]string{"list": "/", "report": "/applications/" + app, "state": "/api/applications/" + app, "overview": "/overview", "workbook": "/summary.xlsx"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				resp, err := http.Get(server.URL + path)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
					b.Fatal(resp.Status, err)
				}
				resp.Body.Close()
			}
		})
	}
}
