// Helpers of the tests of the chat readers.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "format/chat/read_chat.h"

namespace keepmum {

// One letter a message: Text Media System Call Invitation Payment Unread.
inline std::string kinds_of(Conversation const& conversation) {
    std::string out;
    for (ChatMessage const& message : conversation.messages) out += "TMSCIPU"[static_cast<int>(message.kind)];
    return out;
}

// "Anna: hello" for each message; "*" in front of the owner's.
inline std::vector<std::string> lines_of(Conversation const& conversation) {
    std::vector<std::string> out;
    for (ChatMessage const& message : conversation.messages) {
        out.push_back((message.mine ? "*" : "") + message.sender + ": " + message.text);
    }
    return out;
}

inline std::vector<std::string> times_of(Conversation const& conversation) {
    std::vector<std::string> out;
    for (ChatMessage const& message : conversation.messages) out.push_back(message.when);
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace keepmum
