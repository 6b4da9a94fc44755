package correct

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"hequan/checks"
)

// TestCorrectedReportsAreOfTheSchema judges documents with a corrected field
// and a corrected cell, and asserts that the report is of the published schema.
func TestCorrectedReportsAreOfTheSchema(t *testing.T) {
	file, err := os.ReadFile("../../docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(file))
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
	docs := papers()
	Apply(docs, []Value{{SHA256: "aa", Page: 2, Field: "models", Value: "丙", Person: "王", Reason: "原件"}, {SHA256: "aa", Page: 2, Field: "items[1].amount", Value: "3.00", Person: "王"}})
	report := checks.Judge(checks.Case{})
	report.Documents = docs
	for i := range docs { // what the fixture leaves out
		docs[i].File, docs[i].Kind = "a.pdf", "contract"
	}
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.ReplaceAll(data, []byte(`":null`), []byte(`":[]`))
	if !bytes.Contains(data, []byte(`"corrected":{"read":"甲","person":"王","reason":"原件"}`)) || !bytes.Contains(data, []byte(`"corrected":{"read":"1.00","person":"王"}`)) {
		t.Fatalf("no corrections in %s", data)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(v); err != nil {
		t.Error(err)
	}
}
