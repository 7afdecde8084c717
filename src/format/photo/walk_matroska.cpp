// Matroska and WebM (RFC 9559) on EBML (RFC 8794): elements of an id (1 to 4 bytes, its length told by
// its first bits), a size (1 to 8, likewise; all ones: until its parent ends) and contents, which for
// some are elements again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using What = Piece::What;

enum class Use : std::uint8_t { parent, structure, metadata, picture, empty, attachment };
struct Element {
    std::uint32_t id;
    Use use;
    std::string_view name;
};
constexpr std::array<Element, 33> elements = {{
    {0x1A45DFA3, Use::structure, "EBML"},
    {0x18538067, Use::parent, "Segment"},
    {0x114D9B74, Use::structure, "SeekHead"},
    {0x1549A966, Use::parent, "Info"},
    {0x1654AE6B, Use::parent, "Tracks"},
    {0x1F43B675, Use::picture, "Cluster"},
    {0x1C53BB6B, Use::structure, "Cues"},
    {0x1043A770, Use::metadata, "Chapters"},
    {0x1254C367, Use::metadata, "Tags"},
    {0x1941A469, Use::parent, "Attachments"},
    {0x61A7, Use::parent, "AttachedFile"},
    {0x465C, Use::attachment, "attachment"},
    {0x466E, Use::metadata, "FileName"},
    {0x467E, Use::metadata, "FileDescription"},
    {0x4660, Use::structure, "FileMediaType"},
    {0x46AE, Use::structure, "FileUID"},
    {0xEC, Use::empty, "Void"},
    {0xBF, Use::structure, "CRC-32"},
    {0x2AD7B1, Use::structure, "TimestampScale"},
    {0x4489, Use::structure, "Duration"},
    {0x4461, Use::metadata, "DateUTC"},
    {0x7BA9, Use::metadata, "Title"},
    {0x4D80, Use::metadata, "MuxingApp"},
    {0x5741, Use::metadata, "WritingApp"},
    {0x73A4, Use::metadata, "SegmentUUID"},
    {0x7384, Use::metadata, "SegmentFilename"},
    {0x3CB923, Use::metadata, "PrevUUID"},
    {0x3EB923, Use::metadata, "NextUUID"},
    {0x4444, Use::metadata, "SegmentFamily"},
    {0x6924, Use::metadata, "ChapterTranslate"},
    {0xAE, Use::parent, "TrackEntry"},
    {0x536E, Use::metadata, "track name"},
    {0x6D80, Use::structure, "ContentEncodings"},
}};
// What a track is made of besides; any of these is needed to play it.
constexpr std::array<std::uint32_t, 25> track_parts = {
    0xD7,     0x73C5, 0x83,   0xB9,     0x88, 0x55AA, 0x9C,   0x6DE7, 0x6DF8, 0x23E383, 0x234E7A, 0x55EE,  0x22B59C,
    0x22B59D, 0x86,   0x63A2, 0x258688, 0xAA, 0x56AA, 0x56BB, 0xE0,   0xE1,   0x55AB,   0x55AC,   0x23314F};

constexpr int deepest = 8;

class MatroskaWalk {
  public:
    explicit MatroskaWalk(Mapper& mapper) : mapper_(mapper) {}

    void walk() {
        mapper_.walk.media = "video/x-matroska";
        std::uint64_t const end = walk_elements(0, mapper_.size(), 0);
        if (mapper_.walk.pictures == 0) mapper_.trouble(Cause::malformed, "no film in it");
        walk_trailer(mapper_, end, mapper_.size());
    }

  private:
    // A number whose first byte tells its length; `value` keeps the mark for ids. The length, or 0.
    unsigned read(std::uint64_t at, unsigned most, std::uint64_t& value) const {
        auto const first = static_cast<unsigned>(big_endian(mapper_.file(), at, 1));
        unsigned length = 1;
        while (length <= most && !(first & 0x100u >> length)) ++length;
        if (length > most || mapper_.size() - at < length) return 0;
        value = big_endian(mapper_.file(), at, length);
        return length;
    }

    // The offset behind the last element that is one.
    std::uint64_t walk_elements(std::uint64_t at, std::uint64_t end, int depth) {
        while (at < end) {
            std::uint64_t id = 0, size = 0;
            unsigned const id_length = read(at, 4, id),
                           size_length = id_length == 0 ? 0 : read(at + id_length, 8, size);
            if (size_length == 0) return at;
            std::uint64_t const data = at + id_length + size_length, most = (1ull << 7 * size_length) - 1;
            size &= most;
            bool const open = size == most;  // a live recording: until something of the level above comes
            if (data > end) return at;
            if (!open && size > end - data) mapper_.trouble(Cause::malformed, "an element is cut short");
            size = std::min(size, end - data);
            if (!take(static_cast<std::uint32_t>(id), at, data, size, depth)) return at;
            at = data + size;
        }
        return at;
    }

    bool take(std::uint32_t id, std::uint64_t at, std::uint64_t data, std::uint64_t size, int depth) {
        auto const found =
            std::find_if(elements.begin(), elements.end(), [&](Element const& each) { return each.id == id; });
        bool const part = std::find(track_parts.begin(), track_parts.end(), id) != track_parts.end();
        if (found == elements.end()) {
            if (depth == 0) return false;
            mapper_.claim(at, data - at + size, part ? Owner::structure : Owner::unknown,
                          part ? "track" : "element of no known kind");
            return true;
        }
        std::string const name(found->name);
        if (found->use == Use::picture) mapper_.walk.pictures = 1;
        bool const structure = found->use == Use::structure || found->use == Use::parent || found->use == Use::empty;
        Owner const owner = structure                     ? Owner::structure
                            : found->use == Use::picture  ? Owner::picture
                            : found->use == Use::metadata ? Owner::metadata
                                                          : Owner::hidden_picture;
        mapper_.claim(at, data - at, owner, name);
        switch (found->use) {
            case Use::parent: {
                if (depth >= deepest) break;
                std::uint64_t const end = walk_elements(data, data + size, depth + 1);
                mapper_.claim(end, data + size - end, Owner::unknown, "left in " + name);
                break;
            }
            case Use::empty: mapper_.claim(data, size, Owner::unknown, "left in Void"); break;
            case Use::attachment: mapper_.keep(owner, What::picture, name, data, size); break;
            case Use::metadata: mapper_.keep(owner, What::other, name, data, size); break;
            default: mapper_.claim(data, size, owner, name); break;
        }
        return true;
    }

    Mapper& mapper_;
};

}  // namespace

void walk_matroska(Mapper& mapper) {
    MatroskaWalk(mapper).walk();
}

}  // namespace keepmum
