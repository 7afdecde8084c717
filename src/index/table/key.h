// The keys of a protected table, each for one use, and the hashes made with them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "index/siphash.h"
#include "index/key.h"
#include "index/table/cell.h"

namespace keepmum {

struct TableKeys {
    explicit TableKeys(RegisterKey const& key);
    SipKey cell, token, check;
    Key seal;                  // of the table's name and columns
    std::uint64_t mark = 0;    // may be written down: tells another key from damage

    std::uint64_t cell_hash(CellForm const& form) const { return siphash(cell, form.letters); }
};

// A text cut into tokens, with the hash of each that tables are asked for first: of words their own, of CJK characters that
// of the pair with the character before, else 0. Serves all tables of one register.
struct TableText {
    CellText cells;
    std::vector<std::uint64_t> hashes;
    SipKey cell_key;
};

// Replaces what `out` held. `text` as for read_cell_text.
void read_table_text(std::string_view text, TableKeys const& keys, TableText& out);

// Whether hashes[token] says something.
inline bool is_filtered(CellText const& text, std::size_t token) {
    CellToken const& it = text.tokens[token];
    if (it.kind == CellToken::Kind::word) return true;
    return it.kind == CellToken::Kind::cjk && it.gap != CellToken::far && text.tokens[token - 1].kind == CellToken::Kind::cjk;
}

}  // namespace keepmum
