// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/objects/objects.h"

#include <algorithm>
#include <cmath>

#include "core/objects.h"
#include "extract/objects/look.h"
#include "io/models.h"

namespace keepmum {

namespace {

using namespace objects;

std::int32_t hundredths(std::uint32_t pixels) {
    return static_cast<std::int32_t>(std::min<std::uint64_t>(std::uint64_t{pixels} * 100, 2'000'000'000));
}

Evidence begin(LookedAt const& page) {
    Evidence evidence;
    evidence.kind = Kind::fields;
    evidence.media = picture_objects_media;
    evidence.reason = network_name;
    if (page.page > 1) evidence.place = evidence.place.with(How::page, std::to_string(page.page));
    return evidence;
}

void put(LookedAt const& page, Outlet& outlet) {
    outlet.put(begin(page));
    int number = 0;
    for (Seen const& seen : page.told) {
        Evidence evidence = begin(page);
        evidence.place = evidence.place.with(How::region, "object-" + std::to_string(++number));
        View const& view = page.views[seen.view];
        evidence.marks.push_back({0, Mark::What::box, hundredths(view.left), hundredths(view.top), hundredths(view.width),
                                  hundredths(view.height)});
        evidence.content = Blob::take(std::string(object_field::object) + ": " + std::string(seen.what->id) + "\n" +
                                      std::string(object_field::chance) + ": " + std::to_string(std::lround(seen.chance * 100)));
        outlet.put(std::move(evidence));
    }
}

class PictureObjectsExtractor final : public Extractor {
  public:
    PictureObjectsExtractor() {
        Result<std::string> const bytes = read_model(worker_model_folders(), objects_model);
        if (!bytes) return;
        Result<std::unique_ptr<Network>> network = Network::read(*bytes);
        if (network) network_ = std::move(*network);
    }

    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::vector<LookedAt> pages;
        // What cannot be decoded, the reader of text has said.
        if (network_) (void)look_at(evidence.content.view(), *network_, outlet, pages);
        for (LookedAt const& page : pages) put(page, outlet);
        return Done{};
    }

  private:
    std::unique_ptr<Network> network_;
};

}  // namespace

Extractor const* picture_objects_extractor() {
    static PictureObjectsExtractor const extractor;
    return &extractor;
}

}  // namespace keepmum
