// A picture as reports show it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/extractor.h"
#include "engine/isolate/broker.h"
#include "report/exhibit.h"

namespace keepmum {

// Has the worker of `type`, a row that yields likeness, make previews of the picture: of each of its pages or frames, at most `most`.
// Nothing where it cannot: what goes wrong is told by those who read the contents.
std::vector<Exhibit> show_picture(Broker& broker, FileType const& type, Evidence const& picture, std::size_t most);

}  // namespace keepmum
