// Characters that no one sees but that carry text or turn it about: tag characters (Unicode block
// Tags), long runs of zero-width characters, and bidirectional overrides ("Trojan Source",
// CVE-2021-42574). Joiners inside emoji and Indic or Arabic words are what they are made for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "core/detector.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"hidden"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\xE2\x80\xAD"},      // left-to-right override
    {.what = Trigger::What::literal, .text = "\xE2\x80\xAE"},      // right-to-left override
    {.what = Trigger::What::literal, .text = "\xF3\xA0\x80"},      // tags, first half
    {.what = Trigger::What::literal, .text = "\xF3\xA0\x81"},      // tags, second half
    {.what = Trigger::What::pattern, .text = "(?:\xE2\x80[\x8B-\x8F]|\xE2\x81[\xA0-\xA4]|\xEF\xBB\xBF){6}"},
};
constexpr About about{
    .id = "hidden.invisible-characters",
    .title = {"Characters that no one sees", "看不见的字符"},
    .why = {"They can carry a message, or make the text read differently from what it is.",
            "它们可以夹带信息，也可以让显示的内容与实际不同。"},
    .defined_by = "Unicode 15, blocks Tags and General Punctuation",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};

bool is_zero_width(char32_t c) { return (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF; }
bool is_tag(char32_t c) { return c >= 0xE0000 && c <= 0xE007F; }
bool is_override(char32_t c) { return c == 0x202D || c == 0x202E; }

class InvisibleCharacters final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;

    void examine(Reading const& reading, Sink& sink) const override {
        std::uint64_t done = 0;
        for (Candidate const& candidate : reading.candidates) {
            std::uint64_t const at = start_of_run(reading.text, candidate.begin);
            if (at < done) continue;
            Span const run = run_from(reading.text, at);
            done = run.end;
            std::size_t const count = characters(reading.text, run);
            char32_t const first = run.size() ? decode_utf8(reading.text, run.begin).value : 0;
            if (!is_telling(reading.text, run, first, count)) continue;
            Finding finding;
            finding.certainty = Certainty::likely;
            finding.span = run;
            finding.facts = {{"characters", std::to_string(count)},
                             {"how", is_tag(first) ? "tag" : is_override(first) ? "override" : "zero-width"}};
            finding.reasons = {"displayed as nothing"};
            sink.found(std::move(finding));
        }
    }

  private:
    static bool is_of_run(char32_t c) { return is_zero_width(c) || is_tag(c) || is_override(c); }

    // A pattern's candidate names its end; walk back over characters of three or four bytes.
    static std::uint64_t start_of_run(std::string_view text, std::uint64_t at) {
        for (;;) {
            std::uint64_t before = at;
            while (before > 0 && at - before < 4) {
                --before;
                if ((static_cast<unsigned char>(text[before]) & 0xC0) != 0x80) break;
            }
            if (before == at || !is_of_run(decode_utf8(text, before).value)) return at;
            at = before;
        }
    }

    static Span run_from(std::string_view text, std::uint64_t at) {
        Span run{at, at};
        while (run.end < text.size()) {
            CodePoint const point = decode_utf8(text, run.end);
            if (!is_of_run(point.value)) break;
            run.end += point.length;
        }
        return run;
    }

    static std::size_t characters(std::string_view text, Span run) {
        std::size_t count = 0;
        for (std::uint64_t at = run.begin; at < run.end; at += decode_utf8(text, at).length) ++count;
        return count;
    }

    static bool is_telling(std::string_view text, Span run, char32_t first, std::size_t count) {
        constexpr std::string_view black_flag = "\xF0\x9F\x8F\xB4";  // flags of England, Scotland, Wales are tags behind it
        if (run.size() == 0) return false;
        if (is_tag(first)) return !text.substr(0, run.begin).ends_with(black_flag);
        return is_override(first) || count >= 6;
    }
};

}  // namespace

extern DetectorRow const row_hidden_invisible_characters{
    &about, [] { return std::unique_ptr<Detector>(new InvisibleCharacters(about)); }};

}  // namespace keepmum
