// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ordering.h"

#include <algorithm>

namespace keepmum {

void put_in_order(SourceReport& report) {
    Verdict& verdict = report.verdict;
    std::vector<std::uint32_t> order(verdict.findings.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        Finding const& left = verdict.findings[a];
        Finding const& right = verdict.findings[b];
        if (before(left.place, right.place)) return true;
        if (before(right.place, left.place)) return false;
        return left.rule < right.rule;
    });
    std::vector<Finding> sorted;
    std::vector<std::int32_t> moved(order.size());
    sorted.reserve(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        moved[order[i]] = static_cast<std::int32_t>(i);
        sorted.push_back(std::move(verdict.findings[order[i]]));
    }
    verdict.findings = std::move(sorted);
    for (Exhibit& exhibit : report.exhibits) {
        renumber(exhibit, [&](std::int32_t finding) { return moved[static_cast<std::size_t>(finding)]; });
    }
    put_in_order(verdict.gaps);
}

void put_in_order(std::vector<Gap>& gaps) {
    std::stable_sort(gaps.begin(), gaps.end(), [](Gap const& a, Gap const& b) {
        if (before(a.place, b.place)) return true;
        if (before(b.place, a.place)) return false;
        return a.cause < b.cause;
    });
}

}  // namespace keepmum
