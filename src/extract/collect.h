// An outlet that keeps everything, for the tests of text extractors.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/extractor.h"

namespace keepmum {

class Collect final : public Outlet {
  public:
    void put(Evidence evidence) override { all.push_back(std::move(evidence)); }
    void gap(Gap gap) override { gaps.push_back(std::move(gap)); }
    void progress() override {}
    bool enough() const override { return false; }
    std::uint64_t allowance() const override { return 1ull << 30; }

    // The texts of that role, in order.
    std::vector<std::string> texts(Role role) const {
        std::vector<std::string> out;
        for (Evidence const& evidence : all) {
            if (evidence.role == role && evidence.kind != Kind::bytes) out.emplace_back(evidence.content.view());
        }
        return out;
    }
    std::string joined(Role role) const {
        std::string out;
        for (std::string const& text : texts(role)) out += (out.empty() ? "" : "|") + text;
        return out;
    }
    // The bytes of the input that `needle`, in the first text of that role that has it, came from.
    std::string source_of(Role role, std::string_view needle, std::string_view input) const {
        for (Evidence const& evidence : all) {
            if (evidence.role != role || evidence.kind == Kind::bytes) continue;
            std::size_t const at = evidence.content.view().find(needle);
            if (at == std::string_view::npos) continue;
            Span const span = evidence.map.to_source({at, at + needle.size()});
            if (span.end > input.size()) return "(out of range)";
            return std::string(input.substr(span.begin, span.size()));
        }
        return "(not found)";
    }

    std::vector<Evidence> all;
    std::vector<Gap> gaps;
};

inline Evidence input_of(std::string bytes) {
    Evidence evidence;
    evidence.content = Blob::take(std::move(bytes));
    return evidence;
}

}  // namespace keepmum
