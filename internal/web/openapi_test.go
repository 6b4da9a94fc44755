package web

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestEveryAPIRouteIsDescribed: the description and the table of routes have the
// same requests, and every reference leads somewhere.
func TestEveryAPIRouteIsDescribed(t *testing.T) {
	var d struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(openAPI, &d); err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for path, ops := range d.Paths {
		for method := range ops {
			described[strings.ToUpper(method)+" "+path] = true
		}
	}
	for _, r := range routes {
		if r.Pattern != "/api" && !strings.HasPrefix(r.Pattern, "/api/") {
			continue
		}
		if name := r.Method + " " + r.Pattern; !described[name] {
			t.Errorf("openapi.json says nothing of %s", name)
		} else {
			delete(described, name)
		}
	}
	for name := range described {
		t.Errorf("openapi.json describes %s, which is not there", name)
	}
	var whole any
	if err := json.Unmarshal(openAPI, &whole); err != nil {
		t.Fatal(err)
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if ref, ok := v["$ref"].(string); ok {
				at := whole
				for _, key := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
					at = at.(map[string]any)[key]
				}
				if at == nil {
					t.Errorf("%s leads nowhere", ref)
				}
			}
			for _, part := range v {
				walk(part)
			}
		case []any:
			for _, part := range v {
				walk(part)
			}
		}
	}
	walk(whole)
}

// TestAnswersAreAsDescribed holds real answers against their schemas, in which
// nothing else may stand.
func TestAnswersAreAsDescribed(t *testing.T) {
	s, server := site(t)
	app, _ := fixture(t, s)
	up, _ := window(t, ledgerOf(s), "0018")
	text := strings.ReplaceAll(string(openAPI), `"type": "object"`, `"type": "object", "unevaluatedProperties": false`)
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("api.json", doc); err != nil {
		t.Fatal(err)
	}
	for path, at := range map[string]string{
		"/api/applications":          "#/paths/~1api~1applications/get/responses/200/content/application~1json/schema",
		"/api/applications/" + app:   "#/components/schemas/Application",
		"/api/uploads/" + up:         "#/components/schemas/Upload",
		"/api/dead":                  "#/paths/~1api~1dead/get/responses/200/content/application~1json/schema",
		"/api/applications/none":     "#/components/schemas/Error",
		"/api/uploads/none":          "#/components/schemas/Error",
		"/api/applications?limit=-1": "#/paths/~1api~1applications/get/responses/200/content/application~1json/schema",
	} {
		schema, err := c.Compile("api.json" + at)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := jsonschema.UnmarshalJSON(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(answer); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestARequestWithAKeyIsDoneOnce: the same key gives the first answer again,
// for the same person and the same request alone.
func TestARequestWithAKeyIsDoneOnce(t *testing.T) {
	s, server := site(t)
	send := func(path, key string, body []byte) (int, string, http.Header) {
		t.Helper()
		req, err := http.NewRequest("POST", server.URL+path, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set(keyHeader, key)
		req.Header.Set("Content-Type", "application/zip")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(data), resp.Header
	}
	status, first, header := send("/api/applications?name=a.zip", "k1", []byte("x"))
	again, second, replayed := send("/api/applications?name=a.zip", "k1", []byte("x"))
	if status != http.StatusAccepted || again != status || first != second || replayed.Get("Location") != header.Get("Location") || replayed.Get("Idempotent-Replayed") != "true" {
		t.Errorf("%d %s, then %d %s %v", status, first, again, second, replayed)
	}
	if _, other, _ := send("/api/applications?name=a.zip", "k2", []byte("x")); other == first {
		t.Error("another key gave the same answer")
	}
	if _, other, _ := send("/api/applications?name=b.zip", "k1", []byte("x")); other == first {
		t.Error("another request of the same key gave the same answer")
	}
	if ups, err := s.Ledger.OpenUploads(t.Context(), 10); err != nil || len(ups) != 3 {
		t.Errorf("%d uploads, want 3, %v", len(ups), err)
	}
	if status, _, _ := send("/api/applications?name=c.zip", "k3", nil); status != http.StatusBadRequest {
		t.Errorf("an empty upload: %d", status)
	}
	if status, _, h := send("/api/applications?name=c.zip", "k3", []byte("x")); status != http.StatusBadRequest || h.Get("Idempotent-Replayed") == "" {
		t.Errorf("the refusal is not given again: %d", status)
	}
	if _, err := s.Ledger.Begin(t.Context(), "  POST /api/applications name=d.zip", "k4"); err != nil { // as if another request were at work
		t.Fatal(err)
	}
	if status, _, _ := send("/api/applications?name=d.zip", "k4", []byte("x")); status != http.StatusConflict {
		t.Errorf("a request beside its twin: %d", status)
	}
	if status, _, _ := send("/api/applications?name=a.zip", strings.Repeat("k", 201), []byte("x")); status != http.StatusBadRequest {
		t.Errorf("a long key: %d", status)
	}
}
