// Package drills proves that nothing is lost: a fleet of real processes works
// on uploads while it is killed, cut off and starved, and what comes out is
// compared byte for byte with what an undisturbed fleet gives. It holds tests
// only: go test ./drills is small, make drills N=200 demanding.
package drills
