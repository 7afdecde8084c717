// A registered document: what is said of it, and what it says until it has been turned into grams.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/evidence.h"

namespace keepmum {

// Kept encrypted; read only where a document is listed or found again.
struct DocumentFacts {
    std::uint64_t id = 0;      // random, never 0 once registered
    std::string name;          // as the officer calls it
    std::string level;         // as the officer gave it
    std::string until;         // YYYY-MM-DD, its last day as a protected document; "" for ever
    std::string holder;        // sealed (base/seal.h), or ""
    std::string added;         // YYYY-MM-DD
    std::vector<std::string> states;  // what was registered of it: "body", "revision 2", "changes rejected", …
    std::string file_hash;     // keyed, hex; the whole file
    std::string digest;        // by what it is known beside its text: "pictures 3", "bytes", or ""
    std::uint64_t letters = 0;      // of all texts, both streams, each state counted
    std::uint64_t protectable = 0;  // letters that lie in a gram of its own: neither background nor boilerplate

    double protectable_share() const {
        return letters == 0 ? 0 : static_cast<double>(protectable) / static_cast<double>(letters);
    }
};

// The texts of one document, in order. Holds them as they are: given to StoreWriter::add and then let go.
struct DocumentText {
    struct Part {
        std::string name;    // which part, for people: "", "comments", "revision 2", …
        Blob text;           // valid UTF-8
        std::vector<Mark> marks;  // paragraphs, else cells, else lines number the passages; without any, its line ends do
    };
    std::vector<Part> parts;
};

// A passage's number within its part, as the marks have it: a paragraph, else a row, else a line.
struct PassageNumber {
    std::uint32_t part = 0;    // index among the document's parts
    std::uint32_t number = 0;  // from 1
    friend bool operator==(PassageNumber const&, PassageNumber const&) = default;
    friend auto operator<=>(PassageNumber const&, PassageNumber const&) = default;
};

}  // namespace keepmum
