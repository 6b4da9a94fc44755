package pipeline

import (
	"errors"
	"os"
	"path/filepath"
)

// Forget removes all that the cache holds of a file, of every version of the
// reader. Which settled documents hold something of it is not known, so all go:
// they are made anew from the readings.
func (r *Reader) Forget(sha256 string) error {
	if len(sha256) != 64 {
		return nil
	}
	var errs []error
	for _, pattern := range []string{
		filepath.Join(r.cache.dir, "readings", "*", sha256[:2], sha256+".*gz"),
		filepath.Join(r.cache.dir, "pictures", "*", sha256[:2], sha256),
	} {
		found, err := filepath.Glob(pattern)
		errs = append(errs, err)
		for _, path := range found {
			errs = append(errs, os.RemoveAll(path), os.RemoveAll(filepath.Join(r.cache.dir, "documents")))
		}
	}
	return errors.Join(errs...)
}
