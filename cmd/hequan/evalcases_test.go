package main

import (
	"errors"
	"reflect"
	"testing"
)

// TestInOrder asserts that results keep their order whichever is done first,
// and that the error of the first of several is told.
func TestInOrder(t *testing.T) {
	second := make(chan struct{})
	got, err := inOrder(2, 5, func(i int) (int, error) {
		switch i {
		case 0:
			<-second // done after the next one
		case 1:
			close(second)
		}
		return i * i, nil
	})
	if want := []int{0, 1, 4, 9, 16}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %v, want %v", got, err, want)
	}

	first, later := errors.New("the first"), errors.New("a later one")
	failed := make(chan struct{})
	begun := 0
	_, err = inOrder(2, 1000, func(i int) (int, error) {
		switch i {
		case 0:
			<-failed
			return 0, first
		case 1:
			defer close(failed)
			return 0, later
		}
		begun++
		return 0, nil
	})
	if !errors.Is(err, first) {
		t.Errorf("told: %v", err)
	}
	if begun > 0 {
		t.Errorf("%d more were begun after an error", begun)
	}
}
