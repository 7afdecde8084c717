// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/csv.h"

#include <algorithm>

namespace keepmum {

namespace {

struct Evenness {
    int lines = 0;
    int alike = 0;
    int width = 0;
};

Evenness measure(std::string_view text, char delimiter) {
    Evenness out;
    CsvReader reader(text.substr(0, 16 * 1024), delimiter);
    CsvCell cell;
    int width = 0;
    while (out.lines < 24 && reader.next(cell)) {
        ++width;
        if (!cell.ends_row) continue;
        if (out.lines++ == 0) out.width = width;
        out.alike += width == out.width;
        width = 0;
    }
    return out;
}

}  // namespace

char sniff_delimiter(std::string_view text) {
    char best = ',';
    int best_score = 0;
    for (char const delimiter : {',', '\t', ';', '|'}) {
        Evenness const found = measure(text, delimiter);
        if (found.width < 2 || found.lines == 0) continue;
        int const score = found.alike * 100 / found.lines + std::min(found.width, 40);
        if (score > best_score) {
            best_score = score;
            best = delimiter;
        }
    }
    return best;
}

bool CsvReader::next(CsvCell& cell) {
    cell = {};
    if (at_ >= text_.size()) {
        if (!cell_due_) return false;
        cell_due_ = false;
        cell.span = {at_, at_};
        cell.ends_row = true;
        return true;
    }
    cell_due_ = false;
    std::size_t end = std::string_view::npos;
    if (text_[at_] == '"' && quotes_close_) {
        std::size_t close = text_.find('"', at_ + 1);
        while (close != std::string_view::npos && close + 1 < text_.size() && text_[close + 1] == '"') close = text_.find('"', close + 2);
        if (close == std::string_view::npos) {
            quotes_close_ = false;
        } else {
            cell.quoted = true;
            cell.span = {at_ + 1, close};
            end = close + 1;
        }
    }
    std::size_t const from = cell.quoted ? end : at_;
    end = from;
    while (end < text_.size() && text_[end] != delimiter_ && text_[end] != '\n') ++end;
    std::size_t content = end;
    if (content > from && text_[content - 1] == '\r') --content;
    // Something behind the closing quote: not lost, the cell is then taken as it stands.
    if (cell.quoted && content > from) {
        cell.quoted = false;
        cell.span.begin -= 1;
        cell.span.end = content;
    } else if (!cell.quoted) {
        cell.span = {at_, content};
    }
    cell.ends_row = end >= text_.size() || text_[end] == '\n';
    cell_due_ = end < text_.size() && text_[end] == delimiter_;
    at_ = std::min(end + 1, text_.size());
    return true;
}

}  // namespace keepmum
