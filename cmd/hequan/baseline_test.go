package main

import (
	"os/exec"
	"testing"
)

// TestDemoBaseline reads the sample applications and compares the score with
// the one that is committed. Where reading got better, or a measure was given
// up for another on purpose, make baseline writes it anew.
func TestDemoBaseline(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads some sixty pages")
	}
	cmd := exec.CommandContext(t.Context(), "hequan", "eval", "--format", "short", "--baseline", "../../samples/demo/baseline.json", "../../samples/demo")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s\nif this is meant: make baseline", err, out)
	}
}
