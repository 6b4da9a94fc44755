package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"

	"hequan/internal/notice"
	"hequan/internal/render"
	"hequan/internal/typeface"
)

// reportPDF gives the report as a PDF, to print or file.
func (s *Server) reportPDF(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	report, err := s.report(r.Context(), id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.pdf(w, r, report.Application.ID+"-初审报告.pdf", func(out io.Writer) error { return render.PDF(out, report, pictures{r.Context(), s, id}) })
}

// noticePDF gives a notice as a PDF: ?number=N.
func (s *Server) noticePDF(w http.ResponseWriter, r *http.Request) {
	n, name, ok := s.kept(w, r)
	if !ok {
		return
	}
	s.pdf(w, r, name+".pdf", func(out io.Writer) error {
		return notice.PDF(out, n, pictures{r.Context(), s, r.PathValue("id")}.passage)
	})
}

// pdf has the browser keep a PDF that is made here.
func (s *Server) pdf(w http.ResponseWriter, r *http.Request, name string, write func(io.Writer) error) {
	var out bytes.Buffer
	switch err := write(&out); {
	case errors.Is(err, typeface.ErrNone):
		s.fail(w, r, http.StatusNotImplemented, "服务器没有中文字体，无法生成 PDF", "请管理员安装 fonts-noto-cjk（hequan doctor 会列出所缺的程序包），或改用 .docx、.html 导出")
		return
	case errors.Is(err, render.ErrNoPages):
		s.fail(w, r, http.StatusNotFound, "该文件没有页面图像", "请查看原件")
		return
	case err != nil:
		s.broken(w, r, err)
		return
	}
	s.attach(w, name, "hequan.pdf")
	s.write(w, "application/pdf", "no-store", out.Bytes())
}
