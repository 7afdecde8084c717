// An expression taken apart into what it is made of. For what RE2 compiles; where it holds what is not understood here, as
// \Q…\E or \pL, there is no tree.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

struct PatternNode {
    enum class What : std::uint8_t {
        byte,        // any of those that `text` stands for, read with `flags`
        place,       // nothing at a place: A z the begin and the end of the text, ^ $ of a line, b B the border of a word or none
        row,         // `parts` one after the other
        ways,        // one of `parts`, the first that leads on
        repetition,  // parts[0], `least` to `most` times
        group,       // parts[0], captured as `group`
    };
    What what = What::byte;
    char place = 0;
    bool prefers_few = false;            // of a repetition: x*?
    std::uint64_t least = 1, most = 1;   // all ones where there is no bound
    int group = 0;
    std::string_view text = {};          // points into the expression
    std::string flags = {};              // of i and s
    std::vector<std::uint32_t> parts = {};  // indices of nodes
};

struct PatternTree {
    std::vector<PatternNode> nodes;
    std::uint32_t root = 0;
    bool turns_preference = false;  // some flag U stands in it: then prefers_few is not to be relied on
};

// `pattern` must outlive the tree.
std::optional<PatternTree> read_pattern(std::string_view pattern);

}  // namespace keepmum
