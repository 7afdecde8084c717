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
    explicit PreviewCanvas(Outlet& outlet) : ShrinkingCanvas(outlet, Preview::most_side, Shape::kept) {}

  private:
    void done(Shrunk shrunk) override {
        if (shrunk.height == 0 || shrunk.page > 1) return;
        Preview preview{shrunk.width, shrunk.height, shrunk.full_width, shrunk.full_height, {}};
        for (float const value : shrunk.rgb) preview.rgb.push_back(static_cast<char>(std::lround(value)));
        Evidence evidence;
        evidence.kind = Kind::image;
        evidence.media = preview_media;
        evidence.content = Blob::take(write_preview(preview));
        outlet_.put(std::move(evidence));
    }
};

class PreviewExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::string_view const bytes = evidence.content.view();
        PictureFormat const format = picture_format(bytes);
        PreviewCanvas canvas(outlet);
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
