// Things in pictures that are not for everyone's eyes. A network has looked (core/objects.h); here it is stated.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "core/detector.h"
#include "core/objects.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo", "object"};
constexpr Trigger triggers[] = {{.what = Trigger::What::literal, .text = "\nchance: "}};
constexpr About about{
    .id = "photo.object",
    .title = {"What the picture looks like", "画面看起来有"},
    .why = {"Ships, aircraft, weapons, dishes, screens: once it is posted, everybody can study them. A program looked and may err; see "
            "for yourself.",
            "舰船、飞机、武器、天线、屏幕：一旦发出去，谁都可以细看。这是程序的判断，可能有误，请自己看一看。"},
    .defined_by = "packs/photo/objects.toml; ILSVRC 2012 (ImageNet) labels",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
    .showable = true,
    .positional = true,
};
constexpr int rather_sure = 80;  // percent

class ObjectDetector final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;
    void examine(Reading const& reading, Sink& sink) const override {
        if (reading.evidence.media != picture_objects_media || reading.candidates.empty()) return;
        constexpr std::string_view front = "object: ";
        Candidate const& candidate = reading.candidates.front();
        if (!reading.text.starts_with(front) || candidate.begin <= front.size()) return;
        ObjectClass const* const what = object_class(reading.text.substr(front.size(), candidate.begin - front.size()));
        std::string_view const percent = reading.text.substr(candidate.end);
        int chance = 0;
        auto const [end, error] = std::from_chars(percent.data(), percent.data() + percent.size(), chance);
        if (!what || error != std::errc() || chance < 0 || chance > 100) return;
        Finding finding;
        finding.certainty = chance >= rather_sure ? Certainty::likely : Certainty::hint;
        finding.span = {front.size(), candidate.begin};
        finding.facts = {{"chance", std::to_string(chance) + " %"}, {"object", std::string(what->id)}};
        finding.labels.emplace_back(word(what->group));
        finding.reasons = {"a program that was shown thousands of such pictures says so; it errs now and then"};
        sink.found(std::move(finding));
    }
};

}  // namespace

extern DetectorRow const row_photo_object{&about, [] { return std::unique_ptr<Detector>(new ObjectDetector(about)); }};

}  // namespace keepmum
