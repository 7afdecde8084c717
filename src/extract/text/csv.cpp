// CSV and TSV: rows of cells, each known by its row, column and heading.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/csv.h"

#include "base/utf8.h"
#include "extract/text/extractors.h"
#include "extract/text/reader.h"
#include "format/text/mapped_text.h"

namespace keepmum {

namespace {

constexpr std::size_t most_marks = 1'000'000;  // a slice; beyond, cells are scanned without a name
constexpr std::size_t most_columns = 4096;

// A cell that makes a spreadsheet run or fetch something.
bool is_active(std::string_view cell) {
    if (cell.size() < 4 || (cell[0] != '=' && cell[0] != '+' && cell[0] != '-' && cell[0] != '@')) return false;
    std::string const lower = ascii_lower(cell.substr(0, 4096));
    for (std::string_view const sign : {"|'", "|\"", "hyperlink(", "webservice(", "importdata(", "importxml(", "://", "dde(", "cmd|", "!a0"}) {
        if (lower.find(sign) != std::string::npos) return true;
    }
    return false;
}

class Table {
  public:
    Table(TextSlice const& slice, char delimiter, std::int32_t row, std::vector<std::string>& names)
        : slice_(slice), text_(slice.text.view()), delimiter_(delimiter), row_(row), names_(names) {}

    // `next_begin`: where the next slice starts, to know which rows it will count again.
    std::int32_t read(std::uint64_t next_begin) {
        CsvReader reader(text_, delimiter_);
        CsvCell cell;
        std::int32_t column = 0, next_row = row_;
        while (reader.next(cell)) {
            ++column;
            add(cell, column);
            if (!cell.ends_row) continue;
            cells_.put('\n', cell.span.end, 0);
            column = 0;
            ++row_;
            if (slice_.map.to_source({cell.span.end, cell.span.end}).begin < next_begin) next_row = row_;
        }
        return next_row;
    }

    void put(Outlet& outlet) {
        put_one(cells_, Kind::records, Role::shown, std::move(marks_), outlet);
        put_one(active_, Kind::text, Role::link, {}, outlet);
    }

  private:
    void add(CsvCell const& cell, std::int32_t column) {
        std::string_view const text = text_.substr(cell.span.begin, cell.span.size());
        if (column > 1) cells_.put('\t', cell.span.begin, 0);
        if (!text.empty() && marks_.size() < most_marks) {
            marks_.push_back({static_cast<std::uint32_t>(cells_.size()), Mark::What::cell, row_, column});
        }
        std::size_t const begin = cells_.size();
        append_cell(cells_, cell);
        if (row_ == 1 && names_.size() < most_columns) {
            std::string_view const name = cells_.view().substr(begin, 200);
            names_.emplace_back(name.substr(0, valid_utf8_prefix(name)));
        }
        if (is_active(text)) {
            append_cell(active_, cell);
            active_.put('\n', cell.span.end, 0);
        }
    }

    // Doubled quotes become one; line ends and tabs within a cell become blanks.
    void append_cell(MappedText& to, CsvCell const& cell) const {
        std::size_t at = cell.span.begin;
        while (at < cell.span.end) {
            char const c = text_[at];
            if (c == '"' && cell.quoted && at + 1 < cell.span.end && text_[at + 1] == '"') {
                to.put('"', at, 2);
                at += 2;
                continue;
            }
            if (c == '\n' || c == '\t' || c == '\r') {
                to.put(' ', at, 1);
                ++at;
                continue;
            }
            std::size_t end = at + 1;
            while (end < cell.span.end && text_[end] != '"' && text_[end] != '\n' && text_[end] != '\t' && text_[end] != '\r') ++end;
            to.copy(text_.substr(at, end - at), at);
            at = end;
        }
    }

    void put_one(MappedText& text, Kind kind, Role role, std::vector<Mark> marks, Outlet& outlet) const {
        if (text.empty()) return;
        Evidence evidence;
        evidence.kind = kind;
        evidence.role = role;
        evidence.media = "text/csv";
        evidence.map = join_maps(text.map(), slice_.map, text.size());
        evidence.content = Blob::take(text.take_text());
        evidence.marks = std::move(marks);
        evidence.names = names_;
        outlet.put(std::move(evidence));
    }

    TextSlice const& slice_;
    std::string_view text_;
    char delimiter_;
    std::int32_t row_;
    std::vector<std::string>& names_;
    MappedText cells_, active_;
    std::vector<Mark> marks_;
};

class TableOfText final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        TextReader reader(evidence);
        std::vector<std::string> names;
        std::int32_t row = 1;
        char delimiter = ',';
        while (!outlet.enough()) {
            std::optional<TextSlice> const slice = TRY(reader.next());
            if (!slice) break;
            report_doubts(*slice, evidence.size(), outlet);
            if (names.empty()) delimiter = sniff_delimiter(slice->text.view());
            Table table(*slice, delimiter, row, names);
            row = table.read(reader.next_begin());
            table.put(outlet);
            outlet.progress();
        }
        return finish(reader, evidence, "text/csv", outlet);
    }
};

}  // namespace

Extractor const* table_of_text() {
    static TableOfText const instance;
    return &instance;
}

}  // namespace keepmum
