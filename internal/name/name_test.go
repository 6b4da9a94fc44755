package name

import "testing"

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Likeness
	}{
		{"北京晴岚智慧医疗科技有限公司", "北京 晴岚智慧医疗 科技有限公司", Same},
		{"阿里巴巴达摩院(杭州)科技有限公司", "阿里巴巴达摩院（杭州）科技有限公司", Same},
		{"中国移动⻓城有限公司", "中国移动长城有限公司", Same},
		{"〈全称）:北京晴岚城市服务技术有限公司", "北京晴岚城市服务技术有限公司", Same},
		{"北京晴岚城市服务技术有限公司（盖章）", "北京晴岚城市服务技术有限公司", Same},
		{"華數傳媒有限公司", "华数传媒有限公司", Same},
		{"北京晴岚智慧医疗科技有限公司", "北京睛岚智慧医疗科技有限公同", Confusable},
		{"北京晴岚智慧医疗科技有限公司", "北京晴山智慧医疗科技有限公司", Near},
		{"北京晴岚智慧医疗科技有限公司", "北京晴岚智慧医疗科技有限公", Near},
		{"北京晴岚智慧医疗科技有限公司", "晴岚智慧医疗科技有限公司", Truncated},
		{"北京晴岚智慧医疗科技有限公司", "北京晴岚智慧医疗科技有限公司上海分公司", Branch},
		{"北京晴岚智慧医疗科技有限公司", "北京晴朗装备制造有限公司", Other},
		{"", "", Other},
		{"李明", "李朋", Other},
	} {
		if got := Compare(c.a, c.b); got != c.want {
			t.Errorf("Compare(%s, %s) = %d, want %d", c.a, c.b, got, c.want)
		}
		if got := Compare(c.b, c.a); got != c.want {
			t.Errorf("Compare(%s, %s) = %d, want %d", c.b, c.a, got, c.want)
		}
	}
}

func TestSharedCore(t *testing.T) {
	if got := SharedCore("北京晴岚智慧医疗科技有限公司", "晴岚数据（上海）有限责任公司"); got == "" {
		t.Errorf("晴岚 is not seen as shared: %q %q", Core("北京晴岚智慧医疗科技有限公司"), Core("晴岚数据（上海）有限责任公司"))
	}
	if got := SharedCore("北京松原装备制造有限公司", "杭州澜石数智科技有限公司"); got != "" {
		t.Errorf("shared %q", got)
	}
	if got := SharedCore("北京科技有限公司", "上海科技有限公司"); got != "" && len([]rune(got)) < 2 {
		t.Errorf("shared %q", got)
	}
}

func FuzzNormal(f *testing.F) {
	f.Add("北京（⻓城）Ａｂc 有限公司")
	f.Fuzz(func(t *testing.T, s string) {
		n := Normal(s)
		if again := Normal(n); again != n {
			t.Fatalf("Normal(%q) = %q, again %q", s, n, again)
		}
		if n != "" && Compare(s, n) != Same {
			t.Fatalf("%q is not the same as its normal form", s)
		}
	})
}

func TestOrganisation(t *testing.T) {
	for text, want := range map[string]bool{
		"北京晴岚智慧医疗科技有限公司": true, "正衡致远会计师事务所（特殊普通合伙）": true, "中国科学院自动化研究所": true, "与乙方本着平等自愿、诚实信用": false, "": false, "公司": false,
	} {
		if Organisation(text) != want {
			t.Errorf("Organisation(%q) = %v", text, !want)
		}
	}
}
