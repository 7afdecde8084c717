// The readers of each dialect and what they share. Within this folder; users include read_chat.h.
//
// Every reader takes valid UTF-8 and fills an export: conversations with messages whose spans count bytes of that
// text, unnumbered, and gaps. close_export() then does for all what is alike in all.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "format/chat/conversation.h"

namespace keepmum {

// Lines one after the other, without their ends. A line ends with LF or CR LF.
class ChatLines {
  public:
    explicit ChatLines(std::string_view text) : text_(text) {}
    bool next() {
        if (at_ >= text_.size()) return false;
        begin_ = at_;
        std::size_t end = text_.find('\n', at_);
        if (end == std::string_view::npos) end = text_.size();
        at_ = end < text_.size() ? end + 1 : end;
        line_ = text_.substr(begin_, end - begin_);
        if (line_.ends_with('\r')) line_.remove_suffix(1);
        return true;
    }
    std::string_view line() const { return line_; }
    std::size_t begin() const { return begin_; }  // of the line in the text
    std::size_t end() const { return at_; }       // behind its end mark

  private:
    std::string_view text_, line_;
    std::size_t at_ = 0, begin_ = 0;
};

// Line by line: WhatsApp's _chat.txt, and signal-export's chat.md, which has the same form.
bool is_whatsapp(std::string_view text);
void read_whatsapp(std::string_view text, std::string_view name, ChatExport& out);

// What WhatsApp itself writes in the place of a text. `text` is stripped of it where people's words remain.
ChatMessage::Kind judge_whatsapp_text(std::string& text);

// JSON: telegram's result.json; rows of Signal, of signal-export, and of others that name a sender and a text.
bool is_telegram(std::string_view text);
void read_telegram(std::string_view text, ChatExport& out);
// Its messages.html, the same for people.
bool is_telegram_page(std::string_view html);
void read_telegram_page(std::string_view html, ChatExport& out);
// Signal's own export, one frame of its backup a line.
bool is_signal_lines(std::string_view text);
void read_signal_lines(std::string_view text, ChatExport& out);
bool is_json(std::string_view text);
void read_json_rows(std::string_view text, ChatExport& out);

// Tables: WeChatMsg's and PyWxDump's, LinkedIn's messages.csv and Invitations.csv, others that name a sender and a text.
bool is_chat_table(std::string_view text);
void read_chat_table(std::string_view text, ChatExport& out);

// Plain text: what people copy out of a window, WeChat's and QQ's text forms among it. Never fails: what has no form
// that tells who spoke is one message a paragraph, by nobody known.
void read_pasted(std::string_view text, ChatExport& out);

// Mail: one message or an mbox.
bool is_mail(std::string_view text);
ChatExport read_mail(std::string_view bytes);

// Numbers messages, lists senders, says whether it is a group, and sets `mine` where `me` is known or is the word
// that a dialect uses for the owner. Drops conversations without messages.
void close_export(ChatExport& out);

// Whether a sender is called "Me", "我" or the like: the owner, in a form that the program or the owner chose.
bool means_me(std::string_view sender);

// JSON's escapes undone, \xNN of broken writers among them; `raw` stands between the quotes.
std::string json_text(std::string_view raw);

// The words that a page of HTML shows, and its links whose shown words are not their target.
struct HtmlWords {
    std::string text;
    std::vector<ChatLink> links;
};
HtmlWords html_words(std::string_view html);
// Whether it holds tags at all.
bool looks_like_html(std::string_view text);

// Character references (&amp;) undone.
std::string undo_references(std::string_view text);

}  // namespace keepmum
