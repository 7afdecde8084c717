// A mailbox that is a folder with a file for each mail.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "approach/open_chats.h"
#include "core/source.h"

namespace keepmum {

// Whether the folder has the three of a Maildir: cur, new, tmp.
bool is_mail_folder(std::string const& path);

// Reads its mails, those of its folders below (Maildir++: ".Sent") among them, into conversations; what cannot be read
// becomes a gap. False, and nothing done, where the item is no mail folder.
bool open_mail_folder(Item const& item, OpenedChats& opened);

}  // namespace keepmum
