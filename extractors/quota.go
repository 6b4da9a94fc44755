package extractors

import "regexp"

// Clauses that say how much is to be used, the plainest first. A label and the
// sentence before the clause are no part of it.
var quotas = []*regexp.Regexp{
	regexp.MustCompile(`(?:^|[。；;\n:])([^。；;\n:]{0,40}(?:使用量|用量|调用量|调用额度|额度|调用次数|资源量)[^。；;\n:]{0,50}?\d[\d,.]*\s?(?:千|万|百万|千万|亿|次|[Tt]oken|[MBKmbk])[^。；;\n]{0,60})`),
	regexp.MustCompile(`(?:使用量|用量|调用量|额度)[^。；;\n:]{0,6}:([^。；;\n]{0,50}?\d[\d,.]*\s?(?:千|万|百万|千万|亿|次|[Tt]oken|[MBKmbk])[^。；;\n]{0,60})`),
	regexp.MustCompile(`(?:^|[。；;\n:])([^。；;\n:]{0,40}(?:使用量|用量|调用量|调用额度)[^。；;\n]{0,20}(?:不少于|不超过|预估|总量|上限|约|亿|万)[^。；;\n]{0,60})`),
}

// quota finds the passage on the quantity of use.
func quota(d *doc, c *Content) {
	f := d.flow()
	for _, re := range quotas {
		for _, m := range f.matches(re) {
			if !f.inTable(m[0], c) {
				c.set(f.field("usage_quota", f.string(m[0], m[1]), m[0], m[1]))
				return
			}
		}
	}
}
