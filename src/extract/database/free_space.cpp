// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/database/free_space.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace keepmum {

namespace {

constexpr unsigned char index_interior = 2, table_interior = 5, index_leaf = 10, table_leaf = 13;

struct Number {
    std::uint64_t value = 0;
    std::size_t bytes = 0;  // 0 where it was cut off
};

// The variable-length integers of the format: seven bits a byte, high ones first, the ninth byte whole.
Number number_at(std::string_view bytes, std::size_t at) {
    Number number;
    for (std::size_t i = 0; i < 9 && at + i < bytes.size(); ++i) {
        auto const byte = static_cast<unsigned char>(bytes[at + i]);
        number.value = i == 8 ? number.value << 8 | byte : number.value << 7 | (byte & 0x7F);
        if (i == 8 || byte < 0x80) {
            number.bytes = i + 1;
            return number;
        }
    }
    return {};
}

class Pages {
  public:
    Pages(std::string_view bytes, std::size_t page_size, std::size_t least) : bytes_(bytes), size_(page_size), least_(least) {
        auto const reserved = bytes.size() > 20 ? static_cast<unsigned char>(bytes[20]) : 0;
        usable_ = size_ > reserved + 35u ? size_ - reserved : 0;
    }

    std::vector<Span> free() {
        if (usable_ == 0) return {};
        // A chain of overflow pages is followed once a page in all: what lies about it cannot lead in circles.
        steps_ = bytes_.size() / size_ + 1;
        for (std::size_t page = 0; page + size_ <= bytes_.size(); page += size_) walk(page);
        std::sort(spans_.begin(), spans_.end(), [](Span a, Span b) { return a.begin < b.begin; });
        std::vector<Span> apart;
        for (Span span : spans_) {
            if (!apart.empty()) span.begin = std::max(span.begin, apart.back().end);
            if (span.begin < span.end && span.size() >= least_) apart.push_back(span);
        }
        return apart;
    }

  private:
    std::size_t two(std::size_t at) const {
        auto const byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes_[i])); };
        return at + 2 <= bytes_.size() ? byte(at) << 8 | byte(at + 1) : 0;
    }
    std::size_t four(std::size_t at) const { return two(at) << 16 | two(at + 2); }

    void add(std::size_t begin, std::size_t end) {
        if (begin < end) spans_.push_back({begin, end});
    }

    // A page of a tree, by its first byte; a page of another kind that looks like one costs nothing but a wrong span.
    void walk(std::size_t page) {
        std::size_t const header = page + (page == 0 ? 100 : 0), end = page + usable_;
        auto const kind = static_cast<unsigned char>(bytes_[header]);
        if (kind != index_interior && kind != table_interior && kind != index_leaf && kind != table_leaf) return;
        std::size_t const cells = two(header + 3);
        std::size_t const pointers = header + (kind <= table_interior ? 12 : 8);
        std::size_t const content = page + (two(header + 5) == 0 ? 65536 : two(header + 5));
        if (pointers + 2 * cells > end || content > end || content < pointers + 2 * cells) return;
        add(pointers + 2 * cells, content);
        // Free blocks rise, so each is met once.
        std::size_t last = 0;
        for (std::size_t block = two(header + 1); block > last && page + block + 4 <= end; last = block, block = two(page + block)) {
            add(page + block + 4, std::min(end, page + block + std::max<std::size_t>(two(page + block + 2), 4)));
        }
        if (kind == table_interior) return;
        for (std::size_t i = 0; i < cells; ++i) follow(kind, page + two(pointers + 2 * i), end);
    }

    // The payload of one cell, to the last page that it flows over to.
    void follow(unsigned char kind, std::size_t at, std::size_t end) {
        if (kind == index_interior) at += 4;
        Number const payload = at < end ? number_at(bytes_, at) : Number{};
        if (payload.bytes == 0 || payload.value > bytes_.size()) return;
        at += payload.bytes;
        if (kind == table_leaf) {
            std::size_t const row = number_at(bytes_, at).bytes;
            if (row == 0) return;
            at += row;
        }
        std::size_t const most = kind == table_leaf ? usable_ - 35 : (usable_ - 12) * 64 / 255 - 23;
        std::size_t const total = static_cast<std::size_t>(payload.value);
        if (total <= most) return;
        std::size_t const least = (usable_ - 12) * 32 / 255 - 23, wanted = least + (total - least) % (usable_ - 4);
        std::size_t const local = wanted <= most ? wanted : least;
        if (at + local + 4 > end) return;
        std::size_t left = total - local;
        for (std::size_t next = four(at + local); next != 0 && steps_ > 0; --steps_) {
            std::size_t const page = (next - 1) * size_;
            if (page > bytes_.size() || page + size_ > bytes_.size()) return;
            if (left <= usable_ - 4) return add(page + 4 + left, page + usable_);
            left -= usable_ - 4;
            next = four(page);
        }
    }

    std::string_view bytes_;
    std::size_t size_, usable_ = 0, least_;
    std::size_t steps_ = 0;
    std::vector<Span> spans_;
};

}  // namespace

constexpr std::uint64_t window = 8;
constexpr int places = 4;

Living::Living(std::string_view bytes, std::vector<Span> const& dead) : bytes_(bytes) {
    std::uint64_t const bits = std::bit_ceil(std::max<std::uint64_t>(16 * bytes.size(), 64));
    last_ = bits - 1;
    seen_.resize(bits / 64);
    auto const keep = [&](std::uint64_t begin, std::uint64_t end) {
        for (std::uint64_t at = begin; at + window <= end; ++at) {
            std::uint64_t const hash = hash_of(at);
            for (int number = 0; number < places; ++number) {
                std::uint64_t const place = place_of(hash, number);
                seen_[place / 64] |= std::uint64_t{1} << place % 64;
            }
        }
    };
    std::uint64_t begin = 0;
    for (Span const span : dead) {
        keep(begin, span.begin);
        begin = span.end;
    }
    keep(begin, bytes.size());
}

std::uint64_t Living::hash_of(std::uint64_t at) const {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes_.data() + at, window);
    value = (value ^ value >> 31) * 0x9E3779B97F4A7C15;
    return (value ^ value >> 29) * 0xBF58476D1CE4E5B9;
}

std::uint64_t Living::place_of(std::uint64_t hash, int number) const {
    return ((hash >> 32) + static_cast<std::uint64_t>(number) * (hash | 1)) & last_;
}

bool Living::has(Span span) const {
    // A short one is looked at with what stands before it, which is of the same row.
    std::uint64_t const begin = span.size() >= window ? span.begin : span.end - std::min(span.end, window);
    if (span.end > bytes_.size() || span.end - begin < window) return false;
    for (std::uint64_t at = begin; at + window <= span.end; ++at) {
        std::uint64_t const hash = hash_of(at);
        for (int number = 0; number < places; ++number) {
            std::uint64_t const place = place_of(hash, number);
            if ((seen_[place / 64] >> place % 64 & 1) == 0) return false;
        }
    }
    return true;
}

std::vector<Span> free_space(std::string_view bytes, std::size_t page_size, std::size_t least) {
    if (page_size < 512) return {};
    return Pages(bytes, page_size, least).free();
}

}  // namespace keepmum
