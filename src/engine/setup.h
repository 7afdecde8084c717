// Everything that decides a verdict, put together once and then only read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/budget.h"
#include "base/hash.h"
#include "base/result.h"
#include "core/correlator.h"
#include "core/detector.h"
#include "core/permit.h"
#include "core/recogniser.h"
#include "core/verdict.h"
#include "io/folders.h"
#include "match/matcher.h"
#include "packs/packs.h"
#include "report/glossary.h"

namespace keepmum {

struct Setup {
    std::vector<std::unique_ptr<Detector>> detectors;  // those in the tree, and those of the words and sites of the house
    PackSet packs;
    std::vector<Detector const*> order;  // all of them, as the matcher counts them
    Matcher matcher;
    Directive directive;
    std::vector<Permit> permits;
    std::string today;  // for permits: YYYY-MM-DD
    Limits limits;
    Key key{};          // of this machine's fingerprints
    std::string hash;   // "sha256:…" of rules, directive, limits, register and version
    std::vector<std::unique_ptr<Recogniser>> recognisers;  // what is kept in the register; none where there is none
    std::vector<std::unique_ptr<Correlator>> correlators;
    // Whether the network is there that looks for things of concern in pictures (core/objects.h).
    enum class Objects : std::uint8_t { not_looked_for, looked_for } objects = Objects::not_looked_for;
};

// What the sources are: files as they are, or posts, whose writers ask what they tell of themselves.
enum class Checked : std::uint8_t { files, posts };

// What the user may choose.
struct SetupOptions {
    Checked as = Checked::files;
    std::string directive;           // file; empty: the user's, the machine's, else the shipped one
    std::vector<std::string> packs;  // files, on top of those found in the folders
    std::vector<std::string> words;  // likewise
    std::vector<std::string> sites;  // likewise
    std::string register_key;        // file; empty: beside the register
    Limits limits;
};

// Reads packs, words and directive, and compiles what they look for (or loads it from the cache).
// Never looks into the tree that is to be checked. Errors are one sentence with file and line.
Result<std::unique_ptr<Setup>> make_setup(Folders const& folders, SetupOptions const& options);

// The directive that applies: `chosen`, else the user's, the machine's or the shipped one.
Result<Directive> load_directive(Folders const& folders, std::string const& chosen);

// The packs that apply: shipped, the machine's, the user's (packs/*.toml merge field by field,
// packs/replacing/*.toml take a rule's place), and those named.
Result<PackOptions> find_packs(Folders const& folders, std::vector<std::string> const& chosen);

// What a report looks up: the rules and clauses of the set-up, which must outlive it.
Glossary glossary_of(Setup const& setup);

}  // namespace keepmum
