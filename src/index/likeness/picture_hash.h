// What a picture looks like in 256 bits: PDQ, the perceptual hash published with Meta's ThreatExchange.
//
// Written from its published description ("The TMK+PDF Video-Hashing Algorithm and the PDQ Image-Hashing
// Algorithm", 2019): luminance; a box filter along rows and along columns, twice; 64 × 64 samples; the 16 × 16
// lowest frequencies of a cosine transform without the constant one; one bit each, above the median or
// not. Two pictures are alike where at most 31 bits differ. A picture that is asked for is hashed in all eight
// positions: its grey values are really turned, since the published short cut (changing signs in the
// spectrum) is up to 34 bits off for small pictures.
// Not made for pages of text, which all look grey from afar, nor for cropping: what is registered
// therefore holds hashes of the picture with its edges cut off as well (docs/decisions/0093).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

using PictureHash = std::array<std::uint64_t, 4>;

// Bits that differ, 0 to 256.
int distance(PictureHash const& left, PictureHash const& right);

// Two pictures whose hashes differ in no more bits are alike; the published limit.
inline constexpr int alike_within = 31;
// Quality below which a hash says nothing: plain surfaces, a line of text; the published limit.
inline constexpr int least_quality = 50;

// How a picture must be turned to become the one it is compared with: turns are clockwise, mirroring
// (left to right) comes first.
enum class Turn : std::uint8_t { none, quarter, half, three_quarters, mirrored, mirrored_quarter, mirrored_half, mirrored_three_quarters };
inline constexpr std::size_t turns = 8;
std::string_view word(Turn turn);  // "quarter turn", …; "" for none

// Grey values, row by row from the upper left, 0 (black) to 255.
struct Luminance {
    std::uint32_t width = 0, height = 0;
    std::vector<float> values;  // width × height
};

struct PictureView {
    PictureHash hash{};
    int quality = 0;  // 0 to 100: how much there is to see
};

// The hashes of one picture.
struct PictureSignature {
    std::uint32_t width = 0, height = 0;  // of the picture as it was stored, in pixels
    // What a check asks for: the whole picture in all positions, by Turn, and once more without its plain border,
    // where it has one. Empty where there is too little to see (least_quality).
    std::vector<std::array<PictureHash, turns>> shown;  // at most 2
    // What the register keeps beside the upright ones of `shown`: the picture with its edges cut off. None where it is only asked for.
    std::vector<PictureHash> cuts;  // at most most_cuts
};
inline constexpr std::size_t most_cuts = 30;

// The published hash; nothing where the picture is smaller than 16 × 16.
std::optional<PictureView> view_picture(Luminance const& picture);

// Cuts are hashes of thirty more pictures, and only what is registered has use for them.
enum class Cuts : std::uint8_t { none, all };
PictureSignature sign_picture(Luminance const& picture, Cuts cuts = Cuts::all);

// How a signature travels from the worker that decoded the picture (evidence of kind image, with this
// media type). Reading trusts nothing: nothing comes back where it is not exactly what is written.
inline constexpr std::string_view signature_media = "application/x-keepmum-picture-signature";
std::string write_signature(PictureSignature const& signature);
std::optional<PictureSignature> read_signature(std::string_view bytes);

}  // namespace keepmum
