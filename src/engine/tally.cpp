// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tally.h"

#include <algorithm>
#include <iterator>

#include "base/seal.h"
#include "engine/ordering.h"
#include "policy/directive.h"
#include "policy/permits.h"

namespace keepmum {

void add_to_report(Setup const& setup, std::vector<Finding> findings, std::vector<Gap> gaps, SourceReport& report) {
    if (findings.empty() && gaps.empty()) return;
    Verdict& verdict = report.verdict;
    for (Finding& finding : findings) {
        std::sort(finding.labels.begin(), finding.labels.end());
        std::sort(finding.facts.begin(), finding.facts.end(), [](Fact const& a, Fact const& b) { return a.key < b.key; });
        std::string told = finding.rule;
        for (Fact const& fact : finding.facts) told += '\0' + fact.key + '=' + fact.value;
        finding.fingerprint = fingerprint(setup.key, "finding", told);
        verdict.findings.push_back(std::move(finding));  // exhibits go by the numbers of those before
    }
    std::move(gaps.begin(), gaps.end(), std::back_inserter(verdict.gaps));
    put_in_order(verdict.gaps);
    verdict.permits.clear();
    judge(setup.directive, verdict);
    apply_permits(setup.permits, report.binding, setup.today, setup.directive, verdict);
}

}  // namespace keepmum
