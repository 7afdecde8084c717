// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/image/picture.h"

#include <string>
#include <vector>

#include "format/pixels/shrink.h"
#include "format/pixels/decode.h"
#include "index/likeness/picture_hash.h"

namespace keepmum {

namespace {

// More than the 64 × 64 samples of a hash need, so that cuts of it have enough too.
constexpr std::uint32_t most_side = 512;

class SigningCanvas final : public ShrinkingCanvas {
  public:
    SigningCanvas(Outlet& outlet, Cuts cuts) : ShrinkingCanvas(outlet, most_side, Shape::free), cuts_(cuts) {}

  private:
    void done(Shrunk shrunk) override {
        Luminance grey;
        grey.width = shrunk.width;
        grey.height = shrunk.height;
        for (std::size_t i = 0; i < shrunk.rgb.size(); i += 3) {
            grey.values.push_back(0.299F * shrunk.rgb[i] + 0.587F * shrunk.rgb[i + 1] + 0.114F * shrunk.rgb[i + 2]);
        }
        PictureSignature signature = sign_picture(grey, cuts_);
        signature.width = shrunk.full_width;
        signature.height = shrunk.full_height;
        Evidence evidence;
        evidence.kind = Kind::image;
        evidence.media = signature_media;
        evidence.content = Blob::take(write_signature(signature));
        if (shrunk.page > 1) evidence.place.steps.push_back({How::page, std::to_string(shrunk.page)});
        outlet_.put(std::move(evidence));
    }

    Cuts cuts_;
};

class PictureExtractor final : public Extractor {
  public:
    explicit PictureExtractor(Cuts cuts) : cuts_(cuts) {}
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::string_view const bytes = evidence.content.view();
        SigningCanvas canvas(outlet, cuts_);
        PictureFormat const format = picture_format(bytes);
        std::optional<Trouble> trouble = Trouble{Cause::unsupported, "no decoder for this kind of picture"};
        if (format.decode) trouble = format.decode(bytes, canvas);
        std::string media(format.media);
        if (!trouble) return Done{bytes.size(), std::move(media)};
        outlet.gap({{}, trouble->cause, Stage::decode, bytes.size(), std::move(media), std::move(trouble->detail)});
        return Done{};
    }

  private:
    Cuts cuts_;
};

}  // namespace

Extractor const* picture_extractor() {
    static PictureExtractor const extractor(Cuts::none);
    return &extractor;
}

Extractor const* kept_picture_extractor() {
    static PictureExtractor const extractor(Cuts::all);
    return &extractor;
}

}  // namespace keepmum
