package store

import (
	"errors"
	"strings"
	"testing"

	"hequan"
)

func init() { conformance["Erasing leaves a line and nothing else"] = testErase }

func testErase(t *testing.T, s *Store) {
	ctx := t.Context()
	app, files := seed(t, s, 2)
	readAll(t, s, files)
	finding := hequan.Finding{Rule: "invoice.date_window", Status: hequan.Fail, Message: "晚于"}
	judged(t, s, app, finding)
	if err := s.Decide(ctx, app, []Decision{{Finding: FindingKey(finding), Action: Confirm, Person: "张三", Run: 1}}); err != nil {
		t.Fatal(err)
	}
	supplement(t, s, app, nil, false, Incoming{"补.pdf", "dd", 1})
	if _, err := s.quietly1(ctx, `INSERT INTO watched (path, version, upload_id, created_at) SELECT 'a', 'b', upload_id, 1 FROM applications WHERE id = ?`, app); err != nil {
		t.Fatal(err)
	}
	other, _ := seed(t, s, 1) // has contents in common
	up, err := s.Application(ctx, app)
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.Erase(ctx, app, "申报人撤回")
	if err != nil {
		t.Fatal(err)
	}
	for _, sum := range []string{"aa", "00", "01", "dd", "r", "p-" + files[0]} {
		if !e.Blobs[sum] {
			t.Errorf("%s is not among %v", sum, e.Blobs)
		}
	}
	raw, _ := rowsOf(t, s)
	for _, line := range strings.Split(raw, "\n") {
		if (strings.Contains(line, app) || strings.Contains(line, up.UploadID) || strings.Contains(line, "晚于")) && !strings.Contains(line, `"table":"audit"`) {
			t.Errorf("left: %s", line)
		}
	}
	if !strings.Contains(raw, "application.erase") || !strings.Contains(raw, "申报人撤回") {
		t.Error("the audit trail does not say that it was erased")
	}
	head, err := s.AuditHead(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.VerifyAudit(ctx, head); err != nil {
		t.Errorf("the audit trail: %v", err)
	}
	if _, err := s.Application(ctx, other); err != nil {
		t.Errorf("another application: %v", err)
	}
	for sum, want := range map[string]bool{"00": true, "01": false, "dd": false, "p-" + files[0]: false} {
		if used, err := s.Referenced(ctx, sum); err != nil || used != want {
			t.Errorf("%s is used: %v, %v", sum, used, err)
		}
	}
	if sums, _, err := s.ErasedSince(ctx, 0); err != nil || len(sums) != len(e.Blobs) {
		t.Errorf("erased are %v, %v", sums, err)
	}
	if _, err := s.Erase(ctx, app, ""); !errors.Is(err, ErrNotFound) {
		t.Errorf("a second time: %v", err)
	}
}
