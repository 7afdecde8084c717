// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/tags.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string tidy(std::string_view value) {
    value = value.substr(0, std::min(value.find('\0'), Tags::longest));
    while (!value.empty() && is_blank(value.front())) value.remove_prefix(1);
    while (!value.empty() && is_blank(value.back())) value.remove_suffix(1);
    if (value.size() == Tags::longest)
        value = value.substr(0, std::max<std::size_t>(valid_utf8_prefix(value), value.size() - 4));
    std::string out = made_valid(value);
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    return out;
}

}  // namespace

void Tags::add(TagSource source, std::string_view name, std::string_view value, std::string_view shown) {
    if (std::max(value.size(), shown.size()) > longest) ++left_out_;
    if (full()) {
        ++left_out_;
        return;
    }
    Tag tag;
    tag.value = tidy(value);
    tag.shown = shown.empty() ? tag.value : tidy(shown);
    if (tag.value.empty() && tag.shown.empty()) return;
    tag.name = tidy(name);
    std::replace(tag.name.begin(), tag.name.end(), ':', '.');
    tag.offset = source.offset;
    tag.stored = source.stored;
    all_.push_back(std::move(tag));
}

}  // namespace keepmum
