package web

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// openAPI describes every route under /api (OpenAPI 3.1). It is kept by hand; a
// test holds it against the table of routes and against real answers.
//
//go:embed openapi.json
var openAPI []byte

func (s *Server) apiDescription(w http.ResponseWriter, r *http.Request) {
	s.write(w, "application/json; charset=utf-8", "no-cache", openAPI)
}

// description is what a page shows of the API.
type description struct {
	Info struct {
		Description string `json:"description"`
	} `json:"info"`
	Paths    map[string]map[string]operation `json:"paths"`
	Webhooks map[string]map[string]operation `json:"webhooks"`
}

type operation struct {
	Summary    string `json:"summary"`
	Parameters []struct {
		Ref         string `json:"$ref"`
		Name        string `json:"name"`
		In          string `json:"in"`
		Description string `json:"description"`
	} `json:"parameters"`
	RequestBody *struct {
		Content map[string]struct {
			Schema json.RawMessage `json:"schema"`
		} `json:"content"`
	} `json:"requestBody"`
}

// apiView is a request on the page.
type apiView struct {
	Method, Path, Summary string
	Query                 []string
	Body                  []string
}

// apiPage shows what the API understands.
func (s *Server) apiPage(w http.ResponseWriter, r *http.Request) {
	var d description
	if err := json.Unmarshal(openAPI, &d); err != nil {
		s.broken(w, r, err)
		return
	}
	var list []apiView
	for path, ops := range d.Paths {
		for method, op := range ops {
			v := apiView{Method: strings.ToUpper(method), Path: path, Summary: op.Summary}
			for _, p := range op.Parameters {
				if p.In == "query" {
					v.Query = append(v.Query, p.Name+"："+p.Description)
				}
			}
			if op.RequestBody != nil {
				for media := range op.RequestBody.Content {
					v.Body = append(v.Body, media)
				}
				slices.Sort(v.Body)
			}
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b apiView) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	s.show(w, "api.html", struct {
		Person   visitor
		Requests []apiView
	}{person(r), list})
}
