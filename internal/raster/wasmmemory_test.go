package raster

import "testing"

func TestReservedMemory(t *testing.T) {
	m := reserve(0, 1<<20)
	first := m.Reallocate(1 << 16)
	if len(first) != 1<<16 {
		t.Fatalf("%d bytes", len(first))
	}
	first[77] = 7
	grown := m.Reallocate(1 << 18)
	if len(grown) != 1<<18 || grown[77] != 7 || &grown[0] != &first[0] || grown[1<<17] != 0 {
		t.Errorf("grown to %d bytes it moved or lost its contents", len(grown))
	}
	grown[1<<18-1] = 1
	if m.Reallocate(1<<20+1) != nil {
		t.Error("it grew beyond what was reserved")
	}
	m.Free()
	m.Free()
	if m.Reallocate(1<<16) != nil {
		t.Error("it goes on after it was given back")
	}
}
