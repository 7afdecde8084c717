// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "format/chat/read_chat.h"

// A folder of mails, parted by a byte that no mail holds.
extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    keepmum::MailThreads threads;
    std::size_t mails = 0, read = 0;
    for (std::size_t at = 0; at <= size; ++mails) {
        std::size_t const end = std::min(bytes.find('\0', at), size);
        threads.add(bytes.substr(at, end - at), {at, end});
        at = end + 1;
    }
    for (keepmum::Conversation const& conversation : threads.take().conversations) {
        for (keepmum::ChatMessage const& message : conversation.messages) {
            ++read;
            if (!keepmum::is_utf8(message.text) || !keepmum::is_utf8(message.sender)) __builtin_trap();
        }
    }
    if (read != mails) __builtin_trap();
    return 0;
}
