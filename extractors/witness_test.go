package extractors

import (
	"slices"
	"testing"

	"hequan"
)

// TestContradiction: what the data inside a file say otherwise than the page is
// kept beside it, what they say alike proves it, and what is not on the page
// is taken from them.
func TestContradiction(t *testing.T) {
	c := Content{Fields: []hequan.Field{
		{Name: "total", Value: "113.00", Proof: []hequan.Proof{hequan.ProofTextLayer}, Confidence: 1},
		{Name: "amount", Value: "100.00", Proof: []hequan.Proof{hequan.ProofTextLayer}, Confidence: 1},
		{Name: "issue_date", Value: "2026-01-08", Proof: []hequan.Proof{hequan.ProofTextLayer}, Confidence: 1},
	}}
	c = witnesses(c, nil, map[string]string{"价税合计": "¥173.00", "合计金额": "100.00", "发票号码": "26312000000012345678", "RequestTime": "2026-01-07"})
	if f := c.field("witness"); f == nil || f.Value != "total=173.00" || f.Text != "¥173.00" || !f.Proven() {
		t.Errorf("the other total is kept as %+v", f)
	}
	if f := c.field("total"); f.Value != "113.00" {
		t.Errorf("the printed total became %s", f.Value)
	}
	if f := c.field("amount"); len(f.Proof) != 2 {
		t.Errorf("the amount's proof is %v", f.Proof)
	}
	if f := c.field("number"); f == nil || f.Value != "26312000000012345678" {
		t.Errorf("the number is %+v", f)
	}
	n := 0
	for _, f := range c.Fields {
		if f.Name == "witness" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d differences, want 1: the time of a request is not the date of issue", n)
	}
}

// TestAttachedInvoiceWitness: what is attached to a file is a witness of its own.
func TestAttachedInvoiceWitness(t *testing.T) {
	page := hequan.Page{Info: hequan.PageInfo{Page: 1}}
	c := Content{Fields: []hequan.Field{{Name: "total", Value: "526.00", Page: 1, Confidence: 0.9}, {Name: "number", Value: "83089647", Page: 1, Confidence: 0.9}}}
	c = witnesses(c, []hequan.Page{page}, map[string]string{
		"发票号码":                           "83089647",
		"original_invoice.xml/InvoiceNo": "83089648", "original_invoice.xml/TaxInclusiveTotalAmount": "526.00", "original_invoice.xml/IssueDate": "2020年07月23日",
	})
	if f := c.field("total"); f == nil || !slices.Contains(f.Proof, hequan.ProofXML) {
		t.Errorf("the attachment does not prove the total: %+v", f)
	}
	if f := c.field("issue_date"); f == nil || f.Value != "2020-07-23" {
		t.Errorf("the date of the attachment is lost: %+v", f)
	}
	if f := c.field("witness"); f == nil || f.Value != "number=83089648" {
		t.Errorf("an attachment that says otherwise is not told: %+v", f)
	}
}

// TestCategoryOfAnInvoicesLine: the first asterisk of any category is now and then a quotation mark; quoted names are none.
func TestCategoryOfAnInvoicesLine(t *testing.T) {
	for text, want := range map[string]string{"“餐饮服务*餐费": "*餐饮服务*餐费", "*餐饮服务*餐费": "*餐饮服务*餐费", "“问泉”大模型服务费": "“问泉”大模型服务费", "”信息技术服务*模型服务费": "*信息技术服务*模型服务费"} {
		if got := cellItem(text); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}
