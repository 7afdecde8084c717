// Tables of messages: which messenger's they are, by the names of their columns.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/chat/table.h"

#include <algorithm>

#include "base/utf8.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"

namespace keepmum {

ChatTable::ChatTable(std::string_view text) : text_(text), reader_(text, sniff_delimiter(text)) {
    if (!read_row()) return;
    for (CsvCell const& cell : cells_) names_.push_back(ascii_lower(trim_blank(plain(cell))));
    if (!names_.empty() && names_[0].starts_with("\"")) std::erase(names_[0], '"');
}

std::size_t ChatTable::column(std::string_view name) const {
    auto const found = std::find(names_.begin(), names_.end(), ascii_lower(name));
    return found == names_.end() ? none : static_cast<std::size_t>(found - names_.begin());
}

bool ChatTable::read_row() {
    cells_.clear();
    CsvCell cell;
    while (reader_.next(cell)) {
        // Beyond that many cells it is no row of messages; what they hold is left to surplus() of none.
        if (cells_.size() < 256) cells_.push_back(cell);
        else cells_.back().span.end = cell.span.end;
        if (!cell.ends_row) continue;
        row_span_ = {cells_.front().span.begin - cells_.front().quoted, std::min<std::uint64_t>(cell.span.end + cell.quoted, text_.size())};
        return true;
    }
    return false;
}

bool ChatTable::next() {
    while (read_row()) {
        if (cells_.size() > 1 || cells_[0].span.size() > 0) return true;
    }
    return false;
}

std::string ChatTable::plain(CsvCell const& cell) const {
    std::string out(text_.substr(cell.span.begin, cell.span.size()));
    if (!cell.quoted) return out;
    std::size_t to = 0;
    for (std::size_t from = 0; from < out.size(); ++from) {
        out[to++] = out[from];
        if (out[from] == '"' && from + 1 < out.size() && out[from + 1] == '"') ++from;
    }
    out.resize(to);
    std::erase(out, '\r');
    return out;
}

std::string ChatTable::cell(std::size_t column) const { return column < cells_.size() ? plain(cells_[column]) : std::string(); }

std::string ChatTable::surplus() const {
    std::string out;
    for (std::size_t i = names_.size(); i < cells_.size(); ++i) out += "," + plain(cells_[i]);
    return out;
}

namespace {

std::size_t any_column(ChatTable const& table, std::initializer_list<std::string_view> names) {
    for (std::string_view const name : names) {
        if (std::size_t const column = table.column(name); column != ChatTable::none) return column;
    }
    return ChatTable::none;
}

struct PlainColumns {
    std::size_t sender, text, date;
    explicit PlainColumns(ChatTable const& table)
        : sender(any_column(table, {"sender", "from", "author", "name", "sender name", "nickname",
                                     "user", "who", "发送人", "发送者", "昵称", "發送人"})),
          text(any_column(table, {"text", "message", "content", "body", "msg", "内容", "消息", "消息内容", "內容", "訊息"})),
          date(any_column(table, {"date", "time", "timestamp", "datetime", "sent at", "时间", "日期", "時間"})) {}
    bool complete() const { return sender != ChatTable::none && text != ChatTable::none; }
};

// Whatever names a sender and a text.
void read_plain_table(ChatTable& table, ChatExport& out) {
    PlainColumns const columns(table);
    Conversation& conversation = out.conversations.emplace_back();
    out.dialect = "pasted";
    while (table.next()) {
        ChatMessage& message = conversation.messages.emplace_back();
        message.span = table.span();
        message.sender = std::string(trim_blank(table.cell(columns.sender)));
        message.text = table.cell(columns.text) + table.surplus();
        if (message.text.empty()) message.kind = ChatMessage::Kind::unread;
        ChatStamp stamp;
        std::string const date = table.cell(columns.date);
        if (read_stamp(date, 0, stamp) > 0) message.when = write_stamp(stamp, DateOrder::day_month_year);
    }
}

enum class TableKind : std::uint8_t { none, wechat, messages, invitations, plain };

TableKind judge(ChatTable const& table) {
    auto const has = [&](std::string_view name) { return table.column(name) != ChatTable::none; };
    if (table.columns() < 2) return TableKind::none;
    if ((has("StrContent") && has("IsSender")) || (has("type_name") && has("is_sender") && has("talker"))) return TableKind::wechat;
    if (has("CONVERSATION ID") && has("CONTENT") && has("FROM")) return TableKind::messages;
    if (has("Direction") && has("From") && has("To") && has("Message")) return TableKind::invitations;
    return PlainColumns(table).complete() ? TableKind::plain : TableKind::none;
}

}  // namespace

bool is_chat_table(std::string_view text) {
    // The first row tells. One that is longer than that is no row of names.
    std::string_view const head = text.substr(0, 8192);
    if (head.substr(0, head.find('\n')).find_first_of(",;\t|") == std::string_view::npos) return false;
    ChatTable const table(head);
    return judge(table) != TableKind::none;
}

void read_chat_table(std::string_view text, ChatExport& out) {
    ChatTable table(text);
    switch (judge(table)) {
        case TableKind::wechat: return read_wechat_table(table, out);
        case TableKind::messages: return read_linkedin_messages(table, out);
        case TableKind::invitations: return read_linkedin_invitations(table, out);
        case TableKind::plain: return read_plain_table(table, out);
        case TableKind::none: return;
    }
}

}  // namespace keepmum
