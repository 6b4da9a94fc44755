package lines

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"sort"
	"strconv"
	"strings"
)

// Vocabulary is the words that running text is made of: a list with how often
// each occurs, as the Debian package python3-jieba holds it (dict.txt, MIT).
type Vocabulary struct {
	words  []string
	sums   []float64 // of the weights up to a word
	places []string
}

// LoadVocabulary reads a list of "word count class" lines. Words with
// other characters than the common ones and those that are added are left
// out: most of them are damaged.
func LoadVocabulary(name string) (*Vocabulary, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("no list of words (package python3-jieba): %w", err)
	}
	defer f.Close()
	v := &Vocabulary{}
	sum := 0.0
	in := bufio.NewScanner(f)
	for in.Scan() {
		part := strings.Fields(in.Text())
		if len(part) != 3 || !known(part[0]) {
			continue
		}
		count, err := strconv.ParseFloat(part[1], 64)
		if err != nil {
			continue
		}
		sum += math.Pow(count+1, 0.8) // rarer words come up more often than in life
		v.words, v.sums = append(v.words, part[0]), append(v.sums, sum)
		if n := len([]rune(part[0])); part[2] == "ns" && n >= 2 && n <= 4 {
			v.places = append(v.places, part[0])
		}
	}
	if len(v.words) == 0 || len(v.places) == 0 {
		return nil, fmt.Errorf("%s: no words of it are usable", name)
	}
	return v, in.Err()
}

// known says whether a word is made of the common characters and those that are
// added: the model surely has an output for each.
func known(word string) bool {
	for _, c := range word {
		if !taught[c] {
			return false
		}
	}
	return word != ""
}

var taught = func() map[rune]bool {
	m := map[rune]bool{}
	for _, c := range Added() {
		m[c] = true
	}
	return m
}()

func (v *Vocabulary) word(r *rand.Rand) string {
	at := r.Float64() * v.sums[len(v.sums)-1]
	return v.words[min(sort.SearchFloat64s(v.sums, at), len(v.words)-1)]
}

// The trade's own words, which a list of general words has too rarely.
var (
	trade = strings.Fields(`合同 协议 甲方 乙方 丙方 采购 采购人 供应商 服务商 服务 技术服务 技术开发 大模型 模型 推理 微调 训练 调用 接口 算力 云平台 私有化 部署 一体机 服务器 软件 许可 授权 数据 标注 集成 运维 人工 费用 价款 单价 数量 金额 总价 合计 小计 不含税 含税 税率 税额
		价税合计 人民币 大写 小写 元 万元 发票 增值税 专用发票 普通发票 开具 结算 结算单 对账 对账单 用量 明细 账单 账期 计费 充值 抵扣 优惠 折扣 退款 付款 收款 支付 首付款 尾款 预付款 验收 交付 签收 终验 初验 里程碑 期限 有效期 自 起 止 至 签订 签署 生效 盖章 公章 合同专用章 发票专用章
		法定代表人 授权代表 委托代理人 负责人 联系人 电话 地址 开户行 开户银行 账号 纳税人识别号 统一社会信用代码 营业执照 经营范围 注册资本 成立日期 营业期限 登记机关 住所 类型 有限责任公司 自然人投资或控股 审计 审计报告 会计师事务所 特殊普通合伙 资产负债表 利润表 现金流量表 无保留意见 注册会计师
		备案 备案号 生成式人工智能服务 算法 公告 属地 应用名称 承诺 承诺书 承诺人 真实 合法 有效 申报 申报主体 项目 名称 规格 型号 单位 备注 序号 编号 日期 收款人 复核 开票人 购买方 销售方 密码区 附件 框架协议 补充协议 订单 保密 违约 责任 争议 仲裁 管辖 法院 知识产权 不可抗力 解除 终止 通知 送达
		北京经济技术开发区 亦庄 模型券 奖励 补贴 政策 执行期 兑现 审核 次 台 套 项 年 月 日 个 万 千 百万 亿`)
	industries = strings.Fields(`科技 智能科技 信息技术 网络科技 数据 数据科技 软件 云计算 人工智能 机器人 智能装备 汽车 汽车技术 智能交通 生物医药 生物科技 医疗器械 医药 新能源 电子 电子商务 微电子 集成电路 半导体 通信 通信技术 传媒 文化传媒 文化发展 教育 教育科技 咨询 管理咨询 物流 供应链 贸易
		商贸 建筑 工程 工程技术 机械 设备 仪器 光电 材料 新材料 环保 环境 能源 电力 自动化 测控 检测 航空 航天 卫星 空间技术 食品 农业 服装 家居 地产 物业 酒店 旅游 投资 资产管理 资本 融资租赁 保险经纪 支付 金融信息服务 知识产权 人力资源 广告 印刷 包装 化工 制造 重工 轨道交通 无人机 安防 视觉 语音
		数字 数字科技 数智 量子 芯片 计算 技术服务 技术开发 系统集成 系统 创新 研究`)
	bodies   = strings.Fields(`有限公司 有限公司 有限公司 有限公司 有限公司 有限公司 有限公司 股份有限公司 股份有限公司 有限责任公司 集团有限公司 集团股份有限公司 研究院 研究所 研究中心 中心 (有限合伙) 会计师事务所(特殊普通合伙) 会计师事务所有限公司 律师事务所 学院 大学 医院 出版社 协会 分公司 管理委员会`)
	banks    = strings.Fields(`中国工商银行 中国农业银行 中国银行 中国建设银行 交通银行 招商银行 中信银行 浦发银行 兴业银行 民生银行 光大银行 华夏银行 平安银行 北京银行 邮储银行 宁波银行 杭州银行 上海银行 江苏银行 北京农商银行`)
	cities   = strings.Fields(`北京 北京 北京 北京 北京 上海 深圳 广州 杭州 南京 苏州 天津 重庆 成都 武汉 西安 长沙 合肥 济南 青岛 厦门 福州 郑州 沈阳 大连 无锡 宁波 佛山 东莞 珠海 贵阳 昆明 海口 石家庄 雄安 北京市 上海市 深圳市 广州市 杭州市 江苏 浙江 山东 广东 河北 湖北`)
	goods    = strings.Fields(`信息技术服务 软件 信息系统增值服务 研发和技术服务 现代服务 技术服务 电子计算机 计算机网络设备 云计算服务 数据处理服务 软件服务 经营租赁 企业管理服务 印刷品 会展服务 咨询服务`)
	products = strings.Fields(`大模型 语言模型 推理服务 调用服务 模型服务 智能体 知识库 智能客服 数字人 语音识别 语音合成 图像识别 文档解析 内容审核 代码助手 视频生成 文生图 翻译 问答 检索增强 向量数据库 训练平台 标注平台 一体机 服务器 加速卡 存储 交换机 显卡 工作站 资源包 套餐 年度许可 技术支持 运维服务 实施服务 驻场服务 定制开发 接口开发 培训 数据治理 数据标注 云主机 对象存储 带宽 算力租赁`)
)
