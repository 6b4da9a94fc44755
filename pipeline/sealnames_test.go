package pipeline

import "testing"

func TestExpectedName(t *testing.T) {
	e := expectedName("北京晴川智慧科技有限公司")
	runes := []rune(e.Name)
	if len(e.Among) != len(runes) || len(e.Slack) != len(runes) {
		t.Fatalf("%d characters, %d lists, %d slacks", len(runes), len(e.Among), len(e.Slack))
	}
	for i, c := range runes {
		given := i < 2 || i >= len(runes)-4 // 北京, 有限公司
		if (len(e.Among[i]) > 0) != given {
			t.Errorf("%c: among %d characters", c, len(e.Among[i]))
		}
		if own := i == 2 || i == 3; own && e.Slack[i] != 0 { // 晴川: nothing else says what stands there
			t.Errorf("%c may be less like than another by %v", c, e.Slack[i])
		}
	}
	if e := expectedName("立诚致远会计师事务所（特殊普通合伙）"); e.Name != "立诚致远会计师事务所（特殊普通合伙）" {
		t.Errorf("name %q", e.Name)
	}
}
