// Everything built on zip: plain archives, and the office formats that live inside one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/extractors.h"
#include "extract/office/ooxml.h"

namespace keepmum {

namespace {

class PackageExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        Package package(evidence, outlet);
        if (!package.is_zip()) {
            outlet.gap({{}, Cause::malformed, Stage::extract, evidence.content.size(), "application/zip", "no zip structure found"});
            return Done{0, ""};
        }
        Done done;
        done.media = "application/zip";
        if (is_ooxml(package)) done.media = read_ooxml(package);
        package.finish();
        done.read = package.read();
        return done;
    }
};

}  // namespace

Extractor const* package_extractor() {
    static PackageExtractor const extractor;
    return &extractor;
}

}  // namespace keepmum
