// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/joining.h"

#include <algorithm>

#include "policy/directive.h"

namespace keepmum {

namespace {

// What is kept of a run at most: some 100 MB.
constexpr std::size_t most_kept = 200'000;

// The folder that holds all of the findings' sources: "." where they have none in common.
std::string common_folder(std::vector<Finding> const& findings) {
    std::string_view common = findings.front().place.source;
    for (Finding const& finding : findings) {
        std::string_view const source = finding.place.source;
        std::size_t same = 0;
        while (same < std::min(common.size(), source.size()) && common[same] == source[same]) ++same;
        common = common.substr(0, same);
    }
    std::size_t const slash = common.rfind('/');
    if (slash == std::string_view::npos) return ".";
    return std::string(common.substr(0, std::max<std::size_t>(slash, 1)));
}

}  // namespace

void Joining::take(SourceReport const& report) {
    bool name_tells = false;
    for (Finding const& finding : report.verdict.findings) {
        name_tells = name_tells || finding.role == Role::name;
        bool const wanted = std::any_of(setup_.correlators.begin(), setup_.correlators.end(),
                                        [&](auto const& correlator) { return correlator->wants(finding.rule); });
        if (wanted && kept_.size() < most_kept) kept_.push_back(finding);
    }
    if (name_tells) secrets_.insert(secrets_.end(), report.secrets.begin(), report.secrets.end());
}

std::optional<SourceReport> Joining::finish() {
    SourceReport report;
    std::vector<Finding>& findings = report.verdict.findings;
    for (std::unique_ptr<Correlator> const& correlator : setup_.correlators) {
        for (Finding& finding : correlator->join(kept_)) {
            for (Rule const& rule : correlator->rules()) {
                if (rule.id == finding.rule) finding.labels.insert(finding.labels.end(), rule.labels.begin(), rule.labels.end());
            }
            std::sort(finding.labels.begin(), finding.labels.end());
            std::sort(finding.facts.begin(), finding.facts.end(), [](Fact const& a, Fact const& b) { return a.key < b.key; });
            findings.push_back(std::move(finding));
        }
    }
    if (findings.empty()) return std::nullopt;
    report.verdict.together = true;
    report.verdict.source = common_folder(kept_);
    std::stable_sort(findings.begin(), findings.end(), [](Finding const& a, Finding const& b) {
        return before(a.place, b.place) || (!before(b.place, a.place) && a.rule < b.rule);
    });
    std::sort(secrets_.begin(), secrets_.end());
    secrets_.erase(std::unique(secrets_.begin(), secrets_.end()), secrets_.end());
    report.secrets = std::move(secrets_);
    judge(setup_.directive, report.verdict);
    return report;
}

}  // namespace keepmum
