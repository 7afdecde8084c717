// Web pages, XML documents and SVG drawings: the source as it stands, and apart from it what the reader sees and what not.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "extract/claims.h"
#include "extract/text/extractors.h"
#include "extract/text/page.h"
#include "extract/text/reader.h"

namespace keepmum {

namespace {

class MarkupText final : public Extractor {
  public:
    MarkupText(Dialect dialect, char const* media) : dialect_(dialect), media_(media) {}

    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        Blob const start = TRY(read_bytes(evidence, 0, 4096));
        TextReader reader(evidence, declared_charset(start.view()));
        while (!outlet.enough()) {
            std::optional<TextSlice> const slice = TRY(reader.next());
            if (!slice) break;
            report_doubts(*slice, evidence.size(), outlet);
            outlet.put(evidence_of(*slice, Role::markup, media_));
            Page page(slice->text.view(), dialect_);
            page.read();
            page.put(slice->map, outlet);
            outlet.progress();
        }
        return finish(reader, evidence, media_, outlet);
    }

  private:
    Dialect dialect_;
    char const* media_;
};

}  // namespace

std::optional<Charset> declared_charset(std::string_view start) {
    std::string const text = ascii_lower(AsciiHead(Head{start}).text());
    for (std::string_view const mark : {"charset", "encoding"}) {
        std::size_t at = text.find(mark);
        if (at == std::string::npos) continue;
        at = text.find_first_not_of(" =\"'\t\r\n", at + mark.size());
        if (at == std::string::npos) continue;
        std::size_t const end = text.find_first_of(" \"'>;?/\r\n", at);
        if (auto const charset = charset_named(std::string_view(text).substr(at, end - at))) return charset;
    }
    return std::nullopt;
}

Extractor const* html_page() {
    static MarkupText const instance(Dialect::html, "text/html");
    return &instance;
}

Extractor const* xml_document() {
    static MarkupText const instance(Dialect::xml, "application/xml");
    return &instance;
}

Extractor const* svg_drawing() {
    static MarkupText const instance(Dialect::svg, "image/svg+xml");
    return &instance;
}

}  // namespace keepmum
