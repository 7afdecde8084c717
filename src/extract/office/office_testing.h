// For the tests of this folder: an outlet that keeps everything, and questions about what it kept.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/extractor.h"
#include "extract/office/extractors.h"

namespace keepmum {

class KeepingOutlet final : public Outlet {
  public:
    void put(Evidence evidence) override { kept.push_back(std::move(evidence)); }
    void gap(Gap gap) override { gaps.push_back(std::move(gap)); }
    void progress() override {}
    bool enough() const override { return false; }
    std::uint64_t allowance() const override { return budget; }

    // All text of that role (and reason, unless empty), in order.
    std::string text(Role role, std::string_view reason = {}) const {
        std::string all;
        for (Evidence const& one : kept)
            if (one.kind != Kind::bytes && one.role == role && (reason.empty() || one.reason == reason))
                all.append(one.content.view()).push_back('\n');
        return all;
    }
    bool says(Role role, std::string_view words, std::string_view reason = {}) const {
        return text(role, reason).find(words) != std::string::npos;
    }
    Evidence const* child(std::string_view name) const {
        for (Evidence const& one : kept)
            if (one.kind == Kind::bytes && print(one.place).find(name) != std::string::npos) return &one;
        return nullptr;
    }
    bool has_gap(Cause cause) const {
        return std::any_of(gaps.begin(), gaps.end(), [&](Gap const& gap) { return gap.cause == cause; });
    }
    // All that was put out, for "is it said anywhere".
    std::string everything() const {
        std::string all;
        for (Evidence const& one : kept) all.append(one.content.view()).push_back('\n');
        return all;
    }

    std::uint64_t budget = 1u << 26;
    std::vector<Evidence> kept;
    std::vector<Gap> gaps;
};

struct Extracted {
    KeepingOutlet outlet;
    Done done;
};

inline Extracted extract_with(Extractor const* extractor, std::string bytes, std::uint64_t budget = 1u << 26) {
    Extracted result;
    result.outlet.budget = budget;
    Evidence evidence;
    evidence.content = Blob::take(std::move(bytes));
    result.done = extractor->extract(evidence, result.outlet).value_or(Done{});
    return result;
}

}  // namespace keepmum
