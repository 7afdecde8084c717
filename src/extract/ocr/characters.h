// From what a network says of each place of a line to words (connectionist temporal classification, Graves et al.
// 2006). SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "extract/ocr/reader.h"

namespace keepmum::ocr {

// What the classes of a network mean: class 0 is "none, or the same as before", the last a space.
struct Characters {
    std::vector<std::string> of_class;

    // One character a line, as makers write them into their networks. Errors: invalid (a line that is empty or no
    // character, fewer than ten of them).
    static Result<Characters> parse(std::string_view lines);
};

// `likelihood`: for each place of the strip, from left to right, that of each class. `width` is the strip's, in pixels.
// Words end at spaces, and where letters stand apart: `blank` tells which columns of the strip have no ink, as networks
// often leave out a space. Chinese characters are a word each, so that each has its own box.
std::vector<Word> decode_places(std::span<float const> likelihood, Characters const& characters, float width,
                                float height, std::vector<bool> const& blank = {});

}  // namespace keepmum::ocr
