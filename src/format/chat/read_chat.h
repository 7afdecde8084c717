// From a file to its conversations: tells which messenger wrote it, by its content, and reads it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "format/chat/conversation.h"

namespace keepmum {

// Reads the export of any messenger that keepmum knows, a mail, a mailbox, or a pasted conversation, in any charset
// that format/text/charset.h knows. `name` is the file's name, which decides nothing and may give a title; "" is fine.
//
// What is no conversation, or not understood, is a gap, and an export never comes back without both messages and
// gaps. Spans count bytes of `bytes`. Texts of all kinds but `unread` may hold words of people, those of media
// (captions) and payments too. Of system lines `text` is the line; where an export names what was done, it is one of
// "set_messages_ttl period=SECONDS", "clear_history", "phone_call" or whatever else Telegram calls it.
//
// Time is linear in `bytes`, and so is memory.
ChatExport read_chat(std::string_view bytes, std::string_view name = {});

// Collects the mails of a mailbox, or of a folder with one file for each (Maildir), and makes conversations of them:
// one with each person or list that the owner writes with.
class MailThreads {
  public:
    // `span` is the message's place in the source, of which `message` is the text.
    void add(std::string_view message, Span span);
    // Whose mail it is comes from what was delivered to whom. Leaves this empty.
    ChatExport take();

  private:
    struct Mail {
        MailFacts facts;
        ChatMessage message;
    };
    std::vector<Mail> mails_;
    std::vector<ChatGap> gaps_;
};

}  // namespace keepmum
