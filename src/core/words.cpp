// The words that enums are written with, in reports and directives alike.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/detector.h"
#include "core/verdict.h"

namespace keepmum {

std::string_view word(How how) {
    static constexpr std::string_view words[] = {"",      "part",     "page",   "sheet", "slide",  "table", "row",
                                                 "field", "revision", "region", "time",  "decode", "tail"};
    return words[static_cast<int>(how)];
}

std::string_view word(Cause cause) {
    static constexpr std::string_view words[] = {"encrypted", "too_deep",    "too_big",    "too_slow",
                                                 "malformed", "unsupported", "unreadable", "killed"};
    return words[static_cast<int>(cause)];
}

std::string_view word(Stage stage) {
    static constexpr std::string_view words[] = {"open", "identify", "extract", "decode", "detect"};
    return words[static_cast<int>(stage)];
}

std::string_view word(Role role) {
    static constexpr std::string_view words[] = {"shown",   "margin",  "note",     "comment", "inserted", "deleted", "hidden",
                                                 "covered", "earlier", "metadata", "name",    "link",     "markup",  "residue"};
    return words[static_cast<int>(role)];
}

std::string_view word(Kind kind) {
    static constexpr std::string_view words[] = {"bytes", "text", "image", "fields", "records"};
    return words[static_cast<int>(kind)];
}

std::string_view word(Certainty certainty) {
    static constexpr std::string_view words[] = {"hint", "likely", "certain"};
    return words[static_cast<int>(certainty)];
}

std::string_view word(Outcome outcome) {
    static constexpr std::string_view words[] = {"pass", "warn", "hold"};
    return words[static_cast<int>(outcome)];
}

Rule describe(About const& about) {
    Rule rule;
    rule.id = about.id;
    rule.title_en = about.title.en;
    rule.title_zh = about.title.zh;
    rule.why_en = about.why.en;
    rule.why_zh = about.why.zh;
    rule.defined_by = about.defined_by;
    rule.labels.assign(about.labels.begin(), about.labels.end());
    rule.certainty = about.certainty;
    rule.showable = about.showable;
    rule.origin.pack = "keepmum";
    return rule;
}

}  // namespace keepmum
