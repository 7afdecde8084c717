// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/table/build.h"

#include <algorithm>
#include <array>
#include <vector>

#include "index/table/format.h"
#include "index/table/spool.h"

namespace keepmum {

namespace {

using namespace table;

constexpr std::size_t spool_count = 64;
constexpr std::uint32_t most_filter_bits = 20;  // 8 MB
constexpr std::uint32_t column_shift = 8;

// One cell on its way: its tag above, its column in the low byte.
struct Cell {
    std::uint64_t key;
    std::uint32_t row;
};
constexpr std::size_t cell_bytes = 12;

struct CommonRow {
    std::uint32_t row, code;
};

}  // namespace

bool hash_cell(CellText const& text, TableKeys const& keys, std::string& buffer, CellHash& out) {
    if (text.tokens.empty()) return false;
    std::size_t last = std::min(text.tokens.size(), most_cell_tokens) - 1;
    while (last > 0 && text.letters_end(last) > most_cell_letters) --last;
    for (std::size_t i = 1; i <= last; ++i) {
        if (text.tokens[i].gap == CellToken::far) last = i - 1;
    }
    out.last = last;
    out.form = cell_form(text, 0, last, buffer);
    if (out.form.letters.empty() || out.form.letters.size() > most_cell_letters) return false;
    out.hash = keys.cell_hash(out.form);
    return true;
}

struct TableBuilder::Inside {
    Inside(TableKeys const& with, std::string in, std::size_t columns)
        : keys(with), folder(std::move(in)), filter(1ull << most_filter_bits), common_rows(columns) {
        header.magic = magic;
        header.key_mark = keys.mark;
        header.columns = static_cast<std::uint8_t>(columns);
    }

    Result<> add_cell(std::string_view text, std::uint32_t column);
    void note(CellHash const& cell);
    void choose_bits();
    void fold_filter();
    Result<> write_entries(BlockWriter& out, std::vector<std::uint32_t>& directory);
    Result<> write_value(std::span<Cell const> cells, PackedWriter& entries);
    Result<> write_codes(BlockWriter& out, std::size_t column);
    Result<> write_sections(BlockWriter& out);
    std::uint64_t cut(std::uint64_t key) const;

    TableKeys const keys;
    std::string const folder;
    Header header{};
    std::vector<std::uint64_t> filter;
    std::vector<Spool> spools;
    std::vector<Spool> common_rows;  // CommonRow of each column
    std::vector<Common> commons;
    std::array<std::uint32_t, most_columns> codes{};
    std::uint64_t cells = 0;
    CellText text;  // kept for its memory
    std::string buffer;
};

TableBuilder::TableBuilder(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
TableBuilder::~TableBuilder() = default;
TableBuilder::TableBuilder(TableBuilder&&) noexcept = default;
std::uint64_t TableBuilder::rows() const { return inside_->header.rows; }

Result<TableBuilder> TableBuilder::begin(std::string const& folder, std::size_t columns, TableKeys const& keys) {
    if (columns == 0 || columns > most_columns) {
        return fail(Fault::invalid, "a table has 1 to " + std::to_string(most_columns) + " columns");
    }
    auto inside = std::make_unique<Inside>(keys, folder, columns);
    for (std::size_t i = 0; i < spool_count; ++i) inside->spools.push_back(TRY(Spool::make(folder)));
    for (Spool& spool : inside->common_rows) spool = TRY(Spool::make(folder));
    return TableBuilder(std::move(inside));
}

Result<> TableBuilder::add(std::span<std::string_view const> cells) {
    if (inside_->header.rows >= most_rows) return fail(Fault::invalid, "the table has too many rows");
    for (std::size_t i = 0; i < cells.size() && i < inside_->header.columns; ++i) {
        TRY(inside_->add_cell(cells[i], static_cast<std::uint32_t>(i)));
    }
    ++inside_->header.rows;
    return {};
}

Result<> TableBuilder::Inside::add_cell(std::string_view content, std::uint32_t column) {
    read_cell(content, text);
    CellHash cell;
    if (!hash_cell(text, keys, buffer, cell)) return {};
    note(cell);
    std::uint64_t const key = (cell.hash >> (64 - tag_bits)) << column_shift | column;
    char record[cell_bytes];
    auto const row = static_cast<std::uint32_t>(header.rows);
    std::memcpy(record, &key, 8);
    std::memcpy(record + 8, &row, 4);
    ++cells;
    return spools[key >> 58].append({record, cell_bytes});
}

// What the reader asks before it looks for a cell: are there such tokens, cells of that length?
void TableBuilder::Inside::note(CellHash const& cell) {
    auto const kind = static_cast<std::size_t>(cell.form.kind);
    std::size_t const size = cell.form.letters.size();
    header.lengths[kind][size / 64] |= 1ull << (size % 64);
    header.most_tokens[kind] = std::max(header.most_tokens[kind], static_cast<std::uint8_t>(cell.last + 1));
    for (std::size_t i = 0; i <= cell.last; ++i) {
        if (!is_filtered(text, i)) continue;
        std::size_t const first = text.tokens[i].kind == CellToken::Kind::word ? i : i - 1;
        std::uint64_t const hash = siphash(keys.token, text.letters_of(first, i));
        filter[filter_word(hash) & (filter.size() - 1)] |= filter_mask(hash);
    }
}

void TableBuilder::Inside::choose_bits() {
    header.bucket_bits = static_cast<std::uint8_t>(std::min<std::uint32_t>(bits_for(cells / bucket_load), most_bucket_bits));
    header.rest_bits = static_cast<std::uint8_t>(
        std::max(least_rest_bits, least_tag_bits - std::min<std::uint32_t>(least_tag_bits, header.bucket_bits)));
    header.column_bits = static_cast<std::uint8_t>(bits_for(header.columns - 1u));
    header.row_bits = static_cast<std::uint8_t>(bits_for(header.rows + cells / most_light));
}

// Halves the filter as long as at most an eighth of its bits would be set.
void TableBuilder::Inside::fold_filter() {
    while (filter.size() > 1) {
        std::size_t const half = filter.size() / 2;
        std::uint64_t set = 0;
        for (std::size_t i = 0; i < half; ++i) set += static_cast<std::uint64_t>(std::popcount(filter[i] | filter[i + half]));
        if (set * 8 > half * 64) break;
        for (std::size_t i = 0; i < half; ++i) filter[i] |= filter[i + half];
        filter.resize(half);
    }
    header.filter_bits = static_cast<std::uint8_t>(bits_for(filter.size()) - 1);
}

// The tag cut to bucket and rest, the column kept: what differs only in bits that are not stored is one value.
std::uint64_t TableBuilder::Inside::cut(std::uint64_t key) const {
    std::uint32_t const lost = tag_bits - header.bucket_bits - header.rest_bits;
    std::uint64_t const tag = key >> column_shift >> lost;
    return tag << column_shift | (key & 0xff);
}

Result<> TableBuilder::Inside::write_value(std::span<Cell const> value, PackedWriter& entries) {
    std::uint64_t const column = value[0].key & 0xff;
    std::uint64_t const rest = (value[0].key >> column_shift) & ((1ull << header.rest_bits) - 1);
    std::uint64_t const above = rest << header.column_bits | column;
    if (value.size() <= most_light) {
        for (Cell const& cell : value) TRY(entries.append(above << header.row_bits | cell.row));
        return {};
    }
    std::uint32_t const code = ++codes[column];
    TRY(entries.append(above << header.row_bits | (header.rows + commons.size())));
    commons.push_back({static_cast<std::uint32_t>(value.size()), code, static_cast<std::uint32_t>(column)});
    for (Cell const& cell : value) {
        CommonRow const record{cell.row, code};
        TRY(common_rows[column].append({reinterpret_cast<char const*>(&record), sizeof record}));
    }
    return {};
}

Result<> TableBuilder::Inside::write_entries(BlockWriter& out, std::vector<std::uint32_t>& directory) {
    PackedWriter entries(out, header.entry_bits());
    std::vector<Cell> sorted;
    std::uint64_t next_bucket = 0;
    for (Spool& spool : spools) {
        std::string const bytes = TRY(spool.take(std::string::npos));
        sorted.resize(bytes.size() / cell_bytes);
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            std::memcpy(&sorted[i].key, bytes.data() + i * cell_bytes, 8);
            std::memcpy(&sorted[i].row, bytes.data() + i * cell_bytes + 8, 4);
            sorted[i].key = cut(sorted[i].key);
        }
        std::sort(sorted.begin(), sorted.end(),
                  [](Cell const& a, Cell const& b) { return a.key != b.key ? a.key < b.key : a.row < b.row; });
        for (std::size_t begin = 0, end = 0; begin < sorted.size(); begin = end) {
            while (end < sorted.size() && sorted[end].key == sorted[begin].key) ++end;
            std::uint64_t const bucket = sorted[begin].key >> column_shift >> header.rest_bits;
            for (; next_bucket <= bucket; ++next_bucket) directory[next_bucket] = static_cast<std::uint32_t>(entries.count());
            TRY(write_value(std::span(sorted).subspan(begin, end - begin), entries));
        }
    }
    header.entries = entries.count();
    if (header.entries >> 32 != 0) return fail(Fault::invalid, "the table has too many cells");
    for (; next_bucket < directory.size(); ++next_bucket) directory[next_bucket] = static_cast<std::uint32_t>(header.entries);
    return entries.finish();
}

Result<> TableBuilder::Inside::write_codes(BlockWriter& out, std::size_t column) {
    std::uint32_t const bits = bits_for(codes[column]);
    header.code_bits[column] = static_cast<std::uint8_t>(bits);
    if (bits == 0) return {};
    std::vector<std::uint32_t> of_row(header.rows);
    for (;;) {
        std::string const bytes = TRY(common_rows[column].take(sizeof(CommonRow) << 16));
        if (bytes.empty()) break;
        for (std::size_t at = 0; at + sizeof(CommonRow) <= bytes.size(); at += sizeof(CommonRow)) {
            CommonRow record;
            std::memcpy(&record, bytes.data() + at, sizeof record);
            of_row[record.row] = record.code;
        }
    }
    PackedWriter packed(out, bits);
    for (std::uint32_t const code : of_row) TRY(packed.append(code));
    return packed.finish();
}

Result<> TableBuilder::Inside::write_sections(BlockWriter& out) {
    std::vector<std::uint32_t> directory((1ull << header.bucket_bits) + 1);
    std::string_view const view(reinterpret_cast<char const*>(directory.data()), directory.size() * 4);
    // Entries come before it in time, so its room is kept free and its blocks are filled in at the end.
    TRY(out.reserve(view.size()));
    TRY(write_entries(out, directory));
    TRY(out.fill(block_size, view));
    TRY(out.append({reinterpret_cast<char const*>(commons.data()), commons.size() * sizeof(Common)}));
    TRY(out.end_section());
    header.commons = commons.size();
    for (std::size_t column = 0; column < header.columns; ++column) TRY(write_codes(out, column));
    fold_filter();
    TRY(out.append({reinterpret_cast<char const*>(filter.data()), filter.size() * 8}));
    return out.end_section();
}

Result<> TableBuilder::write(std::string const& path) {
    Inside& inside = *inside_;
    inside.choose_bits();
    BlockWriter out = TRY(BlockWriter::make(path, inside.keys.check));
    TRY(inside.write_sections(out));
    return out.finish(inside.header);
}

}  // namespace keepmum
