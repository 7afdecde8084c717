// The derived views: numbers written in Chinese numerals, and text smuggled in invisible characters.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "format/text/canonical.h"
#include "match/lanes.h"

namespace keepmum {

namespace {

// The digit that a Chinese numeral of the everyday or the banker's set stands for, or -1.
int numeral_value(char32_t c) {
    switch (c) {
        case U'〇': case U'零': case U'○': return 0;
        case U'一': case U'壹': case U'幺': case U'弌': return 1;
        case U'二': case U'贰': case U'貳': case U'弍': return 2;
        case U'三': case U'叁': case U'參': case U'叄': case U'弎': return 3;
        case U'四': case U'肆': return 4;
        case U'五': case U'伍': return 5;
        case U'六': case U'陆': case U'陸': return 6;
        case U'七': case U'柒': return 7;
        case U'八': case U'捌': return 8;
        case U'九': case U'玖': return 9;
        default: return -1;
    }
}

bool is_separator(char32_t c) { return c == ' ' || c == '-' || c == U'·' || c == U'、' || c == U'－' || c == U'　'; }

struct NumeralRun {
    std::size_t begin = 0;
    std::size_t end = 0;  // behind the last numeral
    std::size_t digits = 0;
    std::size_t chinese = 0;
};

// The run of numerals, digits and single separators that begins at `at`.
NumeralRun run_at(std::string_view text, std::size_t at) {
    NumeralRun run{at, at, 0, 0};
    bool separated = false;
    while (at < text.size()) {
        CodePoint const point = decode_utf8(text, at);
        at += point.length;
        bool const ascii = point.value < 0x80 && is_digit(static_cast<char>(point.value));
        if (ascii || numeral_value(point.value) >= 0) {
            ++run.digits;
            run.chinese += !ascii;
            run.end = at;
            separated = false;
        } else if (is_separator(point.value) && !separated && run.digits != 0) {
            separated = true;
        } else {
            break;
        }
    }
    return run;
}

constexpr std::size_t least_numerals = 7;
constexpr std::size_t least_chinese = 3;  // of them
constexpr std::size_t least_bytes = (least_numerals - least_chinese) + 3 * least_chinese;

bool is_in_run(char32_t c) { return (c < 0x80 && is_digit(static_cast<char>(c))) || numeral_value(c) >= 0; }

// Where the character begins that the byte at `at` belongs to.
std::size_t character_at(std::string_view text, std::size_t at) {
    for (int tail = 0; tail < 3 && at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; ++tail) --at;
    return at;
}

// Where the run begins that the numeral or digit at `at` is part of; not before `low`.
std::size_t begin_of_run(std::string_view text, std::size_t low, std::size_t at) {
    std::size_t begin = at;
    bool separated = false;
    for (std::size_t back = at; back > low;) {
        back = character_at(text, back - 1);
        char32_t const c = decode_utf8(text, back).value;
        if (is_in_run(c)) {
            begin = back;
            separated = false;
        } else if (is_separator(c) && !separated) {
            separated = true;
        } else {
            break;
        }
    }
    return std::max(begin, low);
}

// The next run that is long enough, at or after `from`; empty where there is none. No such run fits between two of
// the places that are looked at.
NumeralRun next_run(std::string_view text, std::size_t from) {
    for (std::size_t probe = from + least_bytes - 1; probe < text.size(); probe += least_bytes) {
        auto const byte = static_cast<unsigned char>(text[probe]);
        if (byte < 0x80 && byte != ' ' && byte != '-' && !is_digit(text[probe])) continue;
        std::size_t at = character_at(text, probe);
        CodePoint const point = decode_utf8(text, at);
        if (is_separator(point.value)) at += point.length;
        if (at >= text.size() || !is_in_run(decode_utf8(text, at).value)) continue;
        NumeralRun const run = run_at(text, begin_of_run(text, from, at));
        if (run.digits >= least_numerals && run.chinese >= least_chinese) return run;
        from = run.end;
        probe = run.end - 1;
    }
    return {text.size(), text.size(), 0, 0};
}
constexpr std::size_t least_smuggled = 4;

// Whether some byte may be the first of such a character; most texts have none.
bool may_smuggle(std::string_view text) {
    std::size_t at = 0;
    for (; at + 17 <= text.size(); at += 16) {
        Lane const lane = load_lane(text.data() + at), next = load_lane(text.data() + at + 1);
        Lane const selector = lane_equals(lane, '\xEF') & lane_equals(next, '\xB8');  // U+FE00 to U+FE3F
        if (any_in(selector | lane_equals(lane, '\xF3'))) return true;
    }
    return text.find_first_of("\xEF\xF3", at) != text.npos;
}

// The byte that an invisible character carries, or -1.
int smuggled_byte(char32_t c) {
    if (c >= 0xE0020 && c <= 0xE007E) return static_cast<int>(c - 0xE0000);
    if (c >= 0xFE00 && c <= 0xFE0F) return static_cast<int>(c - 0xFE00);
    if (c >= 0xE0100 && c <= 0xE01EF) return static_cast<int>(c - 0xE0100 + 16);
    return -1;
}

}  // namespace

std::optional<TextView> numerals_view(std::string_view text) {
    if (is_ascii(text)) return std::nullopt;
    TextView out;
    std::size_t done = 0;
    for (NumeralRun run = next_run(text, 0); run.digits > 0; run = next_run(text, run.end)) {
        if (run.begin > done) out.map.add(out.text.size(), done);
        out.text.append(text.substr(done, run.begin - done));
        std::size_t const first = out.text.size();
        for (std::size_t at = run.begin; at < run.end;) {
            CodePoint const point = decode_utf8(text, at);
            int const value = numeral_value(point.value);
            out.map.add(out.text.size(), at, value >= 0 ? 1 : point.length, point.length);
            if (value >= 0) {
                out.text += static_cast<char>('0' + value);
            } else {
                out.text.append(text.substr(at, point.length));
            }
            at += point.length;
        }
        out.changes.push_back({{first, out.text.size()}, Undone::numerals});
        done = run.end;
    }
    if (out.changes.empty()) return std::nullopt;
    if (done < text.size()) out.map.add(out.text.size(), done);
    out.text.append(text.substr(done));
    return out;
}

std::optional<TextView> smuggled_view(std::string_view text) {
    if (is_ascii(text) || !may_smuggle(text)) return std::nullopt;
    TextView out;
    std::string run;
    OffsetMap run_map;
    auto close = [&] {
        bool const plain = run.size() >= least_smuggled && is_utf8(run) && run.find('\0') == std::string::npos;
        if (plain) {
            std::size_t const first = out.text.size();
            for (OffsetMap::Segment const& segment : run_map.segments()) {
                out.map.add(first + segment.text, segment.source, segment.text_unit, segment.source_unit);
            }
            out.text += run;
            out.changes.push_back({{first, out.text.size()}, Undone::smuggled});
            out.text += '\n';
        }
        run.clear();
        run_map = OffsetMap();
    };
    for (std::size_t at = 0; at < text.size();) {
        auto const byte = static_cast<unsigned char>(text[at]);
        if (byte != 0xEF && byte != 0xF3) {
            if (!run.empty()) close();
            ++at;
            continue;
        }
        CodePoint const point = decode_utf8(text, at);
        int const value = smuggled_byte(point.value);
        if (value < 0) {
            if (!run.empty()) close();
        } else {
            run_map.add(run.size(), at, 1, point.length);
            run += static_cast<char>(value);
        }
        at += point.length;
    }
    close();
    if (out.text.empty()) return std::nullopt;
    return out;
}

}  // namespace keepmum
