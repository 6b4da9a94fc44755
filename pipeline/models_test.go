package pipeline

import (
	"testing"

	"hequan"
)

func TestModelsAgreeOnOneForm(t *testing.T) {
	docs := []hequan.Document{
		{Fields: []hequan.Field{{Name: "models", Value: "知微子-Pro"}, {Name: "models", Value: "Qwen2.5-72B"}}},
		{Tables: []hequan.Table{{Columns: []string{"model"}, Rows: [][]hequan.Cell{{{Value: "知微子Pro"}}, {{Value: "Qwen2.5-7B"}}, {{Value: "知微子-Max"}}, {{Value: "豆包"}}}}}},
	}
	agreeOnModels(&hequan.Application{}, docs)
	for i, want := range []string{"知微子-Pro", "Qwen2.5-7B", "知微子-Max", "豆包"} {
		if got := docs[1].Tables[0].Rows[i][0].Value; got != want {
			t.Errorf("row %d is %s, want %s", i, got, want)
		}
	}
}

func TestATextLayerIsTheFormOfAModel(t *testing.T) {
	docs := []hequan.Document{{Fields: []hequan.Field{
		{Name: "models", Value: "G1M-4.5-Air"}, {Name: "models", Value: "G1M-4.5-Air"},
		{Name: "models", Value: "GLM-4.5-Air", Proof: []hequan.Proof{hequan.ProofTextLayer}},
	}}}
	agreeOnModels(&hequan.Application{}, docs)
	for _, f := range docs[0].Fields {
		if f.Value != "GLM-4.5-Air" {
			t.Errorf("got %s", f.Value)
		}
	}
}

// Where every paper lost a hyphen the form's spelling stands, and lines have it too;
// what a text layer gives stays as it is.
func TestHyphensOfTheForm(t *testing.T) {
	docs := []hequan.Document{{Fields: []hequan.Field{{Name: "models", Value: "璞石Turbo"}, {Name: "models", Value: "璞石Turb0"}},
		Tables: []hequan.Table{{Columns: []string{"name"}, Rows: [][]hequan.Cell{{{Value: "*软件*璞石Turbo模型服务费"}}, {{Value: "璞石Lite-32k服务"}}, {{Value: "璞石Turbo服务", Proof: []hequan.Proof{hequan.ProofTextLayer}}}}}}}}
	agreeOnModels(&hequan.Application{Models: []string{"璞石-Turbo", "璞石-Lite-32k"}}, docs)
	rows := docs[0].Tables[0].Rows
	got := []string{docs[0].Fields[0].Value, docs[0].Fields[1].Value, rows[0][0].Value, rows[1][0].Value, rows[2][0].Value}
	want := []string{"璞石-Turbo", "璞石-Turbo", "*软件*璞石-Turbo模型服务费", "璞石-Lite-32k服务", "璞石Turbo服务"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d is %s, want %s", i, got[i], want[i])
		}
	}
}
