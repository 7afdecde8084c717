// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/part.h"

#include "base/utf8.h"

namespace keepmum {

namespace {

// Every character of the part, elements parted by line ends.
class PlainReader final : public PartReader {
  public:
    PlainReader(Package& package, PartText::Stream stream) : PartReader(package), stream_(stream) {}

    void start(std::string_view, XmlAttributes const& attributes, XmlOrigin) override {
        keep_words(attributes);
        text_.end_line();
    }
    void end(std::string_view) override { text_.end_line(); }
    void text(std::string_view text, XmlOrigin origin) override {
        if (text.find_first_not_of(" \t\r\n") != std::string_view::npos) text_.append(stream_, text, origin);
    }
    void put(Place const& place) { text_.put(package_.outlet(), place); }

  private:
    PartText::Stream stream_;
    PartText text_;
};

}  // namespace

void PartReader::keep_words(XmlAttributes const& attributes) {
    for (XmlAttribute const& one : attributes.all()) {
        std::string_view const name = one.name;
        if (name.starts_with("w:rsid") || name == "w14:paraId" || name == "w14:textId" || name == "xml:space" ||
            name == "path" || name == "points" || name == "svg:d" || name == "svg:viewBox" || name == "draw:points")
            continue;
        words_.add(one.value);
    }
}

Place place_of(PackageEntry const& entry) { return Place{}.with(How::member, entry.name); }

void read_part_bytes(Package& package, Blob const& bytes, Place const& place, PartReader& reader) {
    XmlOutcome const outcome = read_xml(bytes.view(), reader);
    reader.words().put(package.outlet(), place);
    auto const gap = [&](Cause cause, std::uint64_t unseen, std::string detail) {
        package.outlet().gap({place, cause, Stage::extract, unseen, "application/xml", std::move(detail)});
    };
    if (outcome.skipped > 0) gap(Cause::malformed, outcome.skipped, "declares entities of its own; they were not expanded");
    if (outcome.end == XmlEnd::complete || outcome.end == XmlEnd::stopped) return;
    std::uint64_t const unseen = bytes.size() - outcome.read;
    gap(outcome.end == XmlEnd::too_deep ? Cause::too_deep : Cause::malformed, unseen,
        outcome.end == XmlEnd::too_deep ? "elements nested too deeply" : "not well-formed XML");
    if (unseen == 0) return;
    Evidence rest;
    rest.place = place.with(How::tail, std::to_string(outcome.read));
    rest.media = "text/plain";
    rest.content = bytes.slice(outcome.read);
    rest.stored = rest.content.size();
    package.outlet().put(std::move(rest));
}

bool read_part(Package& package, PackageEntry& entry, PartReader& reader) {
    std::optional<Blob> const bytes = package.open(entry);
    if (!bytes || bytes->empty()) return false;
    read_part_bytes(package, *bytes, place_of(entry), reader);
    return true;
}

void read_plain_part(Package& package, PackageEntry& entry, Role role, std::string_view reason) {
    PlainReader reader(package, {role, reason});
    read_part(package, entry, reader);
    reader.put(place_of(entry));
}

}  // namespace keepmum
