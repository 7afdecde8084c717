// XMP packets (ISO 16684-1) as plain properties.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

struct XmpProperty {
    std::string name;  // "dc:creator"; list items carry their list's name
    std::string value;
};

struct XmpReading {
    std::vector<XmpProperty> properties;
    bool whole = true;  // false where the packet is no well-formed XML: what was read stands
};

XmpReading read_xmp(std::string_view packet);

}  // namespace keepmum
