// What companies write on their papers, in English and Chinese. No standard fixes the words, and all of
// them are everyday words too: position and letter case decide, and the small print of mails counts against.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/marking/phrase.h"

namespace keepmum {
namespace {

constexpr MarkingPhrase phrases[] = {
    {"confidential", "confidential", "commercial"},
    {"company confidential", "confidential", "commercial", 1},
    {"strictly confidential", "confidential", "commercial", 1},
    {"highly confidential", "confidential", "commercial", 1},
    {"private and confidential", "confidential", "commercial", 1},
    {"private & confidential", "confidential", "commercial", 1},
    {"confidential and proprietary", "confidential", "commercial", 1},
    {"proprietary and confidential", "confidential", "commercial", 1},
    {"privileged and confidential", "privileged", "commercial", 1},
    {"privileged & confidential", "privileged", "commercial", 1},
    {"attorney-client privileged", "privileged", "commercial", 1},
    {"attorney-client privilege", "privileged", "commercial"},
    {"commercial in confidence", "confidential", "commercial", 1},
    {"commercial-in-confidence", "confidential", "commercial", 1},
    {"proprietary", "proprietary", "commercial", -1},
    {"proprietary information", "proprietary", "commercial"},
    {"company proprietary", "proprietary", "commercial", 1},
    {"trade secret", "trade-secret", "commercial", -1},
    {"restricted", "restricted", "commercial", -1},
    {"restricted distribution", "restricted", "commercial", 1},
    {"internal use only", "internal", "commercial"},
    {"for internal use only", "internal", "commercial"},
    {"internal only", "internal", "commercial", -1},
    {"company internal", "internal", "commercial", 1},
    {"do not distribute", "internal", "commercial", 1},
    {"not for distribution", "internal", "commercial", 1},
    {"not for public release", "internal", "commercial", 1},
    {"do not forward", "internal", "commercial"},
    {"need to know only", "restricted", "commercial", 1},
    {"商业秘密", "trade-secret", "commercial"},
    {"商業秘密", "trade-secret", "commercial"},
    {"商业机密", "trade-secret", "commercial"},
    {"商業機密", "trade-secret", "commercial"},
    {"公司机密", "confidential", "commercial", 1},
    {"公司機密", "confidential", "commercial", 1},
    {"企业机密", "confidential", "commercial", 1},
    {"公司秘密", "confidential", "commercial", 1},
    {"公司绝密", "confidential", "commercial", 1},
    {"内部公开", "internal", "commercial", 1},
    {"內部公開", "internal", "commercial", 1},
    {"内部使用", "internal", "commercial"},
    {"內部使用", "internal", "commercial"},
    {"仅供内部使用", "internal", "commercial", 1},
    {"僅供內部使用", "internal", "commercial", 1},
    {"仅限内部使用", "internal", "commercial", 1},
    {"内部保密", "internal", "commercial", 1},
    {"内部绝密", "confidential", "commercial", 1},
    {"内部传阅", "internal", "commercial", 1},
    {"严禁外传", "internal", "commercial", 1},
    {"嚴禁外傳", "internal", "commercial", 1},
    {"禁止外传", "internal", "commercial", 1},
    {"不得外传", "internal", "commercial", 1},
    {"请勿外传", "internal", "commercial", 1},
    {"請勿外傳", "internal", "commercial", 1},
    {"切勿外传", "internal", "commercial", 1},
    {"请勿转发", "internal", "commercial"},
    {"注意保密", "internal", "commercial"},
};
constexpr auto triggers = triggers_of(phrases);
constexpr std::string_view labels[] = {"marking", "generic"};  // gives way to a scheme that knows the words too
constexpr About about{
    .id = "marking.commercial",
    .title = {"Marking of a company", "商业密级标记"},
    .why = {"Its author wanted it kept within the company; sending it on may break a contract or give up a trade secret.",
            "作者要求它只在公司内部流转；外传可能违反合同，或使商业秘密失去保护。"},
    .defined_by = "Usage; Anti-Unfair Competition Law of China, art. 10; Defend Trade Secrets Act",
    .labels = labels,
    .triggers = triggers,
    .showable = true,
    .positional = true,
};

// Mails end in small print that says nothing about this mail.
constexpr std::string_view small_print[] = {
    "this e-mail", "this email", "this message", "this communication", "intended recipient", "any attachment", "the sender",
    "本邮件", "此邮件", "本郵件", "收件人"};

// "Acme Corp. Confidential": a short line of capitalised words that the marking ends.
bool is_after_name(MarkingSetting const& setting) {
    if (setting.line != Line::sentence || setting.after_article || setting.before.empty() || setting.before.size() > 60) return false;
    if (setting.after.find_first_not_of("*/#-.! ") != std::string_view::npos) return false;
    bool starts = true;
    int names = 0;
    for (char c : setting.before) {
        if (starts && is_lower(c)) return false;
        if (std::string_view("=<>{}\"'`$|").find(c) != std::string_view::npos) return false;
        names += starts && is_upper(c);
        starts = !is_alnum(c) && c != '\'' && static_cast<unsigned char>(c) < 0x80;
    }
    return names > 0;
}

void refine(Reading const&, MarkingPhrase const&, MarkingSetting const& setting, Marking& marking) {
    if (is_after_name(setting) && !setting.margin) marking.score.add(6, "a name stands before it and nothing behind");
    if (holds_any(setting.after, small_print) || holds_any(setting.below, small_print)) {
        marking.score.add(-2, "though it heads the small print of mails");
    }
}

constexpr PhraseForm form{.scheme = "commercial", .phrases = phrases, .refine = refine};

}  // namespace

extern DetectorRow const row_marking_commercial{&about, [] { return make_phrases(about, form); }};

}  // namespace keepmum
