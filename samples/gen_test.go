package samples

import (
	"context"
	"os"
	"testing"

	"hequan"
)

func TestScratch(t *testing.T) {
	dir := os.Getenv("OUT")
	if dir == "" {
		t.Skip("no OUT")
	}
	if err := Generate(context.Background(), Options{Seed: 1, Count: 3, Modes: []hequan.Mode{"api", "private", "appliance"}, Faults: os.Getenv("FAULTS"), Scans: os.Getenv("SCANS")}, dir, nil); err != nil {
		t.Fatal(err)
	}
}
