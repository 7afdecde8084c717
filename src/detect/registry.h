// Every detector in the tree, sorted by id. Adding one: CONTRIBUTING.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/detector.h"

namespace keepmum {

std::span<DetectorRow const> detectors();

}  // namespace keepmum
