// Recordings: what their tags say.
//
//     ID3v2   "ID3", version (2), flags, size (4 × 7 bits); frames: name (4; version 2: 3), size (4; version 4: 7-bit bytes),
//             flags (2), charset (1), text
//     ID3v1   the last 128 bytes: "TAG", title (30), artist (30), album (30), year (4), comment (30), genre
//     FLAC    "fLaC"; blocks: last flag and kind (1), size (3); kind 4: length and text, all little-endian ("KEY=value")
//     RIFF    chunks: name (4), size (4, little-endian), content, padded to even; LIST INFO: chunks of text
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "extract/photo/containers.h"

namespace keepmum {

namespace {

std::uint64_t big(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    return value;
}

std::uint64_t little(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;)
        value = value << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    return value;
}

std::string latin1(std::string_view bytes) {
    if (is_utf8(bytes)) return std::string(bytes);
    std::string out;
    for (char const c : bytes) append_utf8(out, static_cast<unsigned char>(c));
    return out;
}

std::string utf16(std::string_view bytes, bool is_big) {
    if (bytes.starts_with("\xFF\xFE"))
        is_big = false, bytes.remove_prefix(2);
    else if (bytes.starts_with("\xFE\xFF"))
        is_big = true, bytes.remove_prefix(2);
    std::string out;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        auto const unit = static_cast<char32_t>(is_big ? big(bytes, at, 2) : little(bytes, at, 2));
        if (unit == 0)
            out += out.empty() ? "" : "; ";
        else
            append_utf8(out, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
    }
    while (out.ends_with("; ")) out.resize(out.size() - 2);
    return out;
}

struct Name {
    std::string_view key, tag;
};
constexpr Name id3_names[] = {
    {"TIT2", "File.Title"},     {"TIT1", "File.Title"},   {"TIT3", "File.Title"},    {"TALB", "File.Title"},
    {"TPE1", "File.Owner"},     {"TPE2", "File.Owner"},   {"TPE3", "File.Owner"},    {"TCOM", "File.Owner"},
    {"TOWN", "File.Owner"},     {"TPUB", "File.Owner"},   {"TENC", "File.Software"}, {"TSSE", "File.Software"},
    {"TCOP", "File.Copyright"}, {"TDRC", "File.Created"}, {"TYER", "File.Created"},  {"TDEN", "File.Created"},
    {"TDTG", "File.Changed"},   {"COMM", "File.Comment"}, {"USLT", "File.Comment"},  {"UFID", "File.Id"},
    {"TT2", "File.Title"},      {"TAL", "File.Title"},    {"TP1", "File.Owner"},     {"TP2", "File.Owner"},
    {"TCM", "File.Owner"},      {"TEN", "File.Software"}, {"TSS", "File.Software"},  {"TCR", "File.Copyright"},
    {"TYE", "File.Created"},    {"COM", "File.Comment"},
};
constexpr Name vorbis_names[] = {
    {"title", "File.Title"},         {"album", "File.Title"},        {"artist", "File.Owner"},
    {"performer", "File.Owner"},     {"organization", "File.Owner"}, {"contact", "File.Owner"},
    {"copyright", "File.Copyright"}, {"license", "File.Copyright"},  {"description", "File.Comment"},
    {"comment", "File.Comment"},     {"date", "File.Created"},       {"encoder", "File.Software"},
    {"encoded-by", "File.Owner"},    {"location", "File.Location"},  {"isrc", "File.Id"},
};
constexpr Name riff_names[] = {
    {"INAM", "File.Title"},    {"IART", "File.Owner"},    {"ICMT", "File.Comment"}, {"ICOP", "File.Copyright"},
    {"ICRD", "File.Created"},  {"ISFT", "File.Software"}, {"IENG", "File.Owner"},   {"ITCH", "File.Owner"},
    {"ISBJ", "File.Comment"},  {"IKEY", "File.Comment"},  {"ISRC", "File.Owner"},   {"ICMS", "File.Owner"},
    {"IARL", "File.Location"}, {"IDIT", "File.Created"},  {"IMED", "File.Comment"}, {"ISMP", "Film.TimeCode"},
    {"STRD", "File.Comment"},
};

template <std::size_t Count>
std::string name_of(Name const (&names)[Count], std::string_view key) {
    for (Name const& one : names) {
        if (one.key == key) return std::string(one.tag);
    }
    return "Sound." + std::string(key);
}

std::string id3_text(std::string_view value, bool described) {
    if (value.empty()) return {};
    unsigned const charset = static_cast<unsigned char>(value[0]);
    value.remove_prefix(1);
    if (described) value.remove_prefix(std::min<std::size_t>(3, value.size()));  // the language
    bool const wide = charset == 1 || charset == 2;
    if (described) {
        // A short description stands before the text, parted by a NUL.
        std::size_t end = 0;
        if (wide) {
            while (end + 1 < value.size() && (value[end] != '\0' || value[end + 1] != '\0')) end += 2;
            value.remove_prefix(std::min(end + 2, value.size()));
        } else {
            end = value.find('\0');
            value.remove_prefix(end == std::string_view::npos ? 0 : end + 1);
        }
    }
    return wide ? utf16(value, charset == 2) : latin1(value.substr(0, value.find('\0')));
}

void read_id3v2(std::string_view file, Tags& tags) {
    if (!file.starts_with("ID3") || file.size() < 10) return;
    auto const seven = [&](std::size_t at) {
        return (big(file, at, 1) & 127) << 21 | (big(file, at + 1, 1) & 127) << 14 |
               (big(file, at + 2, 1) & 127) << 7 | (big(file, at + 3, 1) & 127);
    };
    std::uint64_t const version = big(file, 3, 1), end = std::min<std::uint64_t>(file.size(), 10 + seven(6));
    std::size_t const name_size = version == 2 ? 3 : 4, head = version == 2 ? 6 : 10;
    std::uint64_t at = 10;
    if (version > 2 && (big(file, 5, 1) & 0x40) != 0) at += version == 4 ? seven(10) : big(file, 10, 4) + 4;
    while (at + head < end && file[at] != '\0') {
        std::string_view const name = file.substr(at, name_size);
        std::uint64_t const size = version == 2   ? big(file, at + 3, 3)
                                   : version == 4 ? seven(at + 4)
                                                  : big(file, at + 4, 4);
        if (size > end - at - head) return;
        std::string_view const value = file.substr(at + head, size);
        bool const described = name == "COMM" || name == "USLT" || name == "COM" || name == "ULT";
        if (name[0] == 'T' || described)
            tags.add({at, head + size}, name_of(id3_names, name), id3_text(value, described));
        else if (name == "PRIV" || name == "WXXX" || name == "UFID" || name == "GEOB")
            tags.add({at, head + size}, name_of(id3_names, name), latin1(value));
        else if (name[0] == 'W')
            tags.add({at, head + size}, name_of(id3_names, name), latin1(value));
        at += head + size;
    }
}

void read_info(std::string_view file, std::uint64_t at, std::uint64_t end, Tags& tags) {
    while (at + 8 <= end) {
        std::uint64_t const size = std::min<std::uint64_t>(little(file, at + 4, 4), end - at - 8);
        tags.add({at, 8 + size}, name_of(riff_names, file.substr(at, 4)),
                 latin1(file.substr(at + 8, size).substr(0, file.substr(at + 8, size).find('\0'))));
        at += 8 + size + size % 2;
    }
}

// EBU Tech 3285: description (256), originator (32), its reference (32), date (10), time (8).
void read_broadcast(std::string_view chunk, TagSource source, Tags& tags) {
    auto const field = [&](std::size_t at, std::size_t size) {
        std::string_view const whole = at < chunk.size() ? chunk.substr(at, size) : std::string_view();
        return latin1(whole.substr(0, whole.find('\0')));
    };
    tags.add(source, "File.Comment", field(0, 256));
    tags.add(source, "File.Owner", field(256, 32));
    tags.add(source, "File.Id", field(288, 32));
    tags.add(source, "File.Created", field(320, 10) + "T" + field(330, 8));
    if (chunk.size() > 602) tags.add(source, "File.History", latin1(chunk.substr(602)));
}

// "MON MAR 03 12:04:05 2003", as cameras put it into AVI; others write it as they write it anywhere.
std::string say_riff_date(std::string_view text) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    std::string const lower = ascii_lower(text.substr(0, text.find_first_of(std::string_view("\0\n\r", 3))));
    std::size_t const month =
        lower.size() < 24 ? std::string::npos : ascii_lower(months).find(lower.substr(4, 3));
    if (month == std::string::npos || month % 3 != 0) return std::string(text);
    std::string const day = lower[8] == ' ' ? "0" + lower.substr(9, 1) : lower.substr(8, 2);
    std::string const number = std::to_string(101 + month / 3).substr(1);
    return lower.substr(20, 4) + "-" + number + "-" + day + "T" + lower.substr(11, 8);
}

}  // namespace

void read_id3(std::string_view file, Tags& tags) {
    read_id3v2(file, tags);
    if (file.size() < 128) return;
    std::string_view const last = file.substr(file.size() - 128);
    if (!last.starts_with("TAG")) return;
    TagSource const source{file.size() - 128, 128};
    auto const field = [&](std::size_t at, std::size_t size) {
        return latin1(last.substr(at, size).substr(0, last.substr(at, size).find('\0')));
    };
    tags.add(source, "File.Title", field(3, 30));
    tags.add(source, "File.Owner", field(33, 30));
    tags.add(source, "File.Title", field(63, 30));
    tags.add(source, "File.Created", field(93, 4));
    tags.add(source, "File.Comment", field(97, 30));
}

void read_flac(std::string_view file, Tags& tags) {
    std::size_t at = file.find("fLaC");
    if (at == std::string_view::npos) return;
    at += 4;
    while (at + 4 <= file.size()) {
        auto const kind = static_cast<unsigned char>(file[at]);
        std::uint64_t const size = std::min<std::uint64_t>(big(file, at + 1, 3), file.size() - at - 4);
        std::string_view const block = file.substr(at + 4, size);
        if ((kind & 127) == 4 && block.size() > 8) {
            std::size_t next = 4 + std::min<std::size_t>(little(block, 0, 4), block.size());
            if (next <= block.size()) tags.add({at, 4 + size}, "File.Software", block.substr(4, next - 4));
            std::uint64_t count = little(block, next, 4);
            next += 4;
            while (count-- > 0 && next + 4 <= block.size()) {
                std::string_view const line = block.substr(next + 4, little(block, next, 4));
                std::size_t const equals = std::min(line.find('='), line.size());
                tags.add({at, 4 + size}, name_of(vorbis_names, ascii_lower(line.substr(0, equals))),
                         line.substr(std::min(equals + 1, line.size())));
                next += 4 + line.size();
            }
        }
        at += 4 + size;
        if ((kind & 128) != 0) return;
    }
}

void read_riff(std::string_view file, Tags& tags) {
    std::uint64_t at = 12, a_second = 0;
    constexpr std::size_t most = 10'000;
    for (std::size_t chunks = 0; at + 8 <= file.size() && chunks < most; ++chunks) {
        std::string_view const name = file.substr(at, 4);
        std::uint64_t const size = std::min<std::uint64_t>(little(file, at + 4, 4), file.size() - at - 8);
        TagSource const source{at, 8 + size};
        bool const list = name == "LIST" && file.size() >= at + 12;
        if (list && file.substr(at + 8, 4) == "INFO") read_info(file, at + 12, at + 8 + size, tags);
        if (list && file.substr(at + 8, 4) == "hdrl") {
            // Its own chunks follow in it; IDIT is one of them.
            at += 12;
            continue;
        }
        if (name == "IDIT") tags.add(source, "File.Created", say_riff_date(file.substr(at + 8, size)));
        if (name == "bext") read_broadcast(file.substr(at + 8, size), source, tags);
        if (name == "id3 " || name == "ID3 ") read_id3v2(file.substr(at + 8, size), tags);
        if (name == "fmt ") a_second = little(file, at + 16, 4);
        if (name == "data" && a_second > 0) tags.add(source, "Film.Seconds", std::to_string(size / a_second));
        at += 8 + size + size % 2;
    }
}

}  // namespace keepmum
