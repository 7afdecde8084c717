// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/table/key.h"

namespace keepmum {

namespace {

SipKey sip_key(RegisterKey const& key, std::string_view purpose) {
    return SipKey::from(key.derive(purpose));
}

}  // namespace

TableKeys::TableKeys(RegisterKey const& key)
    : cell(sip_key(key, "table cells")), token(sip_key(key, "table tokens")), check(sip_key(key, "table checks")),
      seal(key.derive("table names")), mark(siphash(sip_key(key, "table mark"), "keepmum")) {}

void read_table_text(std::string_view text, TableKeys const& keys, TableText& out) {
    read_cell_text(text, out.cells);
    out.cell_key = keys.cell;
    std::size_t const count = out.cells.tokens.size();
    out.hashes.assign(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        if (!is_filtered(out.cells, i)) continue;
        std::size_t const first = out.cells.tokens[i].kind == CellToken::Kind::word ? i : i - 1;
        out.hashes[i] = siphash(keys.token, out.cells.letters_of(first, i));
    }
}

}  // namespace keepmum
