// SPDX-License-Identifier: GPL-3.0-or-later
#include "clean/wishes.h"

#include <charconv>

namespace keepmum {

namespace {

std::string print_box(Box const& box) {
    return std::to_string(box.left) + "," + std::to_string(box.top) + "," + std::to_string(box.width) + "," + std::to_string(box.height);
}

bool read_number(std::string_view& text, std::uint32_t& value) {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc() && value < 1u << 30;
}

bool take(std::string_view key, std::string_view value, Wishes& wishes) {
    std::optional<Box> const box = parse_box(value);
    if (key == "crop") return (wishes.crop = box).has_value();
    if (key == "blur" && box) return wishes.blur.push_back(*box), true;
    if (key == "blot" && box) return wishes.blot.push_back(*box), true;
    if (key == "coarser") return read_number(value, wishes.coarser) && value.empty();
    if (!key.starts_with("keep.")) return false;
    wishes.keep.emplace_back(key.substr(5), value);
    return true;
}

}  // namespace

std::optional<Box> parse_box(std::string_view text) {
    Box box;
    for (std::uint32_t* part : {&box.left, &box.top, &box.width, &box.height}) {
        if (!read_number(text, *part)) return {};
        if (part == &box.height) break;
        if (!text.starts_with(',')) return {};
        text.remove_prefix(1);
    }
    if (!text.empty() || box.width == 0 || box.height == 0) return {};
    return box;
}

std::string print(Wishes const& wishes) {
    std::string out;
    auto const add = [&](std::string_view key, std::string_view value) { out.append(out.empty() ? ""
        : ";").append(key).append("=").append(value); };
    if (wishes.crop) add("crop", print_box(*wishes.crop));
    for (Box const& box : wishes.blur) add("blur", print_box(box));
    for (Box const& box : wishes.blot) add("blot", print_box(box));
    if (wishes.coarser > 0) add("coarser", std::to_string(wishes.coarser));
    for (auto const& [name, value] : wishes.keep) {
        std::string plain = value;
        for (char& c : plain) {
            if (c == ';' || static_cast<unsigned char>(c) < ' ') c = ' ';
        }
        add("keep." + name, plain);
    }
    return out;
}

std::optional<Wishes> parse_wishes(std::string_view line) {
    Wishes wishes;
    while (!line.empty()) {
        std::size_t const end = std::min(line.find(';'), line.size());
        std::string_view const part = line.substr(0, end);
        line.remove_prefix(std::min(end + 1, line.size()));
        std::size_t const equals = part.find('=');
        if (equals == std::string_view::npos || !take(part.substr(0, equals), part.substr(equals + 1), wishes)) return {};
    }
    return wishes;
}

}  // namespace keepmum
