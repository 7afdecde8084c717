// What the judge of a computer says: plain data that crosses from the confined process to the one that tells.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "host/check.h"

namespace keepmum {

// One thing that a computer has, for comparing two snapshots.
struct HostFact {
    std::string area;  // "account", "usb", … (facts.cpp)
    std::string name;  // what tells it from others of its area
    std::string en, zh;  // what else is to be said: "may administer"; compared too
    friend bool operator==(HostFact const&, HostFact const&) = default;
};

struct HostAnswer {
    std::string system, version;  // as in Machine
    std::string host, taken;      // "" where not known
    std::uint64_t bytes = 0;      // of the snapshot
    struct One {
        std::string check;  // "n1"
        Answered answered;
    };
    std::vector<One> answers;           // one for each of host_checks(), in their order
    std::vector<SyncedFolder> folders;  // that programs carry away
    std::vector<HostFact> facts;        // sorted by area and name
    std::vector<Unseen> unseen;         // areas of facts that could not be seen in full: path "account" and why
};

std::string_view word(Answer answer);  // "not-applicable"

// Every fact worth comparing.
void gather_facts(Machine const& machine, HostAnswer& answer);

// As JSON, and back: read_answer() takes any bytes and fails on what is not an answer.
std::string print_answer(HostAnswer const& answer);
Result<HostAnswer> read_answer(std::string_view json);

}  // namespace keepmum
