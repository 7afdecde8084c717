// A rule of a pack at work: confirms what the matcher nominated, and weighs it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/detector.h"
#include "packs/pack_rule.h"

namespace keepmum {

// Whether file names and paths take part in allow-lists and filters. They do not unless the user
// says so: what a file is called must not decide whether it is searched.
enum class PathUse : std::uint8_t { ignored, honoured };

class RuleDetector final : public Detector {
  public:
    // `required` are the rules that rule.required names, in that order.
    static Result<std::unique_ptr<RuleDetector>> make(PackRule rule,
                                                      std::vector<RuleDetector const*> required,
                                                      PathUse paths);
    ~RuleDetector() override;

    Rule const& rule() const override;
    std::span<Trigger const> triggers() const override;
    void examine(Reading const& reading, Sink& sink) const override;
    PackRule const& pack_rule() const;

    // Runs the rule over a whole short text, without nomination: for examples.
    void examine_all(Evidence const& evidence, std::string_view text, Sink& sink) const;

  private:
    struct Inside;
    explicit RuleDetector(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum
