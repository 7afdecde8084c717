// Where a picture was taken and which way it looks, from the parts that tags give it in.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "extract/photo/facts.h"
#include "extract/photo/tags.h"

namespace keepmum {

// Adds position, altitude, direction, speed and the time of the satellites, as far as the tags state them.
void add_position(Tags const& tags, PhotoFacts& facts);

// ISO 6709 as films have it: "+39.9042+116.4074+043.5/", also with degrees and minutes ("+3954.25") or seconds.
void add_iso_6709(std::string_view text, TagSource source, PhotoFacts& facts);

}  // namespace keepmum
