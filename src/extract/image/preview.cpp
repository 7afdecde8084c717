// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/image/preview.h"

#include <cmath>

#include "core/preview.h"
#include "format/pixels/shrink.h"
#include "format/pixels/decode.h"

namespace keepmum {

namespace {

class PreviewCanvas final : public ShrinkingCanvas {
  public:
    PreviewCanvas(Outlet& outlet, Role later) : ShrinkingCanvas(outlet, Preview::most_side, Shape::kept), later_(later) {}

  private:
    void done(Shrunk shrunk) override {
        if (shrunk.height == 0 || outlet_.enough()) return;
        Preview preview{shrunk.width, shrunk.height, shrunk.full_width, shrunk.full_height, {}};
        for (float const value : shrunk.rgb) preview.rgb.push_back(static_cast<char>(std::lround(value)));
        Evidence evidence;
        evidence.kind = Kind::image;
        evidence.media = preview_media;
        evidence.content = Blob::take(write_preview(preview));
        if (shrunk.page > 1) {
            evidence.place.steps.push_back({How::page, std::to_string(shrunk.page)});
            evidence.role = later_;
        }
        outlet_.put(std::move(evidence));
    }

    Role later_;
};

class PreviewExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::string_view const bytes = evidence.content.view();
        PictureFormat const format = picture_format(bytes);
        // Most viewers show the first page of a TIFF alone.
        PreviewCanvas canvas(outlet, format.media == "image/tiff" ? Role::hidden : Role::shown);
        if (format.decode) format.decode(bytes, canvas);
        return Done{bytes.size(), std::string(format.media)};
    }
};

}  // namespace

Extractor const* preview_extractor() {
    static PreviewExtractor const extractor;
    return &extractor;
}

}  // namespace keepmum
