// What ICU knows of names in other scripts: host names as people see them (UTS 46), and skeletons, under which
// names that look the same are the same (UTS 39).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace keepmum {

// A host name in both of its forms. Labels that no registry would accept are kept as well as they can be.
struct HostForms {
    std::string shown;  // Unicode, lower-case, compatibility forms undone: "аррӏе.com"
    std::string wire;   // ASCII: "xn--80ak6aa92e.com"; empty where the name has no such form
};
HostForms read_host_name(std::string_view name);

// Names with equal skeletons can hardly be told apart by eye. `text` is UTF-8; the result is no text for people. One
// look-alike for each character, in one pass; case stays.
std::string skeleton_of(std::string_view text);

}  // namespace keepmum
