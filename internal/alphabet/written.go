package alphabet

import "strings"

// Marks are signs of papers that Tesseract's model of simplified Chinese has
// no output for.
const Marks = "¥×·√□☑①②③④⑤⑥⑦⑧⑨⑩±≥≤°●★⊗→"

// Names are characters of the second level of GB 2312 and beyond that names of
// companies and people are fond of, and that the same model has no output for.
const Names = "翊骐骥玥璟璞岫漱珩焱谛喆赟赜鲲昇砺熵黉滢漪蘅霁翀翎翮翥翦昀昉昊昕昙昱昴晁晔晖晗晟晞晡晧晷暄暝暾曦曜杲杳枘枥枫柏柘柚栉栎栩桁桀桓桠桢桦桫梓梵楠楦楷榛榕槿樾橦橼檀檑" +
	"沁沂沄沅沆沐沛沣沭泓泔泖泠泫泺泾洌洎洙洛洧洮洵洹浒浔浙浛浠涑涓涞涟涠涪涵淄淇淞淦淯渌渑渥渫湄湉湎湓湔湛湟溆溥溧溱滁滇滏漓漕潆潞潼澄澈澌澍澎澧濉濂濞濡濮瀑瀛瀚灏灞灵炀炅炎炘炜炫炯烨焓焘焯焰煊煌煜熙熠熹燊燧燮爻" +
	"玎玑玕玖玙玚玠玢玥玦玫珀珂珈珉珊珏珑珙珞珣珧珩珲琅琇琉琏琛琢琥琦琨琪琬琮琰琳琴琵琶琼瑀瑄瑕瑗瑛瑜瑞瑟瑭瑶瑷璀璁璃璇璋璎璐璘璜璟璧璨璩瓒瓴甄甬畹皋皎皓盈睢睦睿矅碣碧磊磬礴祎祐祚祜祺禄禧禹稷穆穰竑竣笙笠筠箐箬篁簌簪籁" +
	"綦纫纭纾绂绀绮绯绶缃缇缙缜缦缨缪缬羲翟翡翰翱聆聪胤臻舫舸芃芊芎芗芙芜芝芡芩芪芫芮芷芸苁苇苒苓苜苡茉茏茗茜茯茱荃荇荏荟荠荥荦荪荻莅莘莜莞莠莨莩莳莼菀菁菖菡萁萋萌萦萱葆葳葵蒂蒗蒯蓁蓓蓟蓥蓼蔚蔺蕙蕤蕴蕾薇薏薛薰藜藻蘧虢蠡衍衡衢裕褚襄襟觅" +
	"訇詹諝诃诒诘诙诜诩诰诹谌谏谐谔谟谡谧谯豫豳赓赜趵跃踔轩轫轲轶轺辂辇辉辏迦迩迪迥逄逅逖逡逵逸遒遨遽邈邑邕邛邝邡邬邯邳邵邸邹郅郇郏郓郗郛郜郢郦郯郴郾鄂鄄鄞鄢鄯鄱酃酆釜釭鉴銮鎏鑫钊钌钏钐钛钧钰钲钶钺钼铄铎铖铗铠铢铤铧铨铩铮铱铵铷铼铿锃锆锇锉锐锒锗锘锟锴锶锷锺锽镒镔镕镛镝镡镤镧镬镭镳镶" +
	"闫闳闵闼闾阆阎阙阚阡阱陂陇陟陬隰隽雍雎雯霁霆霈霓霖霏霞霭靓靖靳韦韧韫韬韶顼颀颉颐颖颢飒飏飙飨馥馨驭驷驿骁骅骋骏骓骕骖骜骞骠骢骧高髦鬲魁魏鲁鲍鳌鳐鳞鸢鸥鸾鸿鹄鹏鹞鹤鹭鹰麒麓麟黎黛黟黻黼鼎鼐鼒龙龚龢" +
	"亓亟仝伋伉伽佟佶佺侃侑侗俅俊俣俨倓倚倩倪倬偃偈偲僖僮儆儇儒兖兢冀冉冕冠冼凌凝凯凰刘劭劼勋勍勐勖勰匡匼卉卓卞厍厝厥叡吕启咏哲唐喆嘉嘏嚞囿圩圳圻坤坭坼垚垣埇埕埔埙埜埭堃堉堙塾墉墨奂奕奎奚妍妘妤姒姗姚姜姝姬娅娉娓娜娥娴婕婧婵媛嫒嫣嬴孚孜孟宓宕宥宸寰岐岑岚岱岷岿峁峄峋峒峥峪峻崂崃崆崇崎崔崚崛崧崭嵇嵊嵋嵘嵩嶂嶙嶷巍巽帷幄庄庆庐庚庾廖廷弈弋弘弛弢弼彤彦彧彬彭彰徇徕徜徭徵忻怀怡恂恒恬恺悌悦惇惠愔慈慕慧憬懋懿戈戎戢扈扬拓挚挺捷掖掣揆揖摩撷擎攀政敖敦斌斐斛"

// Written returns what a recogniser of running text should read of a printed
// line: gaps stay, marks are as the model writes them (brackets, colons and
// the like narrow, commas wide), old forms of the sign of the yuan and dashes
// are one.
func Written(printed string) string {
	var b strings.Builder
	for _, r := range printed {
		if r >= '０' && r <= '９' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ' {
			r -= '０' - '0'
		}
		if w, ok := written[r]; ok {
			r = w
		}
		b.WriteRune(r)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

var written = map[rune]rune{
	'￥': '¥', '．': '.', '：': ':', '；': ';', '（': '(', '）': ')', '％': '%', '－': '-', '—': '-', '–': '-', '／': '/', '～': '~', '！': '!', '？': '?', '•': '·', '‧': '·',
	'［': '[', '］': ']', '＋': '+', '＝': '=', '＊': '*', '＃': '#', '＆': '&', '　': ' ',
	'貳': '贰', '陸': '陆', '萬': '万', '億': '亿', '圓': '圆', '參': '叁', '叄': '叁',
}
