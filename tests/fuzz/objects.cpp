// Pictures looked at part by part, with a made-up network. SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/collect.h"
#include "extract/objects/look.h"
#include "extract/objects/objects.h"
#include "extractor.h"

namespace {

class MadeEye final : public keepmum::objects::Eye {
  public:
    std::vector<float> answer(std::vector<float>& input) override {
        std::vector<float> answers(keepmum::objects::network_labels);
        for (std::size_t i = 0; i < input.size(); ++i) {
            if (!(input[i] >= -1 && input[i] <= 1.01F)) __builtin_trap();
            answers[i % answers.size()] += input[i];
        }
        return answers;
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    fuzz_extractor(*picture_objects_extractor(), bytes, Unread::is_allowed);
    MadeEye eye;
    Collect outlet;
    std::vector<objects::LookedAt> pages;
    (void)objects::look_at(bytes, eye, outlet, pages);
    for (objects::LookedAt const& page : pages) {
        if (page.views.empty() || page.views.size() > objects::most_views) __builtin_trap();
        for (objects::Seen const& seen : page.told) {
            if (seen.view >= page.views.size() || !(seen.chance >= 0 && seen.chance <= 1.001F)) __builtin_trap();
        }
    }
    return 0;
}
