package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTrainingInMiniature goes the whole road of scripts/models.sh once: lines,
// records, training, a lower rate, the integer model. What it learns in a
// minute is nothing; that every label can be learned is what is tested.
func TestTrainingInMiniature(t *testing.T) {
	for _, tool := range []string{"unicharset_extractor", "combine_lang_model", "lstmtraining"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is missing: apt-get install tesseract-ocr", tool)
		}
	}
	dir := t.TempDir()
	bin := filepath.Join(dir, "hequan")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), "../../scripts/models.sh", "smoke", filepath.Join(dir, "models"))
	cmd.Env = append(os.Environ(), "HEQUAN="+bin)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	rates := 0
	for _, line := range strings.Split(string(out), "\n") {
		if _, rest, ok := strings.Cut(line, "skip ratio="); ok {
			rates++
			if !strings.HasPrefix(rest, "0.000000%") {
				t.Errorf("labels that cannot be encoded were left out: %s", line)
			}
		}
	}
	if rates == 0 {
		t.Errorf("no training was reported:\n%s", out)
	}
	model, err := os.Stat(filepath.Join(dir, "models", "numbers-b.traineddata"))
	if err != nil || model.Size() < 100_000 || model.Size() > 400_000 {
		t.Errorf("the integer model: %v, %v", model, err)
	}
}
