// Everything built on zip: plain archives, and the office formats that live inside one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/extractors.h"
#include "extract/office/odf.h"
#include "extract/office/ofd.h"
#include "extract/office/ooxml.h"

namespace keepmum {

namespace {

class PackageExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        Package package(evidence, outlet);
        if (!package.is_zip() && is_flat_odf(evidence.content.view())) {
            std::string media = read_flat_odf(package, evidence);
            return Done{evidence.content.size(), std::move(media)};
        }
        if (!package.is_zip()) {
            outlet.gap({{}, Cause::malformed, Stage::extract, evidence.content.size(), "application/zip", "no zip structure found"});
            return Done{0, ""};
        }
        Done done;
        done.media = "application/zip";
        if (is_ooxml(package)) {
            done.media = read_ooxml(package);
        } else if (std::string media = odf_media(package); !media.empty()) {
            done.media = std::move(media);
            read_odf(package);
        } else if (is_ofd(package)) {
            done.media = "application/ofd";
            read_ofd(package);
        }
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
