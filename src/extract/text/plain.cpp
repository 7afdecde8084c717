// Plain text in any charset, of any size: handed out in slices, UTF-8 without a copy.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/text/extractors.h"
#include "extract/text/reader.h"

namespace keepmum {

namespace {

class PlainText final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        TextReader reader(evidence);
        while (!outlet.enough()) {
            std::optional<TextSlice> slice = TRY(reader.next());
            if (!slice) break;
            report_doubts(*slice, evidence.size(), outlet);
            outlet.put(evidence_of(*slice, Role::shown, "text/plain"));
            // Two charsets fit about as well: a short text is read in both.
            if (slice->guess.other) {
                DecodedText second = decode_charset(slice->bytes.view(), *slice->guess.other, slice->begin);
                slice->text = Blob::take(std::move(second.text));
                slice->map = std::move(second.map);
                outlet.put(evidence_of(*slice, Role::shown, "text/plain"));
            }
            outlet.progress();
        }
        return finish(reader, evidence, "text/plain", outlet);
    }
};

}  // namespace

Extractor const* plain_text() {
    static PlainText const instance;
    return &instance;
}

}  // namespace keepmum
