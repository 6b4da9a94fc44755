package store

import (
	"bytes"
	"compress/gzip"
	"encoding/json"

	"hequan"
)

// PackReading is a reading as its blob holds it.
func PackReading(r *hequan.Reading) ([]byte, error) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if err := json.NewEncoder(z).Encode(r); err != nil {
		return nil, err
	}
	err := z.Close()
	return packed.Bytes(), err
}

// UnpackReading reads a packed reading back.
func UnpackReading(data []byte) (*hequan.Reading, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	reading := new(hequan.Reading)
	return reading, json.NewDecoder(z).Decode(reading)
}
