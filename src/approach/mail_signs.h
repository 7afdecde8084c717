// Signs that no words show: links that are not what they seem, and senders that are not who they say.
//
// How often honest and dishonest mail has each was measured on mailing lists, ordinary mail and phishing (docs/decisions/people/0121):
// what mailing lists do every day (another Return-Path, counted clicks) is no sign; a short link, a number for a host or a failed
// DMARC check is one in a first mail from somebody, and hardly one in a list or from a friend.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "approach/ladder.h"
#include "approach/link/judge_link.h"
#include "format/chat/conversation.h"

namespace keepmum {

// Whom the user trusts and knows, and which servers' checks count.
struct Trust {
    LinkJudge judge;
    std::set<std::string, std::less<>> known;  // mail addresses, lower-case
    std::vector<std::string> servers;          // whose Authentication-Results are the user's own, lower-case
};

// What the user's own server found out about a mail.
enum class MailCheck : std::uint8_t { none, pass, fail };
struct MailChecks {
    MailCheck dmarc = MailCheck::none, spf = MailCheck::none, dkim = MailCheck::none;
};
// From Authentication-Results fields (RFC 8601), the topmost of one of `servers`; what others say was said by anybody.
MailChecks read_checks(std::vector<std::string> const& fields, std::vector<std::string> const& servers);

// The sightings of l1, l2, l5 and l6 in the turns of others; each says in its remark why. Linear.
std::vector<Sighting> read_technical(SignBook const& book, Trust const& trust, Conversation const& conversation);

}  // namespace keepmum
