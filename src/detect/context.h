// Words that tell what a number is: in the prose around it, at the head of its column, in the name
// of its field. Whole words only: "lic" in "public" says nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "core/detector.h"

namespace keepmum {

// The first of `words` that stands within about 60 characters before `span`, 24 after it, or heads
// its column or field; empty where none does. In a table only the heading and the same row count.
//
// `words` are lower case, parted by one space where there are several: letter case, '-', '_' and
// line breaks in the text do not matter, and camelCase parts words. Words in Chinese, Japanese and
// Korean are found anywhere, others between word boundaries, with or without a plural s.
std::string_view find_near(Reading const& reading, Span span, std::span<std::string_view const> words);

// Whether find_near() may find one, if the span is widened by up to 64 bytes on either side; quick
// where the reading has notes. `quiet` is what the last question for these words in this reading has
// learnt: a stretch of text without any. It is empty before the first.
bool may_be_near(Reading const& reading, Span span, std::span<std::string_view const> words, Span& quiet);

// A word nearby says that this is a number of another kind: ISBN, DOI, checksum, version, …
bool is_said_to_be_harmless(Reading const& reading, Span span);

}  // namespace keepmum
