package main

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hequan/internal/chromium"
)

// chrome starts a browser for the test.
func chrome(t *testing.T) context.Context {
	t.Helper()
	return chromeFor(t, 4*time.Minute)
}

// longChrome starts one for as long as reading scans takes.
func longChrome(t *testing.T) context.Context {
	t.Helper()
	return chromeFor(t, 30*time.Minute)
}

func chromeFor(t *testing.T, limit time.Duration) context.Context {
	t.Helper()
	browser, stop, err := chromium.Open(context.Background(), chromedp.WindowSize(1280, 900))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	ctx, cancelTime := context.WithTimeout(browser, limit)
	t.Cleanup(cancelTime)
	return ctx
}

const sheet = `<meta charset="utf-8"><style>body{font:17px/2 "Noto Sans CJK SC";margin:60px;width:700px}h1{text-align:center;font-size:26px}</style>`

// pictures are papers that are to be read by OCR, texts those with a text layer.
var (
	paperPictures = map[string]string{
		"3-承诺书.png": `<h1>承诺书</h1><p>本单位北京晴川智慧医疗科技有限公司申报2026年上半年人工智能“模型券”，现郑重承诺：</p>
			<p>一、近三年无重大行政处罚记录和刑事犯罪记录，未列入严重违法失信主体名单。</p><p>二、本项目未获得北京经济技术开发区其他财政资金支持。</p>
			<p>承诺单位（盖章）：北京晴川智慧医疗科技有限公司</p><p>日期：2026年7月1日</p>`,
		"4-银行账户信息.png": `<h1>银行账户信息</h1><p>账户名称：北京晴川智慧医疗科技有限公司</p><p>开户银行：宁波银行股份有限公司北京亦庄支行</p><p>账号：770170224491488</p>`,
		"8-结算单.png":    `<h1>模型服务使用结算单</h1><p>结算单编号：JS-2026-001</p><p>客户名称：北京晴川智慧医疗科技有限公司</p><p>服务提供方：西安长安智枢科技有限公司</p><p>结算期间：2025年9月1日至2026年5月31日</p><p>合计金额：460000.00元（大写：肆拾陆万元整）</p>`,
	}
	paperTexts = map[string]string{
		"7-发票.pdf": `<h1>电子发票（普通发票）</h1><p>发票号码：26112000000123456789</p><p>开票日期：2026年07月03日</p>
			<p>购买方名称：北京晴川智慧医疗科技有限公司</p><p>统一社会信用代码/纳税人识别号：91110302MAGR5FRU61</p>
			<p>销售方名称：西安长安智枢科技有限公司</p><p>统一社会信用代码/纳税人识别号：91610131MATLHPLE8C</p>
			<p>价税合计（大写）肆拾陆万圆整（小写）¥460000.00</p>`,
		"6-合同.pdf": `<h1>模型服务采购合同</h1><p>合同编号：HT-2025-0901</p><p>甲方：北京晴川智慧医疗科技有限公司</p><p>乙方：西安长安智枢科技有限公司</p>
			<p>第一条 交付标的：长安智枢大模型API接口调用服务。</p><p>第二条 合同金额：人民币460000.00元（大写：肆拾陆万元整）。</p><p>签订日期：2025年8月20日</p>`,
	}
)

const paperForm = `{"id": "2026H1-0017", "submitted_at": "2026-07-02",
 "applicant": {"name": "北京晴川智慧医疗科技有限公司", "uscc": "91110302MAGR5FRU61", "established": "2014-12-10", "address": "北京经济技术开发区宏达北路16号"},
 "project": {"name": "门诊导诊助手", "mode": "api", "domain": "医疗", "started": "2025-09-01", "ended": "2026-05-31"},
 "providers": [{"name": "西安长安智枢科技有限公司", "uscc": "91610131MATLHPLE8C"}], "models": ["长安智枢大模型"], "claimed_amount": "230000.00", "remark": "其他键"}`

// makePapers prints a small application: an invoice dated after the window,
// papers to be read by OCR, and a file that is damaged.
func (s *stage) makePapers(t *testing.T) {
	t.Helper()
	s.papers = filepath.Join(s.dir, "2026H1-0017")
	if err := os.Mkdir(s.papers, 0o755); err != nil {
		t.Fatal(err)
	}
	ctx := chrome(t)
	put := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(s.papers, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	source := filepath.Join(s.dir, "paper.html")
	open := func(body string) chromedp.Action[chromedp.Void] {
		if err := os.WriteFile(source, []byte(sheet+body), 0o644); err != nil {
			t.Fatal(err)
		}
		return chromedp.Steps(chromedp.EmulateViewport(827, 1169, chromedp.EmulateScale(2)), chromedp.Navigate("file://"+source))
	}
	for name, body := range paperPictures {
		if err := chromedp.Do(ctx, open(body)); err != nil {
			t.Fatal(err)
		}
		png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		put(name, png)
	}
	for name, body := range paperTexts {
		if err := chromedp.Do(ctx, open(body)); err != nil {
			t.Fatal(err)
		}
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF())
		if err != nil {
			t.Fatal(err)
		}
		put(name, pdf)
	}
	mended := strings.ReplaceAll(paperTexts["7-发票.pdf"], "2026年07月03日", "2026年06月03日")
	if err := chromedp.Do(ctx, open(mended)); err != nil {
		t.Fatal(err)
	}
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF())
	if err != nil {
		t.Fatal(err)
	}
	s.mended = filepath.Join(s.dir, "7-发票（更正后）.pdf")
	if err := os.WriteFile(s.mended, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	put("application.json", []byte(paperForm))
	put("11-补充材料.pdf", []byte("%PDF-1.7\nand nothing else"))
}

// zipped is an archive with the application under each of the ids.
func (s *stage) zipped(t *testing.T, ids ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	entries, err := os.ReadDir(s.papers)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		for _, e := range entries {
			data, err := os.ReadFile(filepath.Join(s.papers, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			w, err := z.Create(id + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(bytes.ReplaceAll(data, []byte(`"id": "2026H1-0017"`), []byte(`"id": "`+id+`"`))); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
