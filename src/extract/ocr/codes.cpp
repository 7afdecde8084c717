// Two readers, since each loses what the other reads: zxing on turned codes and other symbologies, zbar on skewed ones and on
// fine stripes. They see the picture as it is, inverted, and at a half and a quarter of its size; small ones, where that gives
// nothing, larger, mirrored and pulled straight. Which of them sees a large picture how: docs/decisions/pictures/0165.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/codes.h"

#include <zbar.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/picture_text.h"
#include "extract/ocr/zxing.h"
#include "format/link/payload.h"

namespace keepmum::ocr {

namespace {

constexpr std::uint64_t small = 1'300'000;  // pixels: pictures up to that are tried in all ways
constexpr std::uint32_t least_half = 10;    // pixels of the shorter side: what is less is not looked at
constexpr std::size_t least_stripes = 6;    // letters of a linear code that has no check digit

using namespace ::zbar;

struct ZbarScanner {
    zbar_image_scanner_t* scanner = zbar_image_scanner_create();
    zbar_image_t* image = zbar_image_create();
    ~ZbarScanner() {
        zbar_image_destroy(image);
        zbar_image_scanner_destroy(scanner);
    }
};

std::string_view zbar_name(zbar_symbol_type_t type) {
    switch (type) {
        case ZBAR_QRCODE:
            return "QR code";
        case ZBAR_EAN13:
            return "EAN-13";
        case ZBAR_EAN8:
            return "EAN-8";
        case ZBAR_CODE128:
            return "Code 128";
        case ZBAR_CODE39:
            return "Code 39";
        default:
            return "";
    }
}

// Of rows and columns each `step`th.
void read_with_zbar(Grey const& picture, int step, std::vector<Code>& codes) {
    ZbarScanner scan;
    zbar_image_scanner_set_config(scan.scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    for (zbar_symbol_type_t type : {ZBAR_QRCODE, ZBAR_EAN13, ZBAR_EAN8, ZBAR_CODE128, ZBAR_CODE39}) {
        zbar_image_scanner_set_config(scan.scanner, type, ZBAR_CFG_ENABLE, 1);
    }
    zbar_image_scanner_set_config(scan.scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    zbar_image_scanner_set_config(scan.scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, step);
    zbar_image_scanner_set_config(scan.scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, step);
    zbar_image_set_format(scan.image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(scan.image, picture.width, picture.height);
    zbar_image_set_data(scan.image, picture.values.data(), picture.values.size(), nullptr);
    if (zbar_scan_image(scan.scanner, scan.image) <= 0) return;
    for (zbar_symbol_t const* symbol = zbar_image_first_symbol(scan.image); symbol;
         symbol = zbar_symbol_next(symbol)) {
        Code code;
        code.symbology = zbar_name(zbar_symbol_get_type(symbol));
        if (code.symbology.empty()) continue;
        code.linear = zbar_symbol_get_type(symbol) != ZBAR_QRCODE;
        code.text = to_text({zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol)});
        code.left = code.top = 1e9F;
        for (unsigned i = 0; i < zbar_symbol_get_loc_size(symbol); ++i) {
            auto const x = static_cast<float>(zbar_symbol_get_loc_x(symbol, i)),
                       y = static_cast<float>(zbar_symbol_get_loc_y(symbol, i));
            code.left = std::min(code.left, x);
            code.top = std::min(code.top, y);
            code.right = std::max(code.right, x);
            code.bottom = std::max(code.bottom, y);
        }
        codes.push_back(std::move(code));
    }
}

Grey inverted(Grey picture) {
    for (std::uint8_t& value : picture.values) value = static_cast<std::uint8_t>(255 - value);
    return picture;
}

// Of half the size; an odd last row or column is left out.
Grey halved(Grey const& picture) {
    Grey out{picture.width / 2, picture.height / 2, {}};
    out.values.resize(std::size_t{out.width} * out.height);
    for (std::uint32_t y = 0; y < out.height; ++y) {
        std::uint8_t const *upper = picture.row(2 * y), *lower = picture.row(2 * y + 1);
        std::uint8_t* const to = out.row(y);
        for (std::size_t x = 0; x < out.width; ++x)
            to[x] = static_cast<std::uint8_t>((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
    }
    return out;
}

// Where a point of the new picture comes from, between four corners.
Corner between(std::array<Corner, 4> const& corners, float x, float y) {
    auto const mix = [](float first, float second, float share) { return first + (second - first) * share; };
    return {mix(mix(corners[0].x, corners[1].x, x), mix(corners[3].x, corners[2].x, x), y),
            mix(mix(corners[0].y, corners[1].y, x), mix(corners[3].y, corners[2].y, x), y)};
}

// Collects what is read, each code once.
class Collector {
  public:
    explicit Collector(Grey const& picture) : picture_(picture) {}

    // A small picture, in all ways.
    void look(Grey const& changed, std::array<Corner, 4> const& corners) {
        std::vector<Code> codes;
        read_both(changed, codes);
        read_with_zbar(changed, 1, codes);
        Grey const other = inverted(changed);
        read_both(other, codes);
        read_with_zbar(other, 1, codes);
        for (Code& code : codes) add(std::move(code), changed, corners);
    }

    // A large one, in those that find something. `step`: see read_with_zbar(); 0 leaves that one out.
    void look_quickly(Grey const& changed, int step, std::array<Corner, 4> const& corners) {
        std::vector<Code> codes;
        read_both(changed, codes);
        found_.more |= read_squares(inverted(changed), codes);  // nobody prints stripes inverted
        if (step > 0) read_with_zbar(changed, step, codes);
        for (Code& code : codes) add(std::move(code), changed, corners);
    }
    bool empty() const { return found_.codes.empty(); }
    FoundCodes take() { return std::move(found_); }

  private:
    void read_both(Grey const& changed, std::vector<Code>& codes) {
        found_.more |= read_squares(changed, codes);
        found_.more |= read_stripes(changed, codes);
    }

    void add(Code code, Grey const& changed, std::array<Corner, 4> const& corners) {
        bool const checked = code.symbology.starts_with("EAN") || code.symbology.starts_with("UPC");
        if (code.text.empty() || (code.linear && !checked && code.text.size() < least_stripes)) return;
        float left = 1e9F, top = 1e9F, right = 0, bottom = 0;
        for (Corner const corner : {Corner{code.left, code.top}, Corner{code.right, code.top},
                                    Corner{code.right, code.bottom}, Corner{code.left, code.bottom}}) {
            Corner const at = between(corners, corner.x / static_cast<float>(changed.width),
                                      corner.y / static_cast<float>(changed.height));
            left = std::min(left, at.x);
            top = std::min(top, at.y);
            right = std::max(right, at.x);
            bottom = std::max(bottom, at.y);
        }
        code.left = std::clamp(left, 0.0F, static_cast<float>(picture_.width));
        code.top = std::clamp(top, 0.0F, static_cast<float>(picture_.height));
        code.right = std::clamp(right, code.left, static_cast<float>(picture_.width));
        code.bottom = std::clamp(bottom, code.top, static_cast<float>(picture_.height));
        // The same words twice are two codes only where they stand apart.
        for (Code const& known : found_.codes) {
            bool const apart = code.left > known.right || known.left > code.right || code.top > known.bottom ||
                               known.top > code.bottom;
            if (!apart && known.text == code.text) return;
        }
        found_.more |= found_.codes.size() == most_codes;
        if (found_.codes.size() < most_codes) found_.codes.push_back(std::move(code));
    }

    Grey const& picture_;
    FoundCodes found_;
};

std::array<Corner, 4> whole(Grey const& picture) {
    auto const width = static_cast<float>(picture.width), height = static_cast<float>(picture.height);
    return {Corner{0, 0}, Corner{width, 0}, Corner{width, height}, Corner{0, height}};
}

void look_scaled(Grey const& picture, float scale, Collector& collector) {
    auto const side = [&](std::uint32_t pixels) {
        return std::max(1U, static_cast<std::uint32_t>(static_cast<float>(pixels) * scale));
    };
    collector.look(seen_from(picture, whole(picture), side(picture.width), side(picture.height)), whole(picture));
}

// Pulled at the corners, as if one had walked around what the picture shows.
void look_from_aside(Grey const& picture, Collector& collector) {
    auto const width = static_cast<float>(picture.width), height = static_cast<float>(picture.height);
    for (float pull : {0.16F, 0.3F}) {
        float const x = pull * width, y = pull * height;
        std::array<Corner, 4> const views[] = {
            {Corner{x, 0}, {width, 0}, {width - x, height}, {0, height}},
            {Corner{0, 0}, {width - x, 0}, {width, height}, {x, height}},
            {Corner{0, y}, {width, 0}, {width, height - y}, {0, height}},
            {Corner{0, 0}, {width, y}, {width, height}, {0, height - y}},
            {Corner{x, 0}, {width - x, 0}, {width, height}, {0, height}},
            {Corner{0, 0}, {width, 0}, {width - x, height}, {x, height}},
            {Corner{0, y}, {width, 0}, {width, height}, {0, height - y}},
            {Corner{0, 0}, {width, y}, {width, height - y}, {0, height}},
        };
        for (std::array<Corner, 4> const& view : views) {
            if (!collector.empty()) return;
            collector.look(seen_from(picture, view, picture.width, picture.height), view);
        }
    }
}

}  // namespace

Grey seen_from(Grey const& picture, std::array<Corner, 4> const& corners, std::uint32_t width, std::uint32_t height) {
    Grey out{width, height, std::vector<std::uint8_t>(std::size_t{width} * height)};
    // Several points a pixel, where many become one.
    int const points = std::clamp(static_cast<int>(picture.width / std::max(1U, width)), 1, 4);
    for (std::uint32_t y = 0; y < height; ++y) {
        for (std::uint32_t x = 0; x < width; ++x) {
            float sum = 0;
            for (int i = 0; i < points * points; ++i) {
                float const along =
                    (static_cast<float>(x) + (static_cast<float>(i % points) + 0.5F) / static_cast<float>(points)) /
                    static_cast<float>(width);
                float const down =
                    (static_cast<float>(y) + (static_cast<float>(i / points) + 0.5F) / static_cast<float>(points)) /
                    static_cast<float>(height);
                Corner const at = between(corners, along, down);
                sum += light_at(picture, at.x - 0.5F, at.y - 0.5F);
            }
            out.values[std::size_t{y} * width + x] =
                static_cast<std::uint8_t>(sum / static_cast<float>(points * points) + 0.5F);
        }
    }
    return out;
}

FoundCodes find_codes(Grey const& picture) {
    Collector collector(picture);
    if (picture.empty()) return {};
    std::array<Corner, 4> const all = whole(picture);
    Grey const half = halved(picture), quarter = halved(half);
    if (std::uint64_t{picture.width} * picture.height > small) {
        collector.look_quickly(picture, 2, all);
        if (!half.empty()) collector.look_quickly(half, 1, all);
        if (!quarter.empty()) collector.look_quickly(quarter, 0, all);
    } else {
        collector.look(picture, all);
        if (std::min(half.width, half.height) >= least_half) collector.look_quickly(half, 0, all);
        if (collector.empty()) look_scaled(picture, 2, collector);
        if (collector.empty()) look_scaled(picture, 0.6F, collector);
        if (collector.empty()) look_from_aside(picture, collector);
    }
    FoundCodes found = collector.take();
    std::stable_sort(found.codes.begin(), found.codes.end(),
                     [](Code const& one, Code const& other) { return one.top < other.top; });
    return found;
}

}  // namespace keepmum::ocr

namespace keepmum {

namespace {

using namespace ocr;

std::int32_t hundredths(float pixels) {
    return static_cast<std::int32_t>(std::lround(std::clamp(pixels, 0.0F, 2e7F) * 100));
}

class FieldWriter {
  public:
    void add(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        if (!text_.empty()) text_ += '\n';
        evidence_.marks.push_back({static_cast<std::uint32_t>(text_.size()), Mark::What::field,
                                   static_cast<std::int32_t>(evidence_.names.size())});
        evidence_.names.emplace_back(name);
        text_ += std::string(name) + ": " + std::string(value);
    }
    Evidence finish() {
        evidence_.content = Blob::take(std::move(text_));
        return std::move(evidence_);
    }
    Evidence& evidence() { return evidence_; }

  private:
    Evidence evidence_;
    std::string text_;
};

class CodeReading final : public PageTaker {
  public:
    explicit CodeReading(Outlet& outlet) : outlet_(outlet) {}

    void take(Page page) override {
        if (outlet_.enough() || is_icon(page)) return;
        outlet_.progress();
        int number = 0;
        FoundCodes const found = find_codes(page.grey);
        for (Code const& code : found.codes) put(page, code, ++number);
        if (!found.more) return;
        Place place;
        if (page.number > 1) place = place.with(How::page, std::to_string(page.number));
        outlet_.gap({place.with(How::part, "codes"), Cause::too_big, Stage::decode, 1, "", "more codes in the picture than are read"});
    }

  private:
    void put(Page const& page, Code const& code, int number) {
        float const scale_x = static_cast<float>(page.shown_width) / static_cast<float>(page.grey.width);
        float const scale_y = static_cast<float>(page.shown_height) / static_cast<float>(page.grey.height);
        FieldWriter fields;
        Payload const payload = read_payload(code.text);
        Evidence& evidence = fields.evidence();
        evidence.kind = Kind::fields;
        evidence.role = Role::link;
        evidence.media = picture_code_media;
        if (page.number > 1) evidence.place = evidence.place.with(How::page, std::to_string(page.number));
        evidence.place = evidence.place.with(How::region, "code-" + std::to_string(number));
        Mark box;
        box.what = Mark::What::box;
        box.a = hundredths(code.left * scale_x);
        box.b = hundredths(code.top * scale_y);
        box.c = hundredths(code.right * scale_x) - box.a;
        box.d = hundredths(code.bottom * scale_y) - box.b;
        evidence.marks.push_back(box);
        fields.add(code_field::symbology, code.symbology);
        fields.add(code_field::does, code.linear ? "name-article" : payload.does);
        fields.add(code_field::host, payload.host);
        fields.add(code_field::network, payload.network);
        fields.add(code_field::password, payload.password);
        fields.add(code_field::payload, code.text);
        outlet_.put(fields.finish());
    }

    Outlet& outlet_;
};

class PictureCodeExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        constexpr Sizing sizing{6u << 20, 1500, 2000};
        CodeReading reading(outlet);
        // What cannot be decoded, the reader of text has said.
        (void)decode_grey(evidence.content.view(), sizing, reading);
        return Done{};
    }
};

}  // namespace

Extractor const* picture_code_extractor() {
    static PictureCodeExtractor const extractor;
    return &extractor;
}

}  // namespace keepmum
