// Telegram Desktop's export for people, messages.html: what it writes unless asked for JSON.
//
//   <div class="message default clearfix" id="message2"> … <div class="pull_right date details" title="01.03.2026 10:01:00 UTC+01:00">
//     <div class="from_name">NAME</div> <div class="text">TEXT</div> … <div class="media …"><div class="title bold">…
//   <div class="message default clearfix joined" …>    goes on in the name of the one before
//   <div class="message service" …>                    the program's line; days have negative ids
//
// After the writer (export_output_html.cpp). All words inside a message count, but for name, time and initials, so that a new
// sort of box loses nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"
#include "format/text/html.h"

namespace keepmum {

namespace {

using Kind = ChatMessage::Kind;

enum class Box : std::uint8_t { other, message, service, sender, forwarded, text, skipped, title };

bool has_class(std::string_view classes, std::string_view name) {
    for (std::size_t at = classes.find(name); at != std::string_view::npos; at = classes.find(name, at + 1)) {
        std::size_t const end = at + name.size();
        if ((at == 0 || classes[at - 1] == ' ') && (end == classes.size() || classes[end] == ' ')) return true;
    }
    return false;
}

class TelegramPage {
  public:
    TelegramPage(std::string_view html, ChatExport& out) : html_(html), out_(out) {}

    void read() {
        out_.dialect = "telegram";
        out_.conversations.emplace_back();
        HtmlTokenizer tokens(html_);
        HtmlToken token;
        while (tokens.next(token)) {
            if (token.what == HtmlToken::What::text) add(undo_references(html_.substr(token.content.begin, token.content.size())));
            else if (token.what == HtmlToken::What::start_tag) open(token);
            else if (token.what == HtmlToken::What::end_tag) close(token);
        }
        if (in_message_) out_.gaps.push_back({{messages().back().span.begin, html_.size()}, "the file breaks off"});
        end_message(html_.size());
    }

  private:
    std::vector<ChatMessage>& messages() { return out_.conversations.front().messages; }
    Box box() const { return boxes_.empty() ? Box::other : boxes_.back(); }

    std::string_view attribute(HtmlToken const& token, std::string_view name) const {
        for (HtmlAttribute const& one : token.attributes) {
            if (one.name == name) return html_.substr(one.value.begin, one.value.size());
        }
        return {};
    }

    void open(HtmlToken const& token) {
        if (token.name == "br") return add("\n");
        if (token.name == "a") return open_link(token);
        if (token.name != "div") return;
        std::string_view const classes = attribute(token, "class");
        Box inside = box() == Box::message || box() == Box::service ? Box::other : box();
        if (has_class(classes, "message") && (has_class(classes, "default") || has_class(classes, "service"))) {
            bool const service = has_class(classes, "service");
            end_message(token.whole.begin);
            if (!attribute(token, "id").starts_with("message-")) begin_message(token, service);
            inside = service ? Box::service : Box::message;
        } else if (!in_message_ && has_class(classes, "page_header")) {
            inside = Box::title;
        } else if (has_class(classes, "from_name")) {
            inside = forwarded_ ? Box::skipped : Box::sender;
        } else if (has_class(classes, "forwarded")) {
            forwarded_ = true;
        } else if (has_class(classes, "date")) {
            read_time(attribute(token, "title"));
            inside = Box::skipped;
        } else if (has_class(classes, "userpic_wrap") || has_class(classes, "userpic") || has_class(classes, "reply_to")) {
            inside = Box::skipped;
        } else if (has_class(classes, "text")) {
            inside = box() == Box::title ? Box::title : Box::text;
        }
        if (in_message_ && inside != Box::skipped && inside != Box::sender && !words_.empty() && words_.back() != '\n') words_ += '\n';
        boxes_.push_back(inside);
    }

    void close(HtmlToken const& token) {
        if (token.name == "a") return close_link();
        if (token.name != "div" || boxes_.empty()) return;
        Box const closed = boxes_.back();
        boxes_.pop_back();
        if (in_message_ && boxes_.size() <= message_level_) end_message(token.whole.end);
        if (closed == Box::sender && in_message_) messages().back().sender = std::string(trim_blank(sender_));
    }

    void begin_message(HtmlToken const& token, bool service) {
        ChatMessage& message = messages().emplace_back();
        message.span.begin = token.whole.begin;
        message.kind = service ? Kind::system : Kind::media;
        if (!service && has_class(attribute(token, "class"), "joined")) message.sender = last_sender_;
        in_message_ = true;
        message_level_ = boxes_.size();
        words_.clear();
        sender_.clear();
        forwarded_ = false;
    }

    void end_message(std::size_t end) {
        if (!in_message_) return;
        in_message_ = false;
        close_link();
        ChatMessage& message = messages().back();
        message.span.end = end;
        message.text = std::string(trim_blank(words_));
        if (message.text.empty() && message.kind != Kind::system) message.kind = Kind::unread;
        if (message.kind != Kind::system) last_sender_ = message.sender;
    }

    void read_time(std::string_view title) {
        ChatStamp stamp;
        if (!in_message_ || !messages().back().when.empty() || read_stamp(title, 0, stamp) == 0) return;
        stamp.utc = false;  // the time zone of the computer stands behind it
        messages().back().when = write_stamp(stamp, DateOrder::day_month_year);
    }

    void add(std::string_view words) {
        if (box() == Box::title) {
            std::string& title = out_.conversations.front().title;
            std::size_t const begin = std::min(words.find_first_not_of(" \n\r\t"), words.size());
            if (title.empty()) title = std::string(trim_blank(words.substr(begin)));
        }
        if (!in_message_ || box() == Box::skipped) return;
        bool const filled = words.find_first_not_of(" \n\r\t") != std::string_view::npos;
        if (box() == Box::text && filled && messages().back().kind == Kind::media) messages().back().kind = Kind::text;
        std::string& out = box() == Box::sender ? sender_ : words_;
        bool const one_break = words == "\n";
        for (char const c : words) {
            bool const blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if (!blank) out += c;
            else if (one_break) out += '\n';
            else if (!out.empty() && out.back() != ' ' && out.back() != '\n') out += ' ';
        }
    }

    void open_link(HtmlToken const& token) {
        close_link();
        if (!in_message_) return;
        target_ = undo_references(attribute(token, "href"));
        link_begin_ = words_.size();
    }

    void close_link() {
        std::string const target = std::move(target_);
        target_.clear();
        // "#go_to_message7" and the files beside the page lead nowhere.
        if (target.find("://") == std::string::npos || link_begin_ > words_.size() || messages().empty()) return;
        std::string shown(trim_blank(std::string_view(words_).substr(link_begin_)));
        if (shown != target) messages().back().links.push_back({std::move(shown), target});
    }

    std::string_view html_;
    ChatExport& out_;
    std::vector<Box> boxes_;
    std::size_t message_level_ = 0, link_begin_ = 0;
    bool in_message_ = false, forwarded_ = false;
    std::string words_, sender_, last_sender_, target_;
};

}  // namespace

bool is_telegram_page(std::string_view html) {
    std::string_view const head = html.substr(0, 64 * 1024);
    return head.find("class=\"page_wrap\"") != std::string_view::npos && head.find("class=\"message ") != std::string_view::npos;
}

void read_telegram_page(std::string_view html, ChatExport& out) { TelegramPage(html, out).read(); }

}  // namespace keepmum
