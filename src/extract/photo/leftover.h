// What no reader of tags takes: readable runs in bytes without a structure, and files behind files.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/photo/tags.h"

namespace keepmum {

// Readable runs of at least 6 characters (UTF-8, and UTF-16 in both orders), a line each; at most as long as `bytes` in
// letters.
std::string strings_in(std::string_view bytes);

// Of these what stands in no value of `tags` from number `first` on: behind the end that a value has for readers of tags, in
// fields that they do not know, in values that are tables to them.
std::string strings_beside(std::string_view bytes, std::vector<Tag> const& tags, std::size_t first);

// Whether the bytes begin a file of a kind that something here can read.
bool is_known_file(std::string_view bytes);

// The media type of a file by its content, "" where it is none that is known.
std::string_view media_of(std::string_view bytes);

// Tags that only say how the picture is to be shown (orientation, resolution, versions, layout): they tell nobody anything.
bool is_harmless(std::string_view tag);

}  // namespace keepmum
