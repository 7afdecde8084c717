// The head of a mail as facts about its sender: RFC 5322, sections 3.3, 3.4 and 3.6. Within this folder.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "format/chat/conversation.h"
#include "format/mime/mime.h"

namespace keepmum {

MailFacts read_mail_head(MimeMessage const& mime);

// The addresses of a field, in order. A comma in quotes parts nothing; of several <…> the last is the address, since a name
// may hold one to deceive.
std::vector<MailFacts::Address> read_addresses(std::string_view value);

// "Sun, 1 Mar 2026 10:00:00 +0100" as "2026-03-01T09:00:00Z"; "" where it is no date.
std::string mail_date(std::string_view value);

// Whose mailbox holds these: whom they were delivered to, else who takes part in most; "" where that is not clear.
std::string mail_owner(std::vector<MailFacts const*> const& mails);

}  // namespace keepmum
