// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/hidden/aside.h"

#include <algorithm>

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
        std::size_t letters = 0, passed = 0, characters = 0, first = 0, end = 0;
        for (std::size_t at = 0; at < reading.text.size();) {
            CodePoint const point = decode_utf8(reading.text, at);
            passed += letters > 0 && point.value != '\n';
            if (is_word(point.value)) {
                if (letters++ == 0) first = at;
                end = at + point.length;
                characters = passed + 1;  // from the first letter to this one, without line ends
            }
            at += point.length;
        }
        if (letters < aside_.least_letters) return;
        Finding finding;
        finding.certainty = *certainty;
        finding.span = {first, end};
        finding.facts.push_back({"characters", std::to_string(characters)});
        if (evidence.role == Role::covered) {
            auto const is_box = [](Mark const& mark) { return mark.what == Mark::What::box; };
            auto const boxes = std::count_if(evidence.marks.begin(), evidence.marks.end(), is_box);
            if (boxes > 0) finding.facts.push_back({"places", std::to_string(boxes)});
        }
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
