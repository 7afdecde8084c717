// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/part.h"

#include <algorithm>

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

// Where a cell stands, or several: each cell of a sheet says so, in letters and digits as codes are made of.
bool names_cells(XmlAttribute const& one) {
    return (one.name == "r" || one.name == "ref" || one.name == "sqref") &&
           one.value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$: ") == std::string_view::npos;
}

}  // namespace

void PartReader::keep_words(XmlAttributes const& attributes) {
    end_stray();
    static constexpr std::string_view skipped[] = {"w14:paraId", "w14:textId", "xml:space",    "path",   "points",
                                                   "svg:d",      "svg:viewBox", "draw:points", "panose", "r:id"};
    for (XmlAttribute const& one : attributes.all()) {
        if (one.name.starts_with("w:rsid") || names_cells(one)) continue;
        if (std::find(std::begin(skipped), std::end(skipped), one.name) == std::end(skipped)) words_.add(one.value);
    }
}

void PartReader::keep_stray(std::string_view text, XmlOrigin origin) {
    // Lone numbers are offsets and sizes.
    auto const digits = std::count_if(text.begin(), text.end(), is_digit);
    bool const wordy = std::any_of(text.begin(), text.end(), [](char c) { return is_alpha(c) || static_cast<unsigned char>(c) >= 0x80; });
    if (!wordy && digits < 7) return;
    stray_.append(text, origin);
    stray_open_ = true;
}

void PartReader::put_asides(Place const& place) {
    words_.put(package_.outlet(), place);
    if (!stray_.empty()) package_.outlet().put(stray_.finish(place, Role::markup));
}

Place place_of(PackageEntry const& entry) { return Place{}.with(How::member, entry.name); }

void read_part_bytes(Package& package, Blob const& bytes, Place const& place, PartReader& reader) {
    XmlOutcome const outcome = read_xml(bytes.view(), reader);
    reader.put_asides(place);
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

void read_plain_bytes(Package& package, Blob const& bytes, Place const& place, Role role, std::string_view reason) {
    PlainReader reader(package, {role, reason});
    read_part_bytes(package, bytes, place, reader);
    reader.put(place);
}

void read_plain_part(Package& package, PackageEntry& entry, Role role, std::string_view reason) {
    if (std::optional<Blob> const bytes = package.open(entry); bytes && !bytes->empty())
        read_plain_bytes(package, *bytes, place_of(entry), role, reason);
}

}  // namespace keepmum
