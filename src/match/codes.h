// Finds what may be a number or a code that people write with or without separators: cards, phone
// and identity numbers, IBANs, licence plates.
//
//   6222 0212 3456 7890 123 · 110105 19491231 002X · 138-0013-8000 · GB82 WEST 1234 5698 7654 32
//
// A group is a run of ASCII letters and digits (other neighbours, such as Chinese characters, end
// it). Groups join over one or two separators (space, tab, - . / _ · and the dashes U+2010 to
// U+2015 and U+2212) or over one line break with at most one separator before it. A window is a row
// of joined groups; it starts and ends where a group does. A single group is always looked at.
// Several groups only where a person may have written them so:
//   - at most 9 groups, or else all are single characters, and then it is the whole run of such
//     (1 3 8 0 0 1 3 8 0 0 0), up to 40;
//   - more than 4 groups: all gaps of one kind, but for one;
//   - at most one line break, and then at least one other gap, with all others of one kind;
//   - none of them stands on a line with more than 24 joined groups with digits (a table, a dump);
//     runs of single characters are exempt;
//   - a group of letters alone has at most 4 of them and none such beside it; lower-case ones
//     have groups with digits on both sides (single capitals in a run of singles are free).
// So tables and hex dumps stay linear: at most 9 steps a group. Of these windows only those are put out
// that some trigger may want (code_table.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/detector.h"
#include "match/code_table.h"

namespace keepmum {

// A row of joined groups that fits some trigger.
struct CodeWindow {
    std::uint32_t begin = 0, end = 0;  // in the text
    std::uint32_t compact = 0;         // offset in CodeWindows::compacts
    std::uint8_t length = 0;           // of the compact form
    std::uint64_t triggers = 0;        // bits of those that it fits, see CodeTable::add
};

struct CodeWindows {
    std::vector<CodeWindow> windows;  // sorted by begin, end
    std::string compacts;             // upper-cased, overlapping windows share their bytes
    void clear() {
        windows.clear();
        compacts.clear();
    }
};

class CodeScanner {
  public:
    CodeScanner() = default;

    // What is looked for, see CodeTable::add.
    bool add(Trigger const& trigger, CodeForm const& form = {}) { return table_.add(trigger, form); }
    bool empty() const { return table_.longest() == 0; }

    // Adds the windows of `text` whose row starts at or after `from`, until about `most` windows are
    // there or about `to` is reached; returns where to go on, text.size() at the end.
    std::size_t scan(std::string_view text, std::size_t from, std::size_t to, std::size_t most,
                     CodeWindows& out) const;

  private:
    friend class CodeRow;
    CodeTable table_;
};

}  // namespace keepmum
