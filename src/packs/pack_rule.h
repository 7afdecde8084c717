// A rule of a pack, read and checked, ready to be made a detector. The format: docs/formats/pack.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/tree.h"
#include "core/rule.h"
#include "match/regex.h"
#include "packs/filter.h"
#include "packs/validators.h"
#include "packs/words.h"

namespace keepmum {

// What takes a finding back. Paths count only where the user lets them (PathUse).
struct AllowList {
    enum class Target : std::uint8_t { secret, match, line };
    Target target = Target::secret;
    bool all = false;  // every condition that is given must hold; else any of them
    std::optional<Regex> regex;
    WordSet words;  // in the secret, or in the target where `words_in_target`
    std::optional<Regex> paths;
    std::vector<std::string> only_rules;  // of a list that stands for the whole pack; empty = all
};

// Words that must, or should, stand near the secret.
struct Nearby {
    std::vector<std::string> words;    // lower-case
    std::uint32_t within = 100;        // bytes before and after the match
    std::optional<Certainty> without;  // certainty where none stands there; nothing = no finding
};

// Another rule that must find something near this one's match.
struct Required {
    static constexpr std::uint32_t anywhere = ~0u;
    std::string rule;
    std::uint32_t lines = anywhere;
    std::uint32_t columns = anywhere;  // on the lines in question
};

struct PackRule {
    Rule rule;
    std::string regex;                  // "" for a rule about file names alone
    std::string path;                   // regex on the file's name and path; "" = any
    std::vector<std::string> keywords;  // lower-case; one of them must stand somewhere in the text
    int group = 0;                      // group that holds the secret; 0 = the first that took part, else all
    std::optional<double> entropy;      // bits a byte; the secret must have more
    std::optional<double> rarity;       // bits a byte, see packs/rarity.h; the secret must have more
    Validator const* validator = nullptr;
    std::optional<Nearby> nearby;
    std::vector<std::shared_ptr<AllowList const>> allow;
    std::vector<std::shared_ptr<Filter const>> filters;
    std::vector<Required> required;
    bool reported = true;  // false: only there for other rules to require
    std::vector<std::string> yes, no;
    Tree fields;  // as they were merged, for `rules explain`
};

// Reads one merged rule table. `pack` names the pack; `shared_allow` and `shared_filters` stand for the whole pack.
Result<PackRule> read_rule(Tree const& table, std::string const& pack);

Result<std::shared_ptr<AllowList const>> read_allow(Tree const& table);

// Examples may hold {{KIND:N}}: N letters of a kind, made up anew from the rule's name, so that no
// text that looks like a real token stands in a file; and «…» around the secret that must be found.
struct Example {
    std::string text;
    std::optional<Span> secret;
};
Result<Example> expand_example(std::string_view text, std::string_view seed);

}  // namespace keepmum
