// Films and recordings in ISO boxes (ISO/IEC 14496-12; QuickTime File Format): what moov says of itself.
//
//     box   size (4, big-endian; 1: 8 more bytes behind the name; 0: to the end), name (4), content
//     moov  mvhd: version, flags, made and changed (seconds since 1904), time scale, length …
//           udta: ©xyz (place), ©day, ©mak, ©mod, ©swr …: each a size (2), a language (2) and a text;
//                 or, in 3GPP, auth, titl, loci …: version and flags (4), language (2), a text
//           meta: keys (names) and ilst (values), or ilst alone with names of four letters
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "extract/photo/containers.h"
#include "extract/photo/exiv.h"

namespace keepmum {

namespace {

constexpr std::size_t most_depth = 12, most_boxes = 20'000;

constexpr std::pair<std::string_view, std::string_view> names[] = {
    {"\xA9xyz", "File.Position"},
    {"\xA9"
     "day",
     "File.Created"},
    {"\xA9mak", "File.Make"},
    {"\xA9mod", "File.Model"},
    {"\xA9swr", "File.Software"},
    {"\xA9too", "File.Software"},
    {"\xA9"
     "enc",
     "File.Software"},
    {"\xA9nam", "File.Title"},
    {"\xA9"
     "cmt",
     "File.Comment"},
    {"\xA9"
     "des",
     "File.Comment"},
    {"desc", "File.Comment"},
    {"\xA9"
     "aut",
     "File.Owner"},
    {"\xA9"
     "ART",
     "File.Owner"},
    {"aART", "File.Owner"},
    {"\xA9wrt", "File.Owner"},
    {"\xA9"
     "cpy",
     "File.Copyright"},
    {"cprt", "File.Copyright"},
    {"\xA9inf", "File.Comment"},
    {"\xA9"
     "dir",
     "File.Owner"},
    {"\xA9prd", "File.Owner"},
    {"auth", "File.Owner"},
    {"titl", "File.Title"},
    {"dscp", "File.Comment"},
    {"perf", "File.Owner"},
    {"\xA9"
     "alb",
     "File.Title"},
    {"apID", "File.Owner"},
    {"ownr", "File.Owner"},
    {"manu", "File.Make"},
    {"modl", "File.Model"},
    {"\xA9"
     "fmt",
     "File.Comment"},
    {"\xA9"
     "gen",
     "File.Comment"},
    {"\xA9src", "File.Comment"},
    {"\xA9lyr", "File.Comment"},
    {"\xA9grp", "File.Comment"},
    {"\xA9key", "File.Comment"},
    {"com.apple.quicktime.location.ISO6709", "File.Position"},
    {"com.apple.quicktime.creationdate", "File.Created"},
    {"com.apple.quicktime.make", "File.Make"},
    {"com.apple.quicktime.model", "File.Model"},
    {"com.apple.quicktime.software", "File.Software"},
    {"com.apple.quicktime.author", "File.Owner"},
    {"com.apple.quicktime.artist", "File.Owner"},
    {"com.apple.quicktime.copyright", "File.Copyright"},
    {"com.apple.quicktime.title", "File.Title"},
    {"com.apple.quicktime.comment", "File.Comment"},
    {"com.apple.quicktime.description", "File.Comment"},
    {"com.apple.quicktime.content.identifier", "File.Id"},
    {"com.apple.quicktime.camera.lens_model", "File.Lens"},
    {"com.android.version", "File.Software"},
    {"com.android.manufacturer", "File.Make"},
    {"com.android.model", "File.Model"},
};

std::string name_of(std::string_view key) {
    for (auto const& [name, tag] : names) {
        if (key == name) return std::string(tag);
    }
    return "Film." + std::string(key.starts_with('\xA9') ? key.substr(1) : key);
}

class IsoReader final {
  public:
    IsoReader(std::string_view file, Tags& tags) : file_(file), tags_(tags) {}

    void read() { walk(0, file_.size(), 0, {}); }

  private:
    std::uint64_t number(std::uint64_t at, std::size_t size) const {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value = value << 8 | (at + i < file_.size() ? static_cast<unsigned char>(file_[at + i]) : 0u);
        return value;
    }
    std::string_view part(std::uint64_t begin, std::uint64_t end) const {
        return begin < end && begin < file_.size() ? file_.substr(begin, end - begin) : std::string_view();
    }

    void walk(std::uint64_t at, std::uint64_t end, std::size_t depth, std::string_view parent) {
        if (depth > most_depth) return;
        while (at + 8 <= end && boxes_++ < most_boxes) {
            std::uint64_t size = number(at, 4), head = 8;
            if (size == 1) size = number(at + 8, 8), head = 16;
            if (size == 0) size = end - at;
            if (size < head || size > end - at) return;
            take(file_.substr(at + 4, 4), at, at + head, at + size, depth, parent);
            at += size;
        }
    }

    void take(std::string_view name, std::uint64_t begin, std::uint64_t at, std::uint64_t end,
              std::size_t depth, std::string_view parent) {
        TagSource const source{begin, end - begin};
        if (name == "mvhd" || name == "tkhd" || name == "mdhd") return read_times(name, at, source);
        if (name == "hdlr") return tags_.add(source, "Film.Handler", part(at + 24, end));
        if (name == "keys") return read_keys(at, end);
        if (name == "meta") {
            // QuickTime's has no version; ISO's has.
            bool const plain = file_.substr(std::min<std::uint64_t>(at + 4, file_.size()), 4) == "hdlr";
            return walk(plain ? at : at + 4, end, depth + 1, name);
        }
        if (name == "moov" || name == "trak" || name == "mdia" || name == "udta" || name == "moof" ||
            name == "ilst" || name == "minf" || name == "edts") {
            return walk(at, end, depth + 1, name);
        }
        if (parent == "ilst") return read_item(name, at, end, source);
        if (parent == "udta") return read_user_data(name, at, end, source);
    }

    void read_times(std::string_view box, std::uint64_t at, TagSource source) {
        bool const wide = number(at, 1) == 1;
        std::size_t const size = wide ? 8 : 4;
        std::uint64_t const made = number(at + 4, size), changed = number(at + 4 + size, size);
        tags_.add(source, made && box == "mvhd" ? "File.CreatedUtc" : "Film.Created", say_mac_time(made));
        tags_.add(source, changed && box == "mvhd" ? "File.Changed" : "Film.Changed", say_mac_time(changed));
        if (box != "mvhd") return;
        std::uint64_t const scale = number(at + 4 + 2 * size, 4), length = number(at + 8 + 2 * size, size);
        if (scale > 0) tags_.add(source, "Film.Seconds", std::to_string(length / scale));
    }

    void read_keys(std::uint64_t at, std::uint64_t end) {
        keys_.clear();
        std::uint64_t const count = number(at + 4, 4);
        at += 8;
        for (std::uint64_t i = 0; i < count && at + 8 <= end; ++i) {
            std::uint64_t const size = number(at, 4);
            if (size < 8 || size > end - at) return;
            keys_.emplace_back(part(at + 8, at + size));
            at += size;
        }
    }

    // An item of ilst: named by four letters or by the number of its key; in it 'data' with kind (4), place (4) and value.
    void read_item(std::string_view name, std::uint64_t at, std::uint64_t end, TagSource source) {
        std::uint64_t const number_of_key = number(at - 4, 4);
        std::string key(name);
        if (number_of_key >= 1 && number_of_key <= keys_.size()) key = keys_[number_of_key - 1];
        if (name == "----") key = free_name(at, end);
        while (at + 8 <= end) {
            std::uint64_t const size = number(at, 4);
            if (size < 8 || size > end - at) return;
            if (file_.substr(at + 4, 4) == "data" && size > 16) {
                std::uint64_t const kind = number(at + 8, 4);
                if (kind == 1) tags_.add(source, name_of(key), part(at + 16, at + size));
                if ((kind == 21 || kind == 0) && size <= 24)
                    tags_.add(source, name_of(key), std::to_string(number(at + 16, size - 16)));
            }
            at += size;
        }
    }

    std::string free_name(std::uint64_t at, std::uint64_t end) const {
        while (at + 12 <= end) {
            std::uint64_t const size = number(at, 4);
            if (size < 12 || size > end - at) break;
            if (file_.substr(at + 4, 4) == "name") return std::string(part(at + 12, at + size));
            at += size;
        }
        return "free";
    }

    void read_user_data(std::string_view name, std::uint64_t at, std::uint64_t end, TagSource source) {
        if (name.starts_with('\xA9')) {
            while (at + 4 <= end) {
                std::uint64_t const size = number(at, 2);
                tags_.add(source, name_of(name), to_text(part(at + 4, std::min(end, at + 4 + size))));
                at += 4 + size;
            }
            return;
        }
        if (name == "XMP_") {
            Complaint const complaint = read_xmp(part(at, end), source, tags_);
            if (complaint) tags_.add(source, "Film.Unread", *complaint);
            return;
        }
        if (name == "loci") return read_loci(at, end, source);
        std::string_view value = part(at, end);
        bool const full = value.size() > 6 && value.starts_with(std::string_view("\0\0\0\0", 4));
        if (full) value.remove_prefix(6);
        std::string text = to_text(value);
        bool const readable = text.size() > 1 && std::all_of(text.begin(), text.end(), [](char c) {
                                  return static_cast<unsigned char>(c) >= 0x20;
                              });
        if (readable) tags_.add(source, name_of(name), text);
    }

    // 3GPP TS 26.244 8.2.10: language, name, role, longitude, latitude, altitude as 16.16 numbers.
    void read_loci(std::uint64_t at, std::uint64_t end, TagSource source) {
        std::string_view const name = part(at + 6, end);
        std::size_t const length = std::min(name.find('\0'), name.size());
        tags_.add(source, "File.Location", name.substr(0, length));
        std::uint64_t const numbers = at + 6 + length + 2;
        if (numbers + 12 > end) return;
        auto const fixed = [&](std::uint64_t where) {
            return static_cast<std::int32_t>(static_cast<std::uint32_t>(number(where, 4))) / 65536.0;
        };
        auto const sign = [](double value) { return std::string(value < 0 ? "-" : "+"); };
        auto const say = [](double value, std::size_t width) {
            std::string text = std::to_string(value < 0 ? -value : value);
            while (text.find('.') < width) text.insert(0, "0");
            return text;
        };
        double const east = fixed(numbers), north = fixed(numbers + 4);
        tags_.add(source, "File.Position", sign(north) + say(north, 2) + sign(east) + say(east, 3) + "/");
    }

    // UTF-16 where it says so, else UTF-8, else Latin-1.
    static std::string to_text(std::string_view bytes) {
        while (!bytes.empty() && bytes.back() == '\0') bytes.remove_suffix(1);
        if (is_utf8(bytes)) return std::string(bytes);
        std::string out;
        for (char const c : bytes) append_utf8(out, static_cast<unsigned char>(c));
        return out;
    }

    std::string_view file_;
    Tags& tags_;
    std::vector<std::string> keys_;
    std::size_t boxes_ = 0;
};

}  // namespace

std::string say_mac_time(std::uint64_t seconds) {
    constexpr std::uint64_t from_1904_to_1970 = 2'082'844'800;
    if (seconds <= from_1904_to_1970 || seconds > from_1904_to_1970 + (1ull << 33)) return {};
    seconds -= from_1904_to_1970;
    // Days to a date, by eras of 400 years that begin in March.
    std::uint64_t const days = seconds / 86400 + 719468, clock = seconds % 86400;
    std::uint64_t const era = days / 146097, of_era = days % 146097;
    std::uint64_t const year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    std::uint64_t const of_year = of_era - (365 * year + year / 4 - year / 100);
    std::uint64_t const month = (5 * of_year + 2) / 153, day = of_year - (153 * month + 2) / 5 + 1;
    std::uint64_t const number = month < 10 ? month + 3 : month - 9;
    auto const two = [](std::uint64_t value) {
        return std::string{static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
    };
    return std::to_string(year + era * 400 + (number <= 2)) + "-" + two(number) + "-" + two(day) + "T" +
           two(clock / 3600) + ":" + two(clock / 60 % 60) + ":" + two(clock % 60) + "Z";
}

void read_iso(std::string_view file, Tags& tags) { IsoReader(file, tags).read(); }

}  // namespace keepmum
