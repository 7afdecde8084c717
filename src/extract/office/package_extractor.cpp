// Everything built on zip: plain archives, and the office formats that live inside one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/claims.h"
#include "extract/office/extractors.h"
#include "extract/office/odf.h"
#include "extract/office/ofd.h"
#include "extract/office/ooxml.h"

namespace keepmum {

namespace {

bool is_flat_odf(Evidence const& evidence) {
    constexpr std::size_t head_size = 64u << 10;
    std::string_view const bytes = evidence.content.view();
    return claims_flat_odf({bytes.substr(0, head_size), {}, bytes.size(), {}}) == Claim::sure;
}

class PackageExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        Package package(evidence, outlet);
        if (!package.is_zip() && is_flat_odf(evidence)) {
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
