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
        if (tnef->read < bytes.size()) {
            Place place;
            place.steps.push_back({How::tail, std::to_string(tnef->read)});
            put_file(place, bytes.substr(static_cast<std::size_t>(tnef->read)), {}, outlet, Role::residue);
        }
        return Done{tnef->read, "application/vnd.ms-tnef"};
    }

  private:
    static void put_attachment(TnefAttachment const& attachment, std::uint64_t number, Outlet& outlet) {
        Place place;
        place.steps.push_back({How::member, attachment.title.empty() ? "attachment-" + std::to_string(number) : attachment.title});
        if (!attachment.title.empty()) put_text(place, Kind::text, Role::name, attachment.title, outlet);
        if (!attachment.data.empty()) put_file(place, attachment.data, {}, outlet);
        for (std::string const& embedded : attachment.embedded) {
            if (!embedded.empty()) put_file(place, embedded, {}, outlet);
        }
        put_properties(attachment.properties, place, outlet);
    }

    static void put_properties(std::vector<MapiProperty> const& properties, Place const& place, Outlet& outlet) {
        constexpr std::uint16_t string8 = 0x1E, unicode = 0x1F, multiple = 0x1000;
        std::string lines;
        for (MapiProperty const& property : properties) {
            auto const type = static_cast<std::uint16_t>(property.type & ~multiple);
            if (property.value.empty()) continue;
            if (property.id == mapi_rtf) {
                put_rtf(property.value, place.with(How::member, "body.rtf"), outlet);
            } else if (property.id == mapi_html) {
                put_file(place.with(How::member, "body.html"), property.value, "text/html", outlet);
            } else if (property.id == mapi_body) {
                put_text(place.with(How::member, "body"), Kind::text, Role::shown, property.value, outlet);
            } else if (type == string8 || type == unicode) {
                lines += (property.name.empty() ? "property" : property.name) + ": " + property.value + "\n";
            } else {
                lines += readable(property.value);
            }
        }
        put_text(place.with(How::member, "properties"), Kind::fields, Role::metadata, lines, outlet);
    }

    static void put_rtf(std::string_view packed, Place place, Outlet& outlet) {
        std::optional<DecompressedRtf> const rtf = decompress_rtf(packed, outlet.allowance());
        if (rtf) put_file(place, rtf->bytes, "application/rtf", outlet);
        if (!rtf || rtf->cut) {
            Gap gap;
            gap.place = place;
            gap.cause = rtf ? Cause::too_big : Cause::malformed;
            gap.bytes = packed.size();
            gap.detail = rtf ? "unpacks to more than the limit allows" : "no compressed RTF";
            outlet.gap(std::move(gap));
        }
        std::string_view const rest = packed.substr(rtf ? static_cast<std::size_t>(rtf->read) : 0);
        if (!rest.empty()) put_text(place.with(How::tail, std::to_string(packed.size() - rest.size())), Kind::text, Role::residue, readable(rest), outlet);
    }

    // Text inside a binary property, in one-byte or two-byte letters: identifiers hold addresses and server names.
    static std::string readable(std::string_view bytes) {
        if (is_utf8(bytes) && std::none_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0 && c < 0x20 && c != '\n' && c != '\r' && c != '\t'; }))
            return std::string(bytes) + "\n";
        constexpr std::size_t shortest = 6;
        std::string out, run, wide;
        auto const flush = [&](std::string& words) {
            if (words.size() >= shortest) out += words + "\n";
            words.clear();
        };
        auto const is_printable_byte = [](char c) { return c >= 0x20 && c < 0x7F; };
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            if (is_printable_byte(bytes[at])) run += bytes[at];
            else flush(run);
        }
        flush(run);
        for (std::size_t at = 0; at < bytes.size();) {
            bool const letter = is_printable_byte(bytes[at]) && at + 1 < bytes.size() && bytes[at + 1] == '\0';
            if (letter) wide += bytes[at];
            else flush(wide);
            at += letter ? 2 : 1;
        }
        flush(wide);
        return out;
    }

    static void put_file(Place place, std::string_view bytes, std::string media, Outlet& outlet, Role role = Role::shown) {
        Evidence child;
        child.kind = Kind::bytes;
        child.role = role;
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
