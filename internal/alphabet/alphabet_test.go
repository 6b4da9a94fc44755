package alphabet

import "testing"

func TestRead(t *testing.T) {
	for printed, want := range map[string]string{
		"￥１，２３４．００":      "¥1,234.00",
		"（大写）人民幣壹萬圓整":    "(大写)人民币壹万圆整",
		"2025 年 9 月　1 日": "2025年9月1日",
		"合同总价为100元":      "合同总价□100元",
	} {
		if got := Read(printed); got != want {
			t.Errorf("%s: %s, want %s", printed, got, want)
		}
	}
}

func TestEveryCharacterIsItself(t *testing.T) {
	all := All()
	if len(all) < 150 {
		t.Fatalf("only %d characters", len(all))
	}
	for _, r := range all {
		if f, ok := Fold(r); f != r || !ok {
			t.Errorf("%c becomes %c, %v", r, f, ok)
		}
	}
}
