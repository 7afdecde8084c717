// A worker program: takes jobs from the broker and forks one child for each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/extractor.h"
#include "engine/isolate/confine.h"

namespace keepmum {

// The whole of a worker program's main(). `folders` are those its libraries may read (fonts,
// character maps). Started by anyone but the broker it says so on standard error and returns 2;
// otherwise it returns when the broker is gone.
int serve(int argc, char** argv, std::span<ExtractorRow const> extractors,
          std::span<char const* const> folders, Threads threads = Threads::forbidden);

}  // namespace keepmum
