// Package fontfile opens faces of the typefaces' files that Debian's packages install.
package fontfile

import (
	"fmt"
	"strings"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"

	"hequan/internal/mapped"
)

// Open opens the first face of a file, a collection or a single one, whose family begins with the name. No face of
// that family is an error.
func Open(path, family string) (*sfnt.Font, error) {
	data, err := mapped.File(path)
	if err != nil {
		return nil, err
	}
	c, err := opentype.ParseCollection(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var buf sfnt.Buffer
	for i := range c.NumFonts() {
		face, err := c.Font(i)
		if err != nil {
			face, err = aligned(data, i)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if name, err := face.Name(&buf, sfnt.NameIDFamily); err == nil && strings.HasPrefix(name, family) {
			return face, nil
		}
	}
	return nil, fmt.Errorf("%s: no face of the family %q", path, family)
}
