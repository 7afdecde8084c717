// The set of anchors for codes: 69 kinds of QR codes as cameras see them, made here.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/codes.h"
#include "extract/ocr/zxing.h"

#define ZX_USE_UTF8
#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/picture_text.h"
#include "extract/collect.h"
#include "format/link/payload.h"
#include "format/pixels/made_pictures_test.h"

namespace keepmum::ocr {
namespace {

constexpr std::string_view address = "https://example.org/open-day?from=poster";

Grey draw_code(std::string_view text, std::uint32_t side,
               ZXing::BarcodeFormat format = ZXing::BarcodeFormat::QRCode) {
    ZXing::BitMatrix const bits = ZXing::MultiFormatWriter(format).setEncoding(format == ZXing::BarcodeFormat::QRCode ? ZXing::CharacterSet::UTF8 : ZXing::CharacterSet::Unknown)
                                      .setMargin(format == ZXing::BarcodeFormat::QRCode ? 2 : 8)
                                      .encode(std::string(text), 0, 0);
    auto const width = static_cast<std::uint32_t>(bits.width()), height = static_cast<std::uint32_t>(bits.height());
    Grey out{side, height < 8 ? side / 3 : side * height / width, {}};
    for (std::uint32_t y = 0; y < out.height; ++y) {
        for (std::uint32_t x = 0; x < side; ++x) {
            bool const dark = bits.get(static_cast<int>(x * width / side),
                                       static_cast<int>(std::uint64_t{y} * height / out.height));
            out.values.push_back(dark ? 25 : 235);
        }
    }
    return out;
}

// As a camera has it: where a point of the photo comes from in the code is told by turning, shearing and scaling.
struct View {
    float turn = 0, skew = 0, size = 300;
    int blur = 0;
    bool mirrored = false, inverted = false;
    float noise = 6;
};

Grey photograph(Grey const& code, View const& view, std::uint32_t seed) {
    constexpr std::uint32_t width = 800, height = 600;
    Grey photo{width, height, std::vector<std::uint8_t>(width * height)};
    std::mt19937 draw(seed);
    float const radians = view.turn * 3.14159265F / 180;
    for (std::uint32_t y = 0; y < height; ++y) {
        for (std::uint32_t x = 0; x < width; ++x) {
            float const dx = static_cast<float>(x) - 400, dy = static_cast<float>(y) - 300;
            float along = (dx * std::cos(radians) + dy * std::sin(radians)) / view.size,
                  down = (dy * std::cos(radians) - dx * std::sin(radians)) / view.size;
            // Seen from aside, one edge is shorter: both directions shrink towards it.
            float const depth = 1 + view.skew * along;
            down /= depth;
            along = along * (1 + view.skew / 2) / depth;
            if (view.mirrored) along = -along;
            float light = 150 + 20 * std::sin(static_cast<float>(x) / 60) * std::cos(static_cast<float>(y) / 45);
            if (std::abs(along) < 0.5F && std::abs(down) < 0.5F) {
                light = light_at(code, (along + 0.5F) * static_cast<float>(code.width),
                                 (down + 0.5F) * static_cast<float>(code.height));
                if (view.inverted) light = 260 - light;
            }
            light += view.noise * (static_cast<float>(draw() % 2001) / 1000 - 1);
            photo.values[std::size_t{y} * width + x] = static_cast<std::uint8_t>(std::clamp(light, 0.0F, 255.0F));
        }
    }
    for (int i = 0; i < view.blur; ++i) {
        Grey const before = photo;
        for (std::uint32_t y = 1; y + 1 < height; ++y) {
            for (std::uint32_t x = 1; x + 1 < width; ++x) {
                int sum = 0;
                for (int k = 0; k < 9; ++k)
                    sum += before.row(y + static_cast<std::uint32_t>(k / 3) -
                                      1)[x + static_cast<std::uint32_t>(k % 3) - 1];
                photo.row(y)[x] = static_cast<std::uint8_t>(sum / 9);
            }
        }
    }
    return photo;
}

// 24 turned, 15 skewed, 12 small, 6 blurred, 6 mirrored, 6 inverted.
std::vector<View> all_views() {
    std::vector<View> views;
    for (int i = 0; i < 24; ++i) views.push_back({.turn = static_cast<float>(i * 15)});
    for (int i = 0; i < 15; ++i)
        views.push_back(
            {.turn = static_cast<float>(i % 3) * 20, .skew = 0.1F + 0.4F * static_cast<float>(i / 3) / 4});
    for (int i = 0; i < 12; ++i)
        views.push_back(
            {.turn = static_cast<float>(i % 3) * 10, .size = 60.0F + 80.0F * static_cast<float>(i / 3) / 3});
    for (int i = 0; i < 6; ++i) views.push_back({.turn = static_cast<float>(i) * 7, .blur = 1 + i / 2});
    for (int i = 0; i < 6; ++i) views.push_back({.turn = static_cast<float>(i) * 30, .mirrored = true});
    for (int i = 0; i < 6; ++i) views.push_back({.turn = static_cast<float>(i) * 30, .inverted = true});
    return views;
}

TEST(Codes, OfSixtyNineKindsSixtyFourAreRead) {
    Grey const code = draw_code(address, 330);
    std::size_t read = 0;
    std::string lost;
    std::vector<View> const views = all_views();
    ASSERT_EQ(views.size(), 69u);
    for (std::size_t i = 0; i < views.size(); ++i) {
        std::vector<Code> const found = find_codes(photograph(code, views[i], static_cast<std::uint32_t>(i))).codes;
        bool const right = found.size() == 1 && found[0].text == address;
        read += right;
        if (!right) lost += ' ' + std::to_string(i);
    }
    RecordProperty("read", static_cast<int>(read));
    std::printf("codes: %zu of 69 read; lost:%s\n", read, lost.c_str());
    EXPECT_GE(read, 64u);
}

TEST(Codes, OfEverySymbologyAreRead) {
    using ZXing::BarcodeFormat;
    struct {
        BarcodeFormat format;
        std::string_view text, name;
    } const all[] = {
        {BarcodeFormat::DataMatrix, "heron 4471", "Data Matrix"}, {BarcodeFormat::Aztec, "heron 4471", "Aztec code"},
        {BarcodeFormat::PDF417, "heron 4471", "PDF417"},          {BarcodeFormat::EAN13, "4006381333931", "EAN-13"},
        {BarcodeFormat::Code128, "HERON-4471", "Code 128"},       {BarcodeFormat::QRCode, "苍鹭计划", "QR code"}};
    for (auto const& one : all) {
        Grey const code = draw_code(one.text, 420, one.format);
        Grey page{700, 600, std::vector<std::uint8_t>(700 * 600, 235)};
        for (std::uint32_t y = 0; y < code.height && y < 500; ++y)
            std::copy_n(code.row(y), code.width, page.row(y + 60) + 120);
        std::vector<Code> const found = find_codes(page).codes;
        ASSERT_EQ(found.size(), 1u) << one.name;
        EXPECT_EQ(found[0].text, one.text) << one.name;
        EXPECT_EQ(found[0].symbology, one.name);
        EXPECT_NEAR((found[0].left + found[0].right) / 2, 330, 60) << one.name;
    }
}

// Stripes that can be read at several sizes ended the program once.
TEST(Codes, OfLargePicturesAreReadOnce) {
    using ZXing::BarcodeFormat;
    Grey page{2400, 1800, std::vector<std::uint8_t>(2400 * 1800, 215)};
    auto const lay = [&](Grey const& code, std::uint32_t left, std::uint32_t top, bool inverted) {
        for (std::uint32_t y = 0; y < code.height; ++y) {
            for (std::uint32_t x = 0; x < code.width; ++x) {
                std::uint8_t const value = code.row(y)[x];
                page.row(top + y)[left + x] = inverted ? static_cast<std::uint8_t>(255 - value) : value;
            }
        }
    };
    lay(draw_code("4006381333931", 1100, BarcodeFormat::EAN13), 100, 100, false);
    lay(draw_code(address, 120), 1700, 200, false);
    lay(draw_code("inside out", 500), 300, 900, true);
    lay(draw_code("rather large", 800), 1300, 800, false);
    std::vector<std::string> texts;
    for (Code const& code : find_codes(page).codes) texts.push_back(code.text);
    std::sort(texts.begin(), texts.end());
    EXPECT_EQ(texts, (std::vector<std::string>{"4006381333931", std::string(address), "inside out", "rather large"}));
}

// No size of a picture is a reason to fail.
TEST(Codes, OfStripsThereAreNone) {
    for (auto const& [width, height] : {std::pair(1U, 1U), {1U, 60'000U}, {60'000U, 1U}, {3U, 700'000U}, {2U, 2U}})
        EXPECT_TRUE(find_codes({width, height, std::vector<std::uint8_t>(std::size_t{width} * height, 90)}).codes.empty());
}

// Rows of ten codes.
Pixels sheet_of(std::vector<Grey> const& codes) {
    std::size_t const across = codes[0].width + 12, down = codes[0].height + 12, rows = (codes.size() + 9) / 10;
    Pixels page{static_cast<std::uint32_t>(10 * across), static_cast<std::uint32_t>(rows * down), {}};
    page.rgb.resize(std::size_t{page.width} * page.height * 3, 255);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        for (std::size_t y = 0; y < codes[i].height; ++y) {
            for (std::size_t x = 0; x < codes[i].width; ++x) {
                std::size_t const at = ((i / 10 * down + y + 6) * page.width + i % 10 * across + x + 6) * 3;
                std::fill_n(&page.rgb[at], 3, codes[i].row(static_cast<std::uint32_t>(y))[x]);
            }
        }
    }
    return page;
}

TEST(Codes, MoreThanAreReadAreAGap) {
    std::vector<Grey> codes;
    for (int i = 0; i < 70; ++i) codes.push_back(draw_code("https://office.example/" + std::to_string(i), 100));
    for (std::size_t count : {most_codes, codes.size()}) {
        Collect outlet;
        std::vector<Grey> const some(codes.begin(), codes.begin() + static_cast<std::ptrdiff_t>(count));
        EXPECT_TRUE(picture_code_extractor()->extract(input_of(to_png(sheet_of(some))), outlet));
        EXPECT_EQ(outlet.all.size(), most_codes);
        ASSERT_EQ(outlet.gaps.size(), count > most_codes ? 1u : 0u);
        if (count > most_codes) EXPECT_EQ(outlet.gaps[0].cause, Cause::too_big);
    }
}

// A label has the same stripes twice, and the library ends the program where it is let find both at once.
TEST(Codes, OfTheSameStripesTwiceAreBothRead) {
    for (ZXing::BarcodeFormat format : {ZXing::BarcodeFormat::Code128, ZXing::BarcodeFormat::EAN13}) {
        std::string_view const text = format == ZXing::BarcodeFormat::EAN13 ? "4006381333931" : "HERON-4471";
        Grey const code = draw_code(text, 400, format);
        for (std::size_t high : {std::size_t{400}, std::size_t{1400}}) {
            Grey page{1200, static_cast<std::uint32_t>(high), std::vector<std::uint8_t>(1200 * high, 235)};
            for (auto const& [left, top] : {std::pair(60U, 60U), std::pair(700U, 60U), std::pair(60U, 230U)}) {
                for (std::uint32_t y = 0; y < code.height; ++y) std::copy_n(code.row(y), code.width, page.row(y + top) + left);
            }
            std::vector<Code> const found = find_codes(page).codes;
            EXPECT_EQ(found.size(), 3u) << high;
            for (Code const& one : found) EXPECT_EQ(one.text, text);
        }
    }
}

// Where codes of like numbers stand one above the other, each is read.
TEST(Codes, OfLikeStripesThatTouchAllAreRead) {
    using ZXing::BarcodeFormat;
    struct {
        BarcodeFormat format;
        std::vector<std::string> texts;
    } const all[] = {{BarcodeFormat::Code128, {"HERON-44711", "HERON-44712", "HERON-44713"}},
                     {BarcodeFormat::EAN13, {"4006381333931", "4006381333948", "4006381333955"}}};
    for (auto const& [format, texts] : all) {
        for (std::uint32_t blur : {1U, 7U}) {  // rows that are averaged
            Grey page{800, 400, std::vector<std::uint8_t>(800 * 400, 235)};
            for (std::uint32_t i = 0; i < 3; ++i) {
                Grey const code = draw_code(texts[i], 600, format);
                for (std::uint32_t y = 0; y < 60; ++y) std::copy_n(code.row(y), 600, page.row(100 + 60 * i + y) + 100);
            }
            Grey photo = page;
            for (std::size_t at = 0; at + 800 * blur <= page.values.size(); ++at) {
                std::uint32_t sum = 0;
                for (std::uint32_t row = 0; row < blur; ++row) sum += page.values[at + std::size_t{800} * row];
                photo.values[at] = static_cast<std::uint8_t>(sum / blur);
            }
            std::vector<Code> stripes;
            read_stripes(photo, stripes);
            std::vector<std::string> read;
            for (Code const& code : stripes) read.push_back(code.text);
            std::sort(read.begin(), read.end());
            EXPECT_EQ(read, texts) << static_cast<int>(format) << ' ' << blur;
        }
    }
}

// Stripes of few letters are no codes, but a reader that stops after so many of them has not seen what comes behind.
TEST(Codes, BehindManyStripesThatAreNoneIsAGap) {
    std::vector<Grey> const codes(140, draw_code("AB1", 160, ZXing::BarcodeFormat::Code128));
    Collect outlet;
    EXPECT_TRUE(picture_code_extractor()->extract(input_of(to_png(sheet_of(codes))), outlet));
    EXPECT_TRUE(outlet.all.empty());
    EXPECT_EQ(outlet.gaps.size(), 1u);
}

TEST(Codes, ArePutOutAsFields) {
    Grey const code = draw_code("WIFI:T:WPA;S:Dock\\;4;P:sword\\:fish;;", 400);
    Pixels pixels{code.width, code.height, {}};
    for (std::uint8_t value : code.values) pixels.rgb.insert(pixels.rgb.end(), 3, value);
    for (MadeFile const& file : in_every_format(pixels)) {
        Collect outlet;
        ASSERT_TRUE(picture_code_extractor()->extract(input_of(file.bytes), outlet));
        ASSERT_EQ(outlet.all.size(), 1u) << file.media;
        Evidence const& evidence = outlet.all[0];
        EXPECT_EQ(evidence.content.view(),
                  "code: QR code\ndoes: join-wifi\nnetwork: Dock;4\npassword: sword:fish\npayload: "
                  "WIFI:T:WPA;S:Dock\\;4;P:sword\\:fish;;");
        EXPECT_EQ(print(evidence.place), "!region:code-1");
        EXPECT_EQ(evidence.role, Role::link);
        EXPECT_EQ(evidence.media, picture_code_media);
        EXPECT_EQ(evidence.names.size(), 5u);
    }
}

TEST(Codes, ThereAreNoneInScenes) {
    for (std::uint32_t seed = 1; seed <= 6; ++seed) {
        Collect outlet;
        ASSERT_TRUE(picture_code_extractor()->extract(input_of(to_png(draw_scene(seed, 700, 500))), outlet));
        EXPECT_TRUE(outlet.all.empty()) << seed;
    }
}

TEST(Payload, SaysWhatATelephoneWouldDo) {
    struct {
        std::string_view text, does, host;
    } const all[] = {{"https://Example.org:8443/a", "open-link", "example.org"},
                     {"HTTP://user@evil.test/x", "open-link", "evil.test"},
                     {"WIFI:S:Guests;;", "join-open-wifi", ""},
                     {"WIFI:T:nopass;S:Guests;;", "join-open-wifi", ""},
                     {"otpauth://totp/x?secret=JBSWY3DP", "sign-in-key", ""},
                     {"sgnl://linkdevice?uuid=1&pub_key=2", "link-device", ""},
                     {"2@AbCdEfGhIjKlMnOpQrStUvWxYz0123456789,AbCdEfGhIjKlMnOpQrSt,UvWxYz0123==", "link-device", ""},
                     {"https://login.weixin.qq.com/l/abc", "sign-in", "login.weixin.qq.com"},
                     {"wxp://f2f0abc", "pay", ""},
                     {"BEGIN:VCARD\nN:Li;;;\nEND:VCARD", "add-contact", ""},
                     {"tel:+861012345678", "call", ""},
                     {"geo:39.9,116.4", "show-place", ""},
                     {"myapp://open/4", "open-app", ""},
                     {"Note: see http://x", "show-text", ""},
                     {"", "show-text", ""},
                     {"LPA:1$rsp.example$ABC", "install-profile", ""}};
    for (auto const& one : all) {
        EXPECT_EQ(read_payload(one.text).does, one.does) << one.text;
        EXPECT_EQ(read_payload(one.text).host, one.host) << one.text;
    }
}

}  // namespace
}  // namespace keepmum::ocr
