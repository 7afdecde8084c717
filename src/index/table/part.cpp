// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/table/part.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "index/table/format.h"
#include "index/table/spool.h"
#include "io/system_fault.h"

namespace keepmum {

using namespace table;

struct TablePart::Inside {
    ~Inside() {
        if (data) munmap(const_cast<char*>(data), size);
    }

    // Whether all blocks of [begin, end) are as they were written.
    bool sound(std::uint64_t begin, std::uint64_t end) const {
        bool good = true;
        for (std::uint64_t block = begin / block_size; block * block_size < end; ++block) good = sound_block(block) && good;
        return good;
    }
    bool sound_block(std::uint64_t block) const {
        std::uint8_t const known = seen[block].load(std::memory_order_relaxed);
        if (known != 0) return known == good;
        std::uint64_t wanted;
        std::memcpy(&wanted, data + at.checks + (block - 1) * 8, 8);
        bool const same = siphash(check, {data + block * block_size, block_size}) == wanted;
        seen[block].store(same ? good : bad, std::memory_order_relaxed);
        if (!same) seen[0].store(bad, std::memory_order_relaxed);
        return same;
    }
    std::uint64_t entry(std::uint64_t index) const { return unpack(data + at.entries, index, entry_bits); }
    // Touches only whole blocks that hold entries `first` to `last`.
    bool sound_entries(std::uint64_t first, std::uint64_t end) const {
        return sound(at.entries + first * entry_bits / 8, at.entries + (end * entry_bits + 7) / 8 + slack);
    }

    static constexpr std::uint8_t good = 1, bad = 2;
    char const* data = nullptr;
    std::size_t size = 0;
    Header header{};
    Sections at{};
    std::uint32_t entry_bits = 0;
    SipKey check;
    std::unique_ptr<std::atomic<std::uint8_t>[]> seen;  // of each block: not yet, good, bad. 0, the header's: bad where any is
};

namespace {

// Whether the sections that the header speaks of can lie in a file of its size.
bool is_consistent(Header const& header) {
    if (header.columns == 0 || header.columns > most_columns || header.rows > most_rows || header.entries >> 32 != 0)
        return false;
    if (header.commons > header.entries || header.bucket_bits > most_bucket_bits || header.rest_bits > least_tag_bits)
        return false;
    if (header.rest_bits + header.bucket_bits > tag_bits || header.filter_bits > 24 || header.row_bits > 33 ||
        header.column_bits > 5 || header.entry_bits() > 57)
        return false;
    for (std::uint8_t const bits : header.code_bits) {
        if (bits > 32) return false;
    }
    return sections_of(header).end == header.size;
}

tl::unexpected<Error> open_error(std::string const& path) { return fail_system(Message::system_cannot_open, errno, path); }

}  // namespace

TablePart::TablePart() : inside_(std::make_unique<Inside>()) {}
TablePart::~TablePart() = default;

Result<std::shared_ptr<TablePart const>> TablePart::open(std::string const& path, TableKeys const& keys) {
    Handle const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (file.number() < 0) return open_error(path);
    struct stat status;
    if (fstat(file.number(), &status) != 0) return open_error(path);
    auto const size = static_cast<std::size_t>(status.st_size);
    if (!S_ISREG(status.st_mode) || size < block_size) return fail(Fault::invalid, "no part of a table, or cut short", path);
    std::shared_ptr<TablePart> part(new TablePart);
    Inside& inside = *part->inside_;
    void* const mapped = mmap(nullptr, size, PROT_READ, MAP_SHARED, file.number(), 0);
    if (mapped == MAP_FAILED) return open_error(path);
    inside.data = static_cast<char const*>(mapped);
    inside.size = size;
    madvise(mapped, size, MADV_RANDOM);
    Header& header = inside.header;
    std::memcpy(&header, inside.data, sizeof header);
    if (header.magic != magic) return fail(Fault::invalid, "no part of a table", path);
    std::uint64_t const hash = siphash(keys.check, {inside.data, sizeof header - 8});
    if (hash != header.header_hash) {
        if (header.key_mark != keys.mark) return fail(Fault::denied, "written under another key", path);
        return fail(Fault::invalid, "bytes were changed", path);
    }
    if (header.size != size || !is_consistent(header)) return fail(Fault::invalid, "cut short", path);
    inside.at = sections_of(header);
    inside.entry_bits = header.entry_bits();
    inside.check = keys.check;
    std::uint64_t const blocks = inside.at.checks / block_size - 1;
    if (siphash(keys.check, {inside.data + inside.at.checks, blocks * 8}) != header.checks_hash) {
        return fail(Fault::invalid, "bytes were changed", path);
    }
    inside.seen = std::make_unique<std::atomic<std::uint8_t>[]>(blocks + 1);
    return std::shared_ptr<TablePart const>(std::move(part));
}

std::uint64_t TablePart::rows() const { return inside_->header.rows; }
std::size_t TablePart::columns() const { return inside_->header.columns; }
std::uint64_t TablePart::bytes() const { return inside_->size; }
bool TablePart::damaged() const { return inside_->seen[0].load(std::memory_order_relaxed) == Inside::bad; }
bool TablePart::verify() const { return inside_->sound(block_size, inside_->at.checks); }

bool TablePart::may_hold_token(std::uint64_t hash) const {
    Inside const& inside = *inside_;
    std::uint64_t const place = inside.at.filter + (filter_word(hash) & ((1ull << inside.header.filter_bits) - 1)) * 8;
    if (!inside.sound_block(place / block_size)) return true;
    std::uint64_t word;
    std::memcpy(&word, inside.data + place, 8);
    std::uint64_t const mask = filter_mask(hash);
    return (word & mask) == mask;
}

bool TablePart::may_hold_length(CellForm::Kind kind, std::size_t letters) const {
    if (letters > most_cell_letters) return false;
    return (inside_->header.lengths[static_cast<std::size_t>(kind)][letters / 64] >> (letters % 64)) & 1;
}

std::size_t TablePart::most_tokens(CellForm::Kind kind) const {
    return inside_->header.most_tokens[static_cast<std::size_t>(kind)];
}

void TablePart::find(std::uint64_t hash, std::vector<Value>& out) const {
    Inside const& inside = *inside_;
    Header const& header = inside.header;
    std::uint64_t const tag = hash >> (64 - tag_bits) >> (tag_bits - header.bucket_bits - header.rest_bits);
    std::uint64_t const place = inside.at.directory + (tag >> header.rest_bits) * 4;
    if (!inside.sound(place, place + 8)) return;
    std::uint32_t bounds[2];
    std::memcpy(bounds, inside.data + place, 8);
    if (bounds[0] >= bounds[1] || bounds[1] > header.entries || !inside.sound_entries(bounds[0], bounds[1])) return;
    std::uint64_t const rest = tag & ((1ull << header.rest_bits) - 1);
    std::uint32_t const below = header.column_bits + header.row_bits;
    std::size_t const before = out.size();
    std::uint64_t low = bounds[0], high = bounds[1];
    while (low < high) {
        std::uint64_t const middle = low + (high - low) / 2;
        if (inside.entry(middle) >> below < rest) low = middle + 1;
        else high = middle;
    }
    for (; low < bounds[1]; ++low) {
        std::uint64_t const entry = inside.entry(low);
        if (entry >> below != rest) return;
        auto const column = static_cast<std::uint32_t>((entry >> header.row_bits) & ((1ull << header.column_bits) - 1));
        std::uint64_t const row = entry & ((1ull << header.row_bits) - 1);
        if (row >= header.rows) {
            if (row - header.rows >= header.commons) return;
            std::uint64_t const at = inside.at.commons + (row - header.rows) * sizeof(Common);
            if (!inside.sound(at, at + sizeof(Common))) continue;
            Common common;
            std::memcpy(&common, inside.data + at, sizeof common);
            if (common.column < header.columns) out.push_back({common.column, common.rows, common.code, 0});
        } else if (out.size() > before && out.back().column == column && !out.back().is_common()) {
            ++out.back().rows;
        } else {
            out.push_back({column, 1, 0, low});
        }
    }
}

std::uint32_t TablePart::row_of(Value const& value, std::uint32_t index) const {
    return static_cast<std::uint32_t>(inside_->entry(value.first + index) & ((1ull << inside_->header.row_bits) - 1));
}

bool TablePart::holds(Value const& value, std::uint32_t row) const {
    Inside const& inside = *inside_;
    if (value.is_common()) {
        std::uint32_t const bits = inside.header.code_bits[value.column];
        std::uint64_t const place = inside.at.codes[value.column] + std::uint64_t{row} * bits / 8;
        if (bits == 0 || row >= inside.header.rows || !inside.sound(place, place + 8)) return false;
        return unpack(inside.data + inside.at.codes[value.column], row, bits) == value.code;
    }
    std::uint32_t low = 0, high = value.rows;
    while (low < high) {
        std::uint32_t const middle = low + (high - low) / 2;
        if (row_of(value, middle) < row) low = middle + 1;
        else high = middle;
    }
    return low < value.rows && row_of(value, low) == row;
}

}  // namespace keepmum
