// A level of state secrets with its period (机密★10年) stands flush left near the top of the first page,
// below the copy number; a letter, a report or a slide carries it in the header or alone on a line.
// Exam papers carry the same words (绝密★启用前) and are told apart.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "detect/marking/setting.h"

namespace keepmum {
namespace {

enum class Form : std::uint8_t {
    level,     // of state secrets
    work,      // 工作秘密
    internal,  // 内部资料
    trade,     // secrets of state companies, 商密
};
struct Word {
    std::string_view text, level;
    Form form = Form::level;
    bool rare = false;    // seldom a title of anything
    bool spaced = false;  // set apart as official documents do where no period follows
};
constexpr Word words[] = {
    {"绝密", "top-secret", Form::level, true, false},
    {"绝 密", "top-secret", Form::level, true, true},
    {"绝  密", "top-secret", Form::level, true, true},
    {"绝\u3000密", "top-secret", Form::level, true, true},
    {"機密", "secret", Form::level, true, false},
    {"机密", "secret", Form::level, true, false},
    {"机 密", "secret", Form::level, true, true},
    {"机  密", "secret", Form::level, true, true},
    {"机\u3000密", "secret", Form::level, true, true},
    {"秘密", "confidential", Form::level, false, false},
    {"秘 密", "confidential", Form::level, false, true},
    {"秘  密", "confidential", Form::level, false, true},
    {"秘\u3000密", "confidential", Form::level, false, true},
    {"絕密", "top-secret", Form::level, true, false},
    {"极机密", "secret", Form::level, true, false},
    {"極機密", "secret", Form::level, true, false},
    {"绝对机密", "top-secret", Form::level, true, false},
    {"絕對機密", "top-secret", Form::level, true, false},
    {"工作秘密", "work-secret", Form::work, true, false},
    {"内部资料", "internal", Form::internal, true, false},
    {"內部資料", "internal", Form::internal, true, false},
    {"内部文件", "internal", Form::internal, true, false},
    {"核心商密", "core-trade-secret", Form::trade, true, false},
    {"普通商密", "trade-secret", Form::trade, true, false},
    {"商密", "trade-secret", Form::trade, true, false},
};

constexpr auto make_triggers() {
    std::array<Trigger, std::size(words)> all{};
    for (std::size_t i = 0; i < std::size(words); ++i) all[i] = {.what = Trigger::What::literal, .text = words[i].text};
    return all;
}
constexpr auto triggers = make_triggers();
constexpr std::string_view labels[] = {"marking"};
constexpr About about{
    .id = "marking.cn",
    .title = {"Chinese secrecy marking", "密级标志"},
    .why = {"It says that the document is a state secret, a work secret or internal: who sends it on may break the law.",
            "它表明文件属于国家秘密、工作秘密或内部资料，擅自外传可能违法。"},
    .defined_by = "GB/T 9704-2012; Law on Guarding State Secrets (2024)",
    .labels = labels,
    .triggers = triggers,
    .showable = true,
    .positional = true,
};

constexpr std::string_view exam_words[] = {"启用前", "啟用前", "使用前", "考试", "考試", "开考", "開考", "启封", "拆封", "开封前"};
constexpr std::string_view paper_words[] = {"试卷", "试题", "試卷", "試題", "考试", "考試", "模拟", "期末", "期中", "高考", "中考", "真题", "答题"};

// What follows the level: the star and the period, date or condition behind it.
struct Term {
    std::size_t length = 0;  // bytes behind the level's word, blanks before it included
    bool star = false;       // ★, not one of its stand-ins
    std::string text;        // "10年"; "" where nothing valid follows the star
};

std::size_t skip_blanks(std::string_view text, std::size_t at, std::size_t most) {
    for (std::size_t count = 0; count < most && at < text.size(); ++count) {
        if (text[at] == ' ' || text[at] == '\t') ++at;
        else if (text.substr(at).starts_with("\u3000")) at += 3;
        else break;
    }
    return at;
}

bool is_condition_end(std::string_view text) {
    static constexpr std::string_view ends[] = {"前", "后", "後", "时", "時", "止", "起", "后解密"};
    return std::any_of(std::begin(ends), std::end(ends), [&](std::string_view end) { return text.ends_with(end); });
}

// The period at the start of `text`: "10年", "6个月", "长期", "2031年5月1日", "公布前"; its bytes, 0 for none.
std::size_t term_length(std::string_view text) {
    static constexpr std::string_view units[] = {"年", "个月", "個月", "月", "日", "天"};
    for (std::string_view fixed : {"长期", "長期", "永久"}) {
        if (text.starts_with(fixed)) return fixed.size();
    }
    std::size_t at = 0;
    for (int part = 0; part < 3; ++part) {
        std::size_t const digits = std::min(text.find_first_not_of("0123456789", at), text.size());
        if (digits == at || digits - at > 4) break;
        std::size_t after = skip_blanks(text, digits, 1);
        std::size_t unit = 0;
        for (std::string_view name : units) {
            if (!unit && text.substr(after).starts_with(name)) unit = name.size();
        }
        if (!unit && after < text.size() && (text[after] == '-' || text[after] == '.' || text[after] == '/')) unit = 1;
        if (!unit && part < 2) break;
        at = after + unit;
    }
    if (at && at < text.size() && is_digit(text[at])) return 0;
    // A condition: a few words that end in "before", "after" or "when".
    std::size_t best = at;
    for (std::size_t end = at, count = 0; end < text.size() && count < 16; ++count) {
        CodePoint const point = decode_utf8(text, end);
        if (!is_word(point.value)) break;
        end += point.length;
        if (is_condition_end(text.substr(0, end))) best = end;
    }
    return best;
}

Term term_after(std::string_view text, std::size_t at) {
    Term term;
    std::size_t const star = skip_blanks(text, at, 2);
    std::string_view const rest = text.substr(star);
    std::size_t length = 0;
    for (std::string_view shape : {"★", "☆", "⭐", "✭", "*"}) {
        if (rest.starts_with(shape)) length = shape.size();
    }
    if (!length || (rest.starts_with("**"))) return term;
    term.star = rest.starts_with("★");
    std::size_t const begin = skip_blanks(text, star + length, 2);
    std::size_t const size = term_length(text.substr(begin, 120));
    if (!size && !term.star) return term;
    term.text = text.substr(begin, size);
    term.length = (size ? begin + size : star + length) - at;
    return term;
}

bool is_letter_beside(std::string_view text, Span span) {
    if (span.end < text.size() && is_word(decode_utf8(text, span.end).value)) return true;
    if (span.begin == 0) return false;
    std::size_t at = span.begin - 1;
    for (int tail = 0; tail < 3 && at > 0 && (text[at] & 0xC0) == 0x80; ++tail) --at;
    return is_word(decode_utf8(text, at).value);
}

bool is_six_digits(std::string_view line) {
    for (std::string_view name : {"份号：", "份号:", "份号"}) {
        if (line.starts_with(name)) line = trim(line.substr(name.size()));
    }
    return line.size() == 6 && std::all_of(line.begin(), line.end(), is_digit);
}

// "密级：" before the level, and no choice of levels behind it.
bool is_labelled(MarkingSetting const& setting) {
    std::string_view before = setting.before;
    for (std::string_view colon : {":", "：", "】", "]", "〕"}) {
        if (before.ends_with(colon)) {
            before = trim(before.substr(0, before.size() - colon.size()));
            break;
        }
    }
    static constexpr std::string_view names[] = {"密级", "密級", "保密等级", "保密级别", "涉密等级", "秘密等级", "密等", "机密等级", "机密等級", "密 级", "密\u3000级"};
    static constexpr std::string_view levels[] = {"绝密", "机密", "秘密", "内部", "公开", "絕密", "機密"};
    bool const named = std::any_of(std::begin(names), std::end(names), [&](std::string_view name) { return before.ends_with(name); });
    return named && !holds_any(setting.after, levels);
}

// "注意保存", "严禁外传", whatever mark parts it from the word before.
bool asks_for_care(std::string_view line) {
    for (std::string_view mark : {"·", "，", "、", "；", ",", "—", "-", "。", "！"}) {
        if (line.starts_with(mark)) {
            line = trim(line.substr(mark.size()));
            break;
        }
    }
    static constexpr std::string_view words[] = {"注意保", "严禁", "請勿", "请勿", "不得外传", "禁止", "妥善保管", "嚴禁"};
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return line.starts_with(word); });
}

// The text around the level says that it has been lifted.
bool is_declassified(std::string_view text, MarkingSetting const& setting) {
    static constexpr std::string_view lifted[] = {"已解密", "已经解密", "已於解密", "解除密级", "解密章", "已公开解密"};
    auto const is_stamp = [](std::string_view line) { return line == "解密" || line == "解 密" || line == "【解密】" || line == "（解密）"; };
    return is_stamp(setting.after) || is_stamp(setting.above) || is_stamp(setting.below) || holds_any(text, lifted);
}

// A reference number or a sender's head follows: "国办发〔2024〕12号".
bool has_official_head(std::string_view text) {
    static constexpr std::string_view heads[] = {"〔20", "〔19", "［20", "签发人", "特急", "加急"};
    return holds_any(text, heads);
}

class Cn final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;

    void examine(Reading const& reading, Sink& sink) const override {
        Markings markings(reading);
        std::size_t seen = 0;  // a longer word that begins earlier speaks for those inside it
        for (std::size_t i = 0; i < reading.candidates.size(); ++i) {
            Candidate const& candidate = reading.candidates[i];
            if (candidate.begin < seen) continue;
            std::size_t longest = i;
            while (longest + 1 < reading.candidates.size() && reading.candidates[longest + 1].begin == candidate.begin) ++longest;
            seen = reading.candidates[longest].end;
            judge(reading, reading.candidates[longest], markings);
        }
        markings.report(sink);
    }

  private:
    static void judge(Reading const& reading, Candidate const& candidate, Markings& markings) {
        Word const& word = words[candidate.trigger];
        Term const term = term_after(reading.text, candidate.end);
        Marking marking;
        marking.span = {candidate.begin, candidate.end + term.length};
        if (term.length == 0 && is_letter_beside(reading.text, marking.span)) return;
        MarkingSetting const setting = setting_of(reading, marking.span);
        if (!setting.is_whole) return;
        if (term.length == 0 && word.form == Form::internal && setting.line == Line::sentence &&
            !asks_for_care(setting.after) && !is_labelled(setting)) return;
        weigh(setting, marking.score);
        weigh_term(term, marking.score);
        if (term.length == 0) weigh_bare(reading, word, setting, marking);
        classify(reading, word, term, setting, marking);
        markings.add(std::move(marking));
    }

    static void weigh_term(Term const& term, Score& score) {
        if (term.length == 0) return;
        if (term.star && !term.text.empty()) score.add(4, "a star and a period follow, as the standard wants");
        else score.add(term.star ? 3 : 2, term.star ? "a star follows" : "a period follows");
    }

    // Without star and period the word alone says little.
    static void weigh_bare(Reading const& reading, Word const& word, MarkingSetting const& setting, Marking& marking) {
        if (word.form == Form::internal) {
            if (asks_for_care(setting.after) || asks_for_care(setting.below)) {
                marking.score.add(setting.line == Line::sentence ? 7 : 3, "words on keeping it close follow");
            }
            if (is_labelled(setting)) marking.score.add(setting.line == Line::sentence ? 6 : 3, "words before it say that it is a level");
            return;
        }
        if (word.rare) marking.score.add(1, "the word is seldom a title");
        if (word.spaced) marking.score.add(1, "it is set apart as in official documents");
        if (is_labelled(setting)) marking.score.add(setting.line == Line::sentence ? 6 : 3, "words before it say that it is a level");
        if (setting.bracketed && setting.line == Line::lead) marking.score.add(1, "it is in brackets before a title");
        if (setting.line == Line::sentence) return;
        if (is_six_digits(setting.above)) marking.score.add(2, "a copy number stands above it");
        if (setting.top && has_official_head(reading.text.substr(marking.span.end, 600))) {
            marking.score.add(2, "the head of an official document follows");
        }
    }

    static void classify(Reading const& reading, Word const& word, Term const& term, MarkingSetting const& setting, Marking& marking) {
        std::string_view const around = reading.text.substr(marking.span.begin, 400);
        marking.facts.push_back({"level", std::string(word.level)});
        marking.facts.push_back({"scheme", "cn"});
        if (!term.text.empty()) marking.facts.push_back({"term", term.text});
        switch (word.form) {
            case Form::trade:
                marking.labels = {"commercial"};
                if (term.star) marking.facts.push_back({"star", "misused"});
                if (term.star) marking.score.add(0, "though the star is for state secrets only");
                return;
            case Form::internal:
            case Form::work: marking.labels = {"controlled"}; return;
            case Form::level: break;
        }
        bool const exam = holds_any(term.text, exam_words) || (!term.text.empty() && !is_digit(term.text[0]) && holds_any(around, paper_words));
        if (exam) {
            marking.labels = {"exam"};
            marking.score.add(0, "it is the head of an exam paper");
        } else if (is_declassified(around, setting)) {
            marking.labels = {"declassified"};
            marking.score.add(0, "though words nearby say that it has been lifted");
        } else {
            marking.labels = {"classified"};
        }
    }
};

}  // namespace

extern DetectorRow const row_marking_cn{&about, [] { return std::unique_ptr<Detector>(new Cn(about)); }};

}  // namespace keepmum
