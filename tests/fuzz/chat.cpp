// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "format/chat/read_chat.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    keepmum::ChatExport const read = keepmum::read_chat({reinterpret_cast<char const*>(data), size});
    bool any = false;
    for (keepmum::Conversation const& conversation : read.conversations) {
        if (!conversation.mails.empty() && conversation.mails.size() != conversation.messages.size()) __builtin_trap();
        for (keepmum::ChatMessage const& message : conversation.messages) {
            any = true;
            if (message.span.begin > message.span.end || message.span.end > size) __builtin_trap();
            if (!keepmum::is_utf8(message.text) || !keepmum::is_utf8(message.sender)) __builtin_trap();
            if (message.kind == keepmum::ChatMessage::Kind::text && message.text.empty()) __builtin_trap();
        }
    }
    if (!any && read.gaps.empty()) __builtin_trap();
    return 0;
}
