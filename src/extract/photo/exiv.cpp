// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/exiv.h"

#include <exiv2/exiv2.hpp>

#include <exception>
#include <functional>

namespace keepmum {

namespace {

// Values of that many parts are tables and pictures, not statements about the picture.
constexpr long most_parts = 64;

bool is_plain(Exiv2::Metadatum const& datum) {
    switch (datum.typeId()) {
        case Exiv2::asciiString:
        case Exiv2::comment:
        case Exiv2::string:
        case Exiv2::date:
        case Exiv2::time:
        case Exiv2::xmpText:
        case Exiv2::xmpAlt:
        case Exiv2::xmpBag:
        case Exiv2::xmpSeq:
        case Exiv2::langAlt: return true;
        default: return datum.count() <= most_parts;
    }
}

// A thumbnail as base64: whoever maps the bytes brings it out.
bool is_picture_in_letters(std::string_view value) {
    constexpr std::size_t least = 1000;
    return value.size() > least && (value.starts_with("/9j/") || value.starts_with("iVBORw0"));
}

// Windows keeps its texts as UTF-16 in numbers, which only printing undoes.
bool is_windows_text(std::string const& name) { return name.starts_with("Exif.Image.XP"); }

std::string value_of(Exiv2::Metadatum const& datum) {
    if (datum.typeId() == Exiv2::comment) {
        auto const* value = dynamic_cast<Exiv2::CommentValue const*>(&datum.value());
        if (value) return value->comment();
    }
    if (datum.typeId() == Exiv2::langAlt) {
        auto const* value = dynamic_cast<Exiv2::LangAltValue const*>(&datum.value());
        std::string out;
        if (value) {
            for (auto const& [language, text] : value->value_) out += (out.empty() ? "" : "; ") + text;
            return out;
        }
    }
    if (datum.typeId() == Exiv2::xmpBag || datum.typeId() == Exiv2::xmpSeq || datum.typeId() == Exiv2::xmpAlt) {
        std::string out;
        for (long i = 0; i < datum.count() && out.size() < Tags::longest; ++i)
            out += (i ? "; " : "") + datum.toString(i);
        return out;
    }
    return datum.toString();
}

bool add_all(Exiv2::ExifData const& data, TagSource source, Tags& tags) {
    for (Exiv2::Exifdatum const& datum : data) {
        std::string const name = datum.key();
        if (is_windows_text(name)) {
            tags.add(source, name, datum.print(&data));
        } else if (is_plain(datum)) {
            tags.add(
                source, name, value_of(datum),
                datum.count() <= most_parts || datum.typeId() == Exiv2::asciiString ? datum.print(&data) : "");
        }
    }
    return true;
}

bool add_all(Exiv2::IptcData const& data, TagSource source, Tags& tags) {
    for (Exiv2::Iptcdatum const& datum : data) tags.add(source, datum.key(), value_of(datum));
    return true;
}

bool add_all(Exiv2::XmpData const& data, TagSource source, Tags& tags) {
    for (Exiv2::Xmpdatum const& datum : data) {
        std::string const value = value_of(datum);
        if (is_picture_in_letters(value)) continue;
        if (!value.starts_with("type=\"")) tags.add(source, datum.key(), value);
    }
    return true;
}

// The one place where foreign code is called: what it throws ends here.
// False, too, is a complaint.
Complaint ask(std::function<bool()> const& question) {
    Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
    bool good = false;
    try {
        good = question();
    } catch (std::exception const&) {
        good = false;
    }
    return good ? Complaint() : Complaint("some of its tags could not be read");
}

Exiv2::byte const* bytes_of(std::string_view text) { return reinterpret_cast<Exiv2::byte const*>(text.data()); }

constexpr std::size_t largest = 1u << 30;

}  // namespace

Complaint read_exif(std::string_view tiff, TagSource source, Tags& tags) {
    if (tiff.size() > largest) return "larger than any Exif";
    Exiv2::ExifData data;
    Complaint const complaint = ask([&] {
        auto const size = static_cast<std::uint32_t>(tiff.size());
        return Exiv2::ExifParser::decode(data, bytes_of(tiff), size) != Exiv2::invalidByteOrder;
    });
    Complaint const other = ask([&] { return add_all(data, source, tags); });
    return complaint ? complaint : other;
}

Complaint read_iptc(std::string_view records, TagSource source, Tags& tags) {
    if (records.size() > largest) return "larger than any IPTC record";
    Exiv2::IptcData data;
    Complaint const complaint = ask([&] {
        return Exiv2::IptcParser::decode(data, bytes_of(records), static_cast<std::uint32_t>(records.size())) ==
               0;
    });
    Complaint const other = ask([&] { return add_all(data, source, tags); });
    return complaint ? complaint : other;
}

Complaint read_xmp(std::string_view packet, TagSource source, Tags& tags) {
    Exiv2::XmpData data;
    Complaint const complaint = ask([&] { return Exiv2::XmpParser::decode(data, std::string(packet)) == 0; });
    Complaint const other = ask([&] { return add_all(data, source, tags); });
    return complaint ? complaint : other;
}

Complaint read_file(std::string_view file, Tags& tags) {
    if (file.size() > largest) return "larger than what is read whole";
    TagSource const source{0, file.size()};
    Exiv2::Image::AutoPtr image;
    Complaint const unknown = ask([&] {
        image = Exiv2::ImageFactory::open(bytes_of(file), static_cast<long>(file.size()));
        return image.get() != nullptr;
    });
    if (unknown || !image.get()) return {};
    Complaint const complaint = ask([&] {
        image->readMetadata();
        return true;
    });
    Complaint const other = ask([&] {
        add_all(image->exifData(), source, tags);
        add_all(image->iptcData(), source, tags);
        add_all(image->xmpData(), source, tags);
        if (!image->comment().empty()) tags.add(source, "File.Comment", image->comment());
        return true;
    });
    return complaint ? complaint : other;
}

}  // namespace keepmum
