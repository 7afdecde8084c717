// Which side of a conversation the user is: signs are looked for in the other side's turns only.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "format/chat/conversation.h"

namespace keepmum {

// How it was found out.
enum class MeBy : std::uint8_t {
    told,     // by its name (--me)
    written,  // in the export itself
    common,   // writes in most of the conversations
    nobody    // no names, or one writer alone: all turns are the other side's
};

// Sets Conversation::me and ChatMessage::mine of all of them. `name`: what the user says, or "".
// Fault::invalid with one sentence where `name` is nobody's or fits several; Fault::not_found where it cannot
// be told, with the names in `who`.
Result<MeBy> find_me(std::span<Conversation> conversations, std::string_view name, std::vector<std::string>& who);

}  // namespace keepmum
