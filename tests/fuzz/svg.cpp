// Parts of SVG drawings: each lies within the document, and what is unseen can be shown; and their text.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "extract/text/extractors.h"
#include "extractor.h"
#include "format/drawing/svg.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const svg(reinterpret_cast<char const*>(data), size);
    keepmum::is_svg(svg);
    keepmum::SvgSurvey const survey = keepmum::survey_svg(svg);
    for (keepmum::SvgPart const& part : survey.parts) {
        if (part.whole.begin > part.value.begin || part.value.begin > part.value.end ||
            part.value.end > part.whole.end || part.whole.end > size || part.name.empty()) std::abort();
        if (part.what == keepmum::SvgPart::What::unseen) keepmum::show_unseen(svg, survey, part);
    }
    return keepmum::fuzz_extractor(*keepmum::svg_drawing(), svg);
}
