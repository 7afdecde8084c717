// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/photo/mapper.h"

#include <algorithm>
#include <queue>

#include "base/utf8.h"
#include "format/text/charset.h"
#include "format/zip/inflate.h"

namespace keepmum {

namespace {

constexpr std::uint64_t most_copies = 4;  // of the file, in all pieces
constexpr std::uint64_t copies_besides = 1u << 20;
constexpr std::size_t most_troubles = 100;

bool is_zero(std::string_view bytes) {
    return bytes.find_first_not_of('\0') == std::string_view::npos;
}

}  // namespace

std::string_view word(Owner owner) {
    switch (owner) {
        case Owner::picture: return "picture";
        case Owner::structure: return "structure";
        case Owner::metadata: return "metadata";
        case Owner::hidden_picture: return "hidden picture";
        case Owner::unknown: break;
    }
    return "unknown";
}

std::string printable(std::string_view name) {
    std::string out;
    for (char const c : name.substr(0, 32)) out += c >= 0x20 && c < 0x7F ? c : '?';
    return out;
}

std::string to_utf8(std::string_view bytes) {
    while (!bytes.empty() && bytes.back() == '\0') bytes.remove_suffix(1);
    if (is_utf8(bytes)) return std::string(bytes);
    CharsetGuess const guess = guess_charset(bytes).value_or(CharsetGuess{Charset::windows_1252, 0, false, false, {}});
    return std::move(decode_charset(bytes.substr(std::min<std::size_t>(guess.mark, bytes.size())), guess.charset).text);
}

std::string to_pnm(std::uint32_t width, std::uint32_t height, std::uint32_t samples, std::string_view rows) {
    std::string out = samples == 1 ? "P5\n" : "P6\n";
    out += std::to_string(width) + " " + std::to_string(height) + "\n255\n";
    out.append(rows);
    return out;
}

std::uint32_t Mapper::name_of(std::string what) {
    // Neighbours mostly bear one name; a look back of a few spares a table of all.
    for (std::size_t back = 1; back <= 8 && back <= names_.size(); ++back) {
        if (names_[names_.size() - back] == what) return static_cast<std::uint32_t>(names_.size() - back);
    }
    names_.push_back(std::move(what));
    return static_cast<std::uint32_t>(names_.size() - 1);
}

void Mapper::claim(std::uint64_t offset, std::uint64_t size, Owner owner, std::string what) {
    if (offset >= file_.size() || size == 0) return;
    std::uint64_t const end = size > file_.size() - offset ? file_.size() : offset + size;
    std::uint32_t const name = name_of(std::move(what));
    if (!claims_.empty() && claims_.back().end == offset && claims_.back().owner == owner &&
        claims_.back().what == name) {
        claims_.back().end = end;
        return;
    }
    claims_.push_back({offset, end, name, owner});
}

bool Mapper::has_room(std::uint64_t size) {
    if (copied_ + size <= most_copies * file_.size() + copies_besides) {
        copied_ += size;
        return true;
    }
    if (size <= unpack_left_) {
        unpacked(size);
        return true;
    }
    trouble(Cause::too_big, "more parts than the file has room for");
    return false;
}

void Mapper::made_piece(Piece::What what, std::string name, std::uint64_t offset, std::uint64_t stored,
                        std::string bytes) {
    if (bytes.empty() || !has_room(bytes.size())) return;
    walk.pieces.push_back({what, std::move(name), offset, stored, std::move(bytes)});
}

void Mapper::piece(Piece::What what, std::string name, std::uint64_t offset, std::uint64_t size) {
    std::string_view const bytes = part_of(file_, offset, size);
    if (bytes.empty() || !has_room(bytes.size())) return;
    walk.pieces.push_back({what, std::move(name), offset, bytes.size(), std::string(bytes)});
}

void Mapper::keep_text(std::string const& name, std::uint64_t offset, std::uint64_t size) {
    claim(offset, size, Owner::metadata, name);
    std::string_view const bytes = part_of(file_, offset, size);
    made_piece(Piece::What::text, name, offset, bytes.size(), to_utf8(bytes));
}

void Mapper::trouble(Cause cause, std::string detail) {
    if (walk.troubles.size() >= most_troubles) return;
    for (Trouble const& known : walk.troubles) {
        if (known.cause == cause && known.detail == detail) return;
    }
    walk.troubles.push_back({cause, std::move(detail)});
}

std::string Mapper::unpack_zlib(std::string_view packed, std::string_view whose) {
    if (packed.size() < 2 || (packed[0] & 0x0F) != 8 || big_endian(packed, 0, 2) % 31 != 0) {
        trouble(Cause::malformed, std::string(whose) + ": not compressed as it says");
        return {};
    }
    Inflated inflated = inflate_raw(packed.substr(2), unpack_left_);
    unpacked(inflated.bytes.size());
    if (inflated.end == InflateEnd::limit) trouble(Cause::too_big, std::string(whose) + ": more than may be unpacked");
    else if (inflated.end != InflateEnd::complete)
        trouble(Cause::malformed, std::string(whose) + ": compressed data is damaged");
    return std::move(inflated.bytes);
}

void Mapper::give(std::uint64_t offset, std::uint64_t end, Owner owner, std::string_view what) {
    std::string_view const bytes = file_.substr(offset, end - offset);
    if (owner == Owner::unknown && is_zero(bytes)) {
        owner = Owner::structure;
        what = "zero padding";
    }
    if (!walk.map.empty() && walk.map.back().owner == owner && walk.map.back().what == what) {
        walk.map.back().size += end - offset;
    } else {
        walk.map.push_back({offset, end - offset, owner, std::string(what)});
    }
}

// One sweep from left to right. Of the claims that reach over a stretch the first one made owns it.
void Mapper::settle() {
    std::vector<std::uint32_t> order(claims_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return claims_[a].offset < claims_[b].offset; });
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> open;
    std::uint64_t at = 0;
    for (std::size_t next = 0; at < file_.size();) {
        while (next < order.size() && claims_[order[next]].offset <= at) open.push(order[next++]);
        while (!open.empty() && claims_[open.top()].end <= at) open.pop();
        std::uint64_t const start = next < order.size() ? claims_[order[next]].offset : file_.size();
        if (open.empty()) {
            give(at, start, Owner::unknown, names_.back());
            at = start;
            continue;
        }
        Claim const& first = claims_[open.top()];
        std::uint64_t const end = std::min(first.end, start);
        give(at, end, first.owner, names_[first.what]);
        at = end;
    }
}

// A hidden picture that no walker could make a file of goes out as its bytes, lest it be forgotten.
void Mapper::hand_out_hidden() {
    std::vector<std::uint64_t> reach;  // how far the pieces up to each one reach
    for (Piece const& piece : walk.pieces) {
        reach.push_back(std::max(reach.empty() ? 0 : reach.back(), piece.offset + piece.stored));
    }
    std::size_t const known = walk.pieces.size();
    for (Owned const& part : walk.map) {
        if (part.owner != Owner::hidden_picture) continue;
        auto const behind =
            std::partition_point(walk.pieces.begin(), walk.pieces.begin() + static_cast<std::ptrdiff_t>(known),
                                 [&](Piece const& piece) { return piece.offset < part.offset + part.size; });
        auto const count = static_cast<std::size_t>(behind - walk.pieces.begin());
        if (count == 0 || reach[count - 1] <= part.offset)
            piece(Piece::What::picture, part.what, part.offset, part.size);
    }
}

Walk Mapper::finish(std::string_view rest) {
    names_.emplace_back(rest);
    settle();
    for (Owned const& part : walk.map) {
        if (part.owner == Owner::unknown) piece(Piece::What::unknown, part.what, part.offset, part.size);
    }
    auto const sort = [&] {
        std::stable_sort(walk.pieces.begin(), walk.pieces.end(),
                         [](Piece const& left, Piece const& right) { return left.offset < right.offset; });
    };
    sort();
    hand_out_hidden();
    sort();
    return std::move(walk);
}

}  // namespace keepmum
