// Matroska and WebM (RFC 9559 over EBML, RFC 8794): each element is a number of 1 to 4 bytes, a size of 1 to 8, and its content.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>

#include "base/utf8.h"
#include "extract/photo/containers.h"

namespace keepmum {

namespace {

constexpr std::uint64_t segment = 0x18538067, info = 0x1549A966, all_tags = 0x1254C367, one_tag = 0x7373,
                        simple_tag = 0x67C8, tag_name = 0x45A3, tag_text = 0x4487, title = 0x7BA9,
                        muxer = 0x4D80, writer = 0x5741, date = 0x4461, file_name = 0x7384,
                        track_list = 0x1654AE6B, track = 0xAE, track_name = 0x536E, uid = 0x73A4,
                        attachments = 0x1941A469, attached = 0x61A7, attached_name = 0x466E,
                        attached_about = 0x467E, length = 0x4489, scale = 0x2AD7B1;

class Matroska final {
  public:
    Matroska(std::string_view file, Tags& tags) : file_(file), tags_(tags) {}

    void read() {
        walk(0, file_.size(), 0);
        if (seconds_ > 0 && seconds_ < 1e9)
            tags_.add({0, 0}, "Film.Seconds", std::to_string(static_cast<std::uint64_t>(seconds_)));
    }

  private:
    // A number as EBML writes them: leading zero bits say how many bytes follow. False at the end.
    bool take(std::uint64_t& at, std::uint64_t end, bool keep_mark, std::uint64_t& value, bool& endless) const {
        if (at >= end) return false;
        auto const first = static_cast<unsigned char>(file_[at]);
        auto const size = static_cast<std::uint64_t>(std::countl_zero(first)) + 1;
        if (size > 8 || size > end - at) return false;
        value = keep_mark ? first : first & (0xFFu >> size);
        bool ones = (first | (0xFF00u >> size)) % 256 == 0xFF;
        for (std::uint64_t i = 1; i < size; ++i) {
            auto const byte = static_cast<unsigned char>(file_[at + i]);
            value = value << 8 | byte;
            ones = ones && byte == 0xFF;
        }
        endless = ones;
        at += size;
        return true;
    }

    void walk(std::uint64_t at, std::uint64_t end, int depth) {
        std::uint64_t const begin = at;
        (void)begin;
        while (depth < 8 && seen_++ < 100'000) {
            std::uint64_t id = 0, size = 0, const_at = at;
            bool endless = false, ignored = false;
            if (!take(at, end, true, id, ignored) || !take(at, end, false, size, endless)) return;
            if (endless || size > end - at) size = end - at;
            element(id, const_at, at, at + size, depth);
            at += size;
        }
    }

    std::string_view text(std::uint64_t at, std::uint64_t end) const { return file_.substr(at, end - at); }

    std::uint64_t number(std::uint64_t at, std::uint64_t end) const {
        std::uint64_t value = 0;
        for (; at < end; ++at) value = value << 8 | static_cast<unsigned char>(file_[at]);
        return value;
    }

    void element(std::uint64_t id, std::uint64_t begin, std::uint64_t at, std::uint64_t end, int depth) {
        TagSource const source{begin, end - begin};
        switch (id) {
            case segment:
            case info:
            case all_tags:
            case one_tag:
            case track_list:
            case track:
            case attachments:
            case attached: return walk(at, end, depth + 1);
            case simple_tag: name_.clear(); return walk(at, end, depth + 1);
            case tag_name: name_ = ascii_lower(text(at, end).substr(0, 60)); return;
            case tag_text: return tags_.add(source, tag_for(name_), text(at, end));
            case title: return tags_.add(source, "File.Title", text(at, end));
            case track_name:
            case attached_about: return tags_.add(source, "File.Comment", text(at, end));
            case muxer:
            case writer: return tags_.add(source, "File.Software", text(at, end));
            case file_name:
            case attached_name: return tags_.add(source, "File.History", text(at, end));
            case uid: return tags_.add(source, "File.Id", hex(text(at, end)));
            case date: {
                // Nanoseconds since the beginning of 2001.
                constexpr std::uint64_t from_1904_to_2001 = 3'061'152'000;
                if (end - at == 8)
                    tags_.add(source, "File.CreatedUtc",
                              say_mac_time(number(at, end) / 1'000'000'000 + from_1904_to_2001));
                return;
            }
            case scale: scale_ = static_cast<double>(number(at, std::min(end, at + 8))); return;
            case length: {
                if (end - at == 8) seconds_ = std::bit_cast<double>(number(at, end)) * scale_ / 1e9;
                if (end - at == 4)
                    seconds_ = std::bit_cast<float>(static_cast<std::uint32_t>(number(at, end))) * scale_ / 1e9;
                return;
            }
            default: return;
        }
    }

    static std::string hex(std::string_view bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string out;
        for (char const c : bytes.substr(0, 32)) {
            out += digits[static_cast<unsigned char>(c) >> 4];
            out += digits[static_cast<unsigned char>(c) & 15];
        }
        return out;
    }

    static std::string tag_for(std::string_view name) {
        if (name == "artist" || name == "author" || name == "director" || name == "producer" ||
            name == "encoded_by")
            return "File.Owner";
        if (name == "copyright") return "File.Copyright";
        if (name == "encoder" || name == "encoder_settings") return "File.Software";
        if (name.starts_with("date_") || name == "creation_time") return "File.Created";
        if (name == "title") return "File.Title";
        if (name == "comment" || name == "description" || name == "synopsis" || name == "keywords")
            return "File.Comment";
        if (name == "recording_location" || name == "location") return "File.Location";
        return "Film." + std::string(name);
    }

    std::string_view file_;
    Tags& tags_;
    std::string name_;
    double scale_ = 1e6, seconds_ = 0;
    std::size_t seen_ = 0;
};

}  // namespace

void read_matroska(std::string_view file, Tags& tags) { Matroska(file, tags).read(); }

}  // namespace keepmum
