// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ordering.h"

#include <algorithm>
#include <charconv>
#include <optional>

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

namespace {

// The number that `name` has behind `before`.
std::optional<std::uint64_t> offset_in(std::string_view name, std::string_view before) {
    std::uint64_t offset = 0;
    if (!name.starts_with(before)) return {};
    name.remove_prefix(before.size());
    auto const [end, error] = std::from_chars(name.data(), name.data() + name.size(), offset);
    if (error != std::errc() || end != name.data() + name.size()) return {};
    return offset;
}

}  // namespace

bool are_one(Stand const& left, Stand const& right) {
    Place const &here = left.place, &there = right.place;
    if (here.steps.empty() || here.steps.size() != there.steps.size() || here.source != there.source) return false;
    if (!std::equal(here.steps.begin(), here.steps.end() - 1, there.steps.begin())) return false;
    Step const &one = here.steps.back(), &other = there.steps.back();
    if (one.how == How::decode && other.how == How::field) return are_one(right, left);
    if (one.how != How::field || other.how != How::decode) return false;
    std::optional<std::uint64_t> const address = offset_in(one.name, "data:"), code = offset_in(other.name, "base64-at-");
    return address && code && *code >= *address && *code - *address < left.stored;
}

}  // namespace keepmum
