// What a picture looks like, where that is worth a second look.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum {

// "objects.picture". Evidence of media `picture_objects_media` (core/objects.h) for each picture of the file that was looked at, with
// the step page:N from the second on. It accounts for none of the file's bytes, and leaves gaps to those that do: a
// picture that could not be looked at has no such evidence, and reports say that nothing was looked for.
Extractor const* picture_objects_extractor();

}  // namespace keepmum
