package alphabet

import "strings"

// Marks are signs of papers that Tesseract's model of simplified Chinese has
// no output for.
const Marks = "¥×·√□☑①②③④⑤⑥⑦⑧⑨⑩±≥≤°●★⊗→"

// Lacking are characters that the same model has no output for: those of the
// first level of GB 2312, numerals of amounts among them, and others that names
// of companies and people are fond of.
const Lacking = "皑蔼肮翱袄懊捌笆耙稗梆钡狈甭迸蓖毖敝膘憋瘪摈帛睬惭蹭碴搽诧豺搀馋谗猖掣逞骋踌瞅躇锄矗搐椽捶疵囱蹿瘁淬瘩殆掸惮蹬嫡掂佃惦碉叼恫缎囤遁掇垛跺剁讹筏珐矾吠吩忿袱脯讣咐篙镐胳羹埂箍蛊剐褂刽氦酣憨嚎貉阂涸唬猾豢" +
	"涣惶幌恍蛔晦箕讥悸枷笺缄硷饯铰狡疥烬厩臼疚疽沮踞撅攫倔揩扛炕磕啃吭胯筐岿傀婪谰榔儡燎潦撂镣凛拎咙窿篓掳戮峦孪滦抡箩骡谩铆寐眯幂藐蔑抿皿悯氖馁蔫拈撵捻啮镊狞泞疟懦沤啪湃耪咆呸砰抨砒痞瓢撇瞥柒沏讫掐扦钎仟" +
	"堑呛橇锹撬怯泅颧炔瘸榷瓤攘嚷纫冗孺褥闰叁搔苫赡墒晌捎赊呻婶甥恃孰黍戍漱拴吮嘶怂擞僳祟蓑獭挞蹋酞坍袒搪淌绦誊锑嚏屉舔腆迢眺湍蜕鸵惋桅嗡斡捂矽檄锨舷涎楔衅惺汹嘘酗阉蜒奄唁殃佯舀噎曳揖铱臆肄诣缨臃痈蛹恿迂盂" +
	"匝憎喳铡眨毡辗蘸瘴蛰辙锗斟狰怔吱盅诌帚拄蛀拽赘谆茁啄滓鬃揍柞" +
	"翊骐骥玥璟璞岫珩焱谛喆赟赜鲲昇砺熵黉滢漪蘅霁翀翎翮翥翦昀昉昙昴晁晔晗晞晡晧晷暄暝暾杲杳枘枥柘栉栩桁桀桠桫楦榛槿樾橦橼檑沄沆沣泔泖泠泫泺洌洎洙洧洮洵洹浛涑涞涠淦淯渌渑渥渫湉湎湓湔湟溆溱滏潆澌澍濉濂灏炀炅" +
	"炘焓焘焯煊熠燊燧燮爻玎玑玕玙玚玠玢玦珉珏珙珞珣珧珲琇琏琬琮琰瑀瑄瑗瑭瑷璁璎璘璜璩瓒瓴畹皎睢矅碣磬礴祎祐祚祜稷穰竑笙箐箬篁簌簪纭绂绶缃缇缙缜缦缬羲胤舫舸芃芊芎芡芩芫苁苒苜苡茏荇荏荠荥荦荪荻莜莠莨莩莳莼菀" +
	"菖菡萁萋萦葳蒗蒯蓁蓥蓼蔺蕤薏藜蘧虢蠡訇諝诃诒诘诙诜诩诰诹谌谔谟谡谧谯豳赓趵踔轫轲轺辂辇辏迩迥逄逖逡逵遒遨遽邈邕邛邝邡郅郇郏郗郛郜郢郦郯郾鄄鄢鄯鄱酃酆釭銮鎏钌钏钐钲钶钺铄铖铗铢铤铧铨铩铷铼铿锃锆锇锉锒锘" +
	"锴锶锷锺锽镒镔镕镛镝镡镤镧镬镳闳闼闾阆阚阡陟陬隰隽雎霈霏霭韫顼颀颉颢飒飏飨馥驷骁骓骕骖骜骠骢骧鬲鳐鸢鸾鹄鹞黟黻黼鼐鼒龢亓仝伋伉佶佺侑俅俣俨倓倬偃偈偲僖僮儆儇冼劭劼勍勐勖勰匼厍厝叡嘏嚞囿圻坭坼垚埇埕埙埜" +
	"埭堃堉堙塾墉奂妘姒姝娉嫒嬴宓峁峄峋峒崃崆崚崧嵇嵋嶂嶙嶷巽幄庾弋弢弼彧徜徭徵恂悌惇愔憬戢扈揆撷斛"

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
	'貳': '贰', '陸': '陆', '萬': '万', '億': '亿', '圓': '圆', '參': '叁', '叄': '叁', '負': '负', '幣': '币', '寫': '写',
}
