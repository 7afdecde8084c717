// From the conversations of one file to what is said about it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "approach/approach.h"
#include "approach/open_chats.h"

namespace keepmum {

// find_me() for all conversations of the file together.
Result<MeBy> settle_me(OpenedChats& opened, std::string_view name, std::vector<std::string>& who);

// Judges each conversation by itself. Those that are amber or red are told, else the one with most signs; the others are counted.
Result<ApproachReport> judge_chats(Setup const& setup, SignBook const& book, Trust const& trust, std::string source,
                                   OpenedChats opened, MeBy me);

}  // namespace keepmum
