// winmail.dat: text properties as fields, bodies and attachments as files for the engine.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/tnef/tnef.h"

#include <algorithm>

#include "base/utf8.h"
#include "extract/mail/mail.h"

namespace keepmum {

namespace {

class TnefExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::string_view const bytes = evidence.content.view();
        std::optional<Tnef> const tnef = parse_tnef(bytes);
        if (!tnef) return fail(Fault::invalid, "no TNEF signature");
        put_properties(tnef->properties, {}, outlet);
        std::uint64_t number = 0;
        for (TnefAttachment const& attachment : tnef->attachments) put_attachment(attachment, ++number, outlet);
        if (tnef->damaged || tnef->read < bytes.size()) {
            Gap gap;
            gap.cause = Cause::malformed;
            gap.bytes = std::max<std::uint64_t>(1, bytes.size() - tnef->read);
            gap.detail = "an attribute's length or checksum does not hold";
            outlet.gap(std::move(gap));
        }
        return Done{tnef->read, "application/vnd.ms-tnef"};
    }

  private:
    static void put_attachment(TnefAttachment const& attachment, std::uint64_t number, Outlet& outlet) {
        Place place;
        place.steps.push_back({How::member, attachment.title.empty() ? "attachment-" + std::to_string(number) : attachment.title});
        if (!attachment.title.empty()) put_text(place, Kind::text, Role::name, attachment.title, outlet);
        if (!attachment.data.empty()) put_file(place, attachment.data, {}, outlet);
        if (!attachment.embedded.empty()) put_file(place, attachment.embedded, "application/vnd.ms-tnef", outlet);
        put_properties(attachment.properties, place, outlet);
    }

    static void put_properties(std::vector<MapiProperty> const& properties, Place const& place, Outlet& outlet) {
        constexpr std::uint16_t string8 = 0x1E, unicode = 0x1F, multiple = 0x1000, binary = 0x102;
        std::string lines;
        for (MapiProperty const& property : properties) {
            auto const type = static_cast<std::uint16_t>(property.type & ~multiple);
            if (property.value.empty()) continue;
            if (property.id == mapi_rtf) {
                std::optional<std::string> const rtf = decompress_rtf(property.value, outlet.allowance());
                if (rtf) put_file(place.with(How::member, "body.rtf"), *rtf, "application/rtf", outlet);
            } else if (property.id == mapi_html) {
                put_file(place.with(How::member, "body.html"), property.value, "text/html", outlet);
            } else if (property.id == mapi_body) {
                put_text(place.with(How::member, "body"), Kind::text, Role::shown, property.value, outlet);
            } else if (type == string8 || type == unicode) {
                lines += (property.name.empty() ? "property" : property.name) + ": " + property.value + "\n";
            } else if (type == binary && property.value.size() >= 64 && property.id != mapi_attach_object) {
                lines += readable(property.value);
            }
        }
        put_text(place.with(How::member, "properties"), Kind::fields, Role::metadata, lines, outlet);
    }

    // Text inside a binary property: identifiers hold addresses and server names.
    static std::string readable(std::string_view bytes) {
        std::string out, run;
        for (char c : bytes) {
            if (c >= 0x20 && c < 0x7F) {
                run += c;
                continue;
            }
            if (run.size() >= 6) out += run + "\n";
            run.clear();
        }
        return run.size() >= 6 ? out + run + "\n" : out;
    }

    static void put_file(Place place, std::string_view bytes, std::string media, Outlet& outlet) {
        Evidence child;
        child.kind = Kind::bytes;
        child.place = std::move(place);
        child.media = std::move(media);
        child.content = Blob::copy(bytes);
        child.stored = bytes.size();
        outlet.put(std::move(child));
    }

    static void put_text(Place place, Kind kind, Role role, std::string_view raw, Outlet& outlet) {
        if (raw.empty()) return;
        Evidence text;
        text.kind = kind;
        text.role = role;
        text.place = std::move(place);
        text.content = Blob::take(made_valid(raw));
        outlet.put(std::move(text));
    }
};

}  // namespace

Extractor const* tnef_extractor() {
    static TnefExtractor const extractor;
    return &extractor;
}

}  // namespace keepmum
