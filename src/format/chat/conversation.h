// What a messenger's export or a mailbox holds, as plain data: conversations of messages. Readers of each dialect
// stand beside this file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

// A link whose shown words differ from where it leads.
struct ChatLink {
    std::string shown, target;
};

struct ChatMessage {
    enum class Kind : std::uint8_t {
        text,    // somebody wrote this
        media,   // a picture, sound, file: `text` is its caption or name
        system,  // the program wrote this: joined, deleted, timer set
        call,
        invitation,  // asks to be a contact; `text` is the greeting
        payment,
        unread,  // there is a message, and its text is not in the export
    };
    std::uint32_t number = 0;  // from 1 in its conversation, as the file has them
    Kind kind = Kind::text;
    bool mine = false;         // written by the owner of the export; see Conversation::me
    std::string sender;        // name as shown; of system lines who did it, as far as known, else ""
    std::string sender_id;     // what tells two of one name apart, or ""
    std::string when;          // "2025-03-20T18:04:05", as far as known; local time of the export unless it ends in Z
    std::string text;          // UTF-8
    std::vector<ChatLink> links;
    Span span;                 // bytes of the source that hold it
};

// The head of a mail, by which its sender is judged. Addresses are in lower case, "" where there is none.
struct MailFacts {
    struct Address {
        std::string name, address;
    };
    Address from, sender, reply_to;
    std::string return_path;
    std::vector<Address> to;                  // To and Cc
    std::string subject;
    std::string message_id, in_reply_to;      // with their brackets
    std::string list_id, precedence;
    std::vector<std::string> authentication;  // Authentication-Results, each whole, as the file has them
    std::vector<std::string> received;        // Received, likewise: the last server comes first
    std::string delivered_to;                 // Delivered-To or X-Original-To
    std::vector<std::string> attachments;     // names of parts that are no text of the mail
};

struct Conversation {
    std::string title;                  // of the chat, or the other side's name
    std::vector<std::string> senders;   // each once, in order of appearance
    std::string me;                     // which of them is the owner; "" where the export does not say
    bool group = false;                 // more than two people write
    std::string folder;                 // where the owner keeps it, as the export says: "SPAM", "ARCHIVE"; else ""
    std::vector<ChatMessage> messages;
    std::vector<MailFacts> mails;       // of mail: one for each message, in their order; else empty
};

// What was in the file and could not be understood.
struct ChatGap {
    Span span;
    std::string what;  // one plain English clause
};

struct ChatExport {
    std::string dialect;  // "whatsapp", "telegram", "signal", "wechat", "linkedin", "pasted", "mail"; "" where nothing was understood
    bool owner_known = false;  // the export itself says which messages are its owner's: `mine` is right throughout
    std::vector<Conversation> conversations;
    std::vector<ChatGap> gaps;
};

}  // namespace keepmum
