package samples

import (
	"fmt"
	"strings"
)

// document is the whole HTML of a paper. Its script lays the blocks out on
// pages and tells where the marks stand.
func (p *paper) document() string {
	var b strings.Builder
	b.WriteString(p.head(p.css()))
	b.WriteString(inkFilters)
	fmt.Fprintf(&b, `<div id="flow" style="display:none">%s</div>`, p.body.String())
	fmt.Fprintf(&b, `<template id="foot">%s</template><template id="head">%s</template>`, p.Footer, p.Header)
	if p.Across != nil {
		fmt.Fprintf(&b, `<template id="across" data-w="%.2f" data-h="%.2f" data-top="%.1f">%s</template>`, p.Across.Width, p.Across.Height, p.AcrossTop, p.Across.svg(p.Digital))
	}
	b.WriteString(`<script>` + layoutScript + `</script></body></html>`)
	return b.String()
}

// head opens a document with pages of the paper's size.
func (p *paper) head(css string) string {
	return fmt.Sprintf(`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>
@page{size:%.1fmm %.1fmm;margin:0}
html,body{margin:0;padding:0;background:#fff;-webkit-print-color-adjust:exact}
%s</style><body>`, p.Width, p.Height, css)
}

// css is the style of the paper's pages.
func (p *paper) css() string {
	return fmt.Sprintf(`*{box-sizing:border-box}
.page{position:relative;overflow:hidden;width:%.1fmm;height:%.2fmm;padding:%s;background:#fff;font-family:%s;font-size:%.1fpt;line-height:1.75;color:#161616;break-after:page}
.page:last-child{break-after:auto}
.main{height:100%%;overflow:hidden;position:relative}
.foot{position:absolute;left:0;right:0;bottom:8mm;text-align:center;font-size:9pt}
.head{position:absolute;left:24mm;right:24mm;top:10mm;font-size:9pt;color:#333}
p{margin:0 0 1.2mm 0}
h1{text-align:center;margin:0 0 6mm;font-size:20pt;line-height:1.4}
h2{font-size:1.06em;margin:2.5mm 0 1mm}
table{border-collapse:collapse;width:100%%;margin:1.5mm 0 2.5mm;font-size:.92em;line-height:1.5}
td,th{padding:1.1mm 1.6mm;vertical-align:middle;font-weight:normal}
.ruled td,.ruled th{border:.25mm solid #222}
.lines td,.lines th{border-bottom:.2mm solid #777}
.open td,.open th{border:0}
.n{text-align:right;white-space:nowrap}.m{text-align:center}
.in p{text-indent:2em}
.sig{position:relative;break-inside:avoid}
.two{display:flex;justify-content:space-between}.two>div{width:48%%}
.seal{position:absolute;mix-blend-mode:multiply}.seal svg{width:100%%;height:100%%;overflow:visible;display:block}
.across{position:absolute;right:0;overflow:hidden;mix-blend-mode:multiply}.across svg{position:absolute;top:0;overflow:visible}
.hand{display:inline-block;font-family:%s;white-space:nowrap;line-height:1}
%s`, p.Width, p.Height-0.2, p.Margin, p.Font, p.Size, kaiFont, p.Style)
}

// together is one document of several papers of one size that were laid out,
// each with its own style.
func together(papers []*paper, pages []string) string {
	var css, body strings.Builder
	for i, p := range papers {
		fmt.Fprintf(&css, ".k%d{\n%s}\n.k%d:not(:last-child) .page:last-child{break-after:page}\n", i, p.css(), i)
		fmt.Fprintf(&body, `<div class="k%d">%s</div>`, i, pages[i])
	}
	return papers[0].head(css.String()) + body.String() + `</body></html>`
}

// inkFilters make stamped and handwritten strokes uneven.
const inkFilters = `<svg width="0" height="0" style="position:absolute"><defs>
<filter id="pen" x="-10%" y="-10%" width="120%" height="120%"><feTurbulence type="fractalNoise" baseFrequency="0.035" numOctaves="2" seed="4"/><feDisplacementMap in="SourceGraphic" scale="5"/></filter>
<filter id="ink" x="-5%" y="-5%" width="110%" height="110%"><feTurbulence type="fractalNoise" baseFrequency="0.9" numOctaves="2" seed="7" result="n"/><feDisplacementMap in="SourceGraphic" in2="n" scale="1.1" result="d"/><feTurbulence type="fractalNoise" baseFrequency="0.06" numOctaves="3" seed="11"/><feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0 0 0 -2.2 2.0"/><feComposite in="d" operator="in"/></filter>
<filter id="dry" x="-5%" y="-5%" width="110%" height="110%"><feTurbulence type="fractalNoise" baseFrequency="0.055" numOctaves="4" seed="23"/><feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0 0 0 -3.4 2.55"/><feComposite in2="SourceGraphic" operator="in" result="m"/><feComposite in="SourceGraphic" in2="m" operator="in"/></filter>
</defs></svg>`

// layoutScript moves the blocks of #flow onto pages, numbers them, lays the
// fragments of the 骑缝章 over their edges and measures the marks.
const layoutScript = `
function layout(){
 const flow=document.getElementById('flow'),blocks=[...flow.children];
 let pages=[];
 const fresh=()=>{const g=document.createElement('div');g.className='page';const m=document.createElement('div');m.className='main';g.append(m);document.body.append(g);pages.push(g);return m};
 let main=fresh();
 for(const b of blocks){
  if(b.dataset.break!==undefined&&main.children.length)main=fresh();
  main.append(b);
  if(main.scrollHeight>main.clientHeight+2&&main.children.length>1){main=fresh();main.append(b)}
 }
 flow.remove();
 const n=pages.length,ac=document.getElementById('across');
 pages.forEach((g,i)=>{
  for(const k of ['foot','head']){const t=document.getElementById(k);if(t.innerHTML){const d=document.createElement('div');d.className=k;d.innerHTML=t.innerHTML.replaceAll('{p}',i+1).replaceAll('{n}',n);g.append(d)}}
  if(ac&&n>1){const w=+ac.dataset.w,h=+ac.dataset.h,s=w/n,d=document.createElement('div');d.className='across';d.dataset.across='1';
   d.style.cssText='top:'+ac.dataset.top+'mm;width:'+s+'mm;height:'+h+'mm';d.innerHTML=ac.innerHTML;
   const v=d.querySelector('svg');v.style.cssText='width:'+w+'mm;height:'+h+'mm;left:'+(-i*s)+'mm';g.append(d)}
 });
 const out=[];
 pages.forEach((g,i)=>{const o=g.getBoundingClientRect();
  const add=(m,e)=>{let b=null;for(const q of e.getClientRects()){if(!q.width||!q.height)continue;b=b?[Math.min(b[0],q.left),Math.min(b[1],q.top),Math.max(b[2],q.right),Math.max(b[3],q.bottom)]:[q.left,q.top,q.right,q.bottom]}
   if(b){const c=v=>Math.min(1,Math.max(0,v));out.push({mark:m,page:i+1,box:[c((b[0]-o.left)/o.width),c((b[1]-o.top)/o.height),c((b[2]-o.left)/o.width),c((b[3]-o.top)/o.height)]})}};
  g.querySelectorAll('[data-m]').forEach(e=>add(+e.dataset.m,e));
  g.querySelectorAll('[data-across]').forEach(e=>add(-1,e));
 });
 return {pages:pages.map(g=>{const o=g.getBoundingClientRect();return [o.left+scrollX,o.top+scrollY,o.width,o.height]}),marks:out};
}`
