// Presentations: which part is read how (ISO/IEC 29500-1, 13.3).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "extract/office/ooxml.h"
#include "extract/office/slide_text.h"

namespace keepmum {

namespace {

// ppt/presentation.xml: the order of the slides and their size.
class PresentationReader final : public PartReader {
  public:
    using PartReader::PartReader;
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) override {
        keep_words(attributes);
        if (name == "p:sldId") slides.emplace_back(attributes["r:id"]);
        else if (name == "p:sldSz")
            size = {std::atoll(std::string(attributes["cx"]).c_str()), std::atoll(std::string(attributes["cy"]).c_str())};
    }
    void end(std::string_view) override {}
    void text(std::string_view text, XmlOrigin) override { words_.add(text); }

    std::vector<std::string> slides;
    SlideSize size;
};

class Presentation final {
  public:
    explicit Presentation(Ooxml& ooxml) : ooxml_(ooxml), package_(ooxml.package) {}

    void read() {
        PresentationReader reader(package_);
        if (PackageEntry* const main = package_.find(ooxml_.main)) read_part(package_, *main, reader);
        size_ = reader.size;
        int number = 0;
        for (std::string const& id : reader.slides) {
            ++number;
            Relation const* const relation = ooxml_.relation(ooxml_.main, id);
            if (!relation || relation->external) continue;
            Place const place = Place{}.with(How::slide, std::to_string(number));
            read_slide(relation->target, place, {Role::shown, {}});
        }
        read_by_type();
    }

  private:
    void read_text(std::string const& name, Place const& place, PartText::Stream stream) {
        PackageEntry* const entry = package_.find(name);
        std::optional<Blob> const bytes = entry ? package_.open(*entry) : std::nullopt;
        if (!bytes) return;
        SlideTextReader reader(package_, stream, size_);
        read_part_bytes(package_, *bytes, place, reader);
        reader.put(place);
    }

    void read_slide(std::string const& name, Place const& place, PartText::Stream stream) {
        read_text(name, place, stream);
        for (std::string const& notes : ooxml_.targets(name, "notesSlide"))
            read_text(notes, place.with(How::part, "notes"), {Role::note, {}});
        for (std::string const& comments : ooxml_.targets(name, "comments"))
            read_text(comments, place.with(How::part, "comments"), {Role::comment, {}});
    }

    // Slides that the presentation no longer lists, masters and layouts, authors of comments.
    void read_by_type() {
        std::vector<std::string> names;
        for (PackageEntry const& entry : package_.entries())
            if (!entry.taken) names.push_back(entry.name);
        for (std::string const& name : names) {
            std::string_view const type = ooxml_.types.of(name);
            auto const is = [&](std::string_view word) { return type.ends_with(word); };
            Place const place = Place{}.with(How::member, name);
            if (is("slide+xml")) read_slide(name, place, {Role::hidden, "unreferenced part"});
            else if (is("slideMaster+xml") || is("slideLayout+xml") || is("notesMaster+xml") || is("handoutMaster+xml"))
                read_text(name, place, {Role::margin, {}});
            else if (is("commentAuthors+xml") || is("authors+xml")) read_authors(name);
        }
    }

    void read_authors(std::string const& name);

    Ooxml& ooxml_;
    Package& package_;
    SlideSize size_;
};

class AuthorsReader final : public PartReader {
  public:
    using PartReader::PartReader;
    void start(std::string_view, XmlAttributes const& attributes, XmlOrigin origin) override {
        keep_words(attributes);
        fields_.add("Author of a comment", attributes["name"], {origin.at, 0});
        fields_.add("Account of a person", attributes["userId"], {origin.at, 0});
    }
    void end(std::string_view) override {}
    void text(std::string_view text, XmlOrigin) override { words_.add(text); }
    void put(Place const& place) { fields_.put(package_.outlet(), place); }

  private:
    FieldList fields_;
};

void Presentation::read_authors(std::string const& name) {
    PackageEntry* const entry = package_.find(name);
    if (!entry) return;
    AuthorsReader reader(package_);
    read_part(package_, *entry, reader);
    reader.put(place_of(*entry));
}

}  // namespace

void read_presentation(Ooxml& ooxml) { Presentation(ooxml).read(); }

}  // namespace keepmum
