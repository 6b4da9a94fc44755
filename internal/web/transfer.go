package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"hequan/internal/store"
)

// A transfer is a file that comes in pieces: each is written at the place that
// the last one reached, so a broken connection costs no more than a piece. The
// pieces lie on the disk of this server until all files of an upload are there.

// maxPiece bounds one piece; transferTime is how long a transfer waits for the next.
const (
	maxPiece     = 16 << 20
	transferTime = 3 * 24 * time.Hour
)

// transferView is a transfer as clients see it.
type transferView struct {
	ID     string `json:"id"`
	Bytes  int64  `json:"bytes"`  // of the whole file
	Offset int64  `json:"offset"` // of the next piece
}

// transfers are the files that are coming in.
type transfers struct {
	mu   sync.Mutex
	busy map[string]chan struct{} // somebody writes to it; closed when done
}

// hold takes a transfer for one writer. A connection that broke may not have been
// let go of when its client comes back, so it waits for the other writer, ten
// seconds at most; false: it has it still.
func (t *transfers) hold(ctx context.Context, id string) bool {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		t.mu.Lock()
		other := t.busy[id]
		if other == nil {
			if t.busy == nil {
				t.busy = map[string]chan struct{}{}
			}
			t.busy[id] = make(chan struct{})
			t.mu.Unlock()
			return true
		}
		t.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return false
		}
	}
}

func (t *transfers) release(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	close(t.busy[id])
	delete(t.busy, id)
}

// place is where a transfer lies; "" for an id that is none.
func (s *Server) place(id string) string {
	if len(id) != 26 || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") != "" {
		return ""
	}
	return filepath.Join(s.Transfers, id)
}

// transfer is how far one has come. The whole size stands in a file beside it.
func (s *Server) transfer(id string) (transferView, error) {
	path := s.place(id)
	if path == "" || s.Transfers == "" {
		return transferView{}, store.ErrNotFound
	}
	data, err := os.ReadFile(path + ".size")
	if errors.Is(err, fs.ErrNotExist) {
		return transferView{}, store.ErrNotFound
	}
	if err != nil {
		return transferView{}, err
	}
	size, err := strconv.ParseInt(string(data), 10, 64)
	if err != nil {
		return transferView{}, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return transferView{}, err
	}
	return transferView{id, size, info.Size()}, nil
}

// apiTransfer begins a transfer: {"bytes": N}.
func (s *Server) apiTransfer(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Bytes int64 `json:"bytes"`
	}
	if !s.body(w, r, &in) || !s.room(w, r) {
		return
	}
	waiting, err := s.sweep()
	switch {
	case err != nil:
		s.broken(w, r, err)
		return
	case in.Bytes < 1 || in.Bytes > s.MaxBytes:
		s.fail(w, r, http.StatusRequestEntityTooLarge, fmt.Sprintf("一个文件须在 1 字节至 %d MB 之间", s.MaxBytes>>20), "请分成较小的文件")
		return
	case waiting+in.Bytes > 4*s.MaxBytes:
		s.fail(w, r, http.StatusInsufficientStorage, "等待续传的文件过多", "请先完成或取消其他上传")
		return
	}
	id := strings.ToLower(rand.Text())
	path := s.place(id)
	if err := errors.Join(os.WriteFile(path+".size", []byte(strconv.FormatInt(in.Bytes, 10)), 0o600), os.WriteFile(path, nil, 0o600)); err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusCreated, transferView{id, in.Bytes, 0})
}

// sweep forgets what nobody went on with and sums up what is left.
func (s *Server) sweep() (waiting int64, err error) {
	if err := os.MkdirAll(s.Transfers, 0o750); err != nil {
		return 0, err
	}
	entries, err := os.ReadDir(s.Transfers)
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".size") {
			continue
		}
		path := filepath.Join(s.Transfers, e.Name())
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > transferTime {
			os.Remove(path)
			os.Remove(path + ".size")
			continue
		}
		if t, err := s.transfer(e.Name()); err == nil {
			waiting += t.Bytes
		}
	}
	return waiting, nil
}

// apiTransferState says where to go on.
func (s *Server) apiTransferState(w http.ResponseWriter, r *http.Request) {
	t, err := s.transfer(r.PathValue("id"))
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusOK, t)
}

// apiTransferPiece takes the next piece: ?offset=N, the bytes as the body. A
// piece for another place is answered with 409 and where to go on.
func (s *Server) apiTransferPiece(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if !s.transfers.hold(r.Context(), id) {
		s.fail(w, r, http.StatusConflict, "该文件正在上传", "请稍后重试")
		return
	}
	defer s.transfers.release(id)
	t, err := s.transfer(id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	if r.URL.Query().Get("offset") != strconv.FormatInt(t.Offset, 10) {
		s.writeJSON(w, http.StatusConflict, t)
		return
	}
	f, err := os.OpenFile(s.place(id), os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	_, err = io.Copy(f, http.MaxBytesReader(w, r.Body, min(maxPiece, t.Bytes-t.Offset)))
	err = errors.Join(err, f.Close())
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large): // what fitted is there, and is less than was sent
		err = errors.Join(os.Truncate(s.place(id), t.Offset))
		if err == nil {
			s.fail(w, r, http.StatusRequestEntityTooLarge, "一次上传的内容过长", fmt.Sprintf("每次最多 %d MB，且不超过文件的长度", maxPiece>>20))
			return
		}
	case errors.Is(err, io.ErrUnexpectedEOF): // what came is kept: the next piece goes on there
		err = nil
	}
	if err == nil {
		t, err = s.transfer(id)
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.writeJSON(w, http.StatusOK, t)
}

// apiTransferDrop lets go of a transfer.
func (s *Server) apiTransferDrop(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if _, err := s.transfer(id); err != nil {
		s.broken(w, r, err)
		return
	}
	os.Remove(s.place(id))
	os.Remove(s.place(id) + ".size")
	s.writeJSON(w, http.StatusOK, struct{}{})
}

// apiTransferred makes an upload of transfers that have all come:
// {"files": [{"transfer": ID, "name": "path in the folder"}]}.
func (s *Server) apiTransferred(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Files []struct {
			Transfer string `json:"transfer"`
			Name     string `json:"name"`
		} `json:"files"`
	}
	if !s.body(w, r, &in) {
		return
	}
	var files []store.Incoming
	seen := map[string]bool{}
	total := int64(0)
	for _, f := range in.Files {
		name, err := cleanName(f.Name)
		var no *refusal
		if errors.As(err, &no) {
			s.fail(w, r, no.status, no.what, no.remedy)
			return
		}
		if skipped(name) {
			continue
		}
		t, err := s.transfer(f.Transfer)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		total += t.Bytes
		if t.Offset != t.Bytes || seen[name] || len(files) == s.MaxFiles || total > s.MaxBytes {
			s.fail(w, r, http.StatusConflict, "文件没有传完，或有同名、过多、过大的文件："+name, "请重新上传")
			return
		}
		seen[name] = true
		info, err := s.keepTransfer(t.ID)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		info.Name = name
		files = append(files, info)
	}
	if len(files) == 0 {
		s.fail(w, r, http.StatusBadRequest, "没有收到文件", "请选择一个申报文件夹或 .zip 压缩包")
		return
	}
	up, err := s.Ledger.Accept(r.Context(), uploadName(files), files)
	if err == nil {
		for _, f := range in.Files {
			os.Remove(s.place(f.Transfer))
			os.Remove(s.place(f.Transfer) + ".size")
		}
	}
	s.accepted(w, r, up, err)
}

func (s *Server) keepTransfer(id string) (store.Incoming, error) {
	f, err := os.Open(s.place(id))
	if err != nil {
		return store.Incoming{}, err
	}
	defer f.Close()
	info, err := s.Blobs.Put(f, s.MaxBytes)
	return store.Incoming{SHA256: info.SHA256, Bytes: info.Bytes}, err
}
