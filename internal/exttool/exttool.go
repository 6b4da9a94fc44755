// Package exttool looks for the programs and data that hequan needs from the
// machine, and says how to get what is missing.
package exttool

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Tool is one thing looked for.
type Tool struct {
	Name     string // as staff know it
	For      string // what it is needed for
	Required bool   // reading is impossible without
	Found    string // version or place; empty: missing
	Install  string // the command that installs it
}

// debian is a tool of a Debian package.
func debian(name, purpose, pkg string, required bool, found string) Tool {
	return Tool{Name: name, For: purpose, Required: required, Found: found, Install: "apt-get install --no-install-recommends " + pkg}
}

// Probe looks for every tool; tessdata is the folder of the language models,
// empty for Debian's, lines that of the recogniser of lines, empty where there is none.
func Probe(ctx context.Context, tessdata, tesseractVersion, lines string) []Tool {
	if tessdata == "" {
		tessdata = os.Getenv("TESSDATA_PREFIX")
	}
	if tessdata == "" {
		tessdata = firstMatch("/usr/share/tesseract-ocr/*/tessdata")
	}
	model := func(lang string) string { return existing(filepath.Join(tessdata, lang+".traineddata")) }
	return []Tool{
		debian("Tesseract 库", "文字识别", "libtesseract-dev libleptonica-dev", true, tesseractVersion),
		debian("简体中文模型 chi_sim", "识别中文", "tesseract-ocr-chi-sim", true, model("chi_sim")),
		debian("英文模型 eng", "数字和编号的第二次识别", "tesseract-ocr-eng", true, model("eng")),
		{Name: "行识别器", For: "每行文字的第二次独立识别（没有也能用，但证实的内容少）", Found: lines, Install: "make setup"},
		debian("中文字体", "显示未嵌入字体的 PDF 和 OFD", "fonts-noto-cjk", true, firstOf("/usr/share/fonts/opentype/noto/*CJK*", "/usr/share/fonts/truetype/wqy/*", "/usr/share/fonts/truetype/arphic/*")),
		debian("楷体和宋体", "辨认印成楷体、宋体的名称和印章（没有也能用，但生僻字认得少）", "fonts-arphic-ukai fonts-arphic-uming fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-wqy-zenhei", false, existing("/usr/share/fonts/truetype/arphic/ukai.ttc")),
		debian("Redis", "多机部署（单机不需要）", "redis-server", false, version(ctx, "redis-server", "--version")),
		debian("Chromium", "生成样例和界面测试（日常不需要）", "chromium", false, version(ctx, "chromium", "--version")),
	}
}

// version runs a program and returns the first line that it prints; empty when
// it is not there.
func version(ctx context.Context, program string, args ...string) string {
	path, err := exec.LookPath(program)
	if err != nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, args...).Output()
	if err != nil {
		return path
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return line
}

func existing(path string) string {
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

func firstMatch(pattern string) string {
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 {
		return ""
	}
	return found[len(found)-1]
}

func firstOf(patterns ...string) string {
	for _, p := range patterns {
		if m := firstMatch(p); m != "" {
			return m
		}
	}
	return ""
}
