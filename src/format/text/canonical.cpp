// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/canonical.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/icu.h"
#include "base/utf8.h"
#include "match/lanes.h"

namespace keepmum {

namespace {

struct Lookalike {
    char32_t letter;
    char latin;
};
constexpr Lookalike lookalikes[] = {
#include "format/text/lookalikes.inc"
};

constexpr char16_t radicals[] = {
#include "format/text/radicals.inc"
};

// The character that a radical looks like, or 0.
char32_t character_for(char32_t c) { return c >= 0x2E80 && c < 0x2E80 + std::size(radicals) ? radicals[c - 0x2E80] : 0; }

// The ASCII letter that `c` passes for, or 0.
char latin_for(char32_t c) {
    auto const at = std::lower_bound(std::begin(lookalikes), std::end(lookalikes), c,
                                     [](Lookalike const& row, char32_t value) { return row.letter < value; });
    return at != std::end(lookalikes) && at->letter == c ? at->latin : '\0';
}

// Drawn around, through, under or over a character, as keycaps and struck-out or underlined writing in chats; no alphabet
// has such letters.
bool is_drawn_over(char32_t c) {
    bool const line = c == 0x0305 || c == 0x0332 || c == 0x0333 || c == 0x033F || (c >= 0x0335 && c <= 0x0338);
    return line || (c >= 0x20D0 && c <= 0x20F0);
}

bool is_dropped(char32_t c) { return is_ignorable(c) || is_drawn_over(c); }

// Accents and the like, which alphabets put on a letter one or two at a time.
constexpr std::size_t most_marks = 2;
bool is_mark(char32_t c) {
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0xFE20 && c <= 0xFE2F);
}

std::string without_marks(std::string_view text) {
    std::string bare;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        if (!is_mark(point.value)) bare += text.substr(at, point.length);
        at += point.length;
    }
    return bare;
}

void note(std::vector<TextView::Change>& changes, Span span, Undone what) {
    if (!changes.empty() && changes.back().what == what && changes.back().span.end == span.begin && span.size() != 0 &&
        changes.back().span.size() != 0) {
        changes.back().span.end = span.end;
        return;
    }
    if (!changes.empty() && changes.back().what == what && changes.back().span == span) return;
    changes.push_back({span, what});
}

bool has_word(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        if (is_word(point.value)) return true;
        at += point.length;
    }
    return false;
}

// What has to be done about a character of which nothing is joined.
enum class Care : std::uint8_t {
    look,       // whatever step() finds
    none,       // it stays as it is
    lookalike,  // likewise, but it may pass for a Latin letter
};

Care care_of(char32_t c) {
    bool const stays = c >= 0x80 && !is_dropped(c) && !is_blank(c) && c != 0x85 && c != 0x2028 && c != 0x2029 &&
                       (decimal_value(c) < 0 || c <= 0xFF) && is_nfkc_boundary(c) && is_nfkc_plain(c) && character_for(c) == 0;
    if (!stays) return c < 0x80 ? Care::none : Care::look;
    return latin_for(c) != 0 ? Care::lookalike : Care::none;
}

// care_of() all that alphabets have, asked of Unicode's tables once.
constexpr char32_t tabled = 0x3400;
std::array<Care, tabled> const& cares() {
    static std::array<Care, tabled> const table = [] {
        std::array<Care, tabled> all{};
        for (char32_t c = 0; c < tabled; ++c) all[c] = care_of(c);
        return all;
    }();
    return table;
}

// First stage: everything that looks at single characters and their combining marks.
class Canonicaliser {
  public:
    explicit Canonicaliser(std::string_view text) : text_(text), cares_(cares()) {}

    TextView run() {
        for (std::size_t at = skip(0); at < text_.size();) at = skip(step(at));
        if (changed_ || saw_lookalike_) copy_to(text_.size());
        return std::move(out_);
    }
    bool changed() const { return changed_; }
    bool saw_lookalike() const { return saw_lookalike_; }

  private:
    // A mark joined to the character before would be lost in longer segments than this: hostile. Heaps of marks are taken off whole.
    static constexpr std::size_t longest_segment = 256;

    // What lies between done_ and `to` stays as it is.
    void copy_to(std::size_t to) {
        if (to <= done_) return;
        if (out_.text.empty()) out_.text.reserve(text_.size());
        out_.map.add(out_.text.size(), done_);
        out_.text.append(text_.substr(done_, to - done_));
        done_ = to;
    }
    std::size_t replace(std::size_t from, std::size_t to, std::string_view with) {
        copy_to(from);
        changed_ = true;
        done_ = to;
        if (with.empty()) return to;
        out_.map.add(out_.text.size(), from, static_cast<std::uint32_t>(with.size()), static_cast<std::uint32_t>(to - from));
        out_.text.append(with);
        return to;
    }
    Span last(std::size_t size) const { return {out_.text.size() - size, out_.text.size()}; }

    // Whether a character from U+4E00 to U+9FFF stands there: E4 B8 80 to E9 BF BF.
    bool is_han_at(std::size_t at) const {
        if (text_.size() - at < 3) return false;
        auto const first = static_cast<unsigned char>(text_[at]), second = static_cast<unsigned char>(text_[at + 1]);
        bool const begins = first > 0xE4 ? first <= 0xE9 : first == 0xE4 && second >= 0xB8;
        return begins && (second & 0xC0) == 0x80 && (static_cast<unsigned char>(text_[at + 2]) & 0xC0) == 0x80;
    }

    // From `at` to the next character that step() has to look at, or the end.
    std::size_t skip(std::size_t at) {
        std::size_t before = at;  // the last character passed that may be joined
        while (at < text_.size()) {
            auto const byte = static_cast<unsigned char>(text_[at]);
            if (byte < 0x80) {
                std::size_t const run = at + ascii_prefix_length(text_.substr(at));
                before = run - 1;
                at = run;
                continue;
            }
            if (is_han_at(at)) {  // nothing joins these
                before = at += 3;
                continue;
            }
            CodePoint const point = decode_utf8(text_, at);
            Care const care = point.value < tabled ? cares_[point.value] : Care::look;
            if (care == Care::look) {
                // A combining mark belongs to the character before it.
                return before < at && !is_nfkc_boundary(point.value) ? before : at;
            }
            saw_lookalike_ = saw_lookalike_ || care == Care::lookalike;
            before = at;
            at += point.length;
        }
        return at;
    }

    // Deals with the character at `at`, and returns where the next one begins.
    std::size_t step(std::size_t at) {
        CodePoint const point = decode_utf8(text_, at);
        char32_t const c = point.value;
        std::size_t const next = at + point.length;
        if (is_dropped(c)) {
            replace(at, next, "");
            if (at != 0) note(out_.changes, last(0), is_ignorable(c) ? Undone::invisible : Undone::compatibility);
            return next;
        }
        if (is_blank(c) && c != ' ' && c != '\t') return replace(at, next, " ");
        if (char32_t const character = character_for(c); character != 0) {
            std::string plain;
            append_utf8(plain, character);
            return replaced(at, next, plain, true);
        }
        if (c == 0x85 || c == 0x2028 || c == 0x2029) return replace(at, next, "\n");
        if (int const digit = decimal_value(c); digit >= 0 && c > 0xFF) {
            char const plain = static_cast<char>('0' + digit);
            replace(at, next, {&plain, 1});
            note(out_.changes, last(1), c >= 0xFF10 && c <= 0xFF19 ? Undone::compatibility : Undone::digits);
            return next;
        }
        return normalise(at, next, c);
    }

    std::size_t normalise(std::size_t at, std::size_t next, char32_t c) {
        std::size_t end = next;
        std::size_t marks = is_mark(c);
        while (end < text_.size() && (end - at < longest_segment || marks > most_marks)) {
            CodePoint const point = decode_utf8(text_, end);
            if (is_nfkc_boundary(point.value) || is_dropped(point.value)) break;
            marks += is_mark(point.value);
            end += point.length;
        }
        saw_lookalike_ = saw_lookalike_ || latin_for(c) != 0;
        bool const alone = end == next;
        if (alone && is_nfkc_plain(c)) return end;
        if (alone && c >= 0xFF01 && c <= 0xFF5E) {  // full-width ASCII
            char const plain = static_cast<char>(c - 0xFEE0);
            return replaced(at, end, {&plain, 1}, alone);
        }
        std::string_view const before = text_.substr(at, end - at);
        bool const heaped = marks > most_marks;
        std::string const after = normalize_nfkc(heaped ? without_marks(before) : std::string(before));
        if (after == before) return end;
        // A compatibility form may hold further letters to look at.
        for (std::size_t i = 0; i < after.size(); i += decode_utf8(after, i).length) {
            saw_lookalike_ = saw_lookalike_ || latin_for(decode_utf8(after, i).value) != 0;
        }
        return replaced(at, end, after, alone || heaped);
    }

    std::size_t replaced(std::size_t at, std::size_t end, std::string_view after, bool is_told) {
        replace(at, end, after);
        if (is_told && has_word(after)) note(out_.changes, last(after.size()), Undone::compatibility);
        return end;
    }

    std::string_view text_;
    std::array<Care, tabled> const& cares_;
    TextView out_;
    std::size_t done_ = 0;  // how much of the text is in out_
    bool changed_ = false;
    bool saw_lookalike_ = false;
};

// A word as far as scripts may mix in it: letters and digits but no CJK.
std::size_t word_end(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        auto const byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            if (!is_alnum(text[at])) break;
            ++at;
            continue;
        }
        CodePoint const point = decode_utf8(text, at);
        if (is_cjk(point.value) || !is_word(point.value)) break;
        at += point.length;
    }
    return at;
}

// Where the next word may begin that is not of ASCII alone, at or after `at`; else the text's end.
std::size_t word_with_others(std::string_view text, std::size_t at) {
    std::size_t const other = at + ascii_prefix_length(text.substr(at));
    if (other == text.size()) return other;
    std::size_t begin = other;
    while (begin > at && is_alnum(text[begin - 1])) --begin;
    return begin;
}

// Whether the lookalikes in a word are to be read as Latin: it mixes them with Latin letters, or
// it is made of them and digits alone.
bool reads_latin(std::string_view word) {
    bool latin = false, digit = false, lookalike = false, other = false;
    for (std::size_t at = 0; at < word.size();) {
        CodePoint const point = decode_utf8(word, at);
        at += point.length;
        if (point.value < 0x80) {
            latin = latin || is_alpha(static_cast<char>(point.value));
            digit = digit || is_digit(static_cast<char>(point.value));
        } else if (latin_for(point.value) != 0) {
            lookalike = true;
        } else {
            other = true;
        }
    }
    return lookalike && (latin || (digit && !other));
}

// Second stage: lookalikes, word by word; nothing where no word has any.
std::optional<TextView> undo_lookalikes(std::string_view text, std::vector<TextView::Change> const& earlier) {
    TextView out;
    bool changed = false;
    std::size_t done = 0;
    auto copy_to = [&](std::size_t end) {
        if (end == done) return;
        out.map.add(out.text.size(), done);
        out.text.append(text.substr(done, end - done));
        done = end;
    };
    for (std::size_t at = word_with_others(text, 0); at < text.size(); at = word_with_others(text, at)) {
        std::size_t const end = word_end(text, at);
        if (end == at) {
            at += decode_utf8(text, at).length;
            continue;
        }
        std::string_view const word = text.substr(at, end - at);
        if (is_ascii(word) || !reads_latin(word)) {
            at = end;
            continue;
        }
        while (at < end) {
            CodePoint const point = decode_utf8(text, at);
            char const latin = point.value < 0x80 ? '\0' : latin_for(point.value);
            if (latin != 0) {
                copy_to(at);
                out.map.add(out.text.size(), at, 1, point.length);
                out.text += latin;
                done = at + point.length;
                note(out.changes, {out.text.size() - 1, out.text.size()}, Undone::lookalike);
                changed = true;
            }
            at += point.length;
        }
    }
    if (!changed) return std::nullopt;
    copy_to(text.size());
    // Changes of the first stage move with the text, which only ever shrinks.
    for (TextView::Change const& change : earlier) {
        auto moved = [&](std::uint64_t at) {
            auto const& segments = out.map.segments();
            auto const after = std::upper_bound(segments.begin(), segments.end(), at,
                                                [](std::uint64_t x, OffsetMap::Segment const& s) { return x < s.source; });
            if (after == segments.begin()) return at;
            OffsetMap::Segment const& segment = *(after - 1);
            return segment.text + (at - segment.source) / segment.source_unit * segment.text_unit;
        };
        out.changes.push_back({{moved(change.span.begin), moved(change.span.end)}, change.what});
    }
    std::stable_sort(out.changes.begin(), out.changes.end(),
                     [](auto const& a, auto const& b) { return a.span.begin < b.span.begin; });
    return out;
}

}  // namespace

std::string_view reason_for(Undone undone) {
    switch (undone) {
        case Undone::compatibility: return "full-width or similar letters made plain";
        case Undone::invisible: return "invisible characters taken out";
        case Undone::lookalike: return "lookalike letters of another script made Latin";
        case Undone::digits: return "digits of another script made plain";
        case Undone::numerals: return "Chinese numerals read as digits";
        case Undone::smuggled: return "read from invisible characters";
        case Undone::spread: return "letters that stand apart put together";
    }
    return "";
}

std::vector<std::string_view> TextView::reasons_in(Span span) const {
    std::vector<std::string_view> out;
    for (Change const& change : changes) {
        if (change.span.begin >= span.end) break;
        bool const empty = change.span.size() == 0;
        if (empty ? change.span.begin <= span.begin : change.span.end <= span.begin) continue;
        std::string_view const reason = reason_for(change.what);
        if (std::find(out.begin(), out.end(), reason) == out.end()) out.push_back(reason);
    }
    return out;
}

std::optional<TextView> canonical_view(std::string_view text) {
    if (is_ascii(text)) return std::nullopt;
    Canonicaliser stage(text);
    TextView view = stage.run();
    if (stage.saw_lookalike()) {
        if (std::optional<TextView> latin = undo_lookalikes(view.text, view.changes)) {
            latin->map = join_maps(latin->map, view.map, latin->text.size());
            return latin;
        }
    }
    if (!stage.changed()) return std::nullopt;
    return view;
}

}  // namespace keepmum
