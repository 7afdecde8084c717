// Plain text in any charset, of any size: handed out in slices, UTF-8 without a copy.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/text/extractors.h"
#include "extract/text/packed.h"
#include "extract/text/reader.h"

namespace keepmum {

namespace {

// Encrypted messages in the midst of a text: each a child, whose type says that nobody can read it.
void put_sealed(TextSlice const& slice, Outlet& outlet) {
    struct Fence {
        std::string_view begin, end;
    };
    constexpr Fence fences[] = {{"-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----"},
                                {"-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"}};
    constexpr int most = 1000;
    std::string_view const bytes = slice.bytes.view();
    if (bytes.find("-----BEGIN ") == std::string_view::npos) return;
    int count = 0;
    for (Fence const& fence : fences) {
        for (std::size_t at = bytes.find(fence.begin); at != std::string_view::npos && count < most; at = bytes.find(fence.begin, at + 1)) {
            // The file itself, or a word about one.
            if (slice.begin + at == 0 || bytes.find_first_of("\r\n", at) != at + fence.begin.size()) continue;
            std::size_t const close = bytes.find(fence.end, at);
            // One that was cut off is sealed none the less.
            std::size_t const end = close == std::string_view::npos ? bytes.size() : close + fence.end.size();
            Evidence message;
            message.kind = Kind::bytes;
            message.place = Place().with(How::part, "encrypted message " + std::to_string(++count));
            message.content = slice.bytes.slice(at, end - at);
            message.stored = message.content.size();
            outlet.put(std::move(message));
            at = end - 1;
        }
    }
}

class PlainText final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        TextReader reader(evidence);
        while (!outlet.enough()) {
            std::optional<TextSlice> slice = TRY(reader.next());
            if (!slice) break;
            report_doubts(*slice, evidence.size(), outlet);
            outlet.put(evidence_of(*slice, Role::shown, "text/plain"));
            put_sealed(*slice, outlet);
            put_packed(*slice, outlet);
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
