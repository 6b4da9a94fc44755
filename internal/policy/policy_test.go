package policy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hequan"
)

func TestEmbedded(t *testing.T) {
	for _, id := range IDs() {
		p, err := Load(id)
		if err != nil {
			t.Fatal(err)
		}
		if p.ID != id {
			t.Errorf("%s.yaml says id %q", id, p.ID)
		}
	}
	p := Default()
	if w := p.Windows.Usage.Window(); w.String() != "2025-08-09 至 2026-06-30" {
		t.Errorf("usage window %s", w)
	}
	if p.Money.Cap.Fen().String() != "5000000.00" || p.Money.Rate.Rat().FloatString(2) != "0.50" {
		t.Error("money")
	}
	if !p.Required(hequan.KindUsage, hequan.ModeAPI) || p.Required(hequan.KindUsage, hequan.ModePrivate) {
		t.Error("materials")
	}
	if _, err := Load("1999H1"); err == nil || !strings.Contains(err.Error(), "2026H1") {
		t.Errorf("an unknown policy: %v", err)
	}
}

func TestLint(t *testing.T) {
	data, err := os.ReadFile("2026H1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][3]string{
		{`to: "2026-06-30"`, `to: "2025-06-30"`, `10:9 windows.usage.to：截止日期 2025-06-30 早于起始日期`},
		{`to: "2026-06-30"`, `to: 2026年6月`, `10:9 windows.usage.to：“2026年6月”的写法不对，应为 YYYY-MM-DD`},
		{`{value: "0.5",`, `{value: "1.5",`, "25:17 money.rate.value：比例“1.5”不在 0 与 1 之间"},
		{`{value: "0.5",`, `{value: 0.5,`, "25:17 money.rate.value：类型不对：应为 string，现为 number；数字请加引号"},
		{"id: 2026H1", "id: spring", "3:5 id：“spring”的写法不对，应为年份加 H1 或 H2"},
		{"chosen: half_up", "chosen: sideways", "rounding 的读法“sideways”程序不能照办；可选：half_up、down"},
		{"key: rounding", "key: roundness", "没有名为 roundness 的待定事项"},
		{"name: compute", "name: labor", "类别 labor 出现两次"},
		{"kind: usage,", "kind: receipt,", "“receipt”不在可选值之内"},
		{"    clause: 九", "    clauses: 九", "windows.submission：缺少 clause，请补上"},
		{"    clause: 九", "    clauses: 九", "windows.submission.clauses：没有这一项"},
		{"money:", "money: [", "不是合法的 YAML"},
	} {
		bad := strings.Replace(string(data), c[0], c[1], 1)
		if bad == string(data) {
			t.Fatalf("%q does not stand in the policy", c[0])
		}
		var told []string
		for _, p := range Lint([]byte(bad)) {
			told = append(told, p.String())
			if p.Line == 0 {
				t.Errorf("with %q: no place: %s", c[1], p)
			}
		}
		if got := strings.Join(told, "\n"); !strings.Contains(got, c[2]) {
			t.Errorf("with %q: lint says\n%s\nwant %s", c[1], got, c[2])
		}
	}
}

func TestCategorise(t *testing.T) {
	p := Default()
	for item, want := range map[string]string{
		"澜石-72B-Chat大模型私有化授权": "model", "智能体应用开发平台软件": "software", "GPU算力租赁服务": "compute", "行业语料清洗与标注": "data",
		"实施部署人工服务": "labor", "推理服务器（8卡）": "hardware", "大模型部署实施费": "labor", "*信息技术服务*模型接口调用费": "model", "运费": "other",
	} {
		if c, ok := p.Categorise(item); !ok || c.Name != want {
			t.Errorf("%s is %q, want %q", item, c.Name, want)
		}
	}
	if c, ok := p.Categorise("杂项"); ok {
		t.Errorf("杂项 is %q", c.Name)
	}
}

func TestModels(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"澜石-72B-Chat", "澜石大模型", true}, {"青鸟智库-Pro", "青鸟智库大模型", true}, {"Doubao-pro-32k", "豆包", true}, {"qwen-plus-2025-07-28", "通义千问大模型", true},
		{"Pro/deepseek-ai/DeepSeek-V3", "DeepSeek", true}, {"ERNIE-4.5-Turbo", "文心一言", true}, {"qwen-max", "豆包", false}, {"澜石大模型", "青鸟智库大模型", false},
		{"澜石-72B-Chat", "gpt-4o", false},
	} {
		if SameModel(c.a, c.b) != c.same || SameModel(c.b, c.a) != c.same {
			t.Errorf("SameModel(%s, %s) = %v (%q, %q)", c.a, c.b, !c.same, ModelCore(c.a), ModelCore(c.b))
		}
	}
	for id, want := range map[string]string{"gpt-4o": "foreign", "claude-3-5-sonnet": "foreign", "bge-m3": "tool", "o3-mini": "foreign", "glm-4.6": "filed"} {
		if f, _ := FamilyOf(id); f.Status != want {
			t.Errorf("%s is %q, want %q", id, f.Status, want)
		}
	}
}

func TestFilings(t *testing.T) {
	f, err := LoadFilings("")
	if err != nil {
		t.Fatal(err)
	}
	if f.Complete || f.AsOf == "" || len(f.Rows) < 60 {
		t.Errorf("embedded list: complete %v, as of %q, %d rows", f.Complete, f.AsOf, len(f.Rows))
	}
	for _, r := range f.Rows {
		if r.Number != "" && !NumberPattern.MatchString(r.Number) && !RegistrationPattern.MatchString(r.Number) {
			t.Errorf("%s: number %q has no known form", r.Model, r.Number)
		}
	}
	if rows := f.ByModel("qwen-max"); len(rows) != 1 || rows[0].Seq != "11" {
		t.Errorf("qwen-max: %v", rows)
	}
	if rows := f.ByNumber("zhejiang-tongyiqianwen-20230901"); len(rows) != 1 {
		t.Errorf("by number: %v", rows)
	}
	for _, fam := range families() {
		if fam.Status == "filed" && fam.FiledAs == "" {
			t.Errorf("family %s says filed, but not as what", fam.Name)
		}
	}
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte("# complete: true\n# as_of: 2026-08-31\n序号,属地,模型名称,备案单位,备案编号,备案时间\n1,北京,澜石大模型,某公司,Beijing-LanShi-20240520,2024年5月27日\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	own, err := LoadFilings(path)
	if err != nil {
		t.Fatal(err)
	}
	if !own.Complete || own.AsOf != "2026-08-31" || len(own.Rows) != 1 || own.Rows[0].Date != "2024-05-27" || own.Rows[0].Track != "备案" {
		t.Errorf("own list: %+v", own)
	}
}
