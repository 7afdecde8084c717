// Fonts and colour profiles: they come along with half of all documents and hold nothing to read but
// their names. Where known tables account for every byte they count as read, else a gap says so.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "extract/text/extractors.h"
#include "extract/text/reader.h"
#include "format/font.h"

namespace keepmum {

namespace {

constexpr std::uint64_t largest = 256u << 20;

class Accounted final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::uint64_t const whole = evidence.size();
        Blob const bytes = whole <= largest ? TRY(read_bytes(evidence, 0, static_cast<std::size_t>(whole))) : Blob();
        std::optional<AccountedFile> file = read_colour_profile(bytes.view());
        if (!file) file = read_font(bytes.view());
        if (!file) file = AccountedFile{false, "it is cut short or too large", {}};
        put_strings(*file, outlet);
        if (file->complete) return Done{whole, evidence.media};
        Gap gap;
        gap.cause = Cause::unsupported;
        gap.stage = Stage::extract;
        gap.bytes = whole;
        gap.media = evidence.media;
        gap.detail = file->fault;
        outlet.gap(std::move(gap));
        return Done{0, evidence.media};
    }

  private:
    static void put_strings(AccountedFile const& file, Outlet& outlet) {
        std::string text;
        Evidence fields;
        for (NamedString const& named : file.strings) {
            if (named.text.empty()) continue;
            fields.marks.push_back({static_cast<std::uint32_t>(text.size()), Mark::What::field, static_cast<std::int32_t>(fields.names.size())});
            fields.names.push_back(named.name);
            text += named.name + ": " + named.text + "\n";
        }
        if (text.empty()) return;
        fields.kind = Kind::fields;
        fields.role = Role::metadata;
        // These strings are few and short: a place in the part is all that is said of them.
        fields.map.add(0, 0, static_cast<std::uint32_t>(text.size()), 1);
        fields.content = Blob::take(std::move(text));
        outlet.put(std::move(fields));
    }
};

}  // namespace

Extractor const* accounted_file() {
    static Accounted const instance;
    return &instance;
}

}  // namespace keepmum
