// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/checklist.h"

namespace keepmum {

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else out += c;
    }
    return out;
}

constexpr std::string_view style = R"(<style>
@page { size: A4; margin: 10mm 13mm }
* { box-sizing: border-box }
body { font: 9pt/1.27 "Source Sans 3", "Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  color: #1c2733; margin: 0 auto; max-width: 190mm; padding: 6mm }
@media print { body { padding: 0 } }
header { border-bottom: 2.2pt solid #14507a; padding-bottom: 2.5mm; margin-bottom: 2mm; display: flex; justify-content: space-between; align-items: baseline }
h1 { font-size: 18pt; margin: 0; color: #14507a; letter-spacing: .01em }
h1 span { font-weight: 400; color: #4a5b6b; font-size: 15pt; margin-left: 4mm }
section { break-inside: avoid; margin-top: 2.2mm }
h2 { font-size: 10.5pt; margin: 0 0 .8mm; color: #14507a }
h2 span { font-weight: 400; margin-left: 2.5mm }
ul { list-style: none; margin: 0; padding: 0 }
li { display: grid; grid-template-columns: 5mm 1fr 1fr; column-gap: 2.5mm; padding: .5mm 0; border-top: .4pt solid #d5dee6 }
li::before { content: ""; width: 3mm; height: 3mm; border: .8pt solid #14507a; border-radius: .6mm; margin-top: .8mm }
footer { margin-top: 3.5mm; padding-top: 1.5mm; border-top: .4pt solid #d5dee6; color: #5c6b79; font-size: 8pt }
</style>)";

}  // namespace

std::string checklist_text(Directive const& directive) {
    std::string out = directive.title_en + " · " + directive.title_zh + "\n";
    for (Chapter const& chapter : directive.chapters) {
        out += "\n" + chapter.title_en + " · " + chapter.title_zh + "\n";
        for (Advice const& advice : chapter.advice) out += "  [ ] " + advice.en + "\n      " + advice.zh + "\n";
    }
    return out;
}

std::string checklist_html(Directive const& directive) {
    std::string out = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" "
                      "content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>" +
                      escaped(directive.title_en) + " · " + escaped(directive.title_zh) + "</title>\n" + std::string(style) + "</head><body>\n";
    out += "<header><h1>" + escaped(directive.title_en) + "<span lang=\"zh\">" + escaped(directive.title_zh) + "</span></h1></header>\n";
    for (Chapter const& chapter : directive.chapters) {
        out += "<section><h2>" + escaped(chapter.title_en) + "<span lang=\"zh\">" + escaped(chapter.title_zh) + "</span></h2><ul>\n";
        for (Advice const& advice : chapter.advice) {
            out += "<li><div>" + escaped(advice.en) + "</div><div lang=\"zh\">" + escaped(advice.zh) + "</div></li>\n";
        }
        out += "</ul></section>\n";
    }
    return out + "<footer>keepmum " KEEPMUM_VERSION " · " + escaped(directive.id) + "</footer></body></html>\n";
}

}  // namespace keepmum
