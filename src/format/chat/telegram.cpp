// Telegram Desktop's result.json: one chat, or an account with all its chats.
//
//   {"name", "type", "id", "messages": […]}                                        one chat
//   {"personal_information": {"user_id"}, "chats": {"list": […]}, "left_chats": …}   an account; user_id is the owner
//   message: id, type (message, service, unsupported), date, date_unixtime, from or actor, from_id or actor_id, text
//   text: a string, or an array of strings and {"type", "text", "href"}
//
// After tdesktop's writer (export_output_json.cpp), which also writes control characters as \x0B. That is not JSON, and
// strict parsers refuse the whole file for it. Ids were plain numbers before they were "user…".
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "format/chat/json_pull.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"

namespace keepmum {

namespace {

using Kind = ChatMessage::Kind;

class TelegramReader {
  public:
    TelegramReader(std::string_view text, ChatExport& out) : json_(text), out_(out), size_(text.size()) {}

    void read() {
        JsonEvent event;
        while (json_.next(event)) {
            if (event.what == JsonEvent::What::begin_object) read_top(event);
            else if (JsonPull::begins(event)) json_.skip(event);
        }
        if (json_.is_open()) out_.gaps.push_back({{json_.last(), size_}, "the file breaks off"});
        out_.owner_known = !owner_.empty();
        for (Conversation& conversation : out_.conversations) claim(conversation);
    }

  private:
    // A whole account or one chat; both have the same keys here, so that a chat inside is read alike.
    void read_top(JsonEvent const& begun) {
        Conversation chat;
        json_.each_member(begun, [&](std::string_view key, JsonEvent const& value) {
            bool const object = value.what == JsonEvent::What::begin_object;
            if (key == "personal_information" && object) read_owner(value);
            else if ((key == "chats" || key == "left_chats") && object) read_list(value);
            else read_chat_member(chat, key, value);
        });
        keep(std::move(chat));
    }

    void read_owner(JsonEvent const& begun) {
        json_.each_member(begun, [&](std::string_view key, JsonEvent const& value) {
            if (key == "user_id") owner_ = "user" + json_.text(value);
        });
    }

    void read_list(JsonEvent const& begun) {
        json_.each_member(begun, [&](std::string_view key, JsonEvent const& value) {
            if (key != "list" || value.what != JsonEvent::What::begin_array) return;
            json_.each_item(value, [&](JsonEvent const& item) {
                if (item.what != JsonEvent::What::begin_object) return;
                Conversation chat;
                json_.each_member(item, [&](std::string_view name, JsonEvent const& member) { read_chat_member(chat, name, member); });
                keep(std::move(chat));
            });
        });
    }

    void keep(Conversation chat) {
        if (!chat.messages.empty()) out_.conversations.push_back(std::move(chat));
    }

    void read_chat_member(Conversation& chat, std::string_view key, JsonEvent const& value) {
        if (key == "name") chat.title = json_.text(value);
        if (key == "type") {
            std::string const type = json_.text(value);
            chat.group = type.find("group") != std::string::npos || type.find("channel") != std::string::npos;
            if (type == "saved_messages") chat.folder = type;
        }
        if (key != "messages" || value.what != JsonEvent::What::begin_array) return;
        json_.each_item(value, [&](JsonEvent const& item) {
            if (item.what != JsonEvent::What::begin_object) {
                out_.gaps.push_back({item.span, "in the place of a message is something else"});
                return;
            }
            read_message(item, chat.messages.emplace_back());
        });
    }

    struct Parts {
        std::string type, action, period, unixtime, media, file;
        std::vector<ChatLink> links;
        bool named = false;
    };

    void read_message(JsonEvent const& begun, ChatMessage& message) {
        Parts parts;
        json_.each_member(begun, [&](std::string_view key, JsonEvent const& value) { read_message_member(message, parts, key, value); });
        message.span = {begun.span.begin, json_.last()};
        if (!message.sender_id.empty() && is_digit(message.sender_id[0])) message.sender_id.insert(0, "user");
        // An account that was deleted has a number and no name.
        if (message.sender.empty()) message.sender = message.sender_id;
        bool const number = !parts.unixtime.empty() && parts.unixtime.size() < 12;
        if (message.when.empty() && number) message.when = write_epoch(whole_number(parts.unixtime) * 1000);
        message.links = std::move(parts.links);
        if (parts.type == "service") return make_service(message, parts);
        if (!message.text.empty()) message.kind = parts.media.empty() && parts.file.empty() ? Kind::text : Kind::media;
        else if (!parts.media.empty() || !parts.file.empty()) {
            message.kind = Kind::media;
            message.text = parts.file.empty() ? parts.media : parts.file;
        } else {
            message.kind = Kind::unread;
        }
    }

    static void make_service(ChatMessage& message, Parts const& parts) {
        std::string const& action = parts.action;
        message.kind = Kind::system;
        if (action.find("call") != std::string::npos) message.kind = Kind::call;
        if (action.find("payment") != std::string::npos || action.find("gift") != std::string::npos) message.kind = Kind::payment;
        std::string text = action;
        if (!parts.period.empty()) text += " period=" + parts.period;
        if (!message.text.empty()) text += (text.empty() ? "" : " ") + message.text;
        message.text = std::move(text);
    }

    void read_message_member(ChatMessage& message, Parts& parts, std::string_view key, JsonEvent const& value) {
        if (key == "text") return read_text(value, message.text, parts.links);
        if (key == "text_entities") {
            // The same again, for programs; older exports have one of the two only.
            if (message.text.empty()) read_text(value, message.text, parts.links);
            return;
        }
        if (key == "type") parts.type = json_.text(value);
        else if (key == "date") message.when = json_.text(value);
        else if (key == "date_unixtime") parts.unixtime = json_.text(value);
        else if (key == "from" || key == "actor") message.sender = json_.text(value);
        else if (key == "from_id" || key == "actor_id") message.sender_id = json_.text(value);
        else if (key == "action") parts.action = json_.text(value);
        else if (key == "period") parts.period = json_.text(value);
        else if (key == "file_name" || key == "file" || key == "photo") set_file(parts, key, json_.text(value));
        else if (key == "media_type" || key == "sticker_emoji") parts.media = json_.text(value);
        else if (key == "contact_information" || key == "location_information") parts.media = std::string(key);
        else if (key == "poll" && value.what == JsonEvent::What::begin_object) read_poll(value, message.text);
        else if (key == "inline_bot_buttons" && value.what == JsonEvent::What::begin_array) read_buttons(value, parts.links);
    }

    // The name that the sender gave the file counts more than where the export put it.
    static void set_file(Parts& parts, std::string_view key, std::string value) {
        if (parts.named && key != "file_name") return;
        parts.named = key == "file_name";
        parts.file = std::move(value);
    }

    void read_text(JsonEvent const& value, std::string& text, std::vector<ChatLink>& links) {
        if (value.what == JsonEvent::What::begin_array) {
            json_.each_item(value, [&](JsonEvent const& item) { read_piece(item, text, links); });
        } else {
            text += json_.text(value);
        }
    }

    void read_piece(JsonEvent const& item, std::string& text, std::vector<ChatLink>& links) {
        if (item.what != JsonEvent::What::begin_object) {
            text += json_.text(item);
            return;
        }
        ChatLink link;
        json_.each_member(item, [&](std::string_view key, JsonEvent const& value) {
            if (key == "text") link.shown = json_.text(value);
            if (key == "href") link.target = json_.text(value);
        });
        text += link.shown;
        if (!link.target.empty() && link.target != link.shown) links.push_back(std::move(link));
    }

    void read_poll(JsonEvent const& begun, std::string& text) {
        std::vector<ChatLink> none;
        auto const add = [&](JsonEvent const& value) {
            if (!text.empty()) text += '\n';
            read_text(value, text, none);
        };
        json_.each_member(begun, [&](std::string_view key, JsonEvent const& value) {
            if (key == "question") add(value);
            if (key != "answers" || value.what != JsonEvent::What::begin_array) return;
            json_.each_item(value, [&](JsonEvent const& answer) {
                if (answer.what != JsonEvent::What::begin_object) return;
                json_.each_member(answer, [&](std::string_view name, JsonEvent const& member) {
                    if (name == "text") add(member);
                });
            });
        });
    }

    void read_buttons(JsonEvent const& begun, std::vector<ChatLink>& links) {
        json_.each_item(begun, [&](JsonEvent const& row) {
            if (row.what != JsonEvent::What::begin_array) return;
            json_.each_item(row, [&](JsonEvent const& button) {
                if (button.what != JsonEvent::What::begin_object) return;
                ChatLink link;
                std::string type;
                json_.each_member(button, [&](std::string_view key, JsonEvent const& value) {
                    if (key == "text") link.shown = json_.text(value);
                    if (key == "data") link.target = json_.text(value);
                    if (key == "type") type = json_.text(value);
                });
                if (type == "url" && link.shown != link.target) links.push_back(std::move(link));
            });
        });
    }

    void claim(Conversation& chat) const {
        for (ChatMessage& message : chat.messages) {
            message.mine = !owner_.empty() && message.sender_id == owner_;
        }
        if (chat.title.empty()) {
            for (ChatMessage const& message : chat.messages) {
                if (message.mine || message.sender.empty()) continue;
                chat.title = message.sender;
                break;
            }
        }
    }

    JsonPull json_;
    ChatExport& out_;
    std::size_t size_;
    std::string owner_;
};

}  // namespace

bool is_telegram(std::string_view text) {
    JsonScanner scanner(text);
    JsonEvent event;
    bool messages = false, kind = false;
    // The keys that tell stand first; about 400 values are enough, and a long message among them is one value.
    for (int seen = 0; seen < 400 && scanner.next(event); ++seen) {
        if (event.what != JsonEvent::What::key) continue;
        std::string_view const key = text.substr(event.span.begin, event.span.size());
        if (event.depth == 1 && (key == "personal_information" || key == "chats" || key == "left_chats")) return true;
        messages = messages || (event.depth == 1 && key == "messages");
        kind = kind || (event.depth == 3 && (key == "text_entities" || key == "from_id" || key == "actor_id" || key == "date_unixtime"));
    }
    return messages && kind;
}

void read_telegram(std::string_view text, ChatExport& out) {
    out.dialect = "telegram";
    TelegramReader(text, out).read();
}

}  // namespace keepmum
