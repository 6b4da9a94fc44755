package samples

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"

	"hequan"
)

func TestScratch(t *testing.T) {
	dir := os.Getenv("OUT")
	if dir == "" {
		t.Skip("no OUT")
	}
	modes := []hequan.Mode{"api", "private", "appliance", "cloud"}
	if m := os.Getenv("MODE"); m != "" {
		modes = []hequan.Mode{hequan.Mode(m)}
	}
	if err := Generate(context.Background(), Options{Seed: num("SEED"), Count: int(num("COUNT")), FirstID: int(num("FIRST")), Modes: modes, Faults: os.Getenv("FAULTS"), Scans: os.Getenv("SCANS")}, dir, nil); err != nil {
		t.Fatal(err)
	}
}

func TestSheetScratch(t *testing.T) {
	in := os.Getenv("IN")
	if in == "" {
		t.Skip("no IN")
	}
	cols, cell := 5, 480
	if os.Getenv("CELL") != "" {
		fmt.Sscanf(os.Getenv("CELL"), "%d,%d", &cols, &cell)
	}
	data, err := Sheet(in, cols, cell, os.Getenv("BOXES") != "")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(os.Getenv("PNG"), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func num(name string) uint64 {
	n, _ := strconv.ParseUint(os.Getenv(name), 10, 64)
	return n
}

func TestMediaScratch(t *testing.T) {
	if os.Getenv("MODE") == "" {
		t.Skip()
	}
	for s := uint64(1); s <= 40; s++ {
		seed := s * 1_000_003
		w := newWorld(seed, "x", hequan.Mode(os.Getenv("MODE")))
		line := fmt.Sprintf("%d n%d inv%d ", s, w.Naming, len(w.Invoices))
		for _, b := range w.bundles(seed, os.Getenv("SCANS")) {
			line += fmt.Sprintf("%s:%s:%d ", b.Slot[:4], b.Medium, len(b.Keys))
		}
		t.Log(line, w.Contract.Framework, w.Claimed)
	}
}
