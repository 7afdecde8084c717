// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/extractors.h"
#include "format/zip/writer.h"
#include "package.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string const xml(reinterpret_cast<char const*>(data), size);
    ZipWriter writer;
    writer.add("OFD.xml", "<o:OFD xmlns:o='http://www.ofdspec.org/2016'><o:DocRoot>Document.xml</o:DocRoot></o:OFD>" );
    writer.add("Document.xml", xml);
    writer.add("Content.xml", xml);
    writer.add("Annot.xml", xml);
    return fuzz_extractor(package_extractor(), writer.finish());
}
