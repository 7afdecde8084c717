// One question about a computer, and its answer.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "host/machine.h"

namespace keepmum {

enum class Answer : std::uint8_t { pass, fail, not_applicable, unknown };

// How bad a "fail" is: such a computer must not hold secrets, is to be mended, or is only to be known.
enum class Weight : std::uint8_t { stop, fix, note };

struct Answered {
    Answer answer = Answer::unknown;
    std::string what_en, what_zh;  // one clause for the person: "the Wi-Fi adapter phy0 is switched on"
    std::vector<Proof> proofs;  // of a fail (or a pass that rests on a fact)
    std::vector<Unseen> missing;  // of an unknown: which file or right
};

// A check: data, and one pure function.
struct Check {
    std::string_view id;     // "n1": its rule is host.n1
    Weight weight;
    Bilingual question;      // "Is there a way to a public network?"
    Bilingual why;
    Bilingual mend;          // the command, or what to do by hand
    Bilingual breaks;        // what that breaks
    Bilingual undo;
    std::string_view proved_by;  // id of the check that shows it worked
    std::string_view source;     // where the rule comes from
    Answered (*ask)(Machine const& machine);
};

// All of them, in the order of the list.
std::span<Check const> host_checks();

}  // namespace keepmum
