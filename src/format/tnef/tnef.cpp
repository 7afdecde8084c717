// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/tnef/tnef.h"

#include <algorithm>

#include "format/text/charset.h"

namespace keepmum {

namespace {

// Reads forward; once something is missing, everything after reads as nothing and `broken` stays set.
class Cursor {
  public:
    explicit Cursor(std::string_view bytes) : bytes_(bytes) {}
    std::uint32_t number(std::size_t length) {
        std::string_view const field = take(length);
        std::uint32_t value = 0;
        for (std::size_t i = field.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(field[i]);
        return value;
    }
    std::string_view take(std::size_t length) {
        if (broken || length > bytes_.size() - at_) {
            broken = true;
            return {};
        }
        at_ += length;
        return bytes_.substr(at_ - length, length);
    }
    // Values are padded to four bytes; the last one's padding may be missing.
    void pad(std::size_t length) { at_ = std::min(bytes_.size(), at_ + (4 - length % 4) % 4); }
    std::size_t at() const { return at_; }
    bool at_end() const { return broken || at_ >= bytes_.size(); }
    bool broken = false;

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

std::string text_of(std::string_view bytes, Charset charset) {
    while (!bytes.empty() && bytes.back() == '\0' && charset != Charset::utf16le) bytes.remove_suffix(1);
    std::string text = decode_charset(bytes, charset).text;
    while (!text.empty() && text.back() == '\0') text.pop_back();
    return text;
}

std::string ansi_text(std::string_view bytes) {
    while (!bytes.empty() && bytes.back() == '\0') bytes.remove_suffix(1);
    std::optional<CharsetGuess> const guess = guess_charset(bytes);
    return text_of(bytes, guess ? guess->charset : Charset::windows_1252);
}

constexpr std::uint16_t multiple = 0x1000, type_string8 = 0x1E, type_unicode = 0x1F, type_binary = 0x102, type_object = 0x0D;

MapiProperty unknown(std::string_view data) { return {0, type_binary, {}, std::string(data)}; }

// Bytes of a value of fixed size, or 0 for one that carries its length.
std::size_t fixed_size(std::uint16_t type) {
    switch (type) {
        case 0x02: case 0x03: case 0x04: case 0x0A: case 0x0B: return 4;
        case 0x05: case 0x06: case 0x07: case 0x14: case 0x40: return 8;
        case 0x48: return 16;
        default: return 0;
    }
}

std::string property_name(Cursor& cursor) {
    cursor.take(16);  // the property set
    if (cursor.number(4) == 0) {
        cursor.number(4);
        return {};
    }
    std::uint32_t const length = cursor.number(4);
    std::string name = text_of(cursor.take(length), Charset::utf16le);
    cursor.pad(length);
    return name;
}

std::vector<MapiProperty> read_properties(std::string_view bytes, bool& damaged) {
    Cursor cursor(bytes);
    std::vector<MapiProperty> properties;
    std::uint32_t const count = cursor.number(4);
    for (std::uint32_t i = 0; i < count && !cursor.at_end(); ++i) {
        MapiProperty property;
        property.type = static_cast<std::uint16_t>(cursor.number(2));
        property.id = static_cast<std::uint16_t>(cursor.number(2));
        if (property.id >= 0x8000) property.name = property_name(cursor);
        auto const base = static_cast<std::uint16_t>(property.type & ~multiple);
        std::size_t const fixed = fixed_size(base);
        bool const counted = (property.type & multiple) || fixed == 0;
        std::uint32_t const values = counted ? cursor.number(4) : 1;
        for (std::uint32_t value = 0; value < values && !cursor.broken; ++value) {
            std::size_t const length = fixed ? fixed : cursor.number(4);
            std::string_view const data = cursor.take(length);
            cursor.pad(length);
            if (fixed) continue;
            if (!property.value.empty()) property.value += '\n';
            if (base == type_unicode) property.value += text_of(data, Charset::utf16le);
            else if (base == type_string8) property.value += ansi_text(data);
            else property.value.append(data);
        }
        properties.push_back(std::move(property));
    }
    damaged = damaged || cursor.broken;
    if (cursor.at() < bytes.size()) properties.push_back(unknown(bytes.substr(cursor.at())));
    return properties;
}

void read_attribute(Tnef& tnef, std::uint32_t id, std::string_view data) {
    auto attachment = [&]() -> TnefAttachment& {
        if (tnef.attachments.empty()) tnef.attachments.emplace_back();
        return tnef.attachments.back();
    };
    auto tell = [&](std::uint16_t property, std::string value) { tnef.properties.push_back({property, type_unicode, {}, std::move(value)}); };
    switch (id) {
        case 0x00018004: return tell(mapi_subject, ansi_text(data));
        case 0x0002800C: return tell(mapi_body, ansi_text(data));
        case 0x00078008: return tell(0x001A, ansi_text(data));
        case 0x00069003: {
            std::vector<MapiProperty> more = read_properties(data, tnef.damaged);
            std::move(more.begin(), more.end(), std::back_inserter(tnef.properties));
            return;
        }
        case 0x00069002: tnef.attachments.emplace_back(); return;
        case 0x0006800F:
            // One attachment has one content; a second one is not to hide the first.
            if (!attachment().data.empty()) tnef.attachments.emplace_back();
            attachment().data = std::string(data);
            return;
        case 0x00018010: attachment().title = ansi_text(data); return;
        case 0x00069005: {
            TnefAttachment& target = attachment();
            for (MapiProperty& property : read_properties(data, tnef.damaged)) {
                if (property.id == mapi_attach_long_name && !property.value.empty()) target.title = property.value;
                if (property.id == mapi_attach_object) {
                    // An attached message or object: an interface id, then a TNEF stream or a file of its own.
                    bool const has_interface = (property.type & ~multiple) == type_object && property.value.size() > 16;
                    target.embedded.push_back(property.value.substr(has_interface ? 16 : 0));
                } else {
                    target.properties.push_back(std::move(property));
                }
            }
            return;
        }
        default: {
            // Dates and flags for the most part; whatever words are in it are not passed over.
            std::vector<MapiProperty>& properties = tnef.attachments.empty() ? tnef.properties : attachment().properties;
            properties.push_back(unknown(data));
            return;
        }
    }
}

}  // namespace

std::optional<Tnef> parse_tnef(std::string_view bytes) {
    Cursor cursor(bytes);
    if (cursor.number(4) != 0x223E9F78) return std::nullopt;
    cursor.number(2);
    Tnef tnef;
    tnef.read = cursor.at();
    while (!cursor.at_end()) {
        std::uint32_t const level = cursor.number(1), id = cursor.number(4), length = cursor.number(4);
        std::string_view const data = cursor.take(length);
        std::uint32_t const checksum = cursor.number(2);
        if (cursor.broken || (level != 1 && level != 2)) {
            tnef.damaged = true;
            break;
        }
        std::uint32_t sum = 0;
        for (unsigned char byte : data) sum += byte;
        tnef.damaged = tnef.damaged || (sum & 0xFFFF) != checksum;
        read_attribute(tnef, id, data);
        tnef.read = cursor.at();
    }
    return tnef;
}

std::optional<DecompressedRtf> decompress_rtf(std::string_view bytes, std::uint64_t most) {
    constexpr std::string_view dictionary_start =
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
        "SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
    constexpr std::uint32_t compressed = 0x75465A4C, plain = 0x414C454D;
    Cursor cursor(bytes);
    cursor.number(4);
    cursor.number(4);
    std::uint32_t const kind = cursor.number(4);
    cursor.number(4);
    if (cursor.broken || (kind != compressed && kind != plain)) return std::nullopt;
    if (kind == plain) return DecompressedRtf{std::string(bytes.substr(16, most)), bytes.size(), bytes.size() - 16 > most};
    std::string window(4096, '\0');
    std::copy(dictionary_start.begin(), dictionary_start.end(), window.begin());
    std::size_t write = dictionary_start.size();
    DecompressedRtf out;
    auto emit = [&](char c) {
        if (out.bytes.size() < most) out.bytes += c;
        else out.cut = true;
        window[write] = c;
        write = (write + 1) % window.size();
    };
    while (!cursor.at_end() && !out.cut) {
        std::uint32_t const control = cursor.number(1);
        for (int bit = 0; bit < 8 && !cursor.at_end(); ++bit) {
            if (!(control >> bit & 1)) {
                emit(static_cast<char>(cursor.number(1)));
                continue;
            }
            std::string_view const pair = cursor.take(2);
            if (pair.size() < 2) break;
            std::uint32_t const word = static_cast<std::uint32_t>(static_cast<unsigned char>(pair[0])) << 8 | static_cast<unsigned char>(pair[1]);
            std::size_t from = word >> 4;
            out.read = cursor.at();
            if (from == write) return out;  // a reference to the place of writing ends the stream
            for (std::uint32_t length = (word & 15) + 2; length > 0; --length, from = (from + 1) % window.size()) emit(window[from]);
        }
    }
    out.read = cursor.at();
    return out;
}

}  // namespace keepmum
