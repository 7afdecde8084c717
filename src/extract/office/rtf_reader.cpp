// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/rtf_reader.h"

#include <algorithm>
#include <iterator>

#include "base/icu.h"
#include "base/utf8.h"
#include "extract/office/ole1.h"
#include "extract/office/strings.h"

namespace keepmum {

namespace {

constexpr std::size_t deepest = 4'000'000;  // groups; 64 MB of states
constexpr std::size_t longest_pending = 1 << 16;

// Field codes that reach out of the document.
constexpr std::string_view outward_fields[] = {"HYPERLINK", "INCLUDE", "LINK ", "DDE", "IMPORT", "DATABASE", "://", "\\\\"};

std::string converter_of(std::uint16_t page) {
    if (page == 65001) return "UTF-8";
    if (page == 10000) return "macintosh";
    if (page == 437 || page == 850 || page == 852 || page == 866) return "ibm-" + std::to_string(page);
    return page == 936 ? "gb18030" : "windows-" + std::to_string(page);
}

std::string decode(std::string_view bytes, std::uint16_t page) {
    if (is_ascii(bytes)) return std::string(bytes);
    if (std::optional<DecodedText> text = decode_with_icu(bytes, converter_of(page).c_str())) return std::move(text->text);
    std::optional<DecodedText> text = decode_with_icu(bytes, "windows-1252");
    return text ? std::move(text->text) : valid_utf8(bytes);
}

bool is_padding(std::string_view bytes) { return bytes.find_first_not_of(std::string_view(" \t\r\n\0", 5)) == std::string_view::npos; }

}  // namespace

std::uint16_t charset_page(std::int32_t charset) {
    switch (charset) {
        case 77: return 10000;
        case 128: return 932;
        case 129: case 130: return 949;
        case 134: return 936;
        case 136: return 950;
        case 161: return 1253;
        case 162: return 1254;
        case 163: return 1258;
        case 177: return 1255;
        case 178: return 1256;
        case 186: return 1257;
        case 204: return 1251;
        case 222: return 874;
        case 238: return 1250;
        case 0: return 1252;
        default: return 0;
    }
}

PartText::Stream RtfReader::stream() const {
    switch (at_.goal) {
        case Goal::margin: return {Role::margin, {}};
        case Goal::note: return {Role::note, {}};
        case Goal::comment: return {Role::comment, {}};
        case Goal::body: break;
        default: return {Role::markup, {}};
    }
    if (at_.deleted) return {Role::deleted, {}};
    if (at_.hidden) return {Role::hidden, "vanish"};
    if (at_.tiny) return {Role::hidden, "tiny"};
    bool const white = at_.colour < colours_.size() && at_.colour > 0 && colours_[at_.colour] == 0xFFFFFF;
    // Table cells may be shaded in ways not followed here.
    if (white && !at_.ground && !at_.in_table) return {Role::hidden, "white"};
    return {Role::shown, {}};
}

void RtfReader::say(std::string_view text, XmlOrigin origin) {
    switch (at_.goal) {
        case Goal::field_code: case Goal::info: case Goal::shape_name: case Goal::shape_value:
            if (value_.empty()) value_origin_ = origin;
            value_origin_.size = origin.at + origin.size - value_origin_.at;
            value_.append(text);
            return;
        case Goal::picture: case Goal::object: case Goal::theme: case Goal::blob: return;
        default: break;
    }
    out_.append(stream(), text, origin);
    if (at_.inserted && at_.goal == Goal::body && !at_.deleted) out_.append({Role::inserted, {}}, text, origin);
}

void RtfReader::flush() {
    if (!pending_.empty()) say(decode(pending_, pending_page_), pending_origin_);
    pending_.clear();
}

void RtfReader::add_bytes(std::string_view bytes, XmlOrigin origin) {
    std::uint16_t const page = at_.page ? at_.page : page_;
    // A plain run is kept apart: then offsets within it are exact.
    bool const apart = is_ascii(bytes) != is_ascii(pending_) && is_ascii(bytes) && bytes.size() > 1;
    if (pending_page_ != page || pending_.size() > longest_pending || apart) flush();
    if (pending_.empty()) pending_origin_ = origin;
    pending_origin_.size = origin.at + origin.size - pending_origin_.at;
    pending_page_ = page;
    pending_.append(bytes);
}

void RtfReader::on_bytes(std::string_view bytes, XmlOrigin origin) {
    if (skip_ > 0) {
        std::size_t const dropped = std::min<std::size_t>(bytes.size(), static_cast<std::size_t>(skip_));
        skip_ -= static_cast<int>(dropped);
        if (origin.size == bytes.size()) origin = {origin.at + dropped, origin.size - dropped};
        bytes.remove_prefix(dropped);
    }
    if (bytes.empty()) return;
    if (at_.goal == Goal::colour_table) {
        if (bytes.find(';') != std::string_view::npos) {
            colours_.push_back(colour_);
            colour_ = 0;
        }
        return;
    }
    if (at_.goal == Goal::picture || at_.goal == Goal::object || at_.goal == Goal::theme || at_.goal == Goal::blob) {
        for (char c : bytes) {
            int const value = is_digit(c) ? c - '0' : to_lower(c) >= 'a' && to_lower(c) <= 'f' ? to_lower(c) - 'a' + 10 : -1;
            if (value < 0) continue;
            if (nibble_ >= 0) blob_.push_back(static_cast<char>(nibble_ * 16 + value));
            nibble_ = nibble_ >= 0 ? -1 : value;
        }
        return;
    }
    add_bytes(bytes, origin);
}

void RtfReader::on_unicode(RtfToken const& token) {
    flush();
    char32_t unit = static_cast<char32_t>(token.number < 0 ? token.number + 65536 : token.number) & 0x1FFFFF;
    skip_ = at_.fallback;
    if (unit >= 0xD800 && unit < 0xDC00) {
        high_surrogate_ = unit;
        return;
    }
    if (unit >= 0xDC00 && unit < 0xE000 && high_surrogate_) unit = 0x10000 + ((high_surrogate_ - 0xD800) << 10) + (unit - 0xDC00);
    high_surrogate_ = 0;
    if (unit > 0x10FFFF || (unit >= 0xD800 && unit < 0xE000) || unit == 0) return;
    // Symbol fonts keep their letters in the private area.
    if (unit >= 0xF020 && unit <= 0xF07E) unit -= 0xF000;
    std::string text;
    append_utf8(text, unit);
    say(text, {token.at, token.size});
}

void RtfReader::break_line(char separator) {
    flush();
    if (at_.goal != Goal::body) out_.builder(stream()).separate(separator);
    else if (separator == '\n') out_.next_paragraph();
    else out_.builder(stream()).separate(separator);
}

void RtfReader::on_symbol(RtfToken const& token) {
    if (skip_ > 0) {
        --skip_;
        return;
    }
    char const c = token.bytes.empty() ? ' ' : token.bytes[0];
    XmlOrigin const origin{token.at, token.size};
    if (c == '*') at_.ignorable = true;
    else if (c == '~') add_bytes(" ", origin);
    else if (c == '_') add_bytes("-", origin);
    else if (c == '\\' || c == '{' || c == '}') add_bytes(token.bytes, origin);
    else if (c == '\n' || c == '\r') break_line('\n');
}

void RtfReader::open() {
    flush();
    skip_ = 0;
    states_.push_back(at_);
}

void RtfReader::close() {
    flush();
    skip_ = 0;
    Goal const goal = at_.goal;
    at_ = states_.back();
    State const inner = at_;
    states_.pop_back();
    if (inner.goal != goal) end_goal(goal);
}

// The group that gathered a value or bytes has ended.
void RtfReader::end_goal(Goal goal) {
    switch (goal) {
        case Goal::picture: case Goal::object: case Goal::theme: case Goal::blob: put_blob(goal); break;
        case Goal::field_code: {
            std::string const upper = ascii_upper(value_);
            bool const outward = std::any_of(std::begin(outward_fields), std::end(outward_fields),
                                             [&](std::string_view word) { return upper.find(word) != std::string::npos; });
            PartText::Stream const to{outward ? Role::link : Role::markup, {}};
            out_.append(to, value_, value_origin_);
            out_.builder(to).separate('\n');
            break;
        }
        case Goal::info:
            if (!info_names_.empty()) fields_.add(info_names_.back(), value_, value_origin_);
            break;
        case Goal::shape_name: shape_name_ = value_; break;
        case Goal::shape_value: {
            // The words of a watermark; descriptions of pictures; all else is geometry.
            PartText::Stream const to{shape_name_ == "gtextUNICODE" ? Role::margin : Role::markup, {}};
            if (shape_name_ == "wzDescription") fields_.add("Alternative text", value_, value_origin_);
            else if (std::any_of(value_.begin(), value_.end(), [](char c) { return is_alpha(c) || static_cast<unsigned char>(c) >= 0x80; })) {
                out_.append(to, value_, value_origin_);
                out_.builder(to).separate('\n');
            }
            break;
        }
        case Goal::note: out_.builder({Role::note, {}}).separate('\n'); break;
        case Goal::comment: out_.builder({Role::comment, {}}).separate('\n'); break;
        case Goal::margin: out_.builder({Role::margin, {}}).separate('\n'); break;
        default: out_.builder({Role::markup, {}}).separate('\n'); break;
    }
    value_.clear();
}

void RtfReader::put_child(std::string bytes, std::string name) {
    if (bytes.empty()) return;
    Evidence child;
    child.place = Place{}.with(How::part, std::move(name));
    child.content = Blob::take(std::move(bytes));
    outlet_.put(std::move(child));
}

void RtfReader::put_object(std::string bytes) {
    std::string const name = "object-" + std::to_string(++objects_);
    std::optional<Ole1Object> object = parse_ole1(bytes);
    if (!object) return put_child(std::move(bytes), name);
    for (auto const& [title, value] : object->names) fields_.add(title, valid_utf8(value));
    // What stands around the data: links, presentation, slack.
    std::string const around = printable_strings(object->around, 6);
    if (!around.empty()) out_.append({Role::residue, {}}, around, {});
    put_child(std::string(object->data), name);
}

void RtfReader::put_blob(Goal goal) {
    nibble_ = -1;
    std::string bytes = std::move(blob_);
    blob_.clear();
    if (bytes.empty()) return;
    if (goal == Goal::picture) put_child(std::move(bytes), "picture-" + std::to_string(++pictures_));
    else if (goal == Goal::object) put_object(std::move(bytes));
    else if (goal == Goal::theme) put_child(std::move(bytes), "theme");
    else out_.append({Role::residue, {}}, printable_strings(bytes, 6), {});
}

void RtfReader::put_tail(std::uint64_t at, std::uint64_t size) {
    if (size == 0 || is_padding(bytes_.substr(at, size))) return;
    Evidence tail;
    tail.place = Place{}.with(How::tail, std::to_string(at));
    tail.content = evidence_.content.slice(at, size);
    tail.stored = size;
    outlet_.put(std::move(tail));
}

std::uint64_t RtfReader::read() {
    std::size_t const begin = bytes_.find("{\\rt");
    if (begin == std::string_view::npos) {
        outlet_.gap({{}, Cause::malformed, Stage::extract, bytes_.size(), "application/rtf", "no RTF group found"});
        return 0;
    }
    put_tail(0, begin);
    RtfTokens tokens(bytes_, begin);
    std::uint64_t count = 0;
    bool ended = false;
    while (!ended) {
        if (++count % 65'536 == 0) {
            outlet_.progress();
            if (outlet_.enough()) break;
        }
        RtfToken const token = tokens.next();
        switch (token.kind) {
            case RtfToken::Kind::open: open(); break;
            case RtfToken::Kind::close: close(); break;
            case RtfToken::Kind::word: on_word(token); break;
            case RtfToken::Kind::symbol: on_symbol(token); break;
            case RtfToken::Kind::hex: {
                char const byte = static_cast<char>(token.number);
                on_bytes({&byte, 1}, {token.at, token.size});
                break;
            }
            case RtfToken::Kind::text: on_bytes(token.bytes, {token.at, token.size}); break;
            case RtfToken::Kind::binary:
                if (at_.goal == Goal::picture || at_.goal == Goal::object) blob_.append(token.bytes);
                else put_child(std::string(token.bytes), "binary-" + std::to_string(token.at));
                break;
            case RtfToken::Kind::end: ended = true; break;
        }
        if (states_.empty()) break;
        if (states_.size() > deepest) {
            outlet_.gap({{}, Cause::too_deep, Stage::extract, bytes_.size() - tokens.position(), "application/rtf", "too many open groups"});
            break;
        }
    }
    flush();
    if (ended) outlet_.gap({{}, Cause::malformed, Stage::extract, 0, "application/rtf", "the file ends within a group"});
    while (!states_.empty() && blob_.empty() == false) close();
    put_tail(tokens.position(), bytes_.size() - tokens.position());
    out_.put(outlet_, {});
    fields_.put(outlet_, {});
    return bytes_.size();
}

}  // namespace keepmum
