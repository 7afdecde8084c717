// Protected sites: where a photo must not have been taken, and what must not be in its view. docs/formats/sites.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/earth/geo.h"
#include "base/result.h"
#include "core/detector.h"
#include "packs/house/level.h"

namespace keepmum {

struct Site {
    std::string name;              // what reports call it
    Level level = Level::confidential;
    std::vector<Position> border;  // in order, at least three corners
    double near = 2000;            // metres around the border in which a photo tells of the site whichever way it looks
    double seen = 10000;           // metres from which the site counts where it is in view
};

// Fault::invalid with one sentence and FILE:LINE for the first thing that is not right. `file` is what
// complaints call the text.
Result<std::vector<Site>> read_sites(std::string_view text, std::string_view file);

// The detector of rule `photo.site`: compares the place, direction and angle of view that a photo tells with each site.
// Labels say how: "site-inside", "site-in-view", "site-near".
std::unique_ptr<Detector> make_sites(std::vector<Site> sites);

}  // namespace keepmum
