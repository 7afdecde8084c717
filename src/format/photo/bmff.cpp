// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/photo/bmff.h"

#include <algorithm>
#include <array>

#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;
using What = Piece::What;

constexpr std::size_t most_lifted = 32;  // each copies the properties of all

// Reads forward; behind the end it reads zeros.
class Reader {
  public:
    Reader(std::string_view file, std::uint64_t at, std::uint64_t end)
        : bytes_(file.substr(0, std::min<std::uint64_t>(end, file.size()))), at_(at) {}
    std::uint64_t take(std::size_t size) {
        std::uint64_t const value = big_endian(bytes_, at_, size);
        at_ += size;
        return value;
    }
    std::string_view word(std::size_t size) {
        std::string_view const value = part_of(bytes_, at_, size);
        at_ += size;
        return value;
    }
    std::string_view text() {
        std::string_view const rest = part_of(bytes_, at_);
        std::string_view const value = rest.substr(0, rest.find('\0'));
        at_ += value.size() + 1;
        return value;
    }
    bool done() const { return at_ >= bytes_.size(); }
    std::uint64_t at() const { return at_; }

  private:
    std::string_view bytes_;
    std::uint64_t at_;
};

void put(std::string& to, std::uint64_t value, std::size_t size) {
    for (std::size_t i = size; i-- > 0;) to += static_cast<char>(value >> 8 * i & 0xFF);
}
std::string box(std::string_view type, std::string_view body) {
    std::string out;
    put(out, body.size() + 8, 4);
    out += type;
    out += body;
    return out;
}

// A file of a few items, put together box by box.
struct Lifted {
    std::string info, owners, places, references, pool, data;
    std::uint32_t count = 0;

    void add(std::uint32_t id, std::string_view type, std::vector<std::uint16_t> const& properties,
             std::string const& bytes) {
        ++count;
        std::string entry("\2\0\0\0"sv);
        put(entry, id & 0xFFFF, 2);
        put(entry, 0, 2);
        info += box("infe", entry + std::string(type) + '\0');
        put(owners, id & 0xFFFF, 2);
        put(owners, properties.size() & 0xFF, 1);
        for (std::size_t i = 0; i < (properties.size() & 0xFF); ++i) put(owners, properties[i], 2);
        put(places, id & 0xFFFF, 2);
        put(places, 0, 2);
        put(places, 1, 2);
        put(places, data.size(), 4);
        put(places, bytes.size(), 4);
        data += bytes;
    }
    void refer(std::string_view type, std::uint32_t from, std::vector<std::uint32_t> const& to) {
        std::string body;
        put(body, from & 0xFFFF, 2);
        put(body, to.size() & 0xFFFF, 2);
        for (std::uint32_t const id : to) put(body, id & 0xFFFF, 2);
        references += box(type, body);
    }
    std::string write(std::string_view front, std::uint32_t primary_id) const {
        std::string primary("\0\0\0\0"sv), info_head("\0\0\0\0"sv), places_head("\0\0\0\0\x44\0"sv),
            owners_head("\0\0\0\1"sv);
        put(primary, primary_id & 0xFFFF, 2);
        put(info_head, count, 2);
        put(places_head, count, 2);
        put(owners_head, count, 4);
        std::string const handler = box("hdlr", "\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"sv);
        std::string const properties = box("iprp", box("ipco", pool) + box("ipma", owners_head + owners));
        auto const meta_with = [&](std::string const& located) {
            return box("meta",
                       std::string("\0\0\0\0"sv) + handler + box("pitm", primary) + box("iinf", info_head + info) +
                           box("iloc", places_head + located) + properties +
                           (references.empty() ? std::string() : box("iref", std::string("\0\0\0\0"sv) + references)));
        };
        // Where the data will be is known once all else has its size.
        std::uint64_t const base = front.size() + meta_with(places).size() + 8;
        std::string located;
        for (std::size_t at = 0; at + 14 <= places.size(); at += 14) {
            located += places.substr(at, 6);
            put(located, big_endian(places, at + 6, 4) + base, 4);
            located += places.substr(at + 10, 4);
        }
        return std::string(front) + meta_with(located) + box("mdat", data);
    }
};

}  // namespace

std::vector<IsoBox> read_boxes(std::string_view file, std::uint64_t begin, std::uint64_t end, std::uint64_t& behind) {
    std::vector<IsoBox> boxes;
    end = std::min<std::uint64_t>(end, file.size());
    while (begin < end && end - begin >= 8) {
        IsoBox next{file.substr(begin + 4, 4), begin, big_endian(file, begin, 4), begin + 8};
        if (next.size == 1) next.size = big_endian(file, begin + 8, 8), next.body += 8;
        if (next.size == 0) next.size = end - begin;
        bool const letters = std::all_of(next.type.begin(), next.type.end(),
                                         [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
        if (!letters || next.size < next.body - begin || next.size > end - begin) break;
        if (next.type == "uuid") next.body = std::min(next.body + 16, next.end());
        boxes.push_back(next);
        begin += next.size;
    }
    behind = begin;
    return boxes;
}

MediaItems::MediaItems(std::string_view file, IsoBox const& meta) : file_(file) {
    std::uint64_t behind = 0;
    std::vector<IsoBox> const boxes = read_boxes(file, meta.body + 4, meta.end(), behind);
    for (IsoBox const& each : boxes) {
        Reader reader(file, each.body, each.end());
        if (each.type == "pitm")
            primary_ = static_cast<std::uint32_t>(reader.take(4) >> 24 == 0 ? reader.take(2) : reader.take(4));
        if (each.type == "idat") data_ = each.body, data_size_ = each.body_size();
        if (each.type == "iinf") read_info(each);
        if (each.type == "iref") read_references(each);
        if (each.type == "iprp") read_properties(each);
    }
    for (IsoBox const& each : boxes) {
        if (each.type == "iloc") read_locations(each);
    }
}

// "infe", version 2 and 3: id (2 or 4), protection (2), type (4), name; "mime" also has its content type.
void MediaItems::read_info(IsoBox const& all) {
    Reader head(file_, all.body, all.end());
    head.take(head.take(4) >> 24 == 0 ? 2 : 4);
    std::uint64_t behind = 0;
    for (IsoBox const& each : read_boxes(file_, head.at(), all.end(), behind)) {
        Reader reader(file_, each.body, each.end());
        std::uint64_t const version = reader.take(4) >> 24;
        if (each.type != "infe" || version < 2) continue;
        MediaItem item;
        item.id = static_cast<std::uint32_t>(reader.take(version == 2 ? 2 : 4));
        reader.take(2);
        item.type = reader.word(4);
        reader.text();
        if (item.type == "mime") item.content_type = reader.text();
        items_.emplace(item.id, item);
    }
}

void MediaItems::read_locations(IsoBox const& all) {
    Reader reader(file_, all.body, all.end());
    std::uint64_t const version = reader.take(4) >> 24, sizes = reader.take(2);
    auto const size_at = [&](int shift) { return std::min<std::size_t>(sizes >> shift & 15, 8); };
    std::size_t const offset_size = size_at(12), length_size = size_at(8), base_size = size_at(4),
                      index_size = version == 0 ? 0 : size_at(0);
    std::uint64_t const count = reader.take(version < 2 ? 2 : 4);
    for (std::uint64_t i = 0; i < count && !reader.done(); ++i) {
        auto const id = static_cast<std::uint32_t>(reader.take(version < 2 ? 2 : 4));
        std::uint64_t const method = version == 0 ? 0 : reader.take(2) & 15;
        reader.take(2);
        std::uint64_t const base = reader.take(base_size), extents = reader.take(2);
        auto const item = items_.find(id);
        for (std::uint64_t k = 0; k < extents && !reader.done(); ++k) {
            reader.take(index_size);
            std::uint64_t offset = base + reader.take(offset_size), size = reader.take(length_size);
            if (item == items_.end() || method > 1) continue;
            std::uint64_t const end = method == 1 ? data_ + data_size_ : file_.size();
            if (method == 1) offset += data_;
            if (offset >= end) continue;
            if (size == 0 || size > end - offset) size = end - offset;
            item->second.extents.push_back({offset, size});
        }
    }
}

void MediaItems::read_references(IsoBox const& all) {
    Reader head(file_, all.body, all.end());
    std::size_t const id_size = head.take(4) >> 24 == 0 ? 2 : 4;
    std::uint64_t behind = 0;
    for (IsoBox const& each : read_boxes(file_, head.at(), all.end(), behind)) {
        Reader reader(file_, each.body, each.end());
        Reference reference{each.type, static_cast<std::uint32_t>(reader.take(id_size)), {}};
        std::uint64_t const count = reader.take(2);
        for (std::uint64_t i = 0; i < count && !reader.done(); ++i)
            reference.to.push_back(static_cast<std::uint32_t>(reader.take(id_size)));
        from_.emplace(reference.from, references_.size());
        for (std::uint32_t const to : reference.to) to_.emplace(to, references_.size());
        references_.push_back(std::move(reference));
    }
}

// "ipco" holds the properties, "ipma" says whose they are.
void MediaItems::read_properties(IsoBox const& all) {
    std::uint64_t behind = 0;
    for (IsoBox const& each : read_boxes(file_, all.body, all.end(), behind)) {
        if (each.type == "ipco") properties_ = read_boxes(file_, each.body, each.end(), behind);
        if (each.type != "ipma") continue;
        Reader reader(file_, each.body, each.end());
        std::uint64_t const head = reader.take(4), count = reader.take(4);
        for (std::uint64_t i = 0; i < count && !reader.done(); ++i) {
            auto const item = items_.find(static_cast<std::uint32_t>(reader.take(head >> 24 == 0 ? 2 : 4)));
            std::uint64_t const own = reader.take(1);
            for (std::uint64_t k = 0; k < own && !reader.done(); ++k) {
                std::uint64_t const raw = reader.take(head & 1 ? 2 : 1);
                std::uint64_t const number = head & 1 ? raw : (raw & 0x7F) | (raw & 0x80) << 8;
                if (item != items_.end()) item->second.properties.push_back(static_cast<std::uint16_t>(number));
            }
        }
    }
}

IsoBox const* MediaItems::property(MediaItem const& item, std::string_view type) const {
    for (std::uint16_t const number : item.properties) {
        std::size_t const index = number & 0x7FFF;
        if (index >= 1 && index <= properties_.size() && properties_[index - 1].type == type)
            return &properties_[index - 1];
    }
    return nullptr;
}

bool MediaItems::is_picture(MediaItem const& item) const {
    return property(item, "ispe") != nullptr || item.type == "grid" || item.type == "hvc1" || item.type == "av01" ||
           item.type == "jpeg";
}

// The primary item, what it is put together from, and its transparency.
std::set<std::uint32_t> MediaItems::shown() const {
    std::set<std::uint32_t> all{primary_};
    std::vector<std::uint32_t> next{primary_};
    while (!next.empty()) {
        std::uint32_t const id = next.back();
        next.pop_back();
        auto const [first, last] = from_.equal_range(id);
        for (auto at = first; at != last; ++at) {
            if (references_[at->second].type != "dimg") continue;
            for (std::uint32_t const part : references_[at->second].to) {
                if (all.insert(part).second) next.push_back(part);
            }
        }
        auto const [begin, end] = to_.equal_range(id);
        for (auto at = begin; at != end; ++at) {
            Reference const& reference = references_[at->second];
            auto const from = items_.find(reference.from);
            if (reference.type != "auxl" || from == items_.end()) continue;
            if (is_alpha(from->second) && all.insert(reference.from).second) next.push_back(reference.from);
        }
    }
    return all;
}

bool MediaItems::is_alpha(MediaItem const& item) const {
    std::string_view const urn = auxiliary_kind(item);
    return urn.find("alpha") != std::string_view::npos || urn.starts_with("urn:mpeg:hevc:2015:auxid:1\0"sv);
}

MediaItem const* MediaItems::find(std::uint32_t id) const {
    auto const found = items_.find(id);
    return found == items_.end() ? nullptr : &found->second;
}

std::vector<std::uint32_t> MediaItems::parts_of(std::uint32_t from) const {
    auto const [first, last] = from_.equal_range(from);
    for (auto at = first; at != last; ++at) {
        if (references_[at->second].type == "dimg") return references_[at->second].to;
    }
    return {};
}

MediaItem const* MediaItems::transparency_of(std::uint32_t id) const {
    auto const [first, last] = to_.equal_range(id);
    for (auto at = first; at != last; ++at) {
        if (references_[at->second].type != "auxl") continue;
        MediaItem const* const item = find(references_[at->second].from);
        if (item && is_alpha(*item)) return item;
    }
    return nullptr;
}

bool MediaItems::refers(std::string_view type, std::uint32_t from, std::uint32_t to) const {
    auto const [first, last] = from_.equal_range(from);
    return std::any_of(first, last, [&](auto const& entry) {
        Reference const& reference = references_[entry.second];
        return reference.type == type && std::find(reference.to.begin(), reference.to.end(), to) != reference.to.end();
    });
}

std::vector<MediaItems::Property> MediaItems::properties_of(MediaItem const& item) const {
    std::vector<Property> all;
    for (std::uint16_t const number : item.properties) {
        std::size_t const index = number & 0x7FFF;
        if (index >= 1 && index <= properties_.size()) all.push_back({&properties_[index - 1], (number & 0x8000) != 0});
    }
    return all;
}

std::string_view MediaItems::auxiliary_kind(MediaItem const& item) const {
    IsoBox const* const kind = property(item, "auxC");
    return kind && kind->body_size() > 4 ? part_of(file_, kind->body + 4, kind->body_size() - 4) : ""sv;
}

std::string MediaItems::name_of(MediaItem const& item) const {
    auto const [first, last] = from_.equal_range(item.id);
    for (auto at = first; at != last; ++at) {
        Reference const& reference = references_[at->second];
        if (reference.type == "thmb") return "thumbnail";
        if (reference.type != "auxl") continue;
        std::string_view const urn = auxiliary_kind(item);
        if (urn.find("depth") != std::string_view::npos || urn.starts_with("urn:mpeg:hevc:2015:auxid:2\0"sv))
            return "depth map";
        if (urn.find("gainmap") != std::string_view::npos) return "gain map";
        return "auxiliary picture";
    }
    return "picture " + std::to_string(item.id);
}

void MediaItems::claim(Mapper& mapper) const {
    std::set<std::uint32_t> const seen = shown();
    std::size_t lifted = 0;
    auto const primary = items_.find(primary_);
    if (primary == items_.end()) return mapper.trouble(Cause::malformed, "the picture to show is not among its items");
    if (IsoBox const* const size = property(primary->second, "ispe")) {
        mapper.walk.width = static_cast<std::uint32_t>(big_endian(file_, size->body + 4, 4));
        mapper.walk.height = static_cast<std::uint32_t>(big_endian(file_, size->body + 8, 4));
    }
    mapper.walk.pictures = 1;
    std::vector<std::uint32_t> parts;  // of pictures that are put together: handed out with them
    for (Reference const& reference : references_) {
        if (reference.type == "dimg" && parts.size() <= items_.size())
            parts.insert(parts.end(), reference.to.begin(), reference.to.end());
    }
    std::sort(parts.begin(), parts.end());
    for (auto const& [id, item] : items_) {
        bool const is_shown = seen.contains(id);
        if (!is_shown && !is_picture(item)) {
            claim_metadata(mapper, item);
            continue;
        }
        claim_picture(mapper, item, is_shown);
        if (is_shown || std::binary_search(parts.begin(), parts.end(), id)) continue;
        if (++lifted > most_lifted) {
            mapper.trouble(Cause::too_big, "more hidden pictures than are handed out");
            continue;
        }
        std::uint64_t const at = item.extents.empty() ? 0 : item.extents.front().offset;
        mapper.made_piece(What::picture, name_of(item), at, item.extents.empty() ? 0 : item.extents.front().size,
                          item.type == "jpeg" ? bytes_of(item) : lift(item, Crop::kept));
    }
    if (IsoBox const* const crop = property(primary->second, "clap")) {
        mapper.made_piece(What::picture, "what is cropped away", crop->at, crop->size,
                          lift(primary->second, Crop::taken_out));
    }
}

void MediaItems::claim_picture(Mapper& mapper, MediaItem const& item, bool is_shown) const {
    std::string const name = is_shown ? "picture" : name_of(item);
    for (MediaItem::Extent const& extent : item.extents) {
        mapper.claim(extent.offset, extent.size, is_shown ? Owner::picture : Owner::hidden_picture, name);
    }
}

void MediaItems::claim_metadata(Mapper& mapper, MediaItem const& item) const {
    if (item.extents.empty()) return;
    MediaItem::Extent const& first = item.extents.front();
    bool const xmp = item.content_type == "application/rdf+xml";
    if (item.type == "Exif" && item.extents.size() == 1 && first.size > 4) {
        // How far the structure's header is behind these four bytes; most put "Exif\0\0" between.
        std::uint64_t const skip = 4 + std::min(big_endian(file_, first.offset, 4), first.size - 4);
        mapper.claim(first.offset, skip, Owner::metadata, "Exif");
        map_exif(mapper, first.offset + skip, first.size - skip);
        return mapper.piece(What::exif, "Exif", first.offset + skip, first.size - skip);
    }
    std::string const name =
        xmp ? "XMP"
            : "item " + printable(item.type) + (item.content_type.empty() ? "" : " " + printable(item.content_type));
    for (MediaItem::Extent const& extent : item.extents)
        mapper.claim(extent.offset, extent.size, Owner::metadata, name);
    std::string bytes = bytes_of(item);
    if (xmp) find_xmp_pictures(mapper, bytes, first.offset, first.size);
    mapper.made_piece(xmp ? What::xmp : What::other, name, first.offset, first.size, std::move(bytes));
}

std::string MediaItems::bytes_of(MediaItem const& item) const {
    std::string bytes;
    for (MediaItem::Extent const& extent : item.extents) {
        if (bytes.size() + extent.size > file_.size()) break;  // extents over each other
        bytes += part_of(file_, extent.offset, extent.size);
    }
    return bytes;
}

std::string MediaItems::lift(MediaItem const& target, Crop crop) const {
    std::vector<MediaItem const*> items{&target};
    std::vector<Reference const*> used;
    auto const [from, last] = from_.equal_range(target.id);
    for (auto at = from; at != last; ++at) {
        Reference const& reference = references_[at->second];
        if (reference.type != "dimg") continue;
        used.push_back(&reference);
        for (std::uint32_t const id : reference.to) {
            auto const part = items_.find(id);
            if (part != items_.end() && items.size() < 4096) items.push_back(&part->second);
        }
    }
    Lifted out;
    for (IsoBox const& each : properties_) {
        // An empty free box keeps the numbers of those behind it.
        out.pool += crop == Crop::taken_out && each.type == "clap" ? box("free", "")
                                                                   : std::string(part_of(file_, each.at, each.size));
    }
    for (MediaItem const* const item : items) {
        if (out.data.size() > file_.size()) break;
        std::vector<std::uint16_t> properties;
        for (std::uint16_t const number : item->properties) {
            std::size_t const index = number & 0x7FFF;
            bool const is_crop = index >= 1 && index <= properties_.size() && properties_[index - 1].type == "clap";
            if (!(is_crop && crop == Crop::taken_out)) properties.push_back(number);
        }
        out.add(item->id, item->type, properties, bytes_of(*item));
    }
    for (Reference const* const reference : used) out.refer(reference->type, reference->from, reference->to);
    std::uint64_t behind = 0;
    std::vector<IsoBox> const first = read_boxes(file_, 0, std::min<std::uint64_t>(file_.size(), 4096), behind);
    return out.write(first.empty() ? ""sv : part_of(file_, first.front().at, first.front().size), target.id);
}

}  // namespace keepmum
