// The look of the HTML report: light and dark after the reader's system, and for paper.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/html_parts.h"

namespace keepmum {

std::string_view html_style() {
    return R"css(
:root{--ground:#f4f2ee;--card:#fffefb;--ink:#1c1e22;--soft:#5d626b;--line:#e2ded6;--well:#f8f6f1;
--hold:#a3231b;--hold-soft:#fbe9e6;--warn:#7d5200;--warn-soft:#fdf1d3;--pass:#1d6a3b;--pass-soft:#e4f3e8;
--word:#cfcabf;--shadow:0 1px 2px rgba(40,34,20,.06),0 6px 20px rgba(40,34,20,.05);color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--ground:#14161a;--card:#1d2026;--ink:#e9e6df;--soft:#a0a5ae;
--line:#33373f;--well:#181a1f;--hold:#ff9c92;--hold-soft:#43201c;--warn:#f0c05a;--warn-soft:#3b2e10;
--pass:#85d3a0;--pass-soft:#173524;--word:#474c56;--shadow:none}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);line-height:1.55;font-size:16px;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei",
"Source Han Sans SC","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif}
main,header.top,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
h1,h2,h3,h4,p,ul,ol,dl,dd{margin:0;padding:0}
ul,ol{list-style:none}
bdi{overflow-wrap:anywhere}
.banner{color:#fff;padding:2.4rem 0 2.1rem;margin-bottom:2rem}
.banner.hold{background:linear-gradient(160deg,#a8281f,#7f1712)}
.banner.warn{background:linear-gradient(160deg,#9a6700,#704a00)}
.banner.pass{background:linear-gradient(160deg,#237a46,#14522c)}
.answer{display:flex;gap:1.4rem;align-items:center}
.answer svg{flex:none;width:4.6rem;height:4.6rem}
h1{font-size:clamp(1.6rem,4.5vw,2.4rem);line-height:1.2;letter-spacing:-.01em;font-weight:750}
.lead{font-size:1.12rem;margin-top:.35rem;max-width:46rem}
.banner .partial{font-weight:650;margin-top:.5rem}
.tally{display:flex;flex-wrap:wrap;gap:.9rem 2.4rem;margin-top:1.6rem;padding-top:1.1rem;
border-top:1px solid rgba(255,255,255,.28)}
.tally div{font-size:.92rem;opacity:.95}
.tally b{display:block;font-size:1.6rem;line-height:1.15;font-weight:700;font-variant-numeric:tabular-nums}
h2{font-size:1.15rem;margin:2.2rem 0 .8rem;font-weight:700}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;box-shadow:var(--shadow);
margin:0 0 1.2rem;overflow:hidden;border-left:6px solid var(--line)}
.card.hold{border-left-color:var(--hold)}.card.warn{border-left-color:var(--warn)}.card.pass{border-left-color:var(--pass)}
.card>header{padding:1rem 1.3rem .9rem;display:flex;flex-wrap:wrap;gap:.3rem 1rem;align-items:baseline;
border-bottom:1px solid var(--line)}
.card h3{font-size:1.12rem;font-weight:700;flex:1 1 16rem;min-width:0}
.pill{font-size:.82rem;font-weight:650;padding:.12rem .7rem;border-radius:99px;white-space:nowrap}
.pill.hold{color:var(--hold);background:var(--hold-soft)}.pill.warn{color:var(--warn);background:var(--warn-soft)}
.pill.pass{color:var(--pass);background:var(--pass-soft)}
.coverage{flex-basis:100%;display:flex;gap:.8rem;align-items:center;color:var(--soft);font-size:.85rem}
.bar{width:9rem;height:.42rem;border-radius:9px;background:var(--warn-soft);overflow:hidden;
border:1px solid var(--line);flex:none}
.bar i{display:block;height:100%;background:var(--pass)}
.bar.part i{background:var(--warn)}
.item{padding:1.05rem 1.3rem 1.15rem;border-top:1px solid var(--line)}
.item:first-of-type{border-top:0}
.item h4{font-size:1.03rem;font-weight:680}.item h4 .dot{margin-right:.55rem}.item h4 .chip{margin-left:.35rem}
.chip{display:inline-block;line-height:1.5;font-size:.78rem;font-weight:500;color:var(--soft);border:1px solid var(--line);border-radius:99px;padding:0 .55rem}
.why{margin-top:.25rem;color:var(--soft);max-width:48rem}
.shown{display:flex;flex-wrap:wrap;gap:1rem;margin-top:.8rem;align-items:flex-start}
.shown>div{flex:1 1 20rem;min-width:0}
figure{margin:0}
.excerpt{background:var(--well);border:1px solid var(--line);border-radius:9px;padding:.6rem .85rem;
margin-bottom:.6rem}
.excerpt figcaption,.map figcaption{font-size:.84rem;color:var(--soft);margin-bottom:.25rem}
.excerpt blockquote{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.6}
mark{color:inherit;border-radius:4px;padding:.05em .25em;font-weight:650;box-decoration-break:clone;
-webkit-box-decoration-break:clone}
mark.hold{background:var(--hold-soft);color:var(--hold);box-shadow:inset 0 -2px 0 var(--hold)}
mark.warn{background:var(--warn-soft);color:var(--warn);box-shadow:inset 0 -2px 0 var(--warn)}
mark.pass{background:var(--well);box-shadow:inset 0 -2px 0 var(--soft)}
.map{flex:0 0 12.5rem}
.map svg{width:100%;height:auto;display:block;background:#fff;border:1px solid var(--line);border-radius:4px;
box-shadow:var(--shadow)}
.map figcaption{margin-top:.4rem}.map .words{fill:#d5d1c8}.map .hold{fill:#c8372d}.map .warn{fill:#d99a12}.map .pass{fill:#6b7480}
.map .ring{fill:none;stroke-width:34}.map .ring.hold{stroke:#c8372d}.map .ring.warn{stroke:#d99a12}.map .ring.pass{stroke:#6b7480}
.pictures{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}.pictures figure{flex:0 1 25rem;min-width:0}
.pictures .hidden{flex-basis:15rem;border-left:4px solid var(--hold);padding-left:.7rem}
.picture{width:100%;height:auto;display:block;border:1px solid var(--line);border-radius:6px;background:#888}
.picture rect{fill:none;stroke-width:3;vector-effect:non-scaling-stroke}.picture .hold{stroke:#e0322a}.picture .warn{stroke:#e8a400}.picture .pass{stroke:#6b7480}
.pictures figcaption,.photos figcaption{font-size:.84rem;color:var(--soft);margin:.35rem 0 .2rem}
.chart{width:100%;height:auto;display:block;border-radius:8px;margin-top:.6rem;font-size:13px}.chart text{fill:var(--soft)}
.chart .sea{fill:var(--well)}.chart .grid{stroke:var(--line);fill:none}.chart .axis,.chart .scale{stroke:var(--soft);fill:none;stroke-width:1.4}
.chart .view{fill:#3b6fb0;fill-opacity:.22;stroke:#3b6fb0;stroke-opacity:.5}
.pin circle{fill:#6b7480;stroke:var(--card);stroke-width:2}.pin.hold circle{fill:#b3291f}.pin.warn circle{fill:#9a6700}.chart .pin text{fill:#fff;font-weight:650;font-size:11px}
.shots{width:100%;border-collapse:collapse;font-size:.9rem;margin:.6rem 0 .3rem}.shots td{padding:.25rem .5rem;border-top:1px solid var(--line);vertical-align:baseline}
.shots td:first-child{width:1.5rem;color:var(--soft)}.shots td:nth-child(n+3){white-space:nowrap;color:var(--soft);font-variant-numeric:tabular-nums}
.places{font-size:.93rem;margin:.5rem 0 0}
.places li{padding:.12rem 0 .12rem 1rem;text-indent:-1rem}
.places li::before{content:"›";color:var(--soft);display:inline-block;width:1rem;text-indent:0}
.value{font-weight:600;white-space:nowrap}
code{font-family:ui-monospace,"Cascadia Mono","SF Mono",Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;
font-size:.92em;overflow-wrap:anywhere}
dl.say{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin-top:.8rem;font-size:.95rem}
dl.say dt{color:var(--soft)}dl.say .now{font-weight:650;color:var(--pass)}
details{border-top:1px solid var(--line)}summary{padding:.8rem 1.3rem;cursor:pointer;color:var(--soft)}
dl.say dd{min-width:0;overflow-wrap:anywhere}
.do{margin-top:.85rem;border-radius:9px;padding:.6rem .9rem;background:var(--pass-soft);color:var(--ink)}
.do b{color:var(--pass);margin-right:.5em}
.rule{font-size:.88rem;color:var(--soft);margin-top:.6rem}
.quiet{columns:2 20rem;column-gap:2rem;font-size:.92rem;color:var(--soft)}
.quiet li{break-inside:avoid;padding:.1rem 0}
.quiet li::before{content:"✓ ";color:var(--pass);font-weight:700}
.kinds{width:100%;border-collapse:collapse;font-size:.95rem}
.kinds td{padding:.42rem .5rem;border-top:1px solid var(--line);vertical-align:baseline}
.kinds tr:first-child td{border-top:0}
.kinds td:first-child{width:.9rem;padding-right:0}
.kinds td:last-child{text-align:right;color:var(--soft);white-space:nowrap;font-variant-numeric:tabular-nums}
.dot{display:inline-block;width:.66rem;height:.66rem;border-radius:50%;background:var(--line)}
.dot.hold{background:var(--hold)}.dot.warn{background:var(--warn)}.dot.pass{background:var(--soft)}
.box{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:.5rem 1rem;box-shadow:var(--shadow)}
footer{color:var(--soft);font-size:.85rem;padding-top:1.6rem;padding-bottom:3rem}
footer p{margin-top:.25rem;overflow-wrap:anywhere}
@media (max-width:34rem){.answer svg{width:3rem;height:3rem}.answer{align-items:flex-start;gap:.9rem}.map{flex-basis:100%;max-width:12rem}
dl.say{grid-template-columns:1fr;gap:0}dl.say dd{margin-bottom:.4rem}}
@media print{:root{--ground:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--well:#fff;--shadow:none;--hold:#8c1c15;
--warn:#6b4700;--pass:#14522c;--hold-soft:#fff;--warn-soft:#fff;--pass-soft:#fff}
body{font-size:10.5pt}main,header.top,footer{max-width:none;padding:0}
.banner,.banner.hold,.banner.warn,.banner.pass{background:none;color:#000;border:3pt solid #000;padding:10pt 14pt;margin-bottom:12pt}
.banner.hold{border-color:#8c1c15}.banner.pass{border-color:#14522c}.tally{border-top-color:#bbb}
.excerpt,.item,.map,.card>header{break-inside:avoid}h2,.card>header,h4{break-after:avoid}.card{border-radius:0}.do{border:1px solid #bbb}
.bar i,.map svg *,.dot{-webkit-print-color-adjust:exact;print-color-adjust:exact}@page{margin:16mm}}
)css";
}

}  // namespace keepmum
