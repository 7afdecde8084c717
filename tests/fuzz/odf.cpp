// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/extractors.h"
#include "format/zip/writer.h"
#include "package.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string const xml(reinterpret_cast<char const*>(data), size);
    ZipWriter writer;
    writer.add("mimetype", "application/vnd.oasis.opendocument.text");
    writer.add("content.xml", xml);
    writer.add("META-INF/manifest.xml", xml);
    return fuzz_extractor(package_extractor(), writer.finish());
}
