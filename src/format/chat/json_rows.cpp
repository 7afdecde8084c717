// Conversations as rows of JSON that name who wrote, when and what: an array, an object with such an array, or one
// object a line.
//
//   Signal Desktop's rows, as sigtop and others write them out: type (incoming, outgoing), body, sent_at in milliseconds,
//     conversationId, source or sourceServiceId, attachments, expireTimer; "conversations" name the ids
//   signal-export's data.json: date, sender, body, attachments
//   others: any of the usual words for sender and text
//
// Signal's own form is not published. So a row is known by its shape, unknown fields are passed over, and rows without
// any text are said to be unread: newer versions of Signal have left `body` out before.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_map>

#include "base/utf8.h"
#include "format/chat/json_pull.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"

namespace keepmum {

namespace {

using Kind = ChatMessage::Kind;
using What = JsonEvent::What;

bool one_of(std::string_view key, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), key) != words.end();
}

struct Row {
    std::string type, conversation, sender, source, date, media, timer;
    std::string text;
    bool has_text_key = false, has_sender_key = false, has_type = false;
};

class RowReader {
  public:
    RowReader(std::string_view text, ChatExport& out) : json_(text), out_(out), size_(text.size()) {}

    void read() {
        JsonEvent event;
        while (json_.next(event)) {
            if (event.what == What::begin_object) read_object(event, 0);
            else if (event.what == What::begin_array) read_array(event, 0);
        }
        if (json_.is_open()) out_.gaps.push_back({{json_.last(), size_}, "the file breaks off"});
        for (Conversation& conversation : out_.conversations) name_senders(conversation);
        if (out_.conversations.empty()) return;
        out_.dialect = signal_rows_ > 0 ? "signal" : "pasted";
        if (texts_ == 0) out_.gaps.push_back({{0, size_}, "no message has a text"});
    }

  private:
    static constexpr int deepest = 6;  // levels at which rows are looked for

    void read_array(JsonEvent const& begun, int level) {
        json_.each_item(begun, [&](JsonEvent const& item) {
            if (level >= deepest) return;
            if (item.what == What::begin_object) read_object(item, level + 1);
            else if (item.what == What::begin_array) read_array(item, level + 1);
        });
    }

    // A row, or something that holds rows, or what names a conversation.
    void read_object(JsonEvent const& begun, int level) {
        Row row;
        std::string id, name;
        json_.each_member(begun, [&](std::string_view key, JsonEvent const& value) {
            bool const of_row = one_of(key, {"attachments", "reactions", "preview", "contact", "quote", "sticker",
                                           "content", "text", "body", "bodyRanges", "message", "msg"});
            if (value.what == What::begin_array && level < deepest && !of_row) {
                read_array(value, level + 1);
                return;
            }
            if (value.what == What::begin_object && level < deepest && !of_row && !one_of(key, {"sender", "from", "author", "user"})) {
                if (key == "expirationTimerUpdate") return read_member(row, key, value);
                return read_object(value, level + 1);
            }
            if (one_of(key, {"name", "profileFullName", "profileName", "e164"}) && name.empty()) name = json_.text(value);
            if (one_of(key, {"id", "uuid", "serviceId"}) && id.empty()) id = json_.text(value);
            read_member(row, key, value);
        });
        bool const is_row = (row.has_text_key && row.has_sender_key) || (row.has_type && row.has_text_key) ||
                            (!row.date.empty() && (row.has_type || !row.conversation.empty()));
        if (is_row) return keep(std::move(row), begun);
        if (!id.empty() && !name.empty()) names_.emplace(std::move(id), std::move(name));
    }

    void read_member(Row& row, std::string_view key, JsonEvent const& value) {
        if (one_of(key, {"body", "text", "content", "message", "msg", "data"})) {
            if (value.what == What::begin_object) return;
            row.has_text_key = true;
            if (value.what != What::begin_array) return add_text(row, json_.text(value));
            return json_.each_item(value, [&](JsonEvent const& item) { add_text(row, item_text(item)); });
        }
        if (one_of(key, {"sender", "sender_name", "senderName", "from", "author", "who", "nickname", "user", "speaker"})) {
            row.has_sender_key = true;
            row.sender = item_text(value);
        } else if (one_of(key, {"source", "sourceServiceId", "sourceUuid", "from_id", "sender_id"})) {
            row.has_sender_key = true;
            if (row.source.empty()) row.source = json_.text(value);
        } else if (one_of(key, {"sent_at", "date", "timestamp", "timestamp_ms", "time", "datetime", "createTime"})) {
            if (row.date.empty()) row.date = json_.text(value);
        } else if (key == "from_me" || key == "fromMe" || key == "isSender") {
            row.has_type = true;
            row.type = one_of(json_.text(value), {"true", "1"}) ? "outgoing" : "incoming";
        } else if (key == "type") {
            row.type = json_.text(value);
            row.has_type = one_of(row.type, {"incoming", "outgoing"});
        } else if (key == "conversationId" || key == "conversation_id") {
            row.conversation = json_.text(value);
            ++signal_rows_;
        } else if (one_of(key, {"expireTimer", "received_at", "reactions"})) {
            ++signal_rows_;
        } else if (key == "attachments" && value.what == What::begin_array) {
            read_attachments(row, value);
        } else if (key == "expirationTimerUpdate" && value.what == What::begin_object) {
            json_.each_member(value, [&](std::string_view name, JsonEvent const& member) {
                if (name == "expireTimer") row.timer = json_.text(member);
            });
        }
    }

    // A string, or what an object calls its text or name.
    std::string item_text(JsonEvent const& value) {
        if (value.what != What::begin_object) return json_.text(value);
        std::string text;
        json_.each_member(value, [&](std::string_view key, JsonEvent const& member) {
            if (one_of(key, {"text", "name", "username", "body"}) && text.empty()) text = json_.text(member);
        });
        return text;
    }

    void read_attachments(Row& row, JsonEvent const& begun) {
        json_.each_item(begun, [&](JsonEvent const& item) {
            std::string name = json_.text(item);
            if (item.what == What::begin_object) {
                json_.each_member(item, [&](std::string_view key, JsonEvent const& member) {
                    if (one_of(key, {"fileName", "name", "contentType", "path"}) && name.empty()) name = json_.text(member);
                });
            }
            if (!row.media.empty()) row.media += '\n';
            row.media += name.empty() ? "attachment" : name;
        });
    }

    static void add_text(Row& row, std::string text) {
        if (!row.text.empty() && !text.empty()) row.text += '\n';
        row.text += text;
    }

    static std::string when_of(std::string const& date) {
        bool const number = !date.empty() && std::all_of(date.begin(), date.end(), is_digit);
        if (number) return write_epoch(whole_number(date) * (date.size() <= 10 ? 1000 : 1));
        ChatStamp stamp;
        return read_stamp(date, 0, stamp) > 0 ? write_stamp(stamp, DateOrder::day_month_year) : std::string();
    }

    void keep(Row row, JsonEvent const& begun) {
        auto const [place, fresh] = places_.emplace(row.conversation, out_.conversations.size());
        if (fresh) {
            out_.conversations.emplace_back().title = row.conversation;
        }
        ChatMessage& message = out_.conversations[place->second].messages.emplace_back();
        message.span = {begun.span.begin, json_.last()};
        message.when = when_of(row.date);
        message.mine = row.type == "outgoing";
        out_.owner_known = out_.owner_known || row.has_type;
        message.sender = message.mine && row.sender.empty() ? "Me" : row.sender.empty() ? row.source : row.sender;
        message.sender_id = row.source;
        if (!row.text.empty()) ++texts_;
        bool const program = !row.type.empty() && !row.has_type && row.text.empty();
        if (!row.timer.empty()) {
            message.kind = Kind::system;
            message.text = "set_messages_ttl period=" + row.timer;
        } else if (program) {
            message.kind = row.type.find("call") != std::string::npos ? Kind::call : Kind::system;
            message.text = row.type;
        } else if (!row.media.empty()) {
            message.kind = Kind::media;
            message.text = row.text.empty() ? row.media : row.text;
        } else {
            message.kind = row.text.empty() ? Kind::unread : Kind::text;
            message.text = row.text;
        }
    }

    void name_senders(Conversation& conversation) const {
        if (auto const name = names_.find(conversation.title); name != names_.end()) conversation.title = name->second;
        for (ChatMessage& message : conversation.messages) {
            auto const name = names_.find(message.sender);
            if (name != names_.end()) message.sender = name->second;
        }
    }

    JsonPull json_;
    ChatExport& out_;
    std::size_t size_;
    std::size_t signal_rows_ = 0, texts_ = 0;
    std::unordered_map<std::string, std::size_t> places_;
    std::unordered_map<std::string, std::string> names_;
};

}  // namespace

bool is_json(std::string_view text) {
    std::size_t const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')) return false;
    JsonScanner scanner(text);
    JsonEvent event;
    if (!scanner.next(event) || !scanner.next(event)) return false;
    if (text[first] == '{') return event.what == What::key || event.what == What::end_object;
    return JsonPull::begins(event) || event.what == What::end_array || event.what == What::string;
}

void read_json_rows(std::string_view text, ChatExport& out) { RowReader(text, out).read(); }

}  // namespace keepmum
