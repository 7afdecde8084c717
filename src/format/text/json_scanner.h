// Reads JSON (RFC 8259) as a flat stream: no tree, no recursion, any depth, and it goes on behind faults.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "base/offset_map.h"
#include "format/text/mapped_text.h"

namespace keepmum {

struct JsonEvent {
    enum class What : std::uint8_t { begin_object, end_object, begin_array, end_array, key, string, other };
    What what = What::other;
    Span span;  // of keys and strings: between the quotes, escapes as they stand
    std::size_t depth = 0;  // containers around it
};

class JsonScanner {
  public:
    explicit JsonScanner(std::string_view input) : input_(input) {}
    // The next event; false at the end. A string that never closes ends with the input.
    bool next(JsonEvent& event);

  private:
    std::string_view input_;
    std::size_t at_ = 0;
    std::vector<bool> objects_;  // for each open container: whether it is an object
};

// Appends text[span] with its escapes undone; what is no escape stays as it is.
void append_unescaped(MappedText& to, std::string_view text, Span span);

// `input` with the escapes in its strings undone and everything else as it stands; empty where no
// string has any.
MappedText unescape_json(std::string_view input);

}  // namespace keepmum
