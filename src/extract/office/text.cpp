// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/text.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {

namespace {

int strength(char separator) {
    switch (separator) {
        case '\n': return 3;
        case '\t': return 2;
        case ' ': return 1;
        default: return 0;
    }
}

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// What somebody may have written: three letters in a row, or a part's number with fewer of them: XK-2047, AB 1203.
bool is_wordy(std::string_view value) {
    constexpr std::size_t longest_code = 60;
    int letters = 0, digits = 0, in_row = 0;
    bool beyond_hex = false;
    for (char c : value) {
        in_row = is_alpha(c) ? in_row + 1 : 0;
        if (in_row >= 3 || static_cast<unsigned char>(c) >= 0x80) return true;
        letters += is_alpha(c);
        digits += is_digit(c);
        beyond_hex = beyond_hex || (is_alpha(c) && !is_hex(c));
    }
    bool const parted = value.find_first_of("-_/ ") != std::string_view::npos;
    return value.size() <= longest_code && letters > 0 && letters + digits >= 5 && (beyond_hex || parted);
}

// Digits that may be a number that matters (an account, a telephone) though they hold no letter;
// the classification of a typeface is ten pairs of hex digits.
bool is_long_number(std::string_view value) {
    return std::count_if(value.begin(), value.end(), is_digit) >= 11 && value.size() != 20;
}

// Revision marks, colours, class ids: drawn by lot, or from a table.
bool is_machine_id(std::string_view value) {
    if (value.size() == 38 && value.front() == '{' && value.back() == '}') return true;
    if (value.size() == 36 && std::count(value.begin(), value.end(), '-') == 4 &&
        std::all_of(value.begin(), value.end(), [](char c) { return is_hex(c) || c == '-'; })) return true;
    return (value.size() == 6 || value.size() == 8 || value.size() == 20) && std::all_of(value.begin(), value.end(), is_hex);
}

}  // namespace

std::string valid_utf8(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t const good = valid_utf8_prefix(text);
        out.append(text.substr(0, good));
        text.remove_prefix(good);
        if (text.empty()) break;
        out += "\xEF\xBF\xBD";
        text.remove_prefix(1);
    }
    return out;
}

std::string one_line(std::string_view text) {
    std::string out;
    bool blank = false;
    for (char c : text) {
        if (static_cast<unsigned char>(c) <= 0x20) {
            blank = true;
            continue;
        }
        if (blank && !out.empty()) out.push_back(' ');
        blank = false;
        out.push_back(c);
    }
    return out;
}

void TextBuilder::flush() {
    if (pending_ && !text_.empty()) text_.push_back(pending_);
    pending_ = 0;
    for (Mark mark : waiting_) {
        mark.at = static_cast<std::uint32_t>(text_.size());
        marks_.push_back(mark);
    }
    waiting_.clear();
}

void TextBuilder::append(std::string_view text, XmlOrigin origin) {
    if (text.empty()) return;
    flush();
    auto const units = [](std::uint64_t size) { return static_cast<std::uint32_t>(std::min<std::uint64_t>(size, 0xFFFFFFFF)); };
    if (origin.size == text.size()) map_.add(text_.size(), origin.at);
    else map_.add(text_.size(), origin.at, units(text.size()), units(std::max<std::uint64_t>(origin.size, 1)));
    text_.append(text);
}

void TextBuilder::separate(char separator) {
    if (strength(separator) > strength(pending_)) pending_ = separator;
}

void TextBuilder::separate_now(char separator) {
    pending_ = 0;
    text_.push_back(separator);
}

void TextBuilder::mark(Mark::What what, std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) {
    std::erase_if(waiting_, [&](Mark const& one) { return one.what == what; });
    waiting_.push_back({0, what, a, b, c, d});
}

Evidence TextBuilder::finish(Place place, Role role, std::string reason, Kind kind) {
    Evidence evidence;
    evidence.kind = kind;
    evidence.role = role;
    evidence.place = std::move(place);
    evidence.reason = std::move(reason);
    evidence.content = Blob::take(std::move(text_));
    evidence.map = std::move(map_);
    evidence.marks = std::move(marks_);
    *this = TextBuilder();
    return evidence;
}

void FieldList::add(std::string name, std::string_view value, XmlOrigin origin) {
    std::string line = one_line(valid_utf8(value));
    if (line.empty()) return;
    name = one_line(valid_utf8(name));
    std::string pair = name;
    pair.append(1, '\0').append(line);
    if (!seen_.insert(std::move(pair)).second) return;
    text_.separate('\n');
    text_.mark(Mark::What::field, static_cast<std::int32_t>(names_.size()));
    text_.append(name + ": ", {origin.at, 0});
    text_.append(line, origin);
    names_.push_back(std::move(name));
}

void FieldList::put(Outlet& outlet, Place place, Role role) {
    if (empty()) return;
    Evidence evidence = text_.finish(std::move(place), role, {}, Kind::fields);
    evidence.names = std::move(names_);
    outlet.put(std::move(evidence));
    *this = FieldList();
}

void WordBag::add(std::string_view value) {
    if (is_machine_id(value) || (!is_wordy(value) && !is_long_number(value))) return;
    if (!seen_.emplace(value).second) return;
    text_.append(value).push_back('\n');
}

void WordBag::put(Outlet& outlet, Place place) {
    if (text_.empty()) return;
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.role = Role::markup;
    evidence.place = std::move(place);
    evidence.content = Blob::take(std::move(text_));
    // Each value stands once for all its uses: there is no one place to point to.
    evidence.map.add(0, 0, static_cast<std::uint32_t>(std::min<std::size_t>(evidence.content.size(), 0xFFFFFFFF)), 1);
    outlet.put(std::move(evidence));
    *this = WordBag();
}

void PartText::append(Stream stream, std::string_view text, XmlOrigin origin) {
    if (text.empty()) return;
    TextBuilder& builder = builders_[stream];
    if (spoken_ && last_ != stream && stream.role != Role::shown) builder.separate('\n');
    std::int32_t& marked = marked_[stream];
    if (marked != paragraph_) builder.mark(Mark::What::paragraph, paragraph_);
    marked = paragraph_;
    builder.append(text, origin);
    last_ = stream;
    spoken_ = true;
}

void PartText::end_line() {
    for (auto& [stream, builder] : builders_) builder.separate('\n');
}

void PartText::next_paragraph() {
    end_line();
    ++paragraph_;
}

void PartText::put(Outlet& outlet, Place const& place) {
    for (auto& [stream, builder] : builders_)
        if (!builder.empty()) outlet.put(builder.finish(place, stream.role, std::string(stream.reason)));
    *this = PartText();
}

}  // namespace keepmum
