// Packs: rules as data, layered, checked by their own examples, and turned into detectors.
//
// Layers: a local pack's rule merges field by field into the shipped rule of the same id, a
// replacing pack's rule takes its place. Each field remembers the file and line it came from. A
// gitleaks or Betterleaks configuration is read as a pack of its own (packs/gitleaks.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/detector.h"
#include "packs/rule_detector.h"

namespace keepmum {

enum class PackLayer : std::uint8_t { shipped, local, replacing };

// A pack's text. Packs are never looked for in what is being scanned; where they are found is the
// caller's business.
struct PackText {
    std::string file;  // what complaints and explanations call it
    std::string text;
    PackLayer layer = PackLayer::shipped;
};

enum class ExampleCheck : std::uint8_t {
    all,         // for tests, and `rules` commands
    not_shipped  // a shipped pack was checked when keepmum was built; saves its time at each start
};

struct PackOptions {
    std::vector<PackText> texts;  // in the order in which they apply, within a layer
    ExampleCheck examples = ExampleCheck::not_shipped;
    PathUse paths = PathUse::ignored;
};

// Something of an imported file that means nothing here, or something else: never dropped in silence.
struct ImportNote {
    std::string rule;  // "" for the file as a whole
    std::string field;
    std::string why;
    std::string where;  // FILE:LINE
};

class PackSet {
  public:
    // Sorted by rule id. They live as long as the set, also when the set is moved.
    std::vector<Detector const*> detectors() const;
    // Every rule, those included that only others require; sorted by id.
    std::vector<PackRule const*> list() const;
    // The effective rule, a line a field: "key = value    # FILE:LINE". Fault::not_found.
    Result<std::vector<std::string>> explain(std::string_view id) const;
    // Every example of every rule that does not hold. load_packs() stops at the first.
    std::vector<Error> failing_examples() const;
    std::span<ImportNote const> notes() const { return notes_; }

  private:
    friend Result<PackSet> load_packs(PackOptions const& options);
    std::vector<std::unique_ptr<RuleDetector>> detectors_;
    std::vector<std::unique_ptr<RuleDetector>>
        helpers_;  // the required ones, without requirements of their own
    std::vector<ImportNote> notes_;
};

// Fault::invalid with one sentence and FILE:LINE for the first thing that is not right, a failing
// example included.
Result<PackSet> load_packs(PackOptions const& options);

}  // namespace keepmum
