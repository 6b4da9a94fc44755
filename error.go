package hequan

import "fmt"

// ProblemCode says in one word why a file or page could not be read.
type ProblemCode string

// The codes.
const (
	ProblemEmpty       ProblemCode = "empty"       // no bytes, or no pages
	ProblemEncrypted   ProblemCode = "encrypted"   // password needed
	ProblemDamaged     ProblemCode = "damaged"     // cannot be parsed, truncated
	ProblemUnsupported ProblemCode = "unsupported" // of a type that is not accepted, or not what its name says
	ProblemTooLarge    ProblemCode = "too_large"   // over a budget: bytes, pages, pixels, entries
	ProblemUnreadable  ProblemCode = "unreadable"  // the file system refuses
	ProblemUnsafe      ProblemCode = "unsafe"      // an archive entry that points outside of its folder, a link
	ProblemInfected    ProblemCode = "infected"    // the virus scanner knows something bad of it; it was not read
	ProblemCrashed     ProblemCode = "crashed"     // the reader crashed on it
	ProblemTimeout     ProblemCode = "timeout"     // the reader took too long on it
)

// Chinese says what is wrong, for staff and applicants.
func (c ProblemCode) Chinese() string {
	switch c {
	case ProblemEmpty:
		return "文件为空或没有任何页面"
	case ProblemEncrypted:
		return "文件已加密，需要密码才能打开"
	case ProblemDamaged:
		return "文件损坏或不完整，无法打开"
	case ProblemUnsupported:
		return "文件格式不在接收范围内，或内容与扩展名不符"
	case ProblemTooLarge:
		return "文件超出允许的大小、页数或像素"
	case ProblemUnreadable:
		return "文件无法读取（没有权限或读取出错）"
	case ProblemUnsafe:
		return "压缩包内的路径不安全，未解出"
	case ProblemInfected:
		return "病毒扫描发现恶意代码，未读取"
	case ProblemCrashed:
		return "读取程序在此处异常退出"
	case ProblemTimeout:
		return "读取超时"
	}
	return string(c)
}

// Remedy says what to ask the applicant for.
func (c ProblemCode) Remedy() string {
	switch c {
	case ProblemEncrypted:
		return "请去除密码后重新上传"
	case ProblemTooLarge:
		return "请拆分或降低分辨率（200–300 dpi）后重新上传"
	case ProblemUnsupported:
		return "请以 PDF、OFD、JPEG、PNG、TIFF、WebP、BMP 或 XML 电子发票重新上传"
	case ProblemUnsafe:
		return "请重新打包，压缩包内只放本次申报的材料"
	case ProblemInfected:
		return "请在无病毒的电脑上重新扫描或导出后上传；原文件请勿打开，交信息安全人员处理"
	case ProblemUnreadable:
		return "请检查文件权限后重试"
	case ProblemCrashed, ProblemTimeout:
		return "请重新扫描或另存后上传；如再次出现，请人工查看"
	}
	return "请重新扫描或导出后上传"
}

// Problem is why a file or a page could not be read. It is an error, and data of the report.
type Problem struct {
	Code   ProblemCode `json:"code"`
	Detail string      `json:"detail,omitempty"` // for the technician; never needed to understand the problem
	Page   int         `json:"page,omitempty"`   // where only one page is concerned
}

// Error implements error.
func (p *Problem) Error() string {
	if p.Detail == "" {
		return string(p.Code)
	}
	return string(p.Code) + ": " + p.Detail
}

// Problemf makes a Problem with a formatted detail.
func Problemf(code ProblemCode, format string, args ...any) *Problem {
	return &Problem{Code: code, Detail: fmt.Sprintf(format, args...)}
}
