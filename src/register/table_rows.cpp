// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/table_rows.h"

#include <optional>

#include "base/message.h"
#include "base/utf8.h"
#include "extract/text/reader.h"
#include "format/text/canonical.h"
#include "format/text/csv.h"
#include "io/file.h"

namespace keepmum {

namespace {

constexpr std::size_t most_columns = 4096;  // beyond, cells are passed over
constexpr std::size_t most_cell = 16u << 10;  // bytes; of longer cells the beginning counts

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

// A cell as it was meant: doubled quotes single, compatibility forms plain.
std::string plain_cell(std::string_view text, CsvCell const& cell) {
    text = text.substr(cell.span.begin, std::min<std::uint64_t>(cell.span.size(), most_cell));
    text = trimmed(text.substr(0, valid_utf8_prefix(text)));
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        plain += text[i];
        if (cell.quoted && text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') ++i;
    }
    if (is_ascii(plain)) return plain;
    std::optional<TextView> view = canonical_view(plain);
    return view ? std::move(view->text) : plain;
}

}  // namespace

struct TableRows::Inside {
    Inside(std::shared_ptr<File> opened, std::string at)
        : file(std::move(opened)), path(std::move(at)), reader(input) {
        input.large = file;
    }

    Result<bool> next_slice();
    bool next_row();
    Result<bool> next();
    tl::unexpected<Error> complain(Message what) const {
        return fail(Fault::invalid, what, {{"bytes", std::to_string(reader.position())}}, path);
    }

    std::shared_ptr<File> file;
    std::string path;
    Evidence input;
    TextReader reader;
    std::optional<TextSlice> slice;
    std::size_t base = 0;       // of `rows` in the slice's text
    std::uint64_t done = 0;     // bytes of the file whose rows were handed out
    bool last_slice = false;
    char delimiter = 0;
    std::optional<CsvReader> rows;
    std::vector<std::string> names, cells;
    std::uint64_t replaced = 0;
};

TableRows::TableRows(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
TableRows::~TableRows() = default;
TableRows::TableRows(TableRows&&) noexcept = default;
std::vector<std::string> const& TableRows::names() const { return inside_->names; }
std::uint64_t TableRows::replaced() const { return inside_->replaced; }

Result<TableRows> TableRows::open(std::string const& path) {
    auto inside = std::make_unique<Inside>(TRY(File::open(path)), path);
    if (inside->file->size() == 0) return inside->complain(Message::fault_table_empty);
    if (!TRY(inside->next())) return inside->complain(Message::fault_no_table);
    inside->names = inside->cells;
    return TableRows(std::move(inside));
}

// Slices overlap: the next one is read from where the last row ended.
Result<bool> TableRows::Inside::next_slice() {
    slice = TRY(reader.next());
    if (!slice) {
        if (reader.position() < file->size()) return complain(Message::fault_table_ends);
        return false;
    }
    replaced += slice->invalid;
    last_slice = reader.position() >= file->size();
    std::string_view const text = slice->text.view();
    std::size_t low = 0, high = text.size();
    while (low < high) {
        std::size_t const middle = low + (high - low) / 2;
        if (slice->map.to_source({middle, middle}).begin < done) low = middle + 1;
        else high = middle;
    }
    base = low;
    if (delimiter == 0) delimiter = sniff_delimiter(text);
    rows.emplace(text.substr(base), delimiter);
    return true;
}

// Fills `cells`; false where the slice has no further whole row.
bool TableRows::Inside::next_row() {
    cells.clear();
    // What begins in the overlap is left to the next slice, which has all of it.
    if (!last_slice && done >= reader.next_begin()) return false;
    std::string_view const text = slice->text.view().substr(base);
    CsvCell cell;
    while (rows->next(cell)) {
        if (cells.size() < most_columns) cells.push_back(plain_cell(text, cell));
        if (!cell.ends_row) continue;
        std::size_t end = base + static_cast<std::size_t>(cell.span.end);
        while (end < slice->text.size() && slice->text.view()[end] != '\n' && slice->text.view()[end] != '\r')
            ++end;  // a closing quote
        done = slice->map.to_source({end, end}).begin;
        return true;
    }
    // The end of the file, or a row too long for a slice: the rest of it comes as another one.
    done = reader.position();
    return !cells.empty();
}

Result<bool> TableRows::Inside::next() {
    for (;;) {
        if (rows) {
            while (next_row()) {
                for (std::string const& cell : cells) {
                    if (!cell.empty()) return true;
                }
            }
            rows.reset();
            if (last_slice) {
                if (file->changed()) return fail(Fault::io, Message::fault_changed, {}, path);
                return false;
            }
        }
        if (!TRY(next_slice())) return false;
    }
}

Result<bool> TableRows::next(std::vector<std::string_view>& cells) {
    cells.clear();
    if (!TRY(inside_->next())) return false;
    cells.assign(inside_->cells.begin(), inside_->cells.end());
    return true;
}

}  // namespace keepmum
