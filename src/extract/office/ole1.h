// Objects as RTF carries them: the OLE 1.0 stream (MS-OLEDS 2.2), and the packager's wrapping of files within.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keepmum {

struct Ole1Object {
    std::vector<std::pair<std::string, std::string>> names;  // class, topic, file names: title and value
    std::string_view data;    // the embedded file; empty for a link
    std::string_view around;  // what is behind it
};

// Nothing where `bytes` is no such object. Views point into `bytes`.
std::optional<Ole1Object> parse_ole1(std::string_view bytes);

}  // namespace keepmum
