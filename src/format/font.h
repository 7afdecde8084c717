// The outer structure of fonts (OpenType 1.9, chapter "The OpenType font file") and colour profiles
// (ICC.1:2022): whether known tables account for every byte, and the strings people may read in them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

struct NamedString {
    std::string name;  // "copyright", "full name", …
    std::string text;  // UTF-8
};

struct AccountedFile {
    bool complete = false;  // every byte belongs to a known table, or is padding of zeroes
    std::string fault;      // where not complete: a plain English clause
    std::vector<NamedString> strings;
};

// TrueType and OpenType, single or in a collection; nothing where it is no font at all.
std::optional<AccountedFile> read_font(std::string_view bytes);
std::optional<AccountedFile> read_colour_profile(std::string_view bytes);

}  // namespace keepmum
