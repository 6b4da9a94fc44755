package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"hequan/internal/blob"
	"hequan/internal/store"
)

// refusal is an upload that is not accepted.
type refusal struct {
	status       int
	what, remedy string
}

func (e *refusal) Error() string { return e.what }

// upload takes an application folder in: multipart/form-data with a part
// "file" for each file, its file name the path inside the folder; or an archive
// or single file as the body itself, named by ?name=. The answer is 202 with
// the upload's id: by then everything is on disk.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	got, ok := s.taken(w, r)
	if !ok {
		return
	}
	up, err := s.Ledger.Accept(r.Context(), uploadName(got.files), got.files)
	s.accepted(w, r, up, err)
}

// round takes files in that mend an application: as an upload, with a part
// "replaces" that says which file a new one takes the place of, as JSON.
func (s *Server) round(w http.ResponseWriter, r *http.Request) {
	who, ok := s.named(w, r)
	if !ok {
		return
	}
	got, ok := s.taken(w, r)
	if !ok {
		return
	}
	up, err := s.Ledger.AcceptRound(r.Context(), uploadName(got.files), got.files, store.Supplement{Application: r.PathValue("id"), Replaces: got.replaces, Person: who})
	s.accepted(w, r, up, err)
}

// received is what came with an upload.
type received struct {
	files    []store.Incoming
	replaces map[string]string // name of a file: name of the file it takes the place of
}

// taken receives an upload; a refusal is answered and false returned.
func (s *Server) taken(w http.ResponseWriter, r *http.Request) (received, bool) {
	if !s.room(w, r) {
		return received{}, false
	}
	r.Body = http.MaxBytesReader(w, r.Body, s.MaxBytes)
	got, err := s.receive(r)
	var large *http.MaxBytesError
	var no *refusal
	switch {
	case err == nil:
		return got, true
	case errors.As(err, &large), errors.Is(err, blob.ErrTooLarge):
		s.fail(w, r, http.StatusRequestEntityTooLarge, fmt.Sprintf("一次上传超过 %d MB", s.MaxBytes>>20), "请分几次上传，每次若干个申报文件夹")
	case errors.As(err, &no):
		s.fail(w, r, no.status, no.what, no.remedy)
	case errors.Is(err, io.ErrUnexpectedEOF):
		s.fail(w, r, http.StatusBadRequest, "上传中断，未收到完整内容", "请重新上传")
	default:
		s.broken(w, r, err)
	}
	return got, false
}

// room says whether anything can be taken in now; a refusal is answered.
func (s *Server) room(w http.ResponseWriter, r *http.Request) bool {
	if s.Room == nil {
		return true
	}
	status, what, remedy := s.Room(r.Context())
	if status == 0 {
		return true
	}
	s.Log.Warn("an upload was refused", "reason", what)
	w.Header().Set("Retry-After", "120")
	s.fail(w, r, status, what, remedy)
	return false
}

// accepted answers for an upload that is recorded and wakes the worker.
func (s *Server) accepted(w http.ResponseWriter, r *http.Request, up *store.Upload, err error) {
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.Wake(r.Context(), store.Task{Kind: store.KindUpload, ID: up.ID})
	w.Header().Set("Location", "/api/uploads/"+up.ID)
	s.writeJSON(w, http.StatusAccepted, newUploadView(up))
}

// receive streams the body into blobs.
func (s *Server) receive(r *http.Request) (received, error) {
	got := received{replaces: map[string]string{}}
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "multipart/form-data" {
		got.files, err = s.receiveBody(r)
		return got, err
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return got, &refusal{http.StatusBadRequest, "上传内容的格式不正确", "请使用 multipart/form-data，每个文件一个 file 字段"}
	}
	seen := map[string]bool{}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return got, multipartError(err)
		}
		if part.FormName() == "replaces" {
			if err := json.NewDecoder(io.LimitReader(part, maxBody)).Decode(&got.replaces); err != nil {
				return got, &refusal{http.StatusBadRequest, "替换关系的格式不正确", "请刷新页面后重新提交"}
			}
			continue
		}
		if part.FormName() != "file" {
			continue
		}
		name, err := partName(part.Header.Get("Content-Disposition"))
		if err != nil {
			return got, err
		}
		if skipped(name) {
			continue
		}
		if seen[name] {
			return got, &refusal{http.StatusBadRequest, "有两个文件同名：" + name, "请改名后重新上传"}
		}
		seen[name] = true
		if len(got.files) == s.MaxFiles {
			return got, &refusal{http.StatusRequestEntityTooLarge, fmt.Sprintf("一次上传超过 %d 个文件", s.MaxFiles), "请分几次上传，或打包为 .zip"}
		}
		info, err := s.Blobs.Put(part, s.MaxBytes)
		if err != nil {
			return got, multipartError(err)
		}
		got.files = append(got.files, store.Incoming{Name: name, SHA256: info.SHA256, Bytes: info.Bytes})
	}
	if len(got.files) == 0 {
		return got, &refusal{http.StatusBadRequest, "没有收到文件", "请选择一个申报文件夹或 .zip 压缩包"}
	}
	return got, nil
}

// multipartError tells a body that is cut off or malformed from trouble of our own.
func multipartError(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) || errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if strings.HasPrefix(err.Error(), "multipart:") {
		return &refusal{http.StatusBadRequest, "上传内容的格式不正确", "请重新上传"}
	}
	return err
}

func (s *Server) receiveBody(r *http.Request) ([]store.Incoming, error) {
	name := r.URL.Query().Get("name")
	if name == "" {
		name = "application.zip"
	}
	name, err := cleanName(name)
	if err != nil {
		return nil, err
	}
	info, err := s.Blobs.Put(r.Body, s.MaxBytes)
	if err != nil {
		return nil, err
	}
	if info.Bytes == 0 {
		return nil, &refusal{http.StatusBadRequest, "没有收到文件", "请在请求体中放入 .zip 压缩包，或使用 multipart/form-data"}
	}
	return []store.Incoming{{Name: path.Base(name), SHA256: info.SHA256, Bytes: info.Bytes}}, nil
}

// partName is the path that the browser gave the file. The standard library's
// FileName keeps only its last element.
func partName(disposition string) (string, error) {
	_, params, err := mime.ParseMediaType(disposition)
	if err != nil || params["filename"] == "" {
		return "", &refusal{http.StatusBadRequest, "有一个文件没有名称", "请重新选择文件夹上传"}
	}
	return cleanName(params["filename"])
}

// cleanName makes a slash path inside a folder of a name, or refuses it.
func cleanName(name string) (string, error) {
	name = strings.ReplaceAll(name, `\`, "/")
	clean := strings.TrimPrefix(path.Clean("/"+name), "/")
	bad := clean == "" || !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f })
	for _, element := range strings.Split(name, "/") {
		bad = bad || element == ".." || len(element) > 240
	}
	if bad || len(clean) > 1000 {
		return "", &refusal{http.StatusBadRequest, "文件名不能使用：" + strings.ToValidUTF8(name, "?"), "请缩短或改正文件名后重新上传"}
	}
	return clean, nil
}

// skipped says whether a file is a by-product of an operating system.
func skipped(name string) bool {
	base := path.Base(name)
	return base == ".DS_Store" || strings.EqualFold(base, "Thumbs.db") || strings.EqualFold(base, "desktop.ini")
}

// uploadName is the folder that all files share, or the file's own name.
func uploadName(files []store.Incoming) string {
	top, _, inFolder := strings.Cut(files[0].Name, "/")
	for _, f := range files {
		if first, _, ok := strings.Cut(f.Name, "/"); !ok || first != top {
			inFolder = false
		}
	}
	switch {
	case inFolder:
		return top
	case len(files) == 1:
		return files[0].Name
	}
	return fmt.Sprintf("%d 个文件", len(files))
}

// Wake queues a task. It is recorded already, so a queue that cannot be reached
// only means that the reconciler finds it later.
func (s *Server) Wake(ctx context.Context, t store.Task) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := s.Queue.Enqueue(ctx, t, 0); err != nil {
		s.Log.Warn("the queue does not answer; the work will start later", "kind", t.Kind, "id", t.ID, "error", err)
	}
}
