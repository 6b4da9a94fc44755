package notice

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"strings"
	"testing"

	"hequan"
)

func sample() *hequan.Report {
	return &hequan.Report{
		Application: hequan.ReportApplication{ID: "2026H1-0017", Applicant: "北京晴川<公司>", Project: "导诊", Mode: hequan.ModeAPI},
		Documents:   []hequan.Document{{ID: "7-发票.pdf#1", File: "7-发票.pdf", SHA256: "aa", Pages: [2]int{1, 1}}},
		Findings: []hequan.Finding{
			{Rule: "a.review", Status: hequan.Review, Message: "存疑的", Clause: "五.6"},
			{Rule: "a.fail", Status: hequan.Fail, Message: "晚于 & 早于", Clause: "五.7", Action: "请重交",
				Evidence: []hequan.Evidence{{Note: "申报表"}, {Document: "7-发票.pdf#1", Page: 1, Box: hequan.Box{0.1, 0.1, 0.2, 0.2}}}},
			{Rule: "a.dismissed", Status: hequan.Fail, Message: "驳回的"},
			{Rule: "a.confirmed", Status: hequan.Review, Message: "确认的"},
			{Rule: "a.pass", Status: hequan.Pass, Message: "通过的"},
		},
	}
}

func draft() Notice {
	standing := func(f hequan.Finding) Standing {
		return map[string]Standing{"a.dismissed": Dismissed, "a.confirmed": Confirmed}[f.Rule]
	}
	return Draft(sample(), standing, func(f hequan.Finding) string { return f.Rule }, Head{Policy: "模型券", Number: "编号：1", Date: "2026年7月20日"})
}

func TestDraft(t *testing.T) {
	n := draft()
	var got []string
	for _, item := range n.Items {
		mark := "-"
		if item.Include {
			mark = "+"
		}
		got = append(got, mark+item.Key)
	}
	if want := "+a.fail -a.review +a.confirmed"; strings.Join(got, " ") != want {
		t.Errorf("items %v, want %s", got, want)
	}
	if f := n.Items[0]; f.Where != "申报表；7-发票.pdf 第 1 页" || f.SHA256 != "aa" || f.Page != 1 || !f.Picture || f.Ask != "请重交" {
		t.Errorf("%+v", f)
	}
	if n.Items[1].Ask == "" || !strings.Contains(n.Opening, "2026H1-0017") || n.Recipient != "北京晴川<公司>" {
		t.Errorf("%+v", n)
	}
}

func TestRenewKeepsWhatWasWritten(t *testing.T) {
	old := draft()
	old.Closing = "改过的结尾"
	old.Items[0].Problem = "改过的问题"
	old.Items[1].Key = "gone"
	old.Items = append(old.Items, Item{Problem: "自己加的", Include: true})
	n := Renew(old, draft())
	var got []string
	for _, item := range n.Items {
		got = append(got, item.Key+":"+item.Problem)
	}
	if want := "a.fail:改过的问题 a.confirmed:确认的 :自己加的 a.review:存疑的"; strings.Join(got, " ") != want || n.Closing != "改过的结尾" {
		t.Errorf("%s, %s", strings.Join(got, " "), n.Closing)
	}
}

func TestDocx(t *testing.T) {
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 300, 60)), nil); err != nil {
		t.Fatal(err)
	}
	cut := func(sha256 string, page int, _ hequan.Box) ([]byte, error) {
		if sha256 != "aa" || page != 1 {
			return nil, errors.New("no such page")
		}
		return picture.Bytes(), nil
	}
	n := draft()
	n.Closing = "第一段\n\n第二段\x00]]>"
	var one, two bytes.Buffer
	if err := errors.Join(Docx(&one, n, cut), Docx(&two, n, cut)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the same letter gives other bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(one.Bytes()), int64(one.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(data)
		if strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels") {
			wellFormed(t, f.Name, data)
		}
	}
	body := parts["word/document.xml"]
	for _, want := range []string{"晚于 &amp; 早于", "北京晴川&lt;公司&gt;：", "第一段", "第二段", `r:embed="rIdImage1"`, `cx="2520000" cy="504000"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the letter lacks %s", want)
		}
	}
	if strings.Contains(body, "存疑的") {
		t.Error("an item that is not ticked stands in the letter")
	}
	if parts["word/media/image1.jpeg"] != picture.String() || !strings.Contains(parts["word/_rels/document.xml.rels"], "media/image1.jpeg") {
		t.Error("the passage is not in the file")
	}
}

func wellFormed(t *testing.T, name string, data []byte) {
	t.Helper()
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}
