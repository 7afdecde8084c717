// LaTeX: what is set on the page, and apart from it the comments and switched-off passages that an
// author forgets when sending the source.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/text/extractors.h"
#include "extract/text/reader.h"
#include "format/text/mapped_text.h"

namespace keepmum {

namespace {

constexpr std::string_view media = "text/x-tex";

struct Parts {
    MappedText body, comments, hidden;
};

// A passage that TeX skips, as far as it can be told without running TeX.
struct Passage {
    std::string_view begin, end;
};
constexpr Passage skipped[] = {{"\\iffalse", "\\fi"}, {"\\begin{comment}", "\\end{comment}"}};

Parts part(std::string_view text) {
    Parts parts;
    std::size_t at = 0;
    while (at < text.size()) {
        char const c = text[at];
        if (c == '%') {
            std::size_t const line = text.find('\n', at);
            std::size_t const end = line == std::string_view::npos ? text.size() : line + 1;
            parts.comments.copy(text.substr(at + 1, end - at - 1), at + 1);
            at = end;
            continue;
        }
        if (c == '\\') {
            Passage const* passage = nullptr;
            for (Passage const& one : skipped) {
                if (text.substr(at).starts_with(one.begin)) passage = &one;
            }
            if (passage) {
                std::size_t const from = at + passage->begin.size();
                std::size_t const close = text.find(passage->end, from);
                std::size_t const end = close == std::string_view::npos ? text.size() : close;
                parts.hidden.copy(text.substr(from, end - from), from);
                parts.hidden.put('\n', end, 0);
                at = close == std::string_view::npos ? end : close + passage->end.size();
                continue;
            }
            parts.body.copy(text.substr(at, 2), at);  // \% is no comment
            at += 2;
            continue;
        }
        std::size_t end = text.find_first_of("%\\", at);
        if (end == std::string_view::npos) end = text.size();
        parts.body.copy(text.substr(at, end - at), at);
        at = end;
    }
    return parts;
}

class Latex final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        TextReader reader(evidence);
        while (!outlet.enough()) {
            std::optional<TextSlice> const slice = TRY(reader.next());
            if (!slice) break;
            report_doubts(*slice, evidence.size(), outlet);
            Parts parts = part(slice->text.view());
            put_text(parts.body, *slice, Role::shown, media, outlet);
            put_text(parts.comments, *slice, Role::comment, media, outlet);
            put_text(parts.hidden, *slice, Role::hidden, media, outlet, "switched-off");
            outlet.progress();
        }
        return finish(reader, evidence, std::string(media), outlet);
    }
};

}  // namespace

Extractor const* latex_document() {
    static Latex const instance;
    return &instance;
}

}  // namespace keepmum
