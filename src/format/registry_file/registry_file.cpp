// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/registry_file/registry_file.h"

#include <algorithm>
#include <cstdio>

#include "base/hex.h"
#include "base/utf8.h"

namespace keepmum {
namespace {

constexpr std::size_t most_entries = 2'000'000;

struct Root {
    std::string_view whole, brief;
};

constexpr Root roots[] = {
    {"HKEY_LOCAL_MACHINE", "HKLM"}, {"HKEY_CURRENT_USER", "HKCU"},   {"HKEY_USERS", "HKU"},
    {"HKEY_CLASSES_ROOT", "HKCR"},  {"HKEY_CURRENT_CONFIG", "HKCC"},
};

std::string_view trimmed(std::string_view text) {
    auto const is_white = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
    return text;
}

std::string key_path(std::string_view path) {
    for (Root const& root : roots) {
        if (path.size() < root.whole.size() || !equal_ascii_case(path.substr(0, root.whole.size()), root.whole)) continue;
        std::string_view const rest = path.substr(root.whole.size());
        if (rest.empty() || rest.front() == '\\') return std::string(root.brief) + std::string(rest);
    }
    return std::string(path);
}

std::vector<std::string> parted_texts(std::string_view bytes, bool wide) {
    std::vector<std::string> texts;
    std::size_t const unit = wide ? 2 : 1;
    std::size_t begin = 0;
    for (std::size_t at = 0; at + unit <= bytes.size(); at += unit) {
        bool const zero = bytes[at] == 0 && (!wide || bytes[at + 1] == 0);
        bool const last = at + 2 * unit > bytes.size();
        if (!zero && !last) continue;
        std::string_view const part = bytes.substr(begin, at + (zero ? 0 : unit) - begin);
        begin = at + unit;
        if (!part.empty()) texts.push_back(wide ? text_of_utf16(part) : made_valid(part));
    }
    return texts;
}

class Reader final {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    RegistryFile read() {
        if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
        wide_ = !text_.starts_with("REGEDIT4");
        next_line();
        while (at_ < text_.size() && !file_.cut) {
            std::size_t const before = at_;
            std::string_view const line = trimmed(next_line());
            if (line.empty() || line.front() == ';') continue;
            if (line.front() == '[') {
                take_key(line);
            } else if (line.front() == '"' || line.front() == '@') {
                at_ = text_.find(line.front(), before);
                take_value();
            } else {
                ++file_.faults;
            }
            file_.cut = ++entries_ >= most_entries;
        }
        return std::move(file_);
    }

  private:
    std::string_view next_line() {
        std::size_t const end = std::min(text_.find('\n', at_), text_.size());
        std::string_view const line = text_.substr(at_, end - at_);
        at_ = std::min(end + 1, text_.size());
        return line;
    }

    void take_key(std::string_view line) {
        inside_ = false;
        if (line.back() != ']' || line.size() < 3) {
            ++file_.faults;
            return;
        }
        line = line.substr(1, line.size() - 2);
        if (line.front() == '-') return;  // the key is to be deleted: it is not there
        file_.keys.push_back({made_valid(key_path(line)), {}});
        inside_ = true;
    }

    // From the quote at at_ to behind the one that closes it; line ends may stand between. False, and on to the next
    // line, where none does. Each byte is looked at twice at most, as a quote that nothing closes ends the looking for others.
    bool take_quoted(std::string& out) {
        std::size_t const begin = at_++;
        while (!unclosed_ && at_ < text_.size() && text_[at_] != '"') {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
            if (text_[at_] != '\r') out += text_[at_];
            ++at_;
        }
        if (at_ >= text_.size() || unclosed_) {
            unclosed_ = true;
            at_ = begin;
            next_line();
            ++file_.faults;
            return false;
        }
        ++at_;
        out = made_valid(out);
        return true;
    }

    void take_value() {
        RegistryValue value;
        if (text_[at_] == '"') {
            if (!take_quoted(value.name)) return;
        } else {
            ++at_;
        }
        if (at_ >= text_.size() || text_[at_] != '=') {
            next_line();
            ++file_.faults;
            return;
        }
        ++at_;
        bool taken = true;
        if (at_ < text_.size() && text_[at_] == '"') {
            taken = take_quoted(value.text);
            if (taken) next_line();
        } else {
            taken = take_data(trimmed(next_line()), value);
        }
        if (taken && inside_) file_.keys.back().values.push_back(std::move(value));
    }

    bool take_data(std::string_view line, RegistryValue& value) {
        if (line == "-") return false;
        if (line.starts_with("dword:")) {
            std::string_view const digits = line.substr(6);
            value.kind = RegistryValue::Kind::number;
            bool good = !digits.empty() && digits.size() <= 8;
            for (char const digit : digits) {
                good = good && hex_value(digit) >= 0;
                value.number = value.number << 4 | static_cast<std::uint64_t>(std::max(hex_value(digit), 0));
            }
            if (!good) ++file_.faults;
            return good;
        }
        std::size_t const colon = line.find(':');
        if (!line.starts_with("hex") || colon == std::string_view::npos) {
            ++file_.faults;
            return false;
        }
        std::string_view const type = line.substr(3, colon - 3);
        std::string bytes;
        for (std::string_view rest = line.substr(colon + 1);; rest = trimmed(next_line())) {
            bool const more = rest.ends_with('\\');
            if (more) rest.remove_suffix(1);
            if (!take_bytes(rest, bytes)) {
                ++file_.faults;
                return false;
            }
            if (!more || at_ >= text_.size()) break;
        }
        put_bytes(type, std::move(bytes), value);
        return true;
    }

    static bool take_bytes(std::string_view digits, std::string& bytes) {
        for (std::size_t at = 0; at < digits.size();) {
            if (digits[at] == ',' || digits[at] == ' ' || digits[at] == '\t') {
                ++at;
                continue;
            }
            if (at + 1 >= digits.size() || hex_value(digits[at]) < 0 || hex_value(digits[at + 1]) < 0) return false;
            bytes += static_cast<char>(hex_value(digits[at]) << 4 | hex_value(digits[at + 1]));
            at += 2;
        }
        return true;
    }

    void put_bytes(std::string_view type, std::string bytes, RegistryValue& value) const {
        if (type == "(2)" || type == "(1)" || type == "(6)") {
            value.text = wide_ ? text_of_utf16(bytes) : made_valid(bytes.substr(0, bytes.find('\0')));
        } else if (type == "(7)") {
            value.kind = RegistryValue::Kind::texts;
            value.texts = parted_texts(bytes, wide_);
        } else if ((type == "(b)" && bytes.size() == 8) || (type == "(4)" && bytes.size() == 4)) {
            value.kind = RegistryValue::Kind::number;
            bytes.resize(8, '\0');
            value.number = quad_of(bytes);
        } else {
            value.kind = RegistryValue::Kind::binary;
            value.bytes = std::move(bytes);
        }
    }

    std::string_view text_;
    std::size_t at_ = 0, entries_ = 0;
    bool wide_ = true, inside_ = false, unclosed_ = false;
    RegistryFile file_;
};

}  // namespace

RegistryValue const* RegistryKey::find(std::string_view name) const {
    for (RegistryValue const& value : values) {
        if (equal_ascii_case(value.name, name)) return &value;
    }
    return nullptr;
}

std::string_view RegistryKey::text(std::string_view name) const {
    RegistryValue const* const value = find(name);
    return value != nullptr && value->kind == RegistryValue::Kind::text ? std::string_view(value->text) : std::string_view();
}

std::optional<std::uint64_t> RegistryKey::number(std::string_view name) const {
    RegistryValue const* const value = find(name);
    if (value == nullptr || value->kind != RegistryValue::Kind::number) return std::nullopt;
    return value->number;
}

bool is_registry_file(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return text.starts_with("Windows Registry Editor Version") || text.starts_with("REGEDIT4");
}

RegistryFile read_registry_file(std::string_view text) { return Reader(text).read(); }

std::uint64_t quad_of(std::string_view bytes) {
    if (bytes.size() < 8) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 8; i > 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
    return value;
}

std::string text_of_utf16(std::string_view bytes) {
    std::string text;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        auto const unit = [&bytes](std::size_t i) {
            return static_cast<char32_t>(static_cast<unsigned char>(bytes[i]) | static_cast<unsigned char>(bytes[i + 1]) << 8);
        };
        char32_t point = unit(at);
        if (point == 0) break;
        if (point >= 0xD800 && point < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
            point = 0x10000 + ((point - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
            at += 2;
        } else if (point >= 0xD800 && point < 0xE000) {
            point = 0xFFFD;
        }
        append_utf8(text, point);
    }
    return text;
}

std::string time_of_filetime(std::uint64_t filetime) {
    constexpr std::uint64_t seconds_to_1970 = 11'644'473'600;
    std::uint64_t const seconds = filetime / 10'000'000;
    if (seconds < seconds_to_1970 + 315'532'800 || seconds > seconds_to_1970 + 7'258'118'400) return {};
    std::uint64_t const since = seconds - seconds_to_1970;
    // Days to a date: the civil calendar counted from 1 March 0000.
    std::int64_t const z = static_cast<std::int64_t>(since / 86400) + 719468;
    std::int64_t const era = z / 146097, doe = z - era * 146097;
    std::int64_t const yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    std::int64_t const doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int const day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1), month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
    int const year = static_cast<int>(yoe + era * 400 + (month <= 2 ? 1 : 0)), rest = static_cast<int>(since % 86400);
    char out[40];
    std::snprintf(out, sizeof out, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, rest / 3600, rest / 60 % 60, rest % 60);
    return out;
}

std::string time_of_systemtime(std::string_view bytes) {
    if (bytes.size() < 16) return {};
    auto const word = [&bytes](std::size_t i) {
        return static_cast<int>(static_cast<unsigned char>(bytes[2 * i]) | static_cast<unsigned char>(bytes[2 * i + 1]) << 8);
    };
    // Year, month, day of the week, day, hour, minute, second, millisecond.
    if (word(0) < 1980 || word(0) > 2200 || word(1) < 1 || word(1) > 12 || word(3) < 1 || word(3) > 31) return {};
    if (word(4) > 23 || word(5) > 59 || word(6) > 59) return {};
    char out[40];
    std::snprintf(out, sizeof out, "%04d-%02d-%02dT%02d:%02d:%02d", word(0), word(1), word(3), word(4), word(5), word(6));
    return out;
}

}  // namespace keepmum
