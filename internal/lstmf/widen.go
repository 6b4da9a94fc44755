package lstmf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"unicode"
)

// Widen adds characters to the character set of a model (.lstm-unicharset) and
// to how its outputs spell them (.lstm-recoder): each gets an output of its
// own behind the present ones. Characters that the set has are left out.
// lstmtraining --old_traineddata carries the trained outputs over.
func Widen(unicharset, recoder []byte, add []rune) (set, codes []byte, err error) {
	lines := bytes.Split(bytes.TrimRight(unicharset, "\n"), []byte("\n"))
	var count int
	if _, err := fmt.Sscan(string(lines[0]), &count); err != nil || count != len(lines)-1 {
		return nil, nil, fmt.Errorf("a character set of %q, of %d lines", lines[0], len(lines)-1)
	}
	has := map[string]bool{}
	for _, line := range lines[1:] {
		char, _, _ := bytes.Cut(line, []byte(" "))
		has[string(char)] = true
	}
	outputs, err := outputs(recoder, count)
	if err != nil {
		return nil, nil, err
	}
	codes = bytes.Clone(recoder)
	for _, r := range add {
		if has[string(r)] {
			continue
		}
		has[string(r)] = true
		kind, script := 0, "Common"
		if unicode.Is(unicode.Han, r) {
			kind, script = 1, "Han"
		}
		lines = append(lines, fmt.Appendf(nil, "%c %d 0,255,0,255,0,0,0,0,0,0 %s %d 0 %d %c", r, kind, script, count, count, r))
		codes = append(codes, 1) // spelt by itself
		codes = binary.LittleEndian.AppendUint32(codes, 1)
		codes = binary.LittleEndian.AppendUint32(codes, uint32(outputs))
		count++
		outputs++
	}
	binary.LittleEndian.PutUint32(codes, uint32(count))
	lines[0] = fmt.Appendf(nil, "%d", count)
	return append(bytes.Join(lines, []byte("\n")), '\n'), codes, nil
}

// outputs returns how many outputs a recoder spells its characters with.
func outputs(recoder []byte, characters int) (int, error) {
	short := errors.New("the recoder does not spell as many characters as the set has")
	if len(recoder) < 4 || int(binary.LittleEndian.Uint32(recoder)) != characters {
		return 0, short
	}
	most := 0
	at := recoder[4:]
	for range characters {
		if len(at) < 5 {
			return 0, short
		}
		n := int(binary.LittleEndian.Uint32(at[1:]))
		if at = at[5:]; n > 9 || len(at) < 4*n {
			return 0, short
		}
		for i := range n {
			most = max(most, int(binary.LittleEndian.Uint32(at[4*i:]))+1)
		}
		at = at[4*n:]
	}
	if len(at) > 0 {
		return 0, short
	}
	return most, nil
}
