package checks

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"hequan"
)

// TestSchema asserts that reports are of the published schema.
func TestSchema(t *testing.T) {
	data, err := os.ReadFile("../docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("urn:hequan:report:v1", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("urn:hequan:report:v1")
	if err != nil {
		t.Fatal(err)
	}
	check := func(t *testing.T, r *hequan.Report) error {
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(v)
	}
	for _, mode := range hequan.Modes {
		if err := check(t, Judge(build(t, []byte("base: "+string(mode))))); err != nil {
			t.Errorf("%s: %v", mode, err)
		}
	}
	if err := check(t, Judge(Case{})); err != nil {
		t.Errorf("nothing: %v", err)
	}
	bad := Judge(build(t, []byte("base: api")))
	bad.Verdict = "maybe"
	if check(t, bad) == nil {
		t.Error("a verdict that is none is valid")
	}
}
