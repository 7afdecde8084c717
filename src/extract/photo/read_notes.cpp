// Makers' notes are directories as TIFF has them, behind a mark of the maker; what they point at counts from the
// beginning of the Exif structure or of the note. None is documented; these few are common knowledge:
//
//     mark                     directory at   counts from
//     "OLYMP\0"                8              structure     0x2010: equipment, a directory
//     "OLYMPUS\0II", "OM SYSTEM"  12 (16)     note          (equipment: serial numbers 0x0101, 0x0102; lens 0x0202, 0x0203)
//     "Panasonic\0\0\0"        12             structure     0x0025: internal serial number
//     "AOC\0", "PENTAX \0"     6, 10          structure, note   0x0215: five numbers, the last one internal; 0x0229: serial
//     "RICOH\0"                8              note          0x0002: firmware, 0x0005: serial
//     "Rev0104", "Rv0104"                                   firmware as text
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/read_notes.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/utf8.h"
#include "extract/photo/exiv.h"
#include "extract/photo/read_text.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;

struct Row {
    unsigned tag = 0, type = 0;
    std::string_view value;
};

class Notes final {
  public:
    Notes(std::string_view tiff, TagSource source, Tags& tags) : tiff_(tiff), source_(source), tags_(tags) {}

    void read() {
        big_ = tiff_.starts_with("MM");
        if (!big_ && !tiff_.starts_with("II")) return;
        for (Row const& row : rows(0, number(0, 4, 4))) {
            if (row.tag != 0x8769 || row.value.size() < 4) continue;
            for (Row const& photo : rows(0, number_in(row.value, 0, 4))) {
                if (photo.tag == 0x927C) note_ = photo.value;
            }
        }
        if (note_.empty()) return;
        at_ = static_cast<std::uint64_t>(note_.data() - tiff_.data());
        if (note_.starts_with("OLYMP\0"sv)) return olympus(0, at_ + 8);
        if (note_.starts_with("OLYMPUS\0"sv)) return olympus(at_, at_ + 12);
        if (note_.starts_with("OM SYSTEM\0"sv)) return olympus(at_, at_ + 16);
        if (note_.starts_with("Panasonic\0"sv)) return panasonic();
        if (note_.starts_with("AOC\0"sv)) return pentax(0, at_ + 6);
        if (note_.starts_with("PENTAX \0"sv)) return pentax(at_, at_ + 10);
        if (note_.starts_with("RICOH\0"sv) || note_.starts_with("Ricoh\0"sv)) return ricoh();
        if (note_.starts_with("Rv"sv) || note_.starts_with("Rev"sv))
            add("File.Software", note_.substr(0, note_.find(';')));
    }

  private:
    static std::uint64_t read_number(std::string_view bytes, std::uint64_t at, std::size_t size, bool big) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            std::uint64_t const from = at + (big ? i : size - 1 - i);
            value = value << 8 | (from < bytes.size() ? static_cast<unsigned char>(bytes[from]) : 0u);
        }
        return value;
    }
    std::uint64_t number(std::uint64_t base, std::uint64_t at, std::size_t size) const {
        return read_number(tiff_, base + at, size, big_);
    }
    std::uint64_t number_in(std::string_view value, std::uint64_t at, std::size_t size) const {
        return read_number(value, at, size, big_);
    }

    // The rows of the directory at `at` of the structure; their values count from `base`.
    std::vector<Row> rows(std::uint64_t base, std::uint64_t at) const {
        constexpr std::size_t sizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
        std::vector<Row> out;
        std::uint64_t const count = std::min<std::uint64_t>(number(0, at, 2), 1000);
        for (std::uint64_t i = 0; i < count && at + 2 + i * 12 + 12 <= tiff_.size(); ++i) {
            std::uint64_t const row = at + 2 + i * 12, type = number(0, row + 2, 2),
                                parts = number(0, row + 4, 4);
            if (type == 0 || type >= std::size(sizes)) continue;
            std::uint64_t const size = parts * sizes[type];
            std::uint64_t const value = size <= 4 ? row + 8 : base + number(0, row + 8, 4);
            if (value > tiff_.size() || size > tiff_.size() - value) continue;
            out.push_back({static_cast<unsigned>(number(0, row, 2)), static_cast<unsigned>(type),
                           tiff_.substr(value, size)});
        }
        return out;
    }

    void add(std::string_view name, std::string_view value) {
        // Fields of bytes often hold text behind a NUL or two.
        while (!value.empty() && static_cast<unsigned char>(value.front()) <= 0x20) value.remove_prefix(1);
        value = value.substr(0, value.find('\0'));
        bool const shows =
            std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
        if (shows) tags_.add(source_, name, value);
    }

    // The notes' own byte order, where they say one.
    void take_order(std::string_view mark) {
        if (mark == "MM") big_ = true;
        if (mark == "II") big_ = false;
    }

    void olympus(std::uint64_t base, std::uint64_t at) {
        if (base > 0) take_order(tiff_.substr(std::min<std::size_t>(at - 4, tiff_.size()), 2));
        for (Row const& row : rows(base, at)) {
            if (row.tag == 0x0209) add("File.Serial", row.value);
            if (row.tag == 0x0404 || row.tag == 0x101A) add("File.Serial", row.value);
            if (row.tag != 0x2010) continue;
            bool const points = row.type == 4 || row.type == 13;
            auto const where = points ? base + number_in(row.value, 0, 4)
                                      : static_cast<std::uint64_t>(row.value.data() - tiff_.data());
            for (Row const& part : rows(base, where)) {
                if (part.tag == 0x0101 || part.tag == 0x0102) add("File.Serial", part.value);
                if (part.tag == 0x0202) add("File.LensSerial", part.value);
                if (part.tag == 0x0203) add("File.Lens", part.value);
            }
        }
    }

    // Three letters, year, month and day, and a number: "F35" "080701" "0058".
    void panasonic() {
        for (Row const& row : rows(0, at_ + 12)) {
            if (row.tag == 0x0025) add("File.Serial", row.value);
        }
    }

    void pentax(std::uint64_t base, std::uint64_t at) {
        take_order(tiff_.substr(std::min<std::size_t>(at - 2, tiff_.size()), 2));
        for (Row const& row : rows(base, at)) {
            if (row.tag == 0x0229) add("File.Serial", row.value);
            if (row.tag == 0x0215 && row.value.size() >= 20)
                add("File.Serial", std::to_string(number_in(row.value, 16, 4)));
        }
    }

    void ricoh() {
        for (std::uint64_t const base : {std::uint64_t{0}, at_}) {
            for (Row const& row : rows(base, at_ + 8)) {
                if (row.tag == 0x0002) add("File.Software", row.value);
                if (row.tag == 0x0005) add("File.Serial", row.value);
            }
        }
    }

    std::string_view tiff_;
    TagSource source_;
    Tags& tags_;
    std::string_view note_;
    std::uint64_t at_ = 0;
    bool big_ = false;
};

// The length of a date with a time at the beginning of `text` ("1998:12:31 15:17:20", "1998.10.24 12:08:57"), or 0.
std::size_t date_at(std::string_view text) {
    constexpr std::string_view form = "dddd?dd?dd?dd?dd?dd";
    if (text.size() < form.size() || (text[0] != '1' && text[0] != '2')) return 0;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] == 'd' ? !is_digit(text[i])
                           : std::string_view(":.-/ T").find(text[i]) == std::string_view::npos)
            return 0;
    }
    return text.size() > form.size() && is_digit(text[form.size()]) ? 0 : form.size();
}

bool is_key(std::string_view key) {
    return key.size() >= 3 && key.size() <= 40 &&
           std::all_of(key.begin(), key.end(),
                       [](char c) { return is_alnum(c) || c == '_' || c == ' ' || c == '#' || c == '-'; }) &&
           is_alpha(key.front());
}

// Text, and not bytes that look like a key by chance.
bool is_text(std::string_view value) {
    return is_utf8(value) && std::none_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::string_view value_until(std::string_view rest, std::string_view ends) {
    rest = rest.substr(0, 400);
    return rest.substr(0, rest.find_first_of(ends));
}

// IPTC records: 0x1C, group (1 to 9), number, size (2), value; three in a row are no chance.
void find_iptc(std::string_view bytes, TagSource source, Tags& tags) {
    for (std::size_t at = bytes.find('\x1C'); at != std::string_view::npos; at = bytes.find('\x1C', at + 1)) {
        std::size_t end = at, count = 0;
        while (end + 5 <= bytes.size() && bytes[end] == '\x1C' && bytes[end + 1] >= 1 && bytes[end + 1] <= 9) {
            std::size_t const size =
                static_cast<unsigned char>(bytes[end + 3]) * 256u + static_cast<unsigned char>(bytes[end + 4]);
            if (size >= 0x8000 || size > bytes.size() - end - 5) break;
            end += 5 + size;
            ++count;
        }
        if (count < 3) continue;
        Complaint const complaint = read_iptc(bytes.substr(at, end - at), source, tags);
        if (complaint) tags.add(source, "Other.Unread", *complaint);
        at = end - 1;
    }
}

}  // namespace

void read_notes(std::string_view tiff, TagSource source, Tags& tags) { Notes(tiff, source, tags).read(); }

void name_canon(CanonPart part, Tags const& read, Tags& tags) {
    constexpr std::pair<std::string_view, std::string_view> gps[] = {
        {"0x0001", "LatitudeRef"},  {"0x0002", "Latitude"},    {"0x0003", "LongitudeRef"},
        {"0x0004", "Longitude"},    {"0x0005", "AltitudeRef"}, {"0x0006", "Altitude"},
        {"0x0007", "TimeStamp"},    {"0x000c", "SpeedRef"},    {"0x000d", "Speed"},
        {"0x0011", "ImgDirection"}, {"0x001d", "DateStamp"}};
    for (Tag const& tag : read.all()) {
        constexpr std::string_view front = "Exif.Image.";
        TagSource const source{tag.offset, tag.stored};
        if (!tag.name.starts_with(front)) continue;
        std::string_view const name = std::string_view(tag.name).substr(front.size());
        if (part == CanonPart::notes)
            tags.add(source, "Exif.CanonNote." + std::string(name), tag.value, tag.shown);
        for (auto const& [number, known] : gps) {
            if (part == CanonPart::gps && name == number)
                tags.add(source, "Exif.GPSInfo.GPS" + std::string(known), tag.value, tag.shown);
        }
    }
}

void read_anything(std::string_view bytes, std::string_view whose, TagSource source, Tags& tags) {
    find_iptc(bytes, source, tags);
    read_ciff(bytes, source, tags);
    read_ducky(bytes, source, tags);
    std::string const front = "Other." + std::string(whose) + ".";
    for (std::size_t at = 0; at < bytes.size() && !tags.full(); ++at) {
        std::string_view const rest = bytes.substr(at);
        if (std::size_t const size = date_at(rest); size > 0 && (at == 0 || !is_digit(bytes[at - 1]))) {
            tags.add(source, "File.Changed", rest.substr(0, size));
            at += size - 1;
            continue;
        }
        bool const starts = at == 0 || !is_alnum(bytes[at - 1]);
        if (rest[0] == '<') {
            std::size_t const end = rest.substr(0, 42).find('>');
            if (end == std::string_view::npos || !is_key(rest.substr(1, end - 1))) continue;
            add_keyed(rest.substr(1, end - 1), value_until(rest.substr(end + 1), "<"), front, source, tags);
        } else if (rest[0] == '"') {
            std::size_t const end = rest.substr(0, 42).find('"', 1);
            if (end == std::string_view::npos || !is_key(rest.substr(1, end - 1))) continue;
            std::string_view value = rest.substr(end + 1);
            while (value.starts_with(':') || value.starts_with(' ')) value.remove_prefix(1);
            if (value.starts_with('"'))
                add_keyed(rest.substr(1, end - 1), value_until(value.substr(1), "\""), front, source, tags);
        } else if (starts && is_alpha(rest[0])) {
            std::size_t const end = rest.substr(0, 42).find('=');
            if (end == std::string_view::npos || !is_key(rest.substr(0, end))) continue;
            std::string_view const value = value_until(rest.substr(end + 1), "\r\n\0"sv);
            if (is_text(value)) add_keyed(rest.substr(0, end), value, front, source, tags);
        }
    }
}

}  // namespace keepmum
