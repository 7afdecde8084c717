// What a picture or recording tells beside what it shows: "photo.facts".
//
// Every byte of the file is labelled by the walker of its format; what the labels leave to others
// is read here: tags, hidden pictures, what belongs to nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum {

// "photo.facts". Puts one piece of evidence of kind fields and media photo_media (core/photo.h), the tags as they stand (media
// photo_tags_media), texts that belong to no tag, hidden pictures as bytes of role hidden with their name as reason, and
// bytes that belong to nothing. What cannot be decoded is a gap.
Extractor const* photo_extractor();

}  // namespace keepmum
