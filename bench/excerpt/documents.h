// The documents of the bench of excerpts, what is compared there, and shares with their intervals.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "index/ask.h"
#include "index/normal.h"

struct Document {
    std::string source, text;
    keepmum::Stream stream = keepmum::Stream::latin;
    std::uint64_t id = 0;   // once registered
    std::size_t index = 0;  // in its source
};

// Of each file of the folder (excerpt_corpus.py wrote them), in order of their names.
std::vector<Document> read_documents(std::string const& folder);

char const* name_of(keepmum::Stream stream);

// Share with Wilson's interval of 95 %, in per cent.
struct Share {
    double share, low, high;
};
Share share_of(std::size_t count, std::size_t all);

// Whether two texts really share a quote (excerpt/alike.h). Manuals quote commands, licences and one another; that the
// register says so is right. What stays is false.
bool share_quote(std::string const& a, std::string const& b);

using Registered = std::map<std::uint64_t, Document const*>;  // by id

// What is compared: each says which registered documents a text quotes.
class Method {
  public:
    virtual ~Method() = default;
    virtual std::vector<std::uint64_t> ask(std::string_view text, keepmum::Stream stream) const = 0;
    virtual std::vector<keepmum::Overlap> overlaps(std::string_view) const { return {}; }  // for print_false
};
