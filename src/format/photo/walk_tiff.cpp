// TIFF 6.0, BigTIFF, and the raw files of cameras, which are TIFF: DNG, CR2, NEF, ARW, ORF, RW2 and their kin.
//
// A directory describes one picture: its rows say how, its strips or tiles hold it. A viewer shows one
// of them: the first, or in a raw file the largest. The others are pages, previews and thumbnails; each
// is handed out as a file of its own: as the JPEG that it is, or as a TIFF of its one directory,
// written anew. What no directory points at is unknown.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "format/photo/tiff.h"
#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;
using What = Piece::What;

// Tags without which a picture cannot be shown, ascending.
constexpr std::array<std::uint16_t, 71> needed = {
    0x00FE, 0x00FF, 0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0107, 0x0108, 0x0109, 0x010A, 0x0111,
    0x0112, 0x0115, 0x0116, 0x0117, 0x0118, 0x0119, 0x011A, 0x011B, 0x011C, 0x0120, 0x0121, 0x0122,
    0x0123, 0x0124, 0x0125, 0x0128, 0x0129, 0x012D, 0x013D, 0x013E, 0x013F, 0x0140, 0x0141, 0x0142,
    0x0143, 0x0144, 0x0145, 0x014A, 0x014C, 0x0152, 0x0153, 0x0154, 0x0155, 0x0156, 0x015B, 0x0200,
    0x0201, 0x0202, 0x0203, 0x0205, 0x0206, 0x0207, 0x0208, 0x0209, 0x0211, 0x0212, 0x0213, 0x0214,
    0x828D, 0x828E, 0x8773, 0xC612, 0xC613, 0xC617, 0xC618, 0xC619, 0xC61A, 0xC61D, 0xC640};

bool is_needed(std::uint16_t tag) {
    return std::binary_search(needed.begin(), needed.end(), tag);
}
bool is_pointer(std::uint16_t tag) {
    return tag == 0x014A || tag == 0x8769 || tag == 0x8825 || tag == 0xA005;
}

std::string hex_of(std::uint16_t tag) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out = "tag 0x";
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[tag >> shift & 15];
    return out;
}

struct Extent {
    std::uint64_t offset = 0, size = 0;
};

// A TIFF of one directory: what is needed of its rows, and its data behind them. Little- or big-endian
// as the file is.
class PageWriter {
  public:
    PageWriter(Tiff const& tiff, TiffDirectory const& page, std::string_view file)
        : tiff_(tiff), page_(page), file_(file) {}

    std::string write(std::vector<Extent> const& data) {
        std::vector<TiffRow> rows;
        for (TiffRow const& row : page_.rows) {
            if (is_needed(row.tag) && !is_pointer(row.tag) && row.tag != 0x00FE) rows.push_back(row);
        }
        out_ = file_.substr(0, 4);
        put(8, 4);
        put(rows.size(), 2);
        std::uint64_t values = 8 + 2 + rows.size() * 12 + 4;
        std::uint64_t const data_from = values + size_of_values(rows, data.size());
        std::string behind;
        for (TiffRow const& row : rows) {
            put(row.tag, 2);
            std::string const value = value_of(row, data, data_from);
            bool const list = is_list(row.tag);
            put(list ? 4 : row.type, 2);
            put(list ? data.size() : row.count, 4);
            if (value.size() <= 4) {
                out_ += value;
                out_.append(4 - value.size(), '\0');
            } else {
                put(values + behind.size(), 4);
                behind += value;
            }
        }
        put(0, 4);
        out_ += behind;
        out_.resize(data_from);
        for (Extent const& extent : data) out_ += part_of(file_, extent.offset, extent.size);
        return std::move(out_);
    }

  private:
    static bool is_list(std::uint16_t tag) { return tag == 0x0111 || tag == 0x0117 || tag == 0x0144 || tag == 0x0145; }
    void put(std::uint64_t value, std::size_t size, std::string& to) const {
        for (std::size_t i = 0; i < size; ++i)
            to += static_cast<char>(value >> 8 * (file_[0] == 'I' ? i : size - 1 - i));
    }
    void put(std::uint64_t value, std::size_t size) { put(value, size, out_); }
    std::uint64_t size_of_values(std::vector<TiffRow> const& rows, std::size_t parts) const {
        std::uint64_t sum = 0;
        for (TiffRow const& row : rows) {
            std::uint64_t const size = is_list(row.tag) ? parts * 4 : row.size;
            sum += size > 4 ? size : 0;
        }
        return sum;
    }
    std::string value_of(TiffRow const& row, std::vector<Extent> const& data, std::uint64_t data_from) const {
        if (!is_list(row.tag)) return std::string(tiff_.value(row));
        std::string out;
        for (Extent const& extent : data) {
            put(row.tag == 0x0111 || row.tag == 0x0144 ? data_from : extent.size, 4, out);
            data_from += extent.size;
        }
        return out;
    }

    Tiff const& tiff_;
    TiffDirectory const& page_;
    std::string_view file_;
    std::string out_;
};

class TiffWalk {
  public:
    TiffWalk(Mapper& mapper, Tiff const& tiff) : mapper_(mapper), tiff_(tiff), extents_left_(mapper.size() / 4) {}

    void walk() {
        TiffForm const form = form_of(tiff_, mapper_.file());
        mapper_.walk.media = form.media;
        raw_ = form.raw;
        mapper_.claim(0, tiff_.header_size() + (is("CR", 8) ? 8 : 0), Owner::structure, "header");
        if (tiff_.has_ring()) mapper_.trouble(Cause::malformed, "its directories point at each other");
        if (tiff_.points_outside()) mapper_.trouble(Cause::malformed, "it points behind its end");
        TiffDirectory const* const shown = choose();
        for (TiffDirectory const& directory : tiff_.directories()) {
            if (!directory.whole) mapper_.trouble(Cause::malformed, "a directory is cut short");
            take_picture(directory, &directory == shown);
        }
        for (TiffDirectory const& directory : tiff_.directories()) take_rows(directory);
        if (!shown) mapper_.trouble(Cause::malformed, "no picture in it");
    }

  private:
    bool is(std::string_view word, std::uint64_t at) const { return part_of(mapper_.file(), at, word.size()) == word; }

    // Strips or tiles, or an embedded JPEG, cut to the file.
    std::vector<Extent> extents(TiffDirectory const& directory) {
        std::vector<Extent> all;
        for (auto const& [places, sizes] :
             {std::pair(0x0111, 0x0117), std::pair(0x0144, 0x0145), std::pair(0x0201, 0x0202)}) {
            TiffRow const* const place = directory.row(static_cast<std::uint16_t>(places));
            TiffRow const* const size = directory.row(static_cast<std::uint16_t>(sizes));
            if (!place) continue;
            std::uint64_t const count =
                std::min({std::max<std::uint64_t>(place->size / 2, 1), place->count, extents_left_});
            extents_left_ -= count;
            for (std::uint64_t i = 0; i < count; ++i) {
                std::uint64_t const at = tiff_.number(*place, i);
                std::uint64_t const bytes = size ? tiff_.number(*size, i) : count == 1 ? ~0ull : 0;
                if (at == 0 || at >= mapper_.size() || bytes == 0) continue;
                if (bytes > mapper_.size() - at) mapper_.trouble(Cause::malformed, "picture data is cut short");
                all.push_back({at, std::min(bytes, mapper_.size() - at)});
            }
            if (!all.empty()) break;
        }
        return all;
    }

    std::uint64_t area(TiffDirectory const& directory) const {
        return std::min<std::uint64_t>(tiff_.number(directory, 0x0100), 1u << 24) *
               std::min<std::uint64_t>(tiff_.number(directory, 0x0101), 1u << 24);
    }

    TiffDirectory const* choose() {
        TiffDirectory const* best = nullptr;
        for (TiffDirectory const& directory : tiff_.directories()) {
            if (!directory.row(0x0111) && !directory.row(0x0144) && !directory.row(0x0201)) continue;
            // Panasonic's own tag for where the pixels are has no size: they go to the end.
            bool const reduced = (tiff_.number(directory, 0x00FE) & 5) != 0;
            if (!raw_ && !reduced && directory.kind == TiffDirectory::Kind::main) return &directory;
            if (!best || area(directory) > area(*best)) best = &directory;
        }
        return best;
    }

    void take_picture(TiffDirectory const& directory, bool shown) {
        std::vector<Extent> const data = extents(directory);
        if (shown) {
            mapper_.walk.width = static_cast<std::uint32_t>(tiff_.number(directory, 0x0100));
            mapper_.walk.height = static_cast<std::uint32_t>(tiff_.number(directory, 0x0101));
            mapper_.walk.pictures = 1;
        }
        if (data.empty()) return;
        bool const mask = (tiff_.number(directory, 0x00FE) & 4) != 0;
        bool const main = directory.kind == TiffDirectory::Kind::main;
        std::string const number = std::to_string(directory.number + 1);
        std::string const name = shown  ? "pixels"
                                 : mask ? "transparency mask"
                                 : main ? "page " + number
                                        : "preview " + number;
        for (Extent const& extent : data)
            mapper_.claim(extent.offset, extent.size, shown ? Owner::picture : Owner::hidden_picture, name);
        if (shown) return;
        std::string_view const first = part_of(mapper_.file(), data.front().offset, data.front().size);
        if (data.size() == 1 && first.starts_with("\xFF\xD8\xFF"sv)) {
            mapper_.piece(What::picture, name, data.front().offset, data.front().size);
        } else if (!tiff_.is_big()) {
            std::uint64_t stored = 0;
            for (Extent const& extent : data) stored += extent.size;
            if (stored > 2 * mapper_.size()) return mapper_.trouble(Cause::too_big, "its pictures lie over each other");
            mapper_.made_piece(What::picture, name, data.front().offset, stored,
                               PageWriter(tiff_, directory, mapper_.file()).write(data));
        }
    }

    void take_rows(TiffDirectory const& directory) {
        using Kind = TiffDirectory::Kind;
        bool const about = directory.kind != Kind::main && directory.kind != Kind::sub;
        for (TiffRow const& row : directory.rows) take_row(row, about);
        constexpr std::array<std::string_view, 5> names = {"directory", "sub-directory", "Exif directory",
                                                           "GPS directory", "interoperability directory"};
        mapper_.claim(directory.at, directory.size, about ? Owner::metadata : Owner::structure,
                      std::string(names[static_cast<std::size_t>(directory.kind)]));
    }

    void take_row(TiffRow const& row, bool about) {
        if (row.size == 0) return;
        bool const structure = !about && is_needed(row.tag);
        if (row.inside) {
            // Rows that tell something stand in a directory that is needed.
            if (!structure && !about)
                mapper_.claim(row.at - (tiff_.is_big() ? 12 : 8), tiff_.is_big() ? 20 : 12, Owner::metadata,
                              hex_of(row.tag));
            return;
        }
        if (is_pointer(row.tag)) return mapper_.claim(row.at, row.size, Owner::structure, "directory");
        switch (row.tag) {
            case 0x02BC:
                find_xmp_pictures(mapper_, tiff_.value(row), row.at, row.size);
                return mapper_.keep(Owner::metadata, What::xmp, "XMP", row.at, row.size);
            case 0x83BB: return mapper_.keep(Owner::metadata, What::iptc, "IPTC", row.at, row.size);
            case 0x8649: return map_photoshop(mapper_, row.at, row.size);
            case 0x8773: return mapper_.keep(Owner::structure, What::icc, "ICC profile", row.at, row.size);
            case 0x935C: return mapper_.keep(Owner::hidden_picture, What::other, "Photoshop layers", row.at, row.size);
            case 0x927C:
            case 0xC634: return take_makers_notes(row);
            default: break;
        }
        mapper_.claim(row.at, row.size, structure ? Owner::structure : Owner::metadata, hex_of(row.tag));
        // What has no name in the standards is read by nobody else.
        if (!structure && row.tag >= 0x8000 && !(row.tag >= 0x829A && row.tag <= 0xA500))
            mapper_.piece(What::other, hex_of(row.tag), row.at, row.size);
    }

    void take_makers_notes(TiffRow const& row) {
        std::string_view const note = tiff_.value(row);
        for (std::size_t at = note.find("\xFF\xD8\xFF"sv), tries = 0; at != std::string_view::npos && tries < 8;
             ++tries) {
            std::uint64_t const size = picture_size_at(note, at);
            if (size != 0)
                mapper_.keep(Owner::hidden_picture, What::picture, "preview in the maker's notes", row.at + at, size);
            at = note.find("\xFF\xD8\xFF"sv, at + std::max<std::uint64_t>(size, 3));
        }
        mapper_.claim(row.at, row.size, Owner::metadata, "maker's notes");
    }

    Mapper& mapper_;
    Tiff const& tiff_;
    std::uint64_t extents_left_;
    bool raw_ = false;
};

}  // namespace

bool is_tiff(std::string_view bytes) {
    return Tiff::read(bytes.substr(0, 16)).has_value();
}

void walk_tiff(Mapper& mapper) {
    if (std::optional<Tiff> const tiff = Tiff::read(mapper.file())) TiffWalk(mapper, *tiff).walk();
}

}  // namespace keepmum
