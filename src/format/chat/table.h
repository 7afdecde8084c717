// A table with named columns, one row after the other. Within this folder.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "format/chat/conversation.h"
#include "format/text/csv.h"

namespace keepmum {

class ChatTable {
  public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    explicit ChatTable(std::string_view text);

    // The column of that name, whatever its case; none where there is none.
    std::size_t column(std::string_view name) const;
    std::size_t columns() const { return names_.size(); }

    // The next row that holds anything; false at the end.
    bool next();
    Span span() const { return row_span_; }
    std::string cell(std::size_t column) const;
    // Cells behind the last named column, which a faulty writer leaves when it does not quote.
    std::string surplus() const;

  private:
    bool read_row();
    std::string plain(CsvCell const& cell) const;

    std::string_view text_;
    CsvReader reader_;
    std::vector<std::string> names_;  // lower-case
    std::vector<CsvCell> cells_;
    Span row_span_;
};

// What each sort of table holds; the columns that they need are there.
void read_wechat_table(ChatTable& table, ChatExport& out);
void read_linkedin_messages(ChatTable& table, ChatExport& out);
void read_linkedin_invitations(ChatTable& table, ChatExport& out);

}  // namespace keepmum
