package extractors

import (
	"regexp"
)

// Words of clauses on selling a service on. Strong ones speak of nothing else;
// weak ones count where the sentence speaks of the service or its accounts, too.
var (
	resaleStrong = regexp.MustCompile(`转售|转租|分销|转授权|转让给第三方|再销售|再许可|再授权|二次销售|倒卖|转卖|代销`)
	resaleWeak   = regexp.MustCompile(`出租|出借|分租|转借|转让|(?:有偿)?提供给(?:任何)?(?:第三方|他人|其他)|许可(?:给)?(?:第三方|他人)`)
	resaleWhat   = regexp.MustCompile(`服务|接口|账号|帐号|账户|模型|软件|授权|许可|权限|产品|密钥`)
	resaleNo     = regexp.MustCompile(`不得|禁止|不能|不可|严禁|不允许|无权|不应|不以|不会|不将|不准|不许|不再|不对外|未经|仅限|仅供|自用|不向`)
	resaleYes    = regexp.MustCompile(`可以?|有权|允许|同意|得以`)
	clauseOfFlow = regexp.MustCompile(`([^。；\n]+)`)
)

// resale finds a clause on reselling the service. One that allows it comes
// before those that forbid it: staff must see it.
func resale(d *doc, c *Content) {
	f := d.flow()
	for _, m := range f.matches(clauseOfFlow) {
		text := f.string(m[0], m[1])
		strong := resaleStrong.MatchString(text)
		if !strong && !(resaleWeak.MatchString(text) && resaleWhat.MatchString(text) && (resaleNo.MatchString(text) || resaleYes.MatchString(text))) {
			continue
		}
		value := "allowed"
		if resaleNo.MatchString(text) {
			value = "forbidden"
		} else if !strong && c.field("resale") != nil {
			continue
		}
		if old := c.field("resale"); old == nil || value == "allowed" {
			c.set(f.field("resale", value, m[0], m[1]))
		}
		if value == "allowed" && strong {
			return
		}
	}
}
