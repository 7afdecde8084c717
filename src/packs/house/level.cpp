// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/house/level.h"
#include "base/message.h"

namespace keepmum {

std::string_view word(Level level) {
    switch (level) {
        case Level::internal: return "internal";
        case Level::confidential: return "confidential";
        case Level::secret: return "secret";
        case Level::top: return "top";
    }
    return {};
}

Result<Level> read_level(Tree const& table, Level fallback) {
    std::string const name = TRY(table.text("level", word(fallback)));
    for (Level level : {Level::internal, Level::confidential, Level::secret, Level::top}) {
        if (name == word(level)) return level;
    }
    return table.find("level")->complain("level", Message::entry_level);
}

}  // namespace keepmum
