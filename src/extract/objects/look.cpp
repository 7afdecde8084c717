// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/objects/look.h"

#include <algorithm>

#include "format/pixels/decode.h"
#include "format/pixels/orientation.h"

namespace keepmum::objects {

namespace {

// Twice what the network wants of its smallest view is enough to average from; more is only slower to decode.
constexpr std::uint32_t longest_side = 1024, enough = 560;

class LookingCanvas final : public ShrinkingCanvas {
  public:
    LookingCanvas(Outlet& outlet, std::uint32_t orientation, Eye& eye, std::vector<LookedAt>& pages)
        : ShrinkingCanvas(outlet, longest_side, Shape::kept, enough), orientation_(orientation), eye_(eye), pages_(pages) {}

  private:
    void done(Shrunk shrunk) override {
        if (std::min(shrunk.full_width, shrunk.full_height) < least_side || std::min(shrunk.width, shrunk.height) == 0) return;
        if (pages_.size() >= most_pages || outlet_.enough()) return;
        Shrunk const picture = turn_upright(std::move(shrunk), orientation_);
        LookedAt looked{picture.page, picture.full_width, picture.full_height, {}, {}, {}};
        Judge judge(object_classes(), object_judging());
        for (View const& view : views_of(picture.width, picture.height)) {
            if (outlet_.enough()) return;
            outlet_.progress();
            std::vector<float> input = draw_view(picture, view, network_side);
            judge.take(eye_.answer(input));
            looked.views.push_back(enlarge(view, picture));
        }
        looked.best = judge.best();
        looked.told = judge.told();
        pages_.push_back(std::move(looked));
    }

    static View enlarge(View const& view, Shrunk const& picture) {
        auto const scale = [](std::uint32_t value, std::uint32_t small, std::uint32_t full) {
            return static_cast<std::uint32_t>(std::uint64_t{value} * full / std::max<std::uint32_t>(small, 1));
        };
        return {scale(view.left, picture.width, picture.full_width), scale(view.top, picture.height, picture.full_height),
                scale(view.width, picture.width, picture.full_width), scale(view.height, picture.height, picture.full_height)};
    }

    std::uint32_t orientation_;
    Eye& eye_;
    std::vector<LookedAt>& pages_;
};

}  // namespace

std::optional<Trouble> look_at(std::string_view bytes, Eye& eye, Outlet& outlet, std::vector<LookedAt>& pages) {
    PictureFormat const format = picture_format(bytes);
    if (!format.decode) return Trouble{Cause::unsupported, "no decoder for this kind of picture"};
    std::uint32_t orientation = picture_orientation(bytes);
    // The library has mirrored scans already, but turned none.
    constexpr std::uint32_t left_to_do[] = {1, 1, 1, 1, 5, 7, 5, 7};
    if (format.media == "image/tiff") orientation = left_to_do[orientation - 1];
    LookingCanvas canvas(outlet, orientation, eye, pages);
    return format.decode(bytes, canvas);
}

}  // namespace keepmum::objects
