// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/redactor.h"

#include <algorithm>
#include <array>

#include "base/hex.h"
#include "base/utf8.h"
#include "report/mask.h"

namespace keepmum {

namespace {

// One folded byte of a text, with the range of original bytes that it stands for.
struct Folded {
    char byte;
    std::uint32_t begin, end;
};

struct Escape {
    char32_t value = 0;
    std::size_t length = 0;  // 0: no escape here
    bool is_byte = false;    // a raw byte rather than a code point
};

Escape read_number(std::string_view text, std::size_t at, std::size_t digits, std::size_t before) {
    if (text.size() < at + before + digits) return {};
    char32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        int const digit = hex_value(text[at + before + i]);
        if (digit < 0) return {};
        value = value * 16 + static_cast<char32_t>(digit);
    }
    return {value, before + digits, digits == 2};
}

Escape read_entity(std::string_view text, std::size_t at) {
    static constexpr std::array<std::pair<std::string_view, char>, 6> named = {
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&nbsp;", ' '}}};
    for (auto const& [name, character] : named) {
        if (text.substr(at, name.size()) == name) return {static_cast<char32_t>(character), name.size(), false};
    }
    if (text.substr(at, 2) != "&#") return {};
    bool const hex = at + 2 < text.size() && to_lower(text[at + 2]) == 'x';
    std::size_t next = at + (hex ? 3 : 2);
    std::size_t const first = next;
    char32_t value = 0;
    while (next < text.size() && next < first + 7 && (hex ? hex_value(text[next]) >= 0 : is_digit(text[next]))) {
        value = value * (hex ? 16 : 10) + static_cast<char32_t>(hex_value(text[next++]));
    }
    if (next == first || value > 0x10FFFF) return {};
    if (next < text.size() && text[next] == ';') ++next;
    return {value, next - at, false};
}

Escape read_escape(std::string_view text, std::size_t at) {
    char const c = text[at];
    if (c == '%') return read_number(text, at, 2, 1);
    if (c == '&') return read_entity(text, at);
    if (c == '\\' && at + 1 < text.size()) {
        if (text[at + 1] == 'u') return read_number(text, at, 4, 2);
        if (text[at + 1] == 'x') return read_number(text, at, 2, 2);
    }
    return {};
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool is_invisible(char32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F);
}

enum class Punctuation { kept, dropped };

}  // namespace

struct Redactor::View {
    std::string bytes;
    std::vector<std::uint32_t> begin, end;  // of the original, for each byte

    void put(std::string_view folded, std::size_t from, std::size_t to) {
        for (char c : folded) {
            bytes.push_back(c);
            begin.push_back(static_cast<std::uint32_t>(from));
            end.push_back(static_cast<std::uint32_t>(to));
        }
    }

    void reserve(std::size_t size) {
        bytes.reserve(size);
        begin.reserve(size);
        end.reserve(size);
    }

    // Escapes undone, bytes as they come out.
    static View unescape(std::string_view text) {
        View view;
        for (std::size_t at = 0; at < text.size();) {
            Escape const escape = read_escape(text, at);
            std::size_t const length = escape.length ? escape.length : 1;
            std::string out(1, escape.is_byte ? static_cast<char>(escape.value) : text[at]);
            if (escape.length && !escape.is_byte) {
                out.clear();
                append_utf8(out, escape.value);
            }
            view.put(out, at, at + length);
            at += length;
        }
        return view;
    }

    // %2535 is what %35 becomes when it is escaped once more. The offsets stay those of the first text.
    static View unescape_again(View const& once) {
        View twice = unescape(once.bytes);
        for (std::size_t i = 0; i < twice.bytes.size(); ++i) {
            std::size_t const first = twice.begin[i], last = twice.end[i] - 1;
            twice.begin[i] = once.begin[first];
            twice.end[i] = once.end[last];
        }
        return twice;
    }

    // Letter case, width and invisible characters folded away; a view of a view keeps the first
    // one's offsets.
    View fold(Punctuation punctuation) const {
        View view;
        view.reserve(bytes.size());
        for (std::size_t at = 0; at < bytes.size();) {
            CodePoint const code = decode_utf8(bytes, at);
            std::string_view folded(bytes.data() + at, code.length);
            char narrow = 0;
            if (code.value >= 0xFF01 && code.value <= 0xFF5E) narrow = static_cast<char>(code.value - 0xFEE0);
            if (code.value == 0x3000 || code.value == 0xA0) narrow = ' ';
            if (code.valid && code.value < 0x80) narrow = static_cast<char>(code.value);
            if (narrow) {
                narrow = to_lower(narrow);
                folded = std::string_view(&narrow, 1);
            }
            bool const dropped = (code.valid && is_invisible(code.value)) ||
                                 (punctuation == Punctuation::dropped && narrow && !is_alnum(narrow));
            if (!dropped) view.put(folded, begin[at], end[at + code.length - 1]);
            at += code.length;
        }
        return view;
    }
};

namespace {

std::uint64_t pack(std::string_view bytes) {
    std::uint64_t packed = 0;
    for (std::size_t i = 0; i < Redactor::window; ++i) packed = packed << 8 | static_cast<unsigned char>(bytes[i]);
    return packed;
}

// A value that is nothing but punctuation once folded is not looked for without it.
constexpr std::size_t least = 3;

}  // namespace

void Redactor::learn(std::string_view folded) {
    if (folded.size() < least) return;
    if (folded.size() < window) {
        words_.emplace(folded);
        return;
    }
    for (std::size_t at = 0; at + window <= folded.size(); ++at) windows_.insert(pack(folded.substr(at, window)));
}

void Redactor::add(std::string_view secret) {
    if (secret.size() < least) return;
    whole_.emplace(secret);
    View const plain = View::unescape(secret);
    for (Punctuation const punctuation : {Punctuation::kept, Punctuation::dropped}) learn(plain.fold(punctuation).bytes);
    // As it stands too: a value may itself look like an escape.
    std::string lower = ascii_lower(secret);
    learn(lower);
}

void Redactor::mark(View const& view, std::vector<bool>& hidden) const {
    auto const hide = [&](std::size_t from, std::size_t size) {
        for (std::size_t i = view.begin[from]; i < view.end[from + size - 1]; ++i) hidden[i] = true;
    };
    std::string_view const bytes = view.bytes;
    for (std::size_t at = 0; at + window <= bytes.size(); ++at) {
        if (!windows_.contains(pack(bytes.substr(at, window)))) continue;
        // Hiding the characters that lie wholly inside is enough: the half ones at the ends belong
        // to neighbours that merely begin alike.
        std::size_t first = at, last = at + window;
        while (first < last && is_continuation(bytes[first])) ++first;
        while (last > first && last < bytes.size() && is_continuation(bytes[last])) --last;
        if (first < last) hide(first, last - first);
        else hide(at, window);
    }
    if (words_.empty()) return;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        bool const starts = at == 0 || !is_alnum(bytes[at - 1]) || !is_alnum(bytes[at]);
        for (std::size_t size = least; starts && size < window && at + size <= bytes.size(); ++size) {
            std::size_t const end = at + size;
            bool const ends = end == bytes.size() || !is_alnum(bytes[end]) || !is_alnum(bytes[end - 1]);
            if (ends && words_.contains(std::string(bytes.substr(at, size)))) hide(at, size);
        }
    }
}

std::vector<bool> Redactor::find(std::string_view text) const {
    if (empty() || text.size() < least) return {};
    std::vector<bool> hidden(text.size(), false);
    View as_is;
    as_is.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) as_is.put(text.substr(i, 1), i, i + 1);
    auto const look = [&](View const& view) {
        for (Punctuation const punctuation : {Punctuation::kept, Punctuation::dropped}) mark(view.fold(punctuation), hidden);
    };
    look(as_is);
    // Nearly all strings hold no escape at all.
    if (text.find_first_of("%&\\") != text.npos) {
        View const once = View::unescape(text);
        look(once);
        look(View::unescape_again(once));
    }
    if (std::find(hidden.begin(), hidden.end(), true) == hidden.end()) return {};
    // Whole characters: one that is hidden in part is hidden.
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (is_continuation(text[i]) && hidden[i - 1]) hidden[i] = true;
    }
    for (std::size_t i = text.size() - 1; i > 0; --i) {
        if (is_continuation(text[i]) && hidden[i]) hidden[i - 1] = true;
    }
    return hidden;
}

std::string Redactor::cover(std::string_view text, std::vector<bool> const& hidden, std::size_t from) const {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        bool const masked = hidden[from + at];
        std::size_t end = at;
        while (end < text.size() && hidden[from + end] == masked) ++end;
        std::string const part(text.substr(at, end - at));
        if (!masked) {
            out += part;
        } else if (whole_.contains(part)) {
            out += mask(part);
        } else {
            std::size_t const bullets = std::clamp<std::size_t>(part.size(), 3, 12);
            for (std::size_t i = 0; i < bullets; ++i) out += "\u2022";
        }
        at = end;
    }
    return out;
}

std::string Redactor::redact(std::string_view text) const {
    std::vector<bool> const hidden = find(text);
    return hidden.empty() ? std::string(text) : cover(text, hidden, 0);
}

std::vector<std::string> Redactor::redact_parts(std::vector<std::string_view> const& parts) const {
    std::string joined;
    for (std::string_view const part : parts) joined += part;
    std::vector<bool> const hidden = find(joined);
    std::vector<std::string> out;
    std::size_t from = 0;
    for (std::string_view const part : parts) {
        out.push_back(hidden.empty() ? std::string(part) : cover(part, hidden, from));
        from += part.size();
    }
    return out;
}

}  // namespace keepmum
