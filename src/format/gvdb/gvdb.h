// GVDB: the file that dconf keeps settings in and Flatpak its permissions; read, never written.
//
//   0   "GVariant" (or each half reversed where the writer was big-endian), version 0, options
//   16  pointer to the root table: start, end (u32 each, from the beginning of the file)
//   table: u32 bloom words (low 27 bits), u32 buckets, bloom words × 4, buckets × 4, items × 24
//   item:  u32 hash, u32 parent, u32 key start, u16 key size, u8 type, u8 –, u32 value start, u32 value end
//   A key is the item's own piece behind that of its parent (index; 0xFFFFFFFF none). Types: 'v' a variant, 'H' a table,
//   'L' a list of items. A variant is its bytes, a zero, its type string (GVariant specification, "Variants").
//
// Source: gvdb-format.h as dconf and GLib carry it. Hashes are not looked at: all items are listed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

struct GvdbEntry {
    std::string key;         // of an item in a table within the root: "TABLE!KEY"
    std::string_view value;  // bytes of the variant, without its type; views into the file
    std::string_view type;   // "b", "s", "as", …
};

// All variants of the root table and of tables within it. Nothing where the file is no GVDB or points out of itself.
std::optional<std::vector<GvdbEntry>> read_gvdb(std::string_view bytes);

// A string variant's text without its ending zero; "true" or "false" of a boolean; "" of any other type.
std::string_view gvdb_text(GvdbEntry const& entry);

// Pieces of text that end in a zero within a variant of any type, in order: for "which programs are named here".
std::vector<std::string_view> gvdb_words(GvdbEntry const& entry);

}  // namespace keepmum
