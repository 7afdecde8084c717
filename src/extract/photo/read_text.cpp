// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/read_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "extract/photo/containers.h"
#include "extract/photo/exiv.h"
#include "extract/photo/read_notes.h"

namespace keepmum {

namespace {

// Keys of PNG (PNG 11.3.3) and of others, by what they state.
constexpr std::pair<std::string_view, std::string_view> keys[] = {
    {"author", "File.Owner"},
    {"artist", "File.Owner"},
    {"copyright", "File.Copyright"},
    {"source", "File.Model"},
    {"software", "File.Software"},
    {"creation time", "File.Created"},
    {"create-date", "File.Created"},
    {"date:create", "File.Created"},
    {"date:modify", "File.Changed"},
    {"time", "File.Changed"},
    {"tIME", "File.Changed"},
    {"modify-date", "File.Changed"},
    {"title", "File.Title"},
    {"description", "File.Comment"},
    {"comment", "File.Comment"},
    {"disclaimer", "File.Comment"},
    {"warning", "File.Comment"},
    {"parameters", "File.History"},
    {"prompt", "File.History"},
    {"workflow", "File.History"},
    {"date:timestamp", "File.Changed"},
    {"document", "File.Id"},
    {"make", "File.Make"},
    {"serial#", "File.Serial"},
    {"serialnumber", "File.Serial"},
    {"serial number", "File.Serial"},
    {"date", "File.Changed"},
    {"version", "File.Software"},
    {"tool_name", "File.Software"},
    {"credit", "File.Owner"},
    {"creator", "File.Owner"},
    {"headline", "File.Title"},
    {"type", "File.Model"},
    {"location", "File.Location"},
    {"caption", "File.Comment"},
    {"model", "File.Model"},
    // Drawings: Dublin Core, and what editors write down.
    {"rights", "File.Copyright"},
    {"publisher", "File.Owner"},
    {"contributor", "File.Owner"},
    {"subject", "File.Comment"},
    {"inkscape:version", "File.Software"},
    {"sodipodi:version", "File.Software"},
    {"sodipodi:docname", "File.Title"},
    {"inkscape:export-filename", "File.History"},
    {"sodipodi:absref", "File.History"},
};

unsigned number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    unsigned value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    return value;
}

std::string utf16_to_utf8(std::string_view bytes) {
    std::string out;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        char32_t unit = number_at(bytes, at, 2);
        if (unit >= 0xD800 && unit < 0xDC00 && at + 3 < bytes.size()) {
            char32_t const low = number_at(bytes, at + 2, 2);
            if (low >= 0xDC00 && low < 0xE000) {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        if (unit >= 0xD800 && unit < 0xE000) unit = 0xFFFD;
        if (unit != 0) append_utf8(out, unit);
    }
    return out;
}

// The text of a profile's tag: 'desc' (version 2), 'mluc' (version 4) or 'text'.
std::string profile_text(std::string_view value) {
    if (value.starts_with("text")) return std::string(value.substr(std::min<std::size_t>(8, value.size())));
    if (value.starts_with("desc") && value.size() > 12)
        return std::string(value.substr(12, number_at(value, 8, 4)));
    if (!value.starts_with("mluc") || value.size() < 28) return {};
    std::size_t const size = number_at(value, 20, 4), offset = number_at(value, 24, 4);
    return offset < value.size() ? utf16_to_utf8(value.substr(offset, size)) : "";
}

bool is_known_profile(std::string_view description) {
    constexpr std::array<std::string_view, 12> known{"sRGB",         "Adobe RGB",  "Display P3", "Apple RGB",
                                                     "Dot Gain",     "Gray Gamma", "ProPhoto",   "U.S. Web",
                                                     "Coated FOGRA", "Generic",    "c2",         "uRGB"};
    return std::any_of(known.begin(), known.end(),
                       [&](std::string_view name) { return description.find(name) != std::string_view::npos; });
}

// The text string (CBOR major type 3, RFC 8949) that stands at `at`.
std::string_view cbor_text(std::string_view bytes, std::size_t at) {
    if (at >= bytes.size()) return {};
    auto const first = static_cast<unsigned char>(bytes[at]);
    if (first >> 5 != 3) return {};
    unsigned const low = first & 31;
    std::size_t size = low, head = 1;
    if (low >= 24 && low <= 26) {
        std::size_t const width = std::size_t{1} << (low - 24);
        size = number_at(bytes, at + 1, width);
        head = 1 + width;
    } else if (low > 26) {
        return {};
    }
    return at + head <= bytes.size() && size <= bytes.size() - at - head ? bytes.substr(at + head, size)
                                                                         : std::string_view();
}

// The common name of a certificate's subject: the last but one in a chain's first certificate is its issuer's.
std::string_view signer_in(std::string_view bytes) {
    using namespace std::string_view_literals;
    constexpr std::string_view common_name = "\x06\x03\x55\x04\x03"sv;
    std::string_view last;
    int seen = 0;
    for (std::size_t at = bytes.find(common_name); at != std::string_view::npos && seen < 2;
         at = bytes.find(common_name, at + 1), ++seen) {
        std::size_t const value = at + common_name.size();
        if (value + 2 > bytes.size()) break;
        last = bytes.substr(value + 2, static_cast<unsigned char>(bytes[value + 1]));
    }
    return last;
}

}  // namespace

void add_keyed(std::string_view key, std::string_view value, std::string const& front, TagSource source,
               Tags& tags) {
    std::string const lower = ascii_lower(key);
    if (lower == "timedate") {  // seconds since 1970, on the camera's own clock
        std::uint64_t seconds = 0;
        for (char const c : value.substr(0, 11))
            seconds = is_digit(c) ? seconds * 10 + static_cast<std::uint64_t>(c - '0') : seconds;
        std::string const time = say_mac_time(seconds + 2'082'844'800);
        return tags.add(source, "File.Created", time.substr(0, time.find('Z')));
    }
    for (auto const& [name, tag] : keys) {
        if (lower == name) return tags.add(source, tag, value);
    }
    tags.add(source, front + (key.empty() ? "Comment" : std::string(key)), value);
}

void read_text(Piece const& piece, Tags& tags) {
    TagSource const source{piece.offset, piece.stored};
    add_keyed(piece.name, piece.bytes, "Text.", source, tags);
}

bool read_other(Piece const& piece, Tags& tags) {
    TagSource const source{piece.offset, piece.stored};
    std::string_view const bytes = piece.bytes;
    if (piece.name == "tIME" && bytes.size() >= 7) {
        auto const two = [&](std::size_t at) {
            return std::to_string(100 + number_at(bytes, at, 1)).substr(1);
        };
        tags.add(source, "File.Changed",
                 std::to_string(number_at(bytes, 0, 2)) + "-" + two(2) + "-" + two(3) + "T" + two(4) + ":" +
                     two(5) + ":" + two(6) + "Z");
        return true;
    }
    tags.add(source, "Other." + piece.name, std::to_string(bytes.size()) + " bytes");
    // Boxes of films have a reader of their own.
    constexpr std::string_view boxes[] = {"mvhd", "tkhd", "mdhd", "udta", "meta"};
    if (std::find(std::begin(boxes), std::end(boxes), piece.name) == std::end(boxes))
        read_anything(bytes, piece.name, source, tags);
    return false;
}

void read_photoshop(std::string_view blocks, TagSource source, Tags& tags) {
    std::size_t at = 0;
    while (at + 12 <= blocks.size() && blocks.substr(at, 4) == "8BIM") {
        unsigned const id = number_at(blocks, at + 4, 2);
        std::size_t const name = static_cast<unsigned char>(blocks[at + 6]);
        std::size_t const head = at + 6 + (1 + name + 1) / 2 * 2;
        if (head + 4 > blocks.size()) break;
        std::size_t const size = std::min<std::size_t>(number_at(blocks, head, 4), blocks.size() - head - 4);
        std::string_view const value = blocks.substr(head + 4, size);
        TagSource const own{source.offset, source.stored};
        Complaint complaint;
        if (id == 0x0404) complaint = read_iptc(value, own, tags);
        if (id == 0x0422) complaint = read_exif(value, own, tags);
        if (id == 0x0424) complaint = read_xmp(value, own, tags);
        if (id == 0x040B) tags.add(own, "Photoshop.URL", value);
        if (id == 0x041E && value.size() > 16) tags.add(own, "Photoshop.URLs", value.substr(16));
        if (id == 0x03E8 || id == 0x0BB7)
            tags.add(own, "Photoshop.Name", value.substr(std::min<std::size_t>(1, value.size())));
        if (complaint) tags.add(own, "Photoshop.Unread", *complaint);
        at = head + 4 + size + size % 2;
    }
}

void read_profile(std::string_view profile, TagSource source, Tags& tags) {
    if (profile.size() < 132) return;
    std::size_t const count = std::min<std::size_t>(number_at(profile, 128, 4), (profile.size() - 132) / 12);
    std::string description, copyright, maker, model;
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const at = 132 + i * 12;
        std::string_view const name = profile.substr(at, 4);
        std::size_t const offset = number_at(profile, at + 4, 4), size = number_at(profile, at + 8, 4);
        if (offset >= profile.size()) continue;
        std::string_view const value = profile.substr(offset, size);
        if (name == "desc") description = profile_text(value);
        if (name == "dmnd") maker = profile_text(value);
        if (name == "dmdd") model = profile_text(value);
    }
    // The profiles that everybody has say nothing; one made for a certain screen or printer names it.
    if (is_known_profile(description) || description.empty()) return;
    tags.add(source, "ICC.Description", description);
    tags.add(source, "ICC.DeviceMaker", maker);
    tags.add(source, "ICC.DeviceModel", model);
}

std::string describe_c2pa(std::string_view store) {
    std::string made, out = "C2PA";
    for (std::string_view const key :
         {std::string_view("claim_generator"), std::string_view("claim_generator_info")}) {
        std::size_t const at = store.find(key);
        if (at == std::string_view::npos) continue;
        std::string_view text = cbor_text(store, at + key.size());
        if (text.empty()) {
            std::size_t const name = store.find("dname", at);
            if (name != std::string_view::npos && name < at + 64) text = cbor_text(store, name + 5);
        }
        if (!text.empty()) {
            made = text;
            break;
        }
    }
    if (!made.empty()) out += ": made with " + made;
    std::string_view const signer = signer_in(store);
    if (!signer.empty()) out += (made.empty() ? ": signed by " : ", signed by ") + std::string(signer);
    return made_valid(out);
}

}  // namespace keepmum
