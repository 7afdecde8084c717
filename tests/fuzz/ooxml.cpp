// The input becomes the parts of a document, a workbook and a presentation in turn; the first byte chooses.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/extractors.h"
#include "extract/office/package_testing.h"
#include "package.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    if (size < 2) return 0;
    std::string const xml(reinterpret_cast<char const*>(data + 1), size - 1);
    std::string file;
    switch (data[0] % 3) {
        case 0:
            file = office_file("word/document.xml", "wordprocessingml.document", xml,
                               {{"word/styles.xml", "styles", "wordprocessingml.styles", xml, ""}});
            break;
        case 1:
            file = office_file("xl/workbook.xml", "spreadsheetml.sheet", xml,
                               {{"xl/worksheets/sheet1.xml", "worksheet", "spreadsheetml.worksheet", xml, ""},
                                {"xl/sharedStrings.xml", "sharedStrings", "spreadsheetml.sharedStrings", xml, ""},
                                {"xl/styles.xml", "styles", "spreadsheetml.styles", xml, ""}});
            break;
        default:
            file = office_file("ppt/presentation.xml", "presentationml.presentation", xml,
                               {{"ppt/slides/slide1.xml", "slide", "presentationml.slide", xml, ""}});
            break;
    }
    return fuzz_extractor(package_extractor(), std::move(file));
}
