// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/zxing.h"

#define ZX_USE_UTF8
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/utf8.h"

namespace keepmum::ocr {

namespace {

constexpr std::uint8_t most_read = 2 * most_codes;  // at once: some are told twice, some are none

struct Named {
    ZXing::BarcodeFormat format;
    std::string_view name;
    bool linear;
};
constexpr Named zxing_names[] = {
    {ZXing::BarcodeFormat::QRCode, "QR code", false},
    {ZXing::BarcodeFormat::MicroQRCode, "Micro QR code", false},
    {ZXing::BarcodeFormat::DataMatrix, "Data Matrix", false},
    {ZXing::BarcodeFormat::Aztec, "Aztec code", false},
    {ZXing::BarcodeFormat::PDF417, "PDF417", false},
    {ZXing::BarcodeFormat::EAN13, "EAN-13", true},
    {ZXing::BarcodeFormat::EAN8, "EAN-8", true},
    {ZXing::BarcodeFormat::UPCA, "UPC-A", true},
    {ZXing::BarcodeFormat::Code128, "Code 128", true},
    {ZXing::BarcodeFormat::Code39, "Code 39", true},
};

enum class Sought : std::uint8_t { stripes, squares };

ZXing::DecodeHints hints_for(Sought sought) {
    ZXing::BarcodeFormats formats;
    for (Named const& named : zxing_names) {
        if (named.linear == (sought == Sought::stripes)) formats |= named.format;
    }
    // At this size alone: looking at smaller ones too, the library ends the program where it meets the same stripes twice.
    ZXing::DecodeHints hints;
    hints.setFormats(formats).setTryHarder(true).setTryRotate(true).setMaxNumberOfSymbols(most_read).setTryDownscale(false);
    return hints;
}

Code code_of(ZXing::Result const& result) {
    Code code;
    for (Named const& named : zxing_names) {
        if (named.format == result.format()) code.symbology = named.name, code.linear = named.linear;
    }
    code.text = to_text(result.text());
    code.left = code.top = 1e9F;
    for (ZXing::PointI const& point : result.position()) {
        code.left = std::min(code.left, static_cast<float>(point.x));
        code.top = std::min(code.top, static_cast<float>(point.y));
        code.right = std::max(code.right, static_cast<float>(point.x));
        code.bottom = std::max(code.bottom, static_cast<float>(point.y));
    }
    return code;
}

ZXing::ImageView view_of(Grey const& picture) {
    return {picture.values.data(), static_cast<int>(picture.width), static_cast<int>(picture.height), ZXing::ImageFormat::Lum};
}

// A row of a picture, or a column of it as if it were one.
class Across {
  public:
    Across(Grey& picture, bool upright) : picture_(picture), upright_(upright) {}
    std::ptrdiff_t length() const { return upright_ ? picture_.height : picture_.width; }
    std::ptrdiff_t count() const { return upright_ ? picture_.width : picture_.height; }
    std::uint8_t& at(std::ptrdiff_t row, std::ptrdiff_t x) {
        return upright_ ? picture_.row(static_cast<std::uint32_t>(x))[row] : picture_.row(static_cast<std::uint32_t>(row))[x];
    }

  private:
    Grey& picture_;
    bool upright_;
};

// How much two runs of pixels go up and down together, -1 to 1.
float agreement(Across& rows, std::ptrdiff_t one, std::ptrdiff_t from, std::ptrdiff_t other, std::ptrdiff_t other_from,
                std::ptrdiff_t length) {
    double sums[2] = {}, squares[2] = {}, both = 0;
    for (std::ptrdiff_t i = 0; i < length; ++i) {
        double const left = rows.at(one, from + i), right = rows.at(other, other_from + i);
        sums[0] += left, sums[1] += right, squares[0] += left * left, squares[1] += right * right, both += left * right;
    }
    auto const count = static_cast<double>(length);
    double const spread = (squares[0] - sums[0] * sums[0] / count) * (squares[1] - sums[1] * sums[1] / count);
    return spread <= 0 ? -1 : static_cast<float>((both - sums[0] * sums[1] / count) / std::sqrt(spread));
}

// Whether two rows have the same stripes all along. Codes of like numbers, one above the other, differ in a letter or two: those
// stretches go up and down by themselves.
bool are_same_stripes(Across& rows, std::ptrdiff_t one, std::ptrdiff_t from, std::ptrdiff_t other, std::ptrdiff_t other_from,
                      std::ptrdiff_t length, std::ptrdiff_t letters) {
    constexpr std::ptrdiff_t least = 8;  // pixels
    constexpr float alike = 0.55F;
    std::ptrdiff_t const part = std::max(least, length / (letters + 1));
    for (std::ptrdiff_t at = 0; at + part <= length; at += part / 2) {
        if (agreement(rows, one, from + at, other, other_from + at, part) < alike) return false;
    }
    return true;
}

// Paints over the stripes of which the library read some rows: on both sides of these, as far as rows look like them; a little to the
// side of the one before where the code is turned.
bool paint_over(Grey& picture, Code& code) {
    bool const upright = code.right - code.left < code.bottom - code.top;
    Across rows(picture, upright);
    auto const begin = static_cast<std::ptrdiff_t>(upright ? code.top : code.left);
    auto const length = std::min(static_cast<std::ptrdiff_t>(upright ? code.bottom : code.right), rows.length()) - begin;
    auto const middle = static_cast<std::ptrdiff_t>((upright ? code.left + code.right : code.top + code.bottom) / 2);
    if (begin < 0 || length <= 0 || middle < 0 || middle >= rows.count()) return false;
    std::vector<std::pair<std::ptrdiff_t, std::ptrdiff_t>> found;  // rows, and where the stripes begin in them
    auto const letters = static_cast<std::ptrdiff_t>(code.text.size());
    constexpr float alike = 0.6F;
    constexpr std::size_t rows_back = 6;
    for (std::ptrdiff_t step : {-1, 1}) {
        std::ptrdiff_t from = begin;
        found.emplace_back(middle, begin);
        std::size_t const first = found.size() - 1;  // on this side
        for (std::ptrdiff_t row = middle + step; row >= 0 && row < rows.count(); row += step) {
            float best = -1;
            std::ptrdiff_t at = from;
            std::ptrdiff_t const last_shift = std::min(rows.length() - length, from + 2);
            for (std::ptrdiff_t shift = std::max<std::ptrdiff_t>(0, from - 2); shift <= last_shift; ++shift) {
                float const now = agreement(rows, row - step, from, row, shift, length);
                if (now > best) best = now, at = shift;
            }
            // Blurred, stripes go over into others slowly: some rows back they are told apart.
            auto const& [back, back_from] = found[found.size() - std::min(found.size() - first, rows_back)];
            if (best < alike || !are_same_stripes(rows, back, back_from, row, at, length, letters)) break;
            found.emplace_back(row, from = at);
        }
    }
    for (auto const& [row, from] : found) {
        for (std::ptrdiff_t x = from; x < from + length; ++x) rows.at(row, x) = 255;
        float& first = upright ? code.left : code.top;
        float& last = upright ? code.right : code.bottom;
        first = std::min(first, static_cast<float>(row));
        last = std::max(last, static_cast<float>(row));
    }
    return true;
}

}  // namespace

std::string to_text(std::string_view bytes) {
    if (is_utf8(bytes)) return std::string(bytes);
    std::string out;
    for (char c : bytes) append_utf8(out, static_cast<unsigned char>(c));
    return out;
}

bool read_squares(Grey const& picture, std::vector<Code>& codes) {
    ZXing::Results const results = ZXing::ReadBarcodes(view_of(picture), hints_for(Sought::squares));
    for (ZXing::Result const& result : results) {
        if (result.isValid()) codes.push_back(code_of(result));
    }
    return results.size() >= most_read;
}

// One after the other, as the library ends the program where it meets the same stripes twice.
bool read_stripes(Grey picture, std::vector<Code>& codes) {
    ZXing::DecodeHints const hints = hints_for(Sought::stripes).setMaxNumberOfSymbols(1);
    for (std::size_t i = 0; i < most_read; ++i) {
        ZXing::Results const results = ZXing::ReadBarcodes(view_of(picture), hints);
        if (results.empty() || !results[0].isValid()) return false;
        codes.push_back(code_of(results[0]));
        if (!paint_over(picture, codes.back())) break;
    }
    return true;
}

}  // namespace keepmum::ocr
