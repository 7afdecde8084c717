// The child of a worker program: one file, one extractor, nothing else.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/extractor.h"
#include "engine/isolate/confine.h"
#include "engine/isolate/job.h"

namespace keepmum {

// Maps the input, confines the process, runs the extractor and ends the process. Call in a fresh
// fork that holds no descriptor but those of `received`.
[[noreturn]] void run_child(ReceivedJob received, std::span<ExtractorRow const> extractors,
                            Confinement const& confinement);

}  // namespace keepmum
