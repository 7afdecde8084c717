// Signal's own export, main.jsonl: one frame of its backup a line, written as JSON (Backup.proto of libsignal).
//
//   {"recipient": {"id", "contact": {names, e164} | "group": {"snapshot": {"title": {"title"}}} | "self": {}}}
//   {"chat": {"id", "recipientId"}}
//   {"chatItem": {"chatId", "authorId", "dateSent", "incoming" | "outgoing" | "directionless": {},
//     "standardMessage": {"text": {"body"}, "attachments"} | "updateMessage" | "remoteDeletedMessage" | …, "revisions": […]}}
//
// Numbers are strings, as JSON of protocol buffers has them. The owner is the recipient that is "self". A sort of message that is not
// known here is there and unread.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unordered_map>

#include "base/utf8.h"
#include "format/chat/json_pull.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"

namespace keepmum {

namespace {

using Kind = ChatMessage::Kind;
using What = JsonEvent::What;

class SignalLines {
  public:
    SignalLines(std::string_view text, ChatExport& out) : json_(text), out_(out), size_(text.size()) {}

    void read() {
        out_.dialect = "signal";
        out_.owner_known = true;
        JsonEvent event;
        while (json_.next(event)) {
            if (event.what == What::begin_object) read_frame(event);
            else items(event, [&](JsonEvent const& item) { read_frame(item); });
        }
        if (json_.is_open()) out_.gaps.push_back({{json_.last(), size_}, "the file breaks off"});
        for (std::size_t i = 0; i < out_.conversations.size(); ++i) name(out_.conversations[i], chats_of_[i]);
    }

  private:
    template <class Use>
    void members(JsonEvent const& value, Use&& use) {
        if (value.what == What::begin_object) json_.each_member(value, std::forward<Use>(use));
    }
    template <class Use>
    void items(JsonEvent const& value, Use&& use) {
        if (value.what == What::begin_array) json_.each_item(value, std::forward<Use>(use));
    }

    void read_frame(JsonEvent const& begun) {
        members(begun, [&](std::string_view key, JsonEvent const& value) {
            if (key == "recipient") read_recipient(value);
            if (key == "chat") read_chat_frame(value);
            if (key == "chatItem") read_item(value, begun);
        });
    }

    void read_recipient(JsonEvent const& begun) {
        std::string id, given, family, number, title;
        bool self = false;
        members(begun, [&](std::string_view key, JsonEvent const& value) {
            if (key == "id") id = json_.text(value);
            if (key == "self") self = true;
            if (key == "contact") {
                members(value, [&](std::string_view name, JsonEvent const& member) {
                    // What the owner calls somebody comes before what they call themselves; the writer has it first.
                    if (name.ends_with("GivenName") && given.empty()) given = json_.text(member);
                    if (name.ends_with("FamilyName") && family.empty()) family = json_.text(member);
                    if ((name == "e164" || name == "username") && number.empty()) number = json_.text(member);
                });
            }
            if (key == "group") {
                members(value, [&](std::string_view name, JsonEvent const& snapshot) {
                    if (name != "snapshot") return;
                    members(snapshot, [&](std::string_view part, JsonEvent const& member) {
                        if (part != "title") return;
                        members(member, [&](std::string_view word, JsonEvent const& words) {
                            if (word == "title") title = json_.text(words);
                        });
                    });
                });
            }
        });
        if (self) self_ = id;
        std::string name = given + (given.empty() || family.empty() ? "" : " ") + family;
        if (name.empty()) name = !title.empty() ? title : !number.empty() ? number : "recipient " + id;
        if (self) name = "Me";
        groups_[id] = !title.empty();
        names_[std::move(id)] = std::move(name);
    }

    void read_chat_frame(JsonEvent const& begun) {
        std::string id, recipient;
        members(begun, [&](std::string_view key, JsonEvent const& value) {
            if (key == "id") id = json_.text(value);
            if (key == "recipientId") recipient = json_.text(value);
        });
        recipients_[std::move(id)] = std::move(recipient);
    }

    // What a message has been found to be.
    struct Item {
        std::string chat, author, text, media, timer;
        std::int64_t sent = 0;
        Kind kind = Kind::unread;
        bool outgoing = false, cut = false;
    };

    void read_item(JsonEvent const& begun, JsonEvent const& frame) {
        Item item;
        read_item_members(begun, item, true);
        auto const [place, fresh] = places_.emplace(item.chat, out_.conversations.size());
        if (fresh) {
            out_.conversations.emplace_back();
            chats_of_.push_back(item.chat);
        }
        ChatMessage& message = out_.conversations[place->second].messages.emplace_back();
        message.span = {frame.span.begin, json_.last()};
        message.when = write_epoch(item.sent);
        message.sender_id = item.author;
        message.mine = item.outgoing || (!self_.empty() && item.author == self_);
        message.kind = item.kind;
        message.text = std::move(item.text);
        if (message.kind == Kind::unread && !message.text.empty()) message.kind = item.media.empty() ? Kind::text : Kind::media;
        else if (message.kind == Kind::unread && !item.media.empty()) message.kind = Kind::media;
        if (message.text.empty()) message.text = std::move(item.media);
        if (!item.timer.empty()) message.text = "set_messages_ttl period=" + std::to_string(whole_number(item.timer) / 1000);
        if (item.cut) out_.gaps.push_back({message.span, "the rest of a long message is in a file of its own"});
    }

    void read_item_members(JsonEvent const& begun, Item& item, bool latest) {
        members(begun, [&](std::string_view key, JsonEvent const& value) {
            if (key == "chatId" && latest) item.chat = json_.text(value);
            else if (key == "authorId" && latest) item.author = json_.text(value);
            else if (key == "dateSent" && latest) item.sent = whole_number(json_.text(value));
            else if (key == "outgoing" && latest) item.outgoing = value.what == What::begin_object;
            // Earlier wordings of a message that was changed: they were seen too.
            else if (key == "revisions" && latest) items(value, [&](JsonEvent const& one) { read_item_members(one, item, false); });
            else if (value.what == What::begin_object) read_message(key, value, item);
        });
    }

    void read_message(std::string_view key, JsonEvent const& value, Item& item) {
        if (key == "standardMessage" || key == "directStoryReplyMessage" || key == "textReply") return read_standard(value, item);
        if (key == "updateMessage") return read_update(value, item);
        if (key == "remoteDeletedMessage") {
            item.kind = Kind::system;
            item.text = "deleted";
        } else if (key == "paymentNotification" || key == "giftBadge") {
            item.kind = Kind::payment;
            members(value, [&](std::string_view name, JsonEvent const& member) {
                if (name == "note") add(item.text, json_.text(member));
            });
        } else if (key == "stickerMessage" || key == "contactMessage" || key == "viewOnceMessage") {
            item.media = std::string(key);
        } else if (key == "poll") {
            read_poll(value, item);
        }
    }

    void read_standard(JsonEvent const& begun, Item& item) {
        members(begun, [&](std::string_view key, JsonEvent const& value) {
            if (key == "text") {
                members(value, [&](std::string_view name, JsonEvent const& member) {
                    if (name == "body") add(item.text, json_.text(member));
                });
            } else if (key == "textReply") {
                read_standard(value, item);
            } else if (key == "longText") {
                item.cut = true;
            } else if (key == "attachments") {
                items(value, [&](JsonEvent const& one) {
                    std::string name = "attachment";
                    members(one, [&](std::string_view part, JsonEvent const& pointer) {
                        if (part != "pointer") return;
                        members(pointer, [&](std::string_view word, JsonEvent const& member) {
                            if (word == "fileName") name = json_.text(member);
                            if (word == "caption") add(item.text, json_.text(member));
                        });
                    });
                    add(item.media, name);
                });
            }
        });
    }

    void read_update(JsonEvent const& begun, Item& item) {
        item.kind = Kind::system;
        members(begun, [&](std::string_view key, JsonEvent const& value) {
            item.text = std::string(key);
            if (key == "individualCall" || key == "groupCall") item.kind = Kind::call;
            if (key != "expirationTimerChange") return;
            item.timer = "0";
            members(value, [&](std::string_view name, JsonEvent const& member) {
                if (name == "expiresInMs") item.timer = json_.text(member);
            });
        });
    }

    void read_poll(JsonEvent const& begun, Item& item) {
        members(begun, [&](std::string_view key, JsonEvent const& value) {
            if (key == "question") add(item.text, json_.text(value));
            items(value, [&](JsonEvent const& option) {
                members(option, [&](std::string_view name, JsonEvent const& member) {
                    if (name == "option") add(item.text, json_.text(member));
                });
            });
        });
    }

    static void add(std::string& text, std::string const& more) {
        if (!text.empty() && !more.empty()) text += '\n';
        text += more;
    }

    std::string name_of(std::string const& id) const {
        auto const found = names_.find(id);
        return found == names_.end() ? "recipient " + id : found->second;
    }

    void name(Conversation& conversation, std::string const& chat) const {
        auto const recipient = recipients_.find(chat);
        if (recipient != recipients_.end()) {
            conversation.title = name_of(recipient->second);
            auto const group = groups_.find(recipient->second);
            conversation.group = group != groups_.end() && group->second;
        }
        for (ChatMessage& message : conversation.messages) message.sender = message.mine ? "Me" : name_of(message.sender_id);
    }

    JsonPull json_;
    ChatExport& out_;
    std::size_t size_;
    std::string self_;
    std::vector<std::string> chats_of_;  // the chat of each conversation
    std::unordered_map<std::string, std::string> names_, recipients_;
    std::unordered_map<std::string, bool> groups_;
    std::unordered_map<std::string, std::size_t> places_;
};

}  // namespace

bool is_signal_lines(std::string_view text) {
    JsonScanner scanner(text);
    JsonEvent event;
    int frames = 0;
    for (int seen = 0; seen < 2000 && scanner.next(event); ++seen) {
        if (event.what != What::key || event.depth > 2) continue;
        std::string_view const key = text.substr(event.span.begin, event.span.size());
        frames += key == "backupTimeMs" || key == "recipient" || key == "chat";
        if (key == "chatItem" || frames > 2) return true;
    }
    return false;
}

void read_signal_lines(std::string_view text, ChatExport& out) { SignalLines(text, out).read(); }

}  // namespace keepmum
