// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/photo/tiff.h"

#include <algorithm>
#include <array>
#include <set>

#include "format/photo/mapper.h"

namespace keepmum {

namespace {

using Kind = TiffDirectory::Kind;

constexpr std::array<std::uint8_t, 19> type_sizes = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

std::optional<Kind> directory_of(std::uint16_t tag) {
    switch (tag) {
        case 0x014A: return Kind::sub;
        case 0x8769: return Kind::exif;
        case 0x8825: return Kind::gps;
        case 0xA005: return Kind::interoperability;
        default: return std::nullopt;
    }
}

struct Pending {
    std::uint64_t at;
    Kind kind;
};

}  // namespace

TiffRow const* TiffDirectory::row(std::uint16_t tag) const {
    auto const found = std::find_if(rows.begin(), rows.end(), [&](TiffRow const& row) { return row.tag == tag; });
    return found == rows.end() ? nullptr : &*found;
}

std::uint64_t Tiff::read_number(std::uint64_t at, std::size_t size) const {
    return little_ ? little_endian(bytes_, at, size) : big_endian(bytes_, at, size);
}

std::uint64_t Tiff::number(TiffRow const& row, std::uint64_t index) const {
    std::size_t const size = row.type < type_sizes.size() ? type_sizes[row.type] : 0;
    bool const integer =
        row.type == 1 || row.type == 3 || row.type == 4 || row.type == 7 || row.type == 13 || row.type >= 16;
    if (!integer || size == 0 || index >= row.size / size) return 0;
    return read_number(row.at + index * size, size);
}

std::vector<std::uint64_t> Tiff::numbers(TiffRow const& row) const {
    std::size_t const size = row.type < type_sizes.size() ? type_sizes[row.type] : 0;
    std::vector<std::uint64_t> all(size == 0 ? 0 : row.size / size);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = number(row, i);
    return all;
}

std::uint64_t Tiff::number(TiffDirectory const& directory, std::uint16_t tag, std::uint64_t otherwise) const {
    TiffRow const* const row = directory.row(tag);
    return row && row->size > 0 ? number(*row) : otherwise;
}

TiffDirectory Tiff::read_directory(std::uint64_t at, Kind kind, std::uint64_t& next) {
    std::size_t const count_size = is_big_ ? 8 : 2, row_size = is_big_ ? 20 : 12, field = is_big_ ? 8 : 4;
    TiffDirectory directory{kind, 0, at, 0, {}, true};
    std::uint64_t count = read_number(at, count_size);
    std::uint64_t const room = (bytes_.size() - std::min<std::uint64_t>(bytes_.size(), at + count_size)) / row_size;
    if (count > std::min(room, rows_left_)) {
        count = std::min(room, rows_left_);
        directory.whole = false;
    }
    rows_left_ -= count;
    directory.rows.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        std::uint64_t const here = at + count_size + i * row_size;
        TiffRow row;
        row.tag = static_cast<std::uint16_t>(read_number(here, 2));
        row.type = static_cast<std::uint16_t>(read_number(here + 2, 2));
        row.count = read_number(here + 4, field);
        std::uint64_t const unit = row.type < type_sizes.size() ? type_sizes[row.type] : 0;
        row.inside = unit == 0 || row.count <= field / unit;
        row.at = row.inside ? here + 4 + field : read_number(here + 4 + field, field);
        std::uint64_t const left = row.at < bytes_.size() ? bytes_.size() - row.at : 0;
        row.size = unit == 0                 ? std::min<std::uint64_t>(field, left)
                   : row.count > left / unit ? left / unit * unit
                                             : row.count * unit;
        if (unit != 0 && row.count > left / unit) points_outside_ = true;
        if (row.size == 0) row.at = std::min<std::uint64_t>(row.at, bytes_.size());
        directory.rows.push_back(row);
    }
    std::uint64_t const end = at + count_size + count * row_size;
    next = directory.whole ? read_number(end, field) : 0;
    directory.size = std::min<std::uint64_t>(end + field, bytes_.size()) - at;
    return directory;
}

void Tiff::read_directories(std::uint64_t first) {
    std::set<std::uint64_t> seen;
    std::array<std::uint32_t, 5> numbers{};
    std::vector<Pending> pending{{first, Kind::main}};
    std::uint64_t pointers_left =
        bytes_.size() / 4;  // rows may share their values: all together no more than there are bytes
    for (std::size_t i = 0; i < pending.size(); ++i) {
        Pending const here = pending[i];
        if (here.at == 0) continue;
        if (here.at >= bytes_.size() || bytes_.size() - here.at < 2) {
            points_outside_ = true;
            continue;
        }
        if (!seen.insert(here.at).second) {
            has_ring_ = true;
            continue;
        }
        std::uint64_t next = 0;
        TiffDirectory directory = read_directory(here.at, here.kind, next);
        directory.number = numbers[static_cast<std::size_t>(here.kind)]++;
        // Old writers leave anything behind directories that have no follower by their standard.
        if (next != 0 && (here.kind == Kind::main || here.kind == Kind::sub)) pending.push_back({next, here.kind});
        for (TiffRow const& row : directory.rows) {
            std::optional<Kind> const kind = directory_of(row.tag);
            if (!kind || (*kind == Kind::sub && here.kind == Kind::exif)) continue;
            std::uint64_t const count = std::min(row.size / 4, pointers_left);
            pointers_left -= count;
            for (std::uint64_t k = 0; k < count; ++k) pending.push_back({number(row, k), *kind});
        }
        directories_.push_back(std::move(directory));
    }
}

std::optional<Tiff> Tiff::read(std::string_view bytes) {
    if (bytes.size() < 8 || !(bytes.starts_with("II") || bytes.starts_with("MM"))) return std::nullopt;
    Tiff tiff(bytes);
    tiff.little_ = bytes[0] == 'I';
    std::uint64_t const version = tiff.read_number(2, 2);
    // 42 and 43 by the standards; "RO" and "RS" Olympus, 0x55 Panasonic.
    if (version != 42 && version != 43 && version != 0x4F52 && version != 0x5352 && version != 0x55)
        return std::nullopt;
    tiff.is_big_ = version == 43;
    tiff.rows_left_ = bytes.size() / (tiff.is_big_ ? 20 : 12);
    tiff.read_directories(tiff.is_big_ ? tiff.read_number(8, 8) : tiff.read_number(4, 4));
    return tiff;
}

TiffForm form_of(Tiff const& tiff, std::string_view bytes) {
    using namespace std::string_view_literals;
    auto const is = [&](std::string_view mark, std::size_t at) { return bytes.size() > at && bytes.substr(at).starts_with(mark); };
    std::string_view make;
    bool sensor = false;
    for (TiffDirectory const& directory : tiff.directories()) {
        if (directory.row(0xC612)) return {"image/x-adobe-dng", true};
        TiffRow const* const row = directory.kind == TiffDirectory::Kind::main ? directory.row(0x010F) : nullptr;
        if (make.empty() && row) make = tiff.value(*row);
        // Colours of a sensor's filters, linear light; codings of Nikon, Sony, Pentax, Samsung.
        std::uint64_t const form = tiff.number(directory, 0x0106), coding = tiff.number(directory, 0x0103);
        bool const makers = coding == 34713 || coding == 32767 || coding == 65535 || coding == 32770 || coding == 32772;
        sensor = sensor || form == 32803 || form == 34892 || makers;
    }
    if (is("CR\2", 8)) return {"image/x-canon-cr2", true};
    if (is("U\0"sv, 2)) return {"image/x-panasonic-rw2", true};
    if (is("RO", 2) || is("RS", 2) || is("OR", 2) || is("SR", 2)) return {"image/x-olympus-orf", true};
    if (sensor && make.starts_with("NIKON")) return {"image/x-nikon-nef", true};
    if (sensor && make.starts_with("SONY")) return {"image/x-sony-arw", true};
    return {"image/tiff", sensor};
}

bool is_raw_photo(std::string_view bytes) {
    using namespace std::string_view_literals;
    for (std::string_view const mark : {"FUJIFILMCCD-RAW"sv, "FOVb"sv, "\0MRM"sv}) {
        if (bytes.starts_with(mark)) return true;
    }
    std::string_view const head = bytes.substr(0, 16);
    if (head.size() == 16 && (head.substr(6, 8) == "HEAPCCDR" || head.substr(4, 8) == "ftypcrx ")) return true;
    std::optional<Tiff> const tiff = Tiff::read(bytes);
    return tiff && form_of(*tiff, bytes).raw;
}

}  // namespace keepmum
