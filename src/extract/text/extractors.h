// The extractors that run in the main program: text and what is little more than text.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum {

Extractor const* plain_text();
Extractor const* html_page();
Extractor const* xml_document();
Extractor const* svg_drawing();
Extractor const* json_data();
Extractor const* notebook();
Extractor const* table_of_text();  // CSV, TSV
Extractor const* latex_document();
Extractor const* calendar_or_card();  // iCalendar, vCard
Extractor const* accounted_file();
Extractor const* strings_in_binary();
Extractor const* sealed_file();

}  // namespace keepmum
