// Directives as text; and one that reads judges a verdict without ever letting a gap go unanswered.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/directive.h"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    std::string const text(reinterpret_cast<char const*>(data), size);
    auto const directive = keepmum::read_directive(text, "fuzz");
    (void)keepmum::fits(text.substr(0, size / 2), text.substr(size / 2));
    if (!directive) return 0;
    keepmum::Verdict verdict;
    verdict.source = "a.txt";
    verdict.gaps.emplace_back();
    verdict.findings.emplace_back();
    verdict.findings[0].rule = "secret.key";
    keepmum::judge(*directive, verdict);
    if (verdict.because.empty()) std::abort();  // the gap was answered by nobody
    return 0;
}
