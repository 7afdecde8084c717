// Made-up journeys (tests/host/fixtures/journeys): what changed is among the facts after it, and was not before.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "host/programs/programs.h"
#include "host/read.h"
#include "host/snapshot_text.h"

namespace keepmum {
namespace {

std::string bytes_of(std::string const& name) {
    std::ifstream file(KEEPMUM_SOURCE "/tests/host/fixtures/journeys/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Everything that a comparison of two computers may tell, one fact a line.
std::string facts_of(std::string const& name) {
    auto const programs = Programs::load(KEEPMUM_SOURCE);
    auto const text = read_snapshot_text(bytes_of(name), name);
    EXPECT_TRUE(programs && text) << name;
    if (!programs || !text) return {};
    Machine const machine = read_machine(text->snapshot, *programs);
    std::string facts = machine.taken + "\n";
    for (auto const& one : machine.accounts.items) facts += one.name + "\n";
    for (auto const& one : machine.credentials.items) facts += one.kind + " " + one.name + " " + one.fingerprint + "\n";
    for (auto const& one : machine.services.items) facts += one.name + "\n";
    for (auto const& one : machine.networks.items) facts += one.ssid + "\n";
    for (auto const& one : machine.past_networks.items) facts += one.what + "\n";
    for (auto const& one : machine.paired.items) facts += one.name + "\n";
    for (auto const& one : machine.past_media.items) facts += one.what + " " + one.serial + "\n";
    for (auto const& one : machine.programs.items) facts += one.en + "\n";
    for (auto const& one : machine.listeners.items) facts += std::to_string(one.port) + "\n";
    return facts;
}

class Journeys : public testing::TestWithParam<char const*> {};

TEST_P(Journeys, ChangesAreAmongTheFacts) {
    std::string const name = GetParam(), before = facts_of(name + "_before.txt"), after = facts_of(name + "_after.txt");
    std::string changes = bytes_of(name + "_changes.txt");
    std::size_t told = 0;
    for (std::size_t at = 0; at < changes.size();) {
        std::size_t const end = std::min(changes.find('\n', at), changes.size());
        std::string const line = changes.substr(at, end - at);
        at = end + 1;
        if (!line.starts_with("+ ")) continue;
        ++told;
        EXPECT_EQ(before.find(line.substr(2)), std::string::npos) << line << "\n" << before;
        EXPECT_NE(after.find(line.substr(2)), std::string::npos) << line << "\n" << after;
    }
    EXPECT_GE(told, 7u);
}

INSTANTIATE_TEST_SUITE_P(Each, Journeys, testing::Values("linux", "windows"));

}  // namespace
}  // namespace keepmum
