// From answers to a verdict: a check that fails is a finding, one that could not tell is a gap, and the directive says
// what they weigh. Exemptions of the house answer single checks until a day.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "core/rule.h"
#include "core/verdict.h"
#include "host/judge/answer.h"
#include "io/folders.h"

namespace keepmum {

// "This computer may do so, until then": docs/host.md, "Exemptions".
struct Exemption {
    std::string check;   // "w1"
    std::string owner;   // who answers for it
    std::string reason;
    std::string until;   // the last day, YYYY-MM-DD
    std::string host;    // only on the computer of that name; "" on any
};

// Errors name file, line and key: an owner, a reason or a day that is missing, a check that does not exist.
Result<std::vector<Exemption>> read_exemptions(std::string_view toml, std::string_view file);
// `chosen`, or exemptions.toml of the user's folder and of the machine's together.
Result<std::vector<Exemption>> load_exemptions(Folders const& folders, std::string const& chosen);

// A file that the directive holds, in a folder that a program carries away.
struct CarriedFile {
    std::string path;              // on the disk
    std::string program, account;  // as in SyncedFolder
    std::string rule;              // of its gravest finding
};

enum class Fitness : std::uint8_t { fit, mend, unsure, unfit };

struct HostVerdict {
    Verdict verdict;
    Fitness fitness = Fitness::fit;
    HostAnswer answer;
    std::vector<CarriedFile> carried;
    // Places in `exemptions` by what became of them.
    std::vector<Exemption> applied, expired, stale;  // stale: the check does not fail any more
};

// `source` is what the computer is called in reports. `key` is for fingerprints. `today`: YYYY-MM-DD.
HostVerdict judge_answer(HostAnswer answer, std::vector<CarriedFile> carried, Directive const& directive,
                         std::span<Exemption const> exemptions, std::string source, std::string_view today, Key const& key);

// The checks as rules, host.n1 and so on, and host.carried: for reports to look up.
std::vector<Rule> host_rules();

// The check of that id, or null.
Check const* find_check(std::string_view id);

// "stop", "fix", "note": the label of its findings.
std::string_view label_of(Weight weight);

// Adds the clauses about computers of `shipped` where `directive` has none of its own: a house that has written nothing about
// computers has not allowed everything.
void complete_directive(Directive& directive, Directive const& shipped);

}  // namespace keepmum
