// A picture as reports show it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/extractor.h"
#include "engine/isolate/broker.h"
#include "report/exhibit.h"

namespace keepmum {

// Has the worker of `type`, a row that yields likeness, make a preview of the picture. Nothing where it cannot: what goes
// wrong is told by those who read the contents.
std::optional<Exhibit> show_picture(Broker& broker, FileType const& type, Evidence const& picture);

}  // namespace keepmum
