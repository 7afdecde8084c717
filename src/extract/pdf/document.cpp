// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/document.h"

#include "extract/pdf/page_reader.h"
#include "extract/pdf/pages.h"

namespace keepmum::pdf {

DocumentExtractor::DocumentExtractor() { prepare_pages(); }

Result<Done> DocumentExtractor::extract(Evidence const& evidence, Outlet& outlet) const {
    std::string_view const bytes = evidence.content.view();
    Done done{0, "application/pdf"};
    PageReader reader(bytes);
    if (reader.state() == PageReader::State::encrypted) {
        outlet.gap({{}, Cause::encrypted, Stage::extract, bytes.size(), "application/pdf",
                    "a password is needed to open the document"});
        return done;
    }
    if (reader.state() == PageReader::State::broken) {
        outlet.gap({{}, Cause::malformed, Stage::extract, bytes.size(), "application/pdf",
                    "no page tree can be found"});
        return done;
    }
    put_pages(reader, outlet);
    done.read = bytes.size();
    return done;
}

}  // namespace keepmum::pdf
