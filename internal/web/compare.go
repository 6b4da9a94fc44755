package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// compareView is two pages side by side.
type compareView struct {
	Person    visitor
	App, Name string
	Sides     [2]sideView
}

// sideView is one of them, with the addresses of what it can show instead.
type sideView struct {
	*viewerView
	Word       string
	Choices    []viewerFile
	Prev, Next string
}

// comparePage shows two pages: ?file=SHA256&page=N on the left, with=SHA256&at=N
// on the right; left out, that is the file after it, or the first one.
func (s *Server) comparePage(w http.ResponseWriter, r *http.Request) {
	in, id := r.URL.Query(), r.PathValue("id")
	if in.Get("with") == "" {
		other, err := s.beside(r.Context(), id, in.Get("file"))
		if err != nil {
			s.broken(w, r, err)
			return
		}
		in.Set("with", other)
	}
	v := compareView{Person: person(r), App: id}
	for i, names := range [2][2]string{{"file", "page"}, {"with", "at"}} {
		side, err := s.side(r.Context(), id, in, names[0], names[1])
		if err != nil {
			s.broken(w, r, err)
			return
		}
		side.Word = [2]string{"左侧", "右侧"}[i]
		v.Sides[i], v.Name = side, side.Name
	}
	s.show(w, "compare.html", v)
}

// beside is the file of an application that stands after one, the first one
// after the last; the same where there is no other.
func (s *Server) beside(ctx context.Context, id, sha256 string) (string, error) {
	files, err := s.Ledger.Files(ctx, id)
	if err != nil {
		return "", err
	}
	for i, f := range files {
		if f.SHA256 == sha256 {
			return files[(i+1)%len(files)].SHA256, nil
		}
	}
	return sha256, nil
}

func (s *Server) side(ctx context.Context, id string, in url.Values, file, at string) (sideView, error) {
	page, err := strconv.Atoi(in.Get(at))
	if err != nil || page < 1 {
		page = 1
	}
	v, err := s.viewer(ctx, id, in.Get(file), page)
	if err != nil {
		return sideView{}, err
	}
	address := func(sha256 string, page int) string {
		out := url.Values{}
		for _, name := range []string{"file", "page", "with", "at"} {
			if in.Get(name) != "" {
				out.Set(name, in.Get(name))
			}
		}
		out.Set(file, sha256)
		out.Set(at, strconv.Itoa(page))
		return "/applications/" + id + "/compare?" + out.Encode()
	}
	side := sideView{viewerView: v}
	if page > 1 {
		side.Prev = address(v.File.SHA256, page-1)
	}
	if page < v.Pages {
		side.Next = address(v.File.SHA256, page+1)
	}
	for _, f := range v.Files {
		side.Choices = append(side.Choices, viewerFile{f.Name, address(f.SHA256, 1), f.Current, f.SHA256})
	}
	return side, nil
}
