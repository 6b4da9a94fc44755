package samples

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"hequan/internal/day"
	"hequan/internal/rmb"
	"hequan/internal/uscc"
)

// domain is a field of use of 三(二) with fitting projects and trades.
type domain struct {
	name     string
	trade    []string // the trade in a company's name
	projects []string
}

var domains = []domain{
	{"医疗", []string{"智慧医疗", "医药信息", "健康数据"}, []string{"门诊导诊助手", "病历质控助手", "随访问答机器人"}},
	{"政务服务", []string{"政务信息", "城市服务"}, []string{"政策问答助手", "热线工单智能分派", "办事指南智能检索"}},
	{"教育", []string{"教育科技", "智慧教育"}, []string{"作文批改助手", "实训答疑助教", "教研资料生成"}},
	{"文旅", []string{"文旅数字", "文化科技"}, []string{"景区客流问答", "展馆智能讲解", "行程规划助手"}},
	{"制造", []string{"装备制造", "精密制造", "工业软件"}, []string{"焊接工艺知识大模型", "设备故障诊断助手", "产线质检报告生成"}},
	{"金融", []string{"金融科技", "信用服务"}, []string{"信贷材料审阅助手", "客服质检大模型", "研报摘要生成"}},
	{"交通", []string{"智能交通", "车联科技"}, []string{"座舱语音助手", "路网事件研判", "货运调度问答"}},
}

var applicantNames = []string{"晴川", "弘毅", "京畿", "和序", "远澜", "启宸", "嘉禾云", "望潮", "明序", "天枢里", "北辰谷", "瑞林", "安屿", "同舟", "青禾", "九原"}

// brand is a fictitious model family.
type brand struct{ zh, en string }

var brands = []brand{{"砚池", "YanChi"}, {"云岫", "YunXiu"}, {"衡鉴", "HengJian"}, {"璞石", "PuShi"}, {"星槎", "XingCha"}, {"知微子", "ZhiWeiZi"}, {"漱石", "ShuShi"}, {"木铎", "MuDuo"}}

// unlistedBrands are of applications whose service is on no list.
var unlistedBrands = []brand{{"栖梧", "QiWu"}, {"听泉", "TingQuan"}, {"问津", "WenJin"}}

// place is a city a provider sits in.
type place struct {
	city, code, territory, province, street, tax, area string
}

var places = []place{
	{"杭州", "330110", "浙江省", "Zhejiang", "杭州市余杭区文一西路%d号%d幢%d室", "33", "0571"},
	{"深圳", "440305", "广东省", "Guangdong", "深圳市南山区科技南十二路%d号%d栋%d", "95", "0755"},
	{"西安", "610131", "陕西省", "Shaanxi", "西安市高新区锦业一路%d号%d幢%d室", "61", "029"},
	{"成都", "510109", "四川省", "Sichuan", "成都市高新区天府五街%d号%d栋%d号", "51", "028"},
	{"合肥", "340191", "安徽省", "Anhui", "合肥市高新区望江西路%d号%d幢%d室", "34", "0551"},
	{"上海", "310115", "上海市", "Shanghai", "上海市浦东新区张江路%d号%d幢%d室", "31", "021"},
}

var streets = []string{"荣华南路%d号院%d号楼%d层%d", "宏达北路%d号%d幢%d层%d室", "同济南路%d号%d号楼%d层%d室", "科创十四街%d号院%d号楼%d层%d", "经海四路%d号院%d号楼%d层%d室", "地盛北街%d号%d号楼%d层%d"}

var (
	surnames   = []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文")
	givenNames = []rune("伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉兰建国新志海燕雪梅林鑫波宁辉健晨阳宇浩然子轩欣怡博文思远雨嘉琪")
)

func personName(r *rand.Rand) string {
	s := string(pick(r, surnames...)) + string(pick(r, givenNames...))
	if r.IntN(3) > 0 {
		s += string(pick(r, givenNames...))
	}
	return s
}

// newCode returns a 统一社会信用代码 whose two check characters are right.
func newCode(r *rand.Rand, district string) string {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	for {
		b := []byte("MA")
		for range 6 {
			b = append(b, alphabet[r.IntN(len(alphabet))])
		}
		code := "91" + district + string(b) + string(orgCheck(b))
		if c, ok := uscc.Check(code); ok {
			return code + string(c)
		}
	}
}

// orgCheck is the check character of the organisation code (GB 11714).
func orgCheck(b []byte) byte {
	weights := []int{3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, c := range b {
		v := int(c - '0')
		if c >= 'A' {
			v = int(c-'A') + 10
		}
		sum += v * weights[i]
	}
	switch c := 11 - sum%11; c {
	case 10:
		return 'X'
	case 11:
		return '0'
	default:
		return byte('0' + c)
	}
}

// newApplicant invents a company in 北京经济技术开发区, at least four years old.
func newApplicant(r *rand.Rand, d domain) company {
	short := pick(r, applicantNames...)
	suffix := pick(r, "科技有限公司", "有限公司", "技术有限公司")
	trade := pick(r, d.trade...)
	if strings.HasSuffix(trade, "科技") {
		suffix = "有限公司"
	}
	street := fmt.Sprintf(pick(r, streets...), between(r, 1, 40), between(r, 1, 12), between(r, 1, 9), between(r, 1, 9)*100+between(r, 1, 20))
	bank := pick(r, "宁波银行股份有限公司北京亦庄支行", "交通银行北京经济技术开发区支行", "招商银行股份有限公司北京亦庄支行", "中国工商银行股份有限公司北京经济技术开发区支行", "北京银行股份有限公司经济技术开发区支行")
	return company{
		Name: "北京" + short + trade + suffix, Short: short, USCC: newCode(r, "110302"),
		Address: pick(r, "北京市大兴区北京经济技术开发区", "北京市北京经济技术开发区", "北京经济技术开发区") + street,
		Legal:   personName(r), Phone: "010-" + pick(r, "6", "7", "8") + digits(r, 7),
		Established: day.Must("2012-01-05").AddDays(r.IntN(3600)),
		Capital:     rmb.Fen(between(r, 3, 80)*100) * rmb.Wan, Bank: bank, Account: digits(r, pick(r, 15, 16, 19)),
		SealCode: "1101" + digits(r, 9), ContractSeal: r.IntN(3) == 0,
	}
}

// newProvider invents a provider of models elsewhere.
func newProvider(r *rand.Rand, unlisted bool) (company, brand) {
	b, p := pick(r, brands...), pick(r, places...)
	if unlisted {
		b = unlistedBrands[slices.Index(brands, b)%len(unlistedBrands)]
	}
	bank := pick(r, "中国银行股份有限公司", "招商银行股份有限公司", "中国建设银行股份有限公司") + p.city + pick(r, "高新区支行", "科技支行", "软件园支行")
	return company{
		Name: p.city + b.zh + pick(r, "科技有限公司", "数智科技有限公司", "人工智能有限公司", "智能技术有限公司"), Short: b.zh,
		USCC: newCode(r, p.code), Address: fmt.Sprintf(p.street, between(r, 10, 900), between(r, 1, 9), between(r, 3, 20)*100+between(r, 1, 12)),
		Legal: personName(r), Phone: p.area + "-" + pick(r, "2", "3", "5", "6", "8", "8") + digits(r, 8)[1:],
		Established: day.Must("2017-03-01").AddDays(r.IntN(1900)), Capital: rmb.Fen(between(r, 5, 90)*100) * rmb.Wan,
		Bank: bank, Account: digits(r, pick(r, 16, 19)), SealCode: p.code[:4] + digits(r, 9), ContractSeal: r.IntN(2) == 0,
	}, b
}

// placeOf finds the provider's place by its code.
func placeOf(code string) place {
	for _, p := range places {
		if strings.HasPrefix(code[2:], p.code) {
			return p
		}
	}
	return places[0]
}

// newFiling puts the provider's model on the list of the sample world.
func newFiling(r *rand.Rand, provider company, b brand) filing {
	p := placeOf(provider.USCC)
	filed := day.Must("2024-02-01").AddDays(r.IntN(480))
	stamp := strings.ReplaceAll(filed.AddDays(-between(r, 6, 20)).String(), "-", "")
	return filing{Model: b.zh + "大模型", Entity: provider.Name, Number: p.province + "-" + b.en + "-" + stamp, Territory: p.territory, Date: filed}
}
