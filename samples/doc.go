// Package samples makes whole, coherent, fictitious applications: a world of
// companies, contracts, invoices and settlements that agree to the fen, printed
// as pages, sealed, scanned, and described in a truth.json. Faults can be
// planted in it; the truth records each of them with its place.
//
// Everything follows from the seed: the same seed, options and fonts give the
// same truth and the same pages.
package samples
