package render

import (
	"fmt"
	"regexp"
	"strings"
)

// fieldNames are the staff's words for the fields and columns of the contract.
var fieldNames = map[string]string{
	"account": "账号", "account_name": "账户名称", "acceptor": "验收方", "address": "住所", "amount": "金额",
	"amount_words": "大写金额", "applicant": "申报主体", "bank": "开户行", "buyer": "购买方", "buyer_tax_id": "购买方税号",
	"calling_method": "调用方式", "capital": "注册资本", "category": "类别", "check_code": "校验码", "code": "发票代码",
	"conclusion": "验收结论", "customer": "客户", "date": "日期", "delivery_method": "交付方式", "entity": "主体",
	"established": "成立日期", "firm": "会计师事务所", "form": "票种", "is_framework": "框架协议", "issue_date": "开票日期",
	"legal_representative": "法定代表人", "model": "模型", "models": "模型", "name": "名称", "number": "编号",
	"outcome": "验收结果", "party_a": "甲方", "party_b": "乙方", "payment_terms": "付款条款", "period_end": "期间止",
	"period_start": "期间起", "place": "地点", "price_unit": "计价单位", "project": "项目", "provider": "服务提供方",
	"qr": "二维码", "quantity": "数量", "report_date": "报告日期", "report_number": "报告文号", "result": "结果",
	"seal": "印章", "seals": "印章", "seller": "销售方", "seller_tax_id": "销售方税号", "sign_date": "签订日期", "signature": "签字",
	"spec": "规格型号", "subject": "交付标的", "supplier": "供应方", "tax": "税额", "tax_rate": "税率",
	"term_end": "期限止", "term_start": "期限起", "territory": "属地", "title": "标题", "total": "合计",
	"total_words": "合计大写", "unit": "单位", "unit_price": "单价", "usage_quota": "使用量", "uscc": "统一社会信用代码",
	"validity": "营业期限", "year": "年度", "claimed_amount": "申报金额", "submitted_at": "提交日期", "mode": "申报类型",
	"domain": "应用方向", "started": "使用起", "ended": "使用止", "witness": "电子数据",
}

// tableNames are the staff's words for the tables of the contract.
var tableNames = map[string]string{"items": "明细", "prices": "单价表", "rows": "用量明细"}

// proofNames say why a value can be trusted.
var proofNames = map[string]string{
	"text_layer": "文本层", "qr": "二维码", "xml": "XML", "signature": "数字签名", "check_digit": "校验位", "words": "大小写一致",
	"arithmetic": "勾稽一致", "two_readings": "两次识别一致", "form": "与申报表一致", "person": "人工确认",
}

// sealNames are the staff's words for the kinds of seals.
var sealNames = map[string]string{
	"company": "公章", "contract": "合同专用章", "invoice": "发票专用章", "finance": "财务专用章", "person": "名章",
	"supervision": "监制章", "authority": "登记机关章", "other": "其他章",
}

// partyNames say whose seal it is.
var partyNames = map[string]string{"applicant": "申报主体", "provider": "模型服务提供方", "other": "其他单位"}

// word looks a name up; an unknown one stands for itself.
func word(names map[string]string, name string) string {
	if s, ok := names[name]; ok {
		return s
	}
	return name
}

// formNames are the staff's words for the keys of the online form.
var formNames = map[string]string{
	"applicant.name": "申报主体名称", "applicant.uscc": "申报主体统一社会信用代码", "applicant.established": "申报主体成立日期",
	"applicant.address": "申报主体住所", "applicant.legal_representative": "申报主体法定代表人", "applicant.phone": "申报主体电话",
	"project.name": "项目名称", "project.mode": "申报类型", "project.domain": "应用方向", "project.started": "使用起", "project.ended": "使用止",
	"providers.name": "模型服务提供方", "providers.uscc": "模型服务提供方统一社会信用代码", "providers.address": "模型服务提供方地址",
	"providers.legal_representative": "模型服务提供方法定代表人", "providers.phone": "模型服务提供方电话", "models": "使用的模型",
	"bank.account_name": "账户名称", "bank.bank": "开户行", "bank.account": "账号",
}

// indexes are the places in the form's lists: providers[0].name.
var indexes = regexp.MustCompile(`\[\d+\]`)

// cellName is a cell of a document's table, its rows counted from 1: rows[2].unit_price.
var cellName = regexp.MustCompile(`^(\w+)\[(\d+)\]\.(\w+)$`)

// fieldWord names a field of a document, or a key of the form.
func fieldWord(name string) string {
	if s, ok := formNames[indexes.ReplaceAllString(name, "")]; ok && strings.ContainsAny(name, ".[") {
		return s
	}
	if m := cellName.FindStringSubmatch(name); m != nil {
		return fmt.Sprintf("%s第 %s 行 %s", word(tableNames, m[1]), m[2], word(fieldNames, m[3]))
	}
	if s, ok := tableNames[name]; ok {
		return s
	}
	return word(fieldNames, name)
}
