// Package hequan holds the nouns of a 模型券 application and of the report
// about it: the application form, documents with their fields, tables and
// seals, findings, the subsidy computation. The names and the JSON are the
// public contract; they may grow, never be renamed.
//
// The package imports the standard library only, so that every other package
// may import it.
//
// Conventions used throughout:
//   - a [Box] is in fractions of the upright page, origin at the top left;
//   - money is a decimal string in yuan with two digits at the edges (JSON) and
//     an integer number of fen inside;
//   - dates are YYYY-MM-DD, pages count from 1 within their file.
package hequan

// Version is the version of the product. It is part of the reader version, so
// readings made by another version are not taken from the cache.
const Version = "0.1.0"
