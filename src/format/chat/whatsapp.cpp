// WhatsApp's exported text, and signal-export's, which has the same form.
//
//   20/06/2024, 20:28 - Vincent: Hello                    Android
//   [07.03.26, 21:22:39] Anna: Hello                      iOS
//   [2026-03-01, 10:00] Me: Hello                         signal-export (chat.md)
//
// A line that begins in no such way goes on with the message before. A head without "NAME:" is the program's own. Order and
// words of dates follow the writer's country, so the whole file is looked at before any is believed; see stamp.h.
// Two passes, no table of lines: memory is that of the messages.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_map>

#include "base/utf8.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"

namespace keepmum {

namespace {

struct Head {
    ChatStamp stamp;
    std::size_t rest = 0;  // in the line, behind the stamp and what parts it from the name
    bool bracket = false;
};

bool read_head(std::string_view line, Head& head) {
    // Every other line of a long message is told by its first byte.
    if (line.empty() || (!is_digit(line[0]) && line[0] != '[' && static_cast<unsigned char>(line[0]) < 0x80)) return false;
    std::size_t at = skip_blank(line, 0);
    head.bracket = at < line.size() && line[at] == '[';
    if (head.bracket) ++at;
    std::size_t end = read_stamp(line, at, head.stamp);
    if (end == at || !head.stamp.has_date || !head.stamp.has_time) return false;
    end = skip_blank(line, end);
    if (head.bracket) {
        if (end >= line.size() || line[end] != ']') return false;
        head.rest = end + 1;
        if (head.rest < line.size() && line[head.rest] == ' ') ++head.rest;
        return true;
    }
    for (std::string_view const dash : {std::string_view("-"), std::string_view("–"), std::string_view("—")}) {
        if (line.substr(end, dash.size()) != dash) continue;
        head.rest = end + dash.size();
        if (head.rest < line.size() && line[head.rest] == ' ') ++head.rest;
        return true;
    }
    return false;
}

constexpr std::size_t longest_name = 60;  // characters

// Where the colon stands that may end a name in `rest`, or npos.
std::size_t colon_of(std::string_view rest) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < rest.size() && letters <= longest_name; ++at) {
        if (rest[at] == ':') return at == 0 ? std::string_view::npos : at;
        letters += (static_cast<unsigned char>(rest[at]) & 0xC0) != 0x80;
    }
    return std::string_view::npos;
}

// A quotation that the colon would cut: 'changed the subject from "A: b" to "c"'.
bool cuts_quotation(std::string_view name) {
    std::size_t plain = 0, open = 0;
    for (std::size_t at = 0; at < name.size(); ++at) {
        plain += name[at] == '"';
        open += name.substr(at, 3) == "“" || name.substr(at, 2) == "«";
        open -= open > 0 && (name.substr(at, 3) == "”" || name.substr(at, 2) == "»");
    }
    return plain % 2 == 1 || open > 0;
}

class WhatsAppReader {
  public:
    WhatsAppReader(std::string_view text, ChatExport& out) : text_(text), out_(out) {}

    void read(std::string_view name) {
        survey();
        out_.dialect = brackets_without_seconds_ * 2 > heads_ ? "signal" : "whatsapp";
        Conversation& conversation = out_.conversations.emplace_back();
        conversation.messages.reserve(heads_);
        order_ = vote_.choose();
        ChatLines lines(text_);
        std::size_t body = 0;  // where the text of the open message begins
        while (lines.next()) {
            Head head;
            if (!read_head(lines.line(), head)) {
                if (conversation.messages.empty()) skip_before(lines);
                continue;
            }
            if (!conversation.messages.empty()) close(conversation.messages.back(), body, lines.begin());
            body = open(conversation.messages.emplace_back(), head, lines);
        }
        if (!conversation.messages.empty()) close(conversation.messages.back(), body, text_.size());
        name_it(conversation, name);
    }

  private:
    void skip_before(ChatLines const& lines) {
        if (trim_blank(lines.line()).empty()) return;
        // One gap for all of them.
        if (out_.gaps.empty()) out_.gaps.push_back({{lines.begin(), lines.end()}, "lines before the first message"});
        else out_.gaps.back().span.end = lines.end();
    }

    void survey() {
        ChatLines lines(text_);
        while (lines.next()) {
            Head head;
            if (!read_head(lines.line(), head)) continue;
            ++heads_;
            vote_.see(head.stamp);
            brackets_without_seconds_ += head.bracket && !head.stamp.has_second && head.stamp.parted_by == '-' && head.stamp.digits[0] == 4;
            std::string_view const rest = lines.line().substr(head.rest);
            std::size_t const colon = colon_of(rest);
            // Beyond that many names it is no conversation of people, and a name more helps nobody.
            if (colon == std::string_view::npos) continue;
            std::string_view const name = trim_blank(rest.substr(0, colon));
            if (auto const found = names_.find(name); found != names_.end()) ++found->second;
            else if (names_.size() < 65'536) names_.emplace(name, 1);
        }
    }

    bool is_name(std::string_view name, Head const& head, std::string_view behind) const {
        auto const found = names_.find(name);
        if (found != names_.end() && found->second > 1) return true;
        if (cuts_quotation(name)) return false;
        // "Bob:Hi" is written too; but a colon in the program's own line stands behind many words.
        bool const parted = behind.empty() || behind.front() == ' ' || behind.starts_with("\u200E") || head.bracket;
        return parted || std::count(name.begin(), name.end(), ' ') < 3;
    }

    // Fills in all but the text; the offset where that begins.
    std::size_t open(ChatMessage& message, Head const& head, ChatLines const& lines) const {
        message.when = write_stamp(head.stamp, order_);
        message.span.begin = lines.begin();
        std::string_view const rest = lines.line().substr(head.rest);
        std::size_t const colon = colon_of(rest);
        std::string_view const name = colon == std::string_view::npos ? std::string_view() : trim_blank(rest.substr(0, colon));
        if (colon == std::string_view::npos || !is_name(name, head, rest.substr(colon + 1))) {
            message.kind = ChatMessage::Kind::system;
            return lines.begin() + head.rest;
        }
        // iOS marks who is in nobody's address book with a tilde.
        bool const unsaved = name.starts_with('~');
        message.sender = std::string(unsaved ? trim_blank(name.substr(1)) : name);
        if (unsaved) message.sender_id = std::string(name);
        std::size_t behind = colon + 1;
        if (behind < rest.size() && rest[behind] == ' ') ++behind;
        return lines.begin() + head.rest + behind;
    }

    void close(ChatMessage& message, std::size_t body, std::size_t end) const {
        message.span.end = end;
        std::string_view raw = text_.substr(std::min(body, end), end - std::min(body, end));
        while (!raw.empty() && (raw.back() == '\n' || raw.back() == '\r')) raw.remove_suffix(1);
        message.text = std::string(raw);
        if (message.text.find('\r') != std::string::npos) std::erase(message.text, '\r');
        if (message.kind == ChatMessage::Kind::system) {
            message.text = std::string(trim_blank(message.text));
            return;
        }
        if (out_.dialect == "signal") {
            if (message.text.starts_with("![") && message.text.ends_with(')')) message.kind = ChatMessage::Kind::media;
        } else {
            message.kind = judge_whatsapp_text(message.text);
        }
        message.text = std::string(trim_blank(message.text));
        if (message.text.empty()) message.kind = ChatMessage::Kind::unread;
    }

    // "WhatsApp Chat with Vincent.txt" names the other side, and so the owner where two write.
    static void name_it(Conversation& conversation, std::string_view name) {
        static constexpr std::string_view fronts[] = {"WhatsApp Chat with ",  "WhatsApp Chat - ",          "WhatsApp-Chat mit ",
                                                      "Chat de WhatsApp con ", "Discussion WhatsApp avec ", "Chat WhatsApp con ",
                                                      "Conversa do WhatsApp com ", "WhatsApp-chat met ", "与", "與"};
        name = name.substr(name.find_last_of('/') + 1);
        for (std::string_view const front : fronts) {
            if (!name.starts_with(front)) continue;
            name.remove_prefix(front.size());
            for (std::string_view const back : {".txt", ".zip", "的 WhatsApp 聊天记录", "的 WhatsApp 对话", "的 WhatsApp 對話"}) {
                if (name.ends_with(back)) name.remove_suffix(back.size());
            }
            conversation.title = std::string(name);
        }
        if (conversation.title.empty()) return;
        std::string_view other;
        bool others = false, there = false;
        for (ChatMessage const& message : conversation.messages) {
            if (message.sender.empty()) continue;
            if (message.sender == conversation.title) there = true;
            else if (other.empty()) other = message.sender;
            else others = others || other != message.sender;
        }
        if (there && !others) conversation.me = std::string(other);
    }

    std::string_view text_;
    ChatExport& out_;
    DateOrderVote vote_;
    DateOrder order_ = DateOrder::day_month_year;
    std::size_t heads_ = 0, brackets_without_seconds_ = 0;
    std::unordered_map<std::string_view, std::uint32_t> names_;
};

}  // namespace

bool is_whatsapp(std::string_view text) {
    ChatLines lines(text);
    int heads = 0, speakers = 0;
    // The first lines tell; a file whose messages are all long is not lost for it, since one head of a speaker is enough.
    for (int seen = 0; seen < 200 && lines.next(); ++seen) {
        Head head;
        if (!read_head(lines.line(), head)) continue;
        ++heads;
        speakers += colon_of(lines.line().substr(head.rest)) != std::string_view::npos;
        if (speakers >= 2) return true;
    }
    return speakers >= 1 || heads >= 3;
}

void read_whatsapp(std::string_view text, std::string_view name, ChatExport& out) { WhatsAppReader(text, out).read(name); }

}  // namespace keepmum
