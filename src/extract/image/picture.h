// Pictures, decoded for comparison with the register: what a picture shows is not judged, so the
// engine keeps saying that it was not.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum {

// "image.picture", and with the hashes that only registering needs "image.kept". Puts one piece of evidence of kind
// image for each picture in the file (a scan has many, with
// steps page:N), whose content is its signature (index/likeness/picture_hash.h); its decoder's trouble as a gap.
Extractor const* picture_extractor();
Extractor const* kept_picture_extractor();

}  // namespace keepmum
