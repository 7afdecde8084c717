// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/hidden/aside.h"

#include "base/utf8.h"

namespace keepmum {

namespace {

class AsideDetector final : public TreeDetector {
  public:
    AsideDetector(About const& about, Aside const& aside) : TreeDetector(about), aside_(aside) {}

    void examine(Reading const& reading, Sink& sink) const override {
        Evidence const& evidence = reading.evidence;
        if (evidence.content.empty()) return;  // a derived view
        std::optional<Certainty> const certainty = aside_.weigh(evidence);
        if (!certainty) return;
        std::size_t letters = 0, first = 0, end = 0;
        for (std::size_t at = 0; at < reading.text.size();) {
            CodePoint const point = decode_utf8(reading.text, at);
            if (is_word(point.value)) {
                if (letters++ == 0) first = at;
                end = at + point.length;
            }
            at += point.length;
        }
        if (letters < aside_.least_letters) return;
        Finding finding;
        finding.certainty = *certainty;
        finding.span = {first, end};
        finding.facts.push_back({"characters", std::to_string(letters)});
        if (!evidence.reason.empty()) finding.facts.push_back({"how", evidence.reason});
        finding.reasons.push_back("the file gives this text as " + std::string(word(evidence.role)));
        sink.found(std::move(finding));
    }

  private:
    Aside const& aside_;
};

}  // namespace

std::unique_ptr<Detector> make_aside(About const& about, Aside const& aside) {
    return std::make_unique<AsideDetector>(about, aside);
}

}  // namespace keepmum
