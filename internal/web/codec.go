package web

import (
	"encoding/json"
	"time"
)

// jsonCodec writes sessions as JSON: the same session is the same text, and
// nothing but strings comes out of the database.
type jsonCodec struct{}

type sessionText struct {
	Deadline time.Time         `json:"deadline"`
	Values   map[string]string `json:"values"`
}

func (jsonCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	text := sessionText{deadline, map[string]string{}}
	for k, v := range values {
		if s, ok := v.(string); ok {
			text.Values[k] = s
		}
	}
	return json.Marshal(text)
}

func (jsonCodec) Decode(data []byte) (time.Time, map[string]any, error) {
	var text sessionText
	if err := json.Unmarshal(data, &text); err != nil {
		return time.Time{}, nil, err
	}
	values := map[string]any{}
	for k, v := range text.Values {
		values[k] = v
	}
	return text.Deadline, values, nil
}
