// From a file to the conversations in it, by the engine's own extraction where it is a container, a document or a picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "core/budget.h"
#include "core/gap.h"
#include "core/source.h"
#include "core/verdict.h"
#include "engine/showing.h"
#include "format/chat/conversation.h"
#include "io/folders.h"

namespace keepmum {

struct OpenedChat {
    Place place;  // of the file or text that holds them
    std::vector<Conversation> conversations;
    bool owner_known = false;  // ChatExport::owner_known
};

struct OpenedChats {
    std::vector<OpenedChat> chats;
    std::vector<Gap> gaps;  // one at least where no conversation was found
    Coverage coverage;
};

// Reads files one after another.
class ChatOpener final {
  public:
    // `workers`: where the worker programs lie.
    static Result<ChatOpener> make(WorkerFolders const& workers, Limits const& limits);

    // Never fails: what cannot be read is a gap.
    OpenedChats open(Item const& item);

  private:
    explicit ChatOpener(Showing showing);
    Showing showing_;
};

}  // namespace keepmum
