// Which part of a host name somebody registered (publicsuffix.org): of a.b.co.uk it is b.co.uk.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace keepmum {

// The part of `host` (Unicode, lower-case) under which it stands: "co.uk". The last label where no list knows it.
std::string_view public_suffix(std::string_view host);
// That and one label more; the whole where there is none: "b.co.uk".
std::string_view registrable_domain(std::string_view host);
// Whether the last label is one that the list has: "com", not "docx".
bool is_known_ending(std::string_view host);

}  // namespace keepmum
