// Boxes of the ISO base media file format (ISO 14496-12), and the items of still pictures in them (ISO
// 23008-12: HEIF, AVIF).
//
//     box    size (4), type (4), where size is 1 its true size (8), where the type is "uuid" 16 bytes of it; contents
//
// Size 0 means: to the end of what the box stands in.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "format/photo/mapper.h"

namespace keepmum {

struct IsoBox {
    std::string_view type;                // four letters; of the file
    std::uint64_t at = 0, size = 0;       // the whole box
    std::uint64_t body = 0;               // where its contents begin
    std::uint64_t end() const { return at + size; }
    std::uint64_t body_size() const { return at + size - body; }
};

// The boxes from `begin` to `end`, up to the first that is none. `behind` becomes the offset behind the last one.
std::vector<IsoBox> read_boxes(std::string_view file, std::uint64_t begin, std::uint64_t end, std::uint64_t& behind);

// One item of a "meta" box.
struct MediaItem {
    struct Extent {
        std::uint64_t offset = 0, size = 0;  // in the file, cut to it
    };
    std::uint32_t id = 0;
    std::string_view type, content_type;
    std::vector<Extent> extents;
    std::vector<std::uint16_t> properties;  // numbers of boxes in "ipco", from 1, with 0x8000 where essential
};

class MediaItems {
  public:
    // `meta` is a FullBox "meta" of the file.
    MediaItems(std::string_view file, IsoBox const& meta);

    // Claims the items' bytes and hands out what a viewer does not show.
    void claim(Mapper& mapper) const;

    // All boxes in it, which are claimed by who walks them.
    bool empty() const { return items_.empty(); }

    // For who decodes them. The picture that a viewer shows, and one by its number; null where there is none.
    std::uint32_t primary() const { return primary_; }
    MediaItem const* find(std::uint32_t id) const;
    // What `from` is put together from, in order; what tells how transparent it is, if anything does.
    std::vector<std::uint32_t> parts_of(std::uint32_t from) const;
    MediaItem const* transparency_of(std::uint32_t id) const;
    // Whether a reference of that type goes from one item to the other.
    bool refers(std::string_view type, std::uint32_t from, std::uint32_t to) const;
    // Its properties in the order in which they are to be applied.
    struct Property {
        IsoBox const* box = nullptr;
        bool essential = false;  // who does not know it must not show the picture
    };
    std::vector<Property> properties_of(MediaItem const& item) const;
    IsoBox const* property(MediaItem const& item, std::string_view type) const;
    std::string bytes_of(MediaItem const& item) const;
    std::string_view file() const { return file_; }

  private:
    struct Reference {
        std::string_view type;
        std::uint32_t from = 0;
        std::vector<std::uint32_t> to;
    };
    enum class Crop : std::uint8_t { kept, taken_out };
    void read_info(IsoBox const& box);
    void read_locations(IsoBox const& box);
    void read_references(IsoBox const& box);
    void read_properties(IsoBox const& box);
    void claim_picture(Mapper& mapper, MediaItem const& item, bool shown) const;
    void claim_metadata(Mapper& mapper, MediaItem const& item) const;
    bool is_picture(MediaItem const& item) const;
    std::string name_of(MediaItem const& item) const;
    std::set<std::uint32_t> shown() const;
    std::string_view auxiliary_kind(MediaItem const& item) const;
    bool is_alpha(MediaItem const& item) const;
    // A file of the one picture and those that it is put together from.
    std::string lift(MediaItem const& item, Crop crop) const;

    std::string_view file_;
    std::uint64_t data_ = 0;  // where "idat" begins
    std::uint64_t data_size_ = 0;
    std::uint32_t primary_ = 0;
    std::map<std::uint32_t, MediaItem> items_;
    std::vector<Reference> references_;
    std::multimap<std::uint32_t, std::size_t> from_, to_;  // numbers of references by the items at their ends
    std::vector<IsoBox> properties_;
};

}  // namespace keepmum
