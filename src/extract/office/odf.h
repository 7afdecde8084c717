// OpenDocument packages (OASIS ODF 1.3 part 2) and flat files.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "extract/office/package.h"

namespace keepmum {

// The media type that the package declares in its member "mimetype", if it is an OpenDocument one; else "".
std::string odf_media(Package& package);
void read_odf(Package& package);

// A whole document in one XML file. Gives the media type that it declares.
std::string read_flat_odf(Package& package, Evidence const& evidence);

}  // namespace keepmum
