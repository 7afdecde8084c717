// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/text/packed.h"

#include <algorithm>
#include <array>

#include "base/hex.h"
#include "base/utf8.h"
#include "format/zip/inflate.h"

namespace keepmum {

namespace {

constexpr int most_files = 500;
constexpr std::size_t most_bytes = 16u << 20;
constexpr std::size_t least_dumped = 8;  // bytes; fewer are addresses of hardware

// The line at `at`, without its end; `at` moves to the next one.
std::string_view line_at(std::string_view text, std::size_t& at) {
    std::size_t const end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at = std::min(end + 1, text.size());
    return line;
}

// Git's base 85 (its base85.c): a letter for the length, then five characters for each four bytes.
bool undo_git_line(std::string_view line, std::string& out) {
    static constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
    static auto const values = [] {
        std::array<std::int8_t, 256> table{};
        table.fill(-1);
        for (std::size_t i = 0; i < alphabet.size(); ++i) table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
        return table;
    }();
    if (line.empty() || !is_alpha(line[0]) || line.size() % 5 != 1) return false;
    std::size_t const size = is_upper(line[0]) ? static_cast<std::size_t>(line[0] - 'A') + 1 : static_cast<std::size_t>(line[0] - 'a') + 27;
    std::string bytes;
    for (std::size_t at = 1; at < line.size(); at += 5) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < 5; ++i) {
            int const digit = values[static_cast<unsigned char>(line[at + i])];
            if (digit < 0) return false;
            value = value * 85 + static_cast<std::uint64_t>(digit);
        }
        if (value > 0xFFFFFFFF) return false;
        for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
    }
    if (size > bytes.size()) return false;
    out.append(bytes, 0, size);
    return true;
}

bool is_uu(std::string_view line) {
    return std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '`'; });
}

bool undo_uu_line(std::string_view line, std::string& out) {
    if (line.empty() || line[0] < ' ' || line[0] > '`') return false;
    std::size_t const size = static_cast<std::size_t>(line[0] - ' ') & 63;
    if (size == 0 || line.size() - 1 < (size * 4 + 2) / 3) return false;
    std::string bytes;
    for (std::size_t at = 1; bytes.size() < size; at += 4) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            char const c = at + i < line.size() ? line[at + i] : ' ';
            if (c < ' ' || c > '`') return false;
            value = value << 6 | (static_cast<std::uint32_t>(c - ' ') & 63);
        }
        for (int shift = 16; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
    }
    out.append(bytes, 0, size);
    return true;
}

// The bytes of one line of a dump: an offset that a colon or two blanks end, or none; groups of two or four hex digits, parted by
// one sign; what follows two blanks or a bar is the same in letters. False where it is no such line.
bool undo_dump_line(std::string_view line, bool goes_on, std::string& out) {
    std::size_t at = line.find_first_not_of(" \t");
    if (at == std::string_view::npos) return false;
    std::size_t digits = at;
    while (digits < line.size() && hex_value(line[digits]) >= 0) ++digits;
    bool const offset = digits - at >= 4 && digits < line.size() &&
                        (line.substr(digits).starts_with(": ") || line.substr(digits).starts_with("  "));
    std::size_t const typed = goes_on ? std::string_view::npos : line.find("=hex");
    if (offset) {
        at = line.find_first_not_of(": ", digits);
        if (at == std::string_view::npos) return true;  // the last line of hexdump
    } else if (typed != std::string_view::npos) {  // "Name"=hex(2):41,00,…
        std::size_t const colon = line.find(':', typed);
        if (colon == std::string_view::npos) return false;
        at = colon + 1;
    }
    std::size_t const before = out.size();
    char parting = 0;
    while (at < line.size()) {
        std::size_t end = at;
        while (end < line.size() && hex_value(line[end]) >= 0) ++end;
        std::size_t const width = end - at;
        if (width != 2 && (width != 4 || !offset)) break;
        for (; at < end; at += 2) out += static_cast<char>(hex_value(line[at]) << 4 | hex_value(line[at + 1]));
        if (at == line.size()) break;
        char const next = line[at];
        if (next != ' ' && next != ':' && next != ',') break;
        if (parting == 0) parting = next;
        if (next != parting) break;
        ++at;
        // hexdump -C parts its two halves by two blanks.
        bool const half = offset && next == ' ' && out.size() - before == 8 && at + 2 < line.size();
        if (half && line[at] == ' ' && hex_value(line[at + 1]) >= 0) ++at;
    }
    bool const whole = at >= line.size() || line[at] == ' ' || line[at] == '|' || line[at] == '\\';
    if (whole && out.size() > before) return true;
    out.resize(before);
    return false;
}

std::size_t count_zeros(std::string_view bytes) { return static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\0')); }

bool is_printed(unsigned char c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t'; }

// Whether the bytes are letters, in UTF-8 or in UTF-16 as Windows writes it.
bool reads_as_text(std::string_view bytes) {
    if (bytes.size() < least_dumped) return false;
    std::size_t plain = 0, units = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto const c = static_cast<unsigned char>(bytes[at]);
        plain += is_printed(c) || (c & 0x80) != 0;
        if (at % 2 == 0) continue;
        auto const low = static_cast<unsigned char>(bytes[at - 1]);
        units += (c == 0 && (is_printed(low) || low == 0)) || (c >= 0x4E && c <= 0x9F);
    }
    std::size_t const zeros = count_zeros(bytes);
    if (is_utf8(bytes) && zeros * 8 <= bytes.size()) return (plain + zeros) * 10 >= bytes.size() * 9;
    return units * 2 * 10 >= bytes.size() * 9 && zeros * 4 <= bytes.size() * 3;
}

class Unpacker {
  public:
    Unpacker(TextSlice const& slice, Outlet& outlet) : slice_(slice), outlet_(outlet), text_(slice.text.view()) {}

    void run() {
        if (text_.find("GIT binary patch\n") != std::string_view::npos) unpack_patches();
        std::size_t at = text_.starts_with("begin ") ? 0 : text_.find("\nbegin ");
        for (; at != std::string_view::npos; at = text_.find("\nbegin ", at)) {
            at += text_[at] == '\n';
            unpack_uu(at);
        }
        unpack_dumps();
        if (lost_ != 0) tell(Cause::too_big, lost_, "more is packed in this text than is unpacked");
    }

  private:
    void tell(Cause cause, std::uint64_t bytes, std::string detail) {
        Gap gap;
        gap.cause = cause;
        gap.stage = Stage::decode;
        gap.bytes = bytes;
        gap.detail = std::move(detail);
        outlet_.gap(std::move(gap));
    }

    void put(std::string bytes, std::size_t begin, std::size_t end) {
        if (bytes.empty()) return;
        made_ += bytes.size();
        if (++files_ > most_files || made_ > most_bytes) {
            lost_ += end - begin;
            return;
        }
        Evidence file;
        file.kind = Kind::bytes;
        file.place = Place().with(How::part, "packed at " + std::to_string(slice_.begin + begin));
        file.content = Blob::take(std::move(bytes));
        file.stored = end - begin;
        outlet_.put(std::move(file));
    }

    // "literal 123" or "delta 45", lines, an empty line; twice for each file: what it became, and what it was.
    void unpack_patches() {
        for (std::size_t at = 0; at < text_.size();) {
            std::size_t const begin = at;
            std::string_view const head = line_at(text_, at);
            std::size_t const number = head.starts_with("literal ") ? 8 : head.starts_with("delta ") ? 6 : head.size();
            if (number >= head.size() || !std::all_of(head.begin() + static_cast<std::ptrdiff_t>(number), head.end(), is_digit)) continue;
            std::string packed;
            std::size_t end = at;
            while (end < text_.size()) {
                std::size_t next = end;
                if (!undo_git_line(line_at(text_, next), packed)) break;
                end = next;
            }
            if (packed.size() <= 2) {
                tell(Cause::malformed, at - begin, "a binary file in a patch cannot be unpacked");
                continue;
            }
            at = end;
            Inflated made = inflate_raw(std::string_view(packed).substr(2), most_bytes);
            bool const whole = made.end == InflateEnd::complete;
            if (!whole) tell(Cause::malformed, end - begin, "a binary file in a patch cannot be unpacked");
            // A delta's new bytes stand in it as they are; the old ones are not in this file.
            put(std::move(made.bytes), begin, end);
        }
    }

    void unpack_uu(std::size_t& at) {
        std::size_t const begin = at;
        std::string_view const head = line_at(text_, at);
        if (head.size() < 11 || !std::all_of(head.begin() + 6, head.begin() + 9, is_digit)) return;
        std::string bytes;
        std::string_view last;
        std::size_t end = at;
        while (end < text_.size() && bytes.size() <= most_bytes) {
            std::size_t next = end;
            last = line_at(text_, next);
            if (!undo_uu_line(last, bytes)) break;
            end = next;
        }
        // A line of small letters, with nothing before it, is writing that begins so; what should end it is a line of no bytes.
        bool const is_code = !bytes.empty() || (last.size() > 1 && is_uu(last));
        bool const is_closed = last.empty() || last == "`" || last == " " || last == "end";
        if (is_code && !is_closed && bytes.size() <= most_bytes) {
            tell(Cause::malformed, end - begin, "a uuencoded file in the text breaks off");
        }
        put(std::move(bytes), begin, end);
        at = std::max(begin, end - (end != begin && end > 0));
    }

    void unpack_dumps() {
        std::string bytes;
        std::size_t begin = 0, end = 0;
        bool goes_on = false;
        auto const finish = [&] {
            if (reads_as_text(bytes)) {
                // Strings of the registry end in zeros.
                if (is_utf8(bytes) && count_zeros(bytes) * 4 < bytes.size()) std::replace(bytes.begin(), bytes.end(), '\0', '\n');
                put(std::move(bytes), begin, end);
            }
            bytes.clear();
            goes_on = false;
        };
        for (std::size_t at = 0; at < text_.size();) {
            std::size_t const line_begin = at;
            std::string_view const line = line_at(text_, at);
            if (bytes.empty()) begin = line_begin;
            bool const typed = line.find("=hex") != std::string_view::npos;
            if (typed && !bytes.empty()) finish(), begin = line_begin;
            if (!may_be_dump(line, typed) || !undo_dump_line(line, goes_on, bytes)) {
                if (!bytes.empty()) finish();
                continue;
            }
            end = at;
            goes_on = line.ends_with('\\');
            if (typed && !goes_on) finish();
        }
        finish();
    }

    // A quick no for most lines.
    static bool may_be_dump(std::string_view line, bool typed) {
        if (typed) return true;
        std::size_t const at = line.find_first_not_of(" \t");
        return at != std::string_view::npos && at + 1 < line.size() && hex_value(line[at]) >= 0 && hex_value(line[at + 1]) >= 0;
    }

    TextSlice const& slice_;
    Outlet& outlet_;
    std::string_view text_;
    std::size_t made_ = 0, lost_ = 0;
    int files_ = 0;
};

}  // namespace

void put_packed(TextSlice const& slice, Outlet& outlet) { Unpacker(slice, outlet).run(); }

}  // namespace keepmum
