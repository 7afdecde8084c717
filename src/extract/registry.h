// The extractors of each family. The main program links `text` alone; each worker program links its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/extractor.h"

namespace keepmum {

// The head that a content of `size` bytes shows to filetypes(), with what one look at all of it tells.
Head head_of(std::string_view first, std::string_view last, std::uint64_t size, std::string_view name);

// Kinds of file known by content, most telling first (extract/filetypes.cpp).
std::span<FileType const> filetypes();

std::span<ExtractorRow const> extractors_text();
std::span<ExtractorRow const> extractors_office();
std::span<ExtractorRow const> extractors_pdf();
std::span<ExtractorRow const> extractors_archive();
std::span<ExtractorRow const> extractors_mail();
std::span<ExtractorRow const> extractors_database();
std::span<ExtractorRow const> extractors_drawing();
std::span<ExtractorRow const> extractors_image();
std::span<ExtractorRow const> extractors_photo();
std::span<ExtractorRow const> extractors_ocr();
std::span<ExtractorRow const> extractors_objects();
std::span<ExtractorRow const> extractors_clean();  // src/clean: they put out the cleaned picture

}  // namespace keepmum
