// What a folder of photos tells beyond each of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/correlator.h"

namespace keepmum {

// Rule `photo.linked`: photos of one camera, owner or document, known again by the fingerprint of the value that they share.
// Rule `photo.series`: photos of one place over a week and more.
std::unique_ptr<Correlator> make_photo_links();

}  // namespace keepmum
