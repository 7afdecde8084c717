// What a segment keeps of a document beside its grams: the facts, and where its passages begin.
//
// A record's plain bytes: numbers as variable-length integers (seven bits a byte, low first), texts with their length
// before them. Version, facts, parts (name; for each stream the first letter of the part), passages (number, doubled, plus one in a
// new part, whose distance follows; first letters; each less that of the passage before).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/document.h"
#include "index/normal.h"

namespace keepmum {

struct Record {
    struct Start {
        PassageNumber number;
        std::array<std::uint32_t, 2> letters = {};  // its first, of each Stream
    };
    DocumentFacts facts;
    std::vector<std::string> parts;
    std::vector<Start> passages;  // in order; letters never fall

    // The number of the passage that holds a letter; {0, 0} where there are none.
    PassageNumber passage_at(Stream stream, std::uint32_t letter) const;
};

std::string print_record(Record const& record);
// Nothing where the bytes are no record. Takes any bytes.
std::optional<Record> read_record(std::string_view bytes);

// What a record is bound to: its segment and its number there.
std::string record_context(std::uint64_t salt, std::uint32_t document);

}  // namespace keepmum
