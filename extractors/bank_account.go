package extractors

import (
	"regexp"
	"slices"
	"strings"

	"hequan"
)

// bankAccount reads 银行账户信息.
func bankAccount(d *doc) Content {
	c := Content{Fields: gather(d, []wanted{
		{"account_name", readCompany, []string{"账户名称", "开户单位", "账户名", "户主名称", "收款人", "收款人名称", "收款户名", "单位户名", "开户人", "账户全称", "户名", "开户名称", "开户名", "单位名称", "收款单位", "账户户名", "存款人名称"}},
		{"bank", readBank, []string{"开户银行", "银行名称", "开户行全称", "开户支行", "收款开户行", "所属银行", "开户行名称", "银行网点", "开户行", "开户银行名称", "开户网点", "收款银行", "开户机构"}},
		{"account", readAccount, []string{"银行账号", "账户", "银行帐号", "收款账户", "收款人账号", "对公账号", "账号号码", "银行账户号", "账号", "账户号码", "银行账户", "收款账号", "帐号"}},
	}, "联行号", "行号", "统一社会信用代码", "联系人", "联系电话", "基本存款账户")}
	foundBank(d, &c)
	return c
}

// readBank reads the name of a bank's branch; it may go on in the next row.
func readBank(d *doc, field string, s span) (hequan.Field, bool) {
	f, ok := readPhrase(d, field, s)
	if !ok {
		return f, false
	}
	if m := branchAndNumber.FindStringSubmatch(f.Value); m != nil { // the account's number, without a gap
		f.Value = m[1]
	}
	f = d.continued(f, s, wholeBank)
	if m := branchAndDirt.FindStringSubmatch(f.Value); m != nil {
		f.Repaired, f.Value, f.Proof, f.Confidence = f.Value, m[1], nil, min(f.Confidence, 0.9)
	}
	return f, true
}

// branchAndDirt is a branch with a character or two of what lies over its end: a seal's.
var branchAndDirt = regexp.MustCompile(`^(.{2,}银行.*(?:支行|分行|营业部|营业室|分理处))[^\d()（）\s]{1,3}$`)

// readAccount reads the number of an account; in a narrow cell it goes on below.
func readAccount(d *doc, field string, s span) (hequan.Field, bool) {
	f, ok := readDigits(d, field, s)
	for j := s.row + 1; ok && j < len(d.rows) && j <= s.row+2 && d.rows[j].page == f.Page; j++ {
		if d.rows[j].box[1]-f.Box[3] > 1.4*f.Box.Height() { // digits are lower than the letters that lines are set for
			break
		}
		for _, p := range tabbed(d.rows[j]) {
			part := d.trim(span{j, p[0], p[1]}, "")
			rest := d.field(field, strings.ReplaceAll(d.text(part), " ", ""), part)
			if !restOfAccount.MatchString(rest.Value) || !near(rest.Box.CenterX(), f.Box.CenterX()) && !near(rest.Box[0], f.Box[0]) {
				continue
			}
			f.Value, f.Text, f.Box, f.Confidence = f.Value+rest.Value, f.Text+" "+rest.Text, f.Box.Union(rest.Box), min(f.Confidence, rest.Confidence)
			if !slices.Equal(f.Proof, rest.Proof) {
				f.Proof = nil
			}
			return f, true
		}
	}
	return f, ok
}

// restOfAccount is the end of an account's number that stands alone.
var restOfAccount = regexp.MustCompile(`^\d{1,8}$`)

var branchAndNumber = regexp.MustCompile(`^(\D*(?:支行|分行|营业部|营业室|信用社))\s*\d{8,}$`)
