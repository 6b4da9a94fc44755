package fontfile

import (
	"encoding/binary"
	"errors"

	"golang.org/x/image/font/sfnt"
)

// needed are the tables that outlines and their places are drawn from, in the order a font lists them.
var needed = []string{"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"}

// aligned parses a face of a collection whose tables begin at any byte, as those of several of Debian's
// Chinese typefaces do: package sfnt takes only those that begin at a multiple of four (OpenType, «Table Directory»).
func aligned(data []byte, face int) (*sfnt.Font, error) {
	errBroken := errors.New("fontfile: not a collection of TrueType faces")
	u16, u32 := binary.BigEndian.Uint16, binary.BigEndian.Uint32
	if len(data) < 16+4*face || string(data[:4]) != "ttcf" {
		return nil, errBroken
	}
	at := int(u32(data[12+4*face:]))
	if at+12 > len(data) {
		return nil, errBroken
	}
	tables := map[string][]byte{}
	for i := range int(u16(data[at+4:])) {
		entry := at + 12 + 16*i
		if entry+16 > len(data) {
			return nil, errBroken
		}
		from, size := int(u32(data[entry+8:])), int(u32(data[entry+12:]))
		if from > len(data) || size > len(data)-from {
			return nil, errBroken
		}
		tables[string(data[entry:entry+4])] = data[from : from+size]
	}
	var directory, body []byte
	count := 0
	for _, tag := range needed {
		table, ok := tables[tag]
		if !ok {
			continue
		}
		count++
		directory = append(directory, tag...)
		directory = binary.BigEndian.AppendUint32(directory, 0) // its checksum: nobody reads it
		directory = binary.BigEndian.AppendUint32(directory, uint32(len(body)))
		directory = binary.BigEndian.AppendUint32(directory, uint32(len(table)))
		body = append(body, table...)
		body = append(body, make([]byte, -len(body)&3)...)
	}
	for i := range count { // tables begin behind the directory
		offset := directory[16*i+8:]
		binary.BigEndian.PutUint32(offset, u32(offset)+uint32(12+len(directory)))
	}
	head := binary.BigEndian.AppendUint16([]byte{0, 1, 0, 0}, uint16(count))
	head = append(head, 0, 0, 0, 0, 0, 0)
	return sfnt.Parse(append(append(head, directory...), body...))
}
