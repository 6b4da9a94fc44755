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
	agreeOnModels(docs)
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
	agreeOnModels(docs)
	for _, f := range docs[0].Fields {
		if f.Value != "GLM-4.5-Air" {
			t.Errorf("got %s", f.Value)
		}
	}
}
