// SPDX-License-Identifier: GPL-3.0-or-later
// The marking detectors on any bytes made valid: every offset that they state must lie in the text.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "detect/registry.h"
#include "match/matcher.h"

namespace keepmum {
namespace {

struct Fuzzed final : Visitor, Sink {
    std::vector<std::unique_ptr<Detector>> owned;
    std::vector<Detector const*> all;
    Evidence evidence;
    std::string text;
    void visit(std::size_t detector, std::span<Candidate const> candidates) override {
        all[detector]->examine({evidence, text, candidates}, *this);
    }
    void found(Finding finding) override {
        if (finding.span.begin >= finding.span.end || finding.span.end > text.size()) std::abort();
    }
    void gap(Gap) override {}
};

}  // namespace
}  // namespace keepmum

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    static Fuzzed fuzzed;
    if (fuzzed.all.empty()) {
        for (DetectorRow const& row : detectors()) {
            if (!row.about->id.starts_with("marking.")) continue;
            fuzzed.owned.push_back(row.make());
            fuzzed.all.push_back(fuzzed.owned.back().get());
        }
    }
    static auto const matcher = Matcher::build(fuzzed.all);
    static auto scratch = matcher->make_scratch();
    if (size == 0) return 0;
    fuzzed.evidence.kind = data[0] & 1 ? Kind::fields : data[0] & 2 ? Kind::records : Kind::text;
    fuzzed.evidence.role = data[0] & 4 ? Role::margin : Role::shown;
    fuzzed.text = made_valid({reinterpret_cast<char const*>(data) + 1, size - 1});
    (void)matcher->scan(fuzzed.text, *scratch, fuzzed);
    return 0;
}
