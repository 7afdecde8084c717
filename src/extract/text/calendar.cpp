// Calendars and contact cards: lines that were folded after 75 bytes, in the midst of words, become whole
// again, and what was escaped stands for itself (RFC 5545, 3.1 and 3.3.11; RFC 6350, 3.2; vCard 2.1).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/text/extractors.h"
#include "extract/text/reader.h"
#include "format/text/mapped_text.h"

namespace keepmum {

namespace {

constexpr std::size_t longest_name = 1000;  // of a property, with what describes it

// Bytes of the line end at `at`: 0, 1 or 2.
std::size_t line_end_at(std::string_view text, std::size_t at) {
    if (at < text.size() && text[at] == '\n') return 1;
    return text.substr(at).starts_with("\r\n") ? 2 : 0;
}

// Whether the value of the property that begins at `at` is written so that '=' at a line's end folds it.
bool is_quoted_printable(std::string_view text, std::size_t at) {
    std::string_view const line = text.substr(at, longest_name);
    std::string_view const name = line.substr(0, line.find_first_of(":\n"));
    for (std::size_t i = name.find(';'); i < name.size(); i = name.find(';', i + 1)) {
        std::string_view word = name.substr(i + 1);
        if (word.size() >= 9 && equal_ascii_case(word.substr(0, 9), "ENCODING=")) word.remove_prefix(9);
        if (word.size() >= 16 && equal_ascii_case(word.substr(0, 16), "QUOTED-PRINTABLE")) return true;
    }
    return false;
}

MappedText unfold(std::string_view text) {
    MappedText out;
    bool quoted = is_quoted_printable(text, 0);
    for (std::size_t at = 0; at < text.size();) {
        if (std::size_t const size = line_end_at(text, at)) {
            std::size_t const next = at + size;
            if (next < text.size() && (text[next] == ' ' || text[next] == '\t') && !quoted) {
                at = next + 1;
                continue;
            }
            out.copy(text.substr(at, size), at);
            at = next;
            quoted = is_quoted_printable(text, at);
            continue;
        }
        char const c = text[at];
        if (quoted && c == '=' && line_end_at(text, at + 1) > 0) {
            at += 1 + line_end_at(text, at + 1);
            continue;
        }
        if (c == '\\' && at + 1 < text.size()) {
            char const escaped = text[at + 1];
            bool const known = escaped == 'n' || escaped == 'N' || escaped == ',' || escaped == ';' || escaped == '\\' || escaped == ':';
            if (known) {
                out.put(escaped == 'n' || escaped == 'N' ? U'\n' : static_cast<char32_t>(escaped), at, 2);
                at += 2;
                continue;
            }
        }
        std::size_t end = text.find_first_of("\r\n\\=", at + 1);
        if (end == std::string_view::npos) end = text.size();
        out.copy(text.substr(at, end - at), at);
        at = end;
    }
    return out;
}

class Calendar final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        TextReader reader(evidence);
        while (!outlet.enough()) {
            std::optional<TextSlice> const slice = TRY(reader.next());
            if (!slice) break;
            report_doubts(*slice, evidence.size(), outlet);
            MappedText text = unfold(slice->text.view());
            put_text(text, *slice, Role::shown, "text/calendar", outlet);
            outlet.progress();
        }
        return finish(reader, evidence, "text/calendar", outlet);
    }
};

}  // namespace

Extractor const* calendar_or_card() {
    static Calendar const instance;
    return &instance;
}

}  // namespace keepmum
