// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"

#include <charconv>

namespace keepmum {

std::string_view photo_value(std::string_view facts, std::string_view name) {
    while (!facts.empty()) {
        std::size_t const end = facts.find('\n');
        std::string_view const line = facts.substr(0, end);
        if (line.starts_with(name) && line.substr(name.size()).starts_with(": ")) return line.substr(name.size() + 2);
        facts.remove_prefix(end == std::string_view::npos ? facts.size() : end + 1);
    }
    return {};
}

std::optional<Position> read_position(std::string_view value) {
    Position position;
    char const* const end = value.data() + value.size();
    auto const north = std::from_chars(value.data(), end, position.north);
    if (north.ec != std::errc() || north.ptr == end || *north.ptr != ',') return std::nullopt;
    auto const east = std::from_chars(north.ptr + 1, end, position.east);
    if (east.ec != std::errc() || east.ptr != end || !is_position(position)) return std::nullopt;
    return position;
}

}  // namespace keepmum
