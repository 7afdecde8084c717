// The sentences that the text and the page of an approach share.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "approach/tell.h"
#include "base/message.h"

namespace keepmum {

Message light_message(Light light);
Message change_message(Light light);
Message stage_message(unsigned stage);  // 1 to 8
// Why there is no answer: nothing could be opened, or no conversation was in what could.
Message unread_message(std::span<ApproachReport const> reports);

// The strongest sighting of each sign: those that carry the light first, then by strength.
std::vector<Sighting> best_sightings(SignBook const& book, Ladder const& ladder);

// The sentence that shows the sign, at most about `most` bytes; "" for what no words show.
std::string quote_of(Approached const& told, Sighting const& sighting, std::size_t most);

// `whole` of the text, or of that the words of `span` and as much around them as makes about `most` bytes.
std::string quote_around(std::string_view text, Span whole, Span span, std::size_t most);

// What the conversation is called: by the one whose turns count, its title, or the other side's name.
std::string title_of_talk(Language language, Approached const& told);
std::string say_message(Language language, Approached const& told, std::uint32_t message);  // "message 6, 2025-03-20 18:04"
std::string say_turned(Language language, Approached const& told);
std::string say_carrying(Language language, SignBook const& book, Ladder const& ladder);
std::string say_given(Language language, SignBook const& book, Glossary const& glossary, Approached const& told, Given const& given);
// Where a link, code or attachment is among the signs, not to open it comes first.
enum class Lure : std::uint8_t { none, there };
Lure lure_in(SignBook const& book, Ladder const& ladder);
std::vector<std::string> steps_now(Language language, Light light, Lure lure, bool gave, std::vector<Contact> const& contacts);

}  // namespace keepmum
