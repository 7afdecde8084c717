// One message: its header fields, and each leaf part as a file of its own for the engine to identify.
// What no mail program would show (text outside the boundaries, junk between base64 letters) is put
// out as residue.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "extract/mail/mail.h"
#include "format/mime/mime.h"

namespace keepmum {

namespace {

class Message {
  public:
    Message(Evidence const& evidence, Outlet& outlet) : bytes_(evidence.content.view()), outlet_(outlet) {}

    Done put_all() {
        MimeMessage const message = parse_mime(bytes_);
        for (MimePart const& part : message.parts) {
            if (outlet_.enough()) break;
            outlet_.progress();
            put_fields(part);
            if (part.is_leaf) put_body(part);
        }
        for (Span const& span : message.outside) put_outside(span);
        if (message.unfinished) gap({}, Cause::malformed, 1, "the mail breaks off: its last part has no end");
        if (message.too_deep) gap({}, Cause::too_deep, 1, "parts nested deeper than 64 levels");
        return {bytes_.size() - std::min<std::uint64_t>(unread_, bytes_.size()), "message/rfc822"};
    }

  private:
    static Place place_of(MimePart const& part) {
        Place place;
        if (!part.number.empty()) place.steps.push_back({How::part, part.number});
        return place;
    }

    void put_fields(MimePart const& part) {
        if (part.fields.empty()) return;
        Evidence fields;
        fields.kind = Kind::fields;
        fields.role = Role::metadata;
        fields.place = place_of(part);
        fields.place.steps.push_back({How::member, "headers"});
        std::string text;
        for (HeaderField const& field : part.fields) {
            fields.marks.push_back({static_cast<std::uint32_t>(text.size()), Mark::What::field, static_cast<std::int32_t>(fields.names.size())});
            std::string const name = made_valid(field.name);
            fields.names.push_back(name);
            text += name + ": ";
            fields.map.add(text.size() - name.size() - 2, field.span.begin, static_cast<std::uint32_t>(name.size() + 2 + field.value.size() + 1),
                           static_cast<std::uint32_t>(field.span.size()));
            text += field.value + "\n";
        }
        fields.content = Blob::take(std::move(text));
        outlet_.put(std::move(fields));
    }

    void put_body(MimePart const& part) {
        std::string_view const raw = bytes_.substr(part.body.begin, part.body.size());
        if (raw.empty()) return;
        if (raw.size() > outlet_.allowance()) return gap(place_of(part), Cause::too_big, raw.size(), "larger than the limit allows");
        put_decoded(part, raw, part.encodings.empty() ? std::string_view() : part.encodings.front());
        // Several encodings are declared: each mail program believes its own, so all are tried.
        for (std::size_t i = 1; i < part.encodings.size() && !outlet_.enough(); ++i) put_decoded(part, raw, part.encodings[i]);
    }

    void put_decoded(MimePart const& part, std::string_view raw, std::string_view encoding) {
        TransferDecoded decoded = decode_transfer(raw, encoding);
        Evidence child;
        child.kind = Kind::bytes;
        child.place = place_of(part);
        if (child.place.steps.empty()) child.place.steps.push_back({How::part, "1"});
        if (!part.name.empty()) child.place.steps.push_back({How::member, part.name});
        child.media = part.media + (part.charset.empty() ? "" : ";charset=" + part.charset);
        child.content = Blob::take(std::move(decoded.bytes));
        child.stored = raw.size();
        Place const place = child.place;
        if (!part.name.empty()) put_text(place, Role::name, part.name);
        outlet_.put(std::move(child));
        // Line ends and the odd stray sign are no hiding place; words are.
        if (decoded.residue.size() >= 4) put_text(place.with(How::tail, "outside-encoding"), Role::residue, decoded.residue);
    }

    void put_outside(Span span) {
        Evidence text;
        text.kind = Kind::bytes;
        text.role = Role::residue;
        text.place.steps.push_back({How::tail, std::to_string(span.begin)});
        text.content = Blob::copy(bytes_.substr(span.begin, span.size()));
        text.stored = span.size();
        outlet_.put(std::move(text));
    }

    void put_text(Place place, Role role, std::string_view raw) {
        Evidence text;
        text.kind = Kind::text;
        text.role = role;
        text.place = std::move(place);
        text.content = Blob::take(made_valid(raw));
        outlet_.put(std::move(text));
    }

    void gap(Place place, Cause cause, std::uint64_t bytes, std::string detail) {
        unread_ += bytes;
        Gap gap;
        gap.place = std::move(place);
        gap.cause = cause;
        gap.bytes = bytes;
        gap.media = "message/rfc822";
        gap.detail = std::move(detail);
        outlet_.gap(std::move(gap));
    }

    std::string_view bytes_;
    Outlet& outlet_;
    std::uint64_t unread_ = 0;
};

class MessageExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override { return Message(evidence, outlet).put_all(); }
};

// A mailbox hands its messages on one by one; the quoting of "From " lines inside is left as it is.
class MboxExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::uint64_t number = 0;
        for (Span const& span : split_mbox(evidence.content.view())) {
            if (outlet.enough()) break;
            Evidence child;
            child.kind = Kind::bytes;
            child.media = "message/rfc822";
            child.place.steps.push_back({How::part, std::to_string(++number)});
            std::string_view message = evidence.content.view().substr(span.begin, span.size());
            // The "From " line is the mailbox's, and would make the message a mailbox again.
            std::size_t const first = message.starts_with("From ") ? message.find('\n') : std::string_view::npos;
            std::string_view const envelope = first == std::string_view::npos ? std::string_view() : message.substr(0, first + 1);
            put_envelope(envelope, span.begin, child.place, outlet);
            child.content = evidence.content.slice(span.begin + envelope.size(), span.size() - envelope.size());
            child.stored = span.size();
            outlet.put(std::move(child));
        }
        return Done{evidence.content.size(), "application/mbox"};
    }

  private:
    static void put_envelope(std::string_view line, std::uint64_t at, Place const& place, Outlet& outlet) {
        if (line.empty()) return;
        Evidence text;
        text.kind = Kind::fields;
        text.role = Role::metadata;
        text.place = place.with(How::member, "envelope");
        text.content = Blob::take(made_valid(line));
        if (is_utf8(line)) text.map = OffsetMap::shifted(at);
        else text.map.add(0, at, static_cast<std::uint32_t>(text.content.size()), static_cast<std::uint32_t>(line.size()));
        outlet.put(std::move(text));
    }
};

}  // namespace

Extractor const* message_extractor() {
    static MessageExtractor const extractor;
    return &extractor;
}

Extractor const* mbox_extractor() {
    static MboxExtractor const extractor;
    return &extractor;
}

}  // namespace keepmum
