// What is seen in a conversation: signs in the other side's turns, refusals and gifts in our own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "approach/ladder.h"
#include "approach/mail_signs.h"
#include "format/chat/conversation.h"

namespace keepmum {

// Something that we said, by the phrases of the book.
struct OwnWords {
    std::uint16_t sign = 0;     // a row of kind refusal or given
    std::uint32_t message = 0;  // index into Conversation::messages
    Span span, sentence;        // bytes of the message's text: the words themselves, and what they stand in
};

struct SignsRead {
    std::vector<Sighting> sightings;  // of signs and counters, by message
    std::vector<OwnWords> own;
    std::vector<Worded> worded;  // messages of both sides, where the book has learned wording
    std::uint64_t theirs = 0, ours = 0;  // messages with a text
};

// `me`: which sender we are; "" where all turns are the other side's. Linear.
SignsRead read_signs(SignBook const& book, Conversation const& conversation);

// Reads a conversation and judges it. Where several others write, each of them is judged by what that person said alone, and the gravest
// counts: `sightings` are those of that one.
struct Judged {
    Ladder ladder;
    std::vector<OwnWords> own;
    std::string about;                   // the sender whose turns it rests on; "" where only one other writes
    std::uint64_t theirs = 0, ours = 0;  // messages with a text
};
// Links and senders are judged where `trust` is given.
Judged judge_conversation(SignBook const& book, Conversation const& conversation, Trust const* trust = nullptr);

}  // namespace keepmum
