// Text in drawings, charts and diagrams (DrawingML, ISO/IEC 29500-1 part 20 and 21).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/ooxml.h"

namespace keepmum {

namespace {

class DrawingReader final : public PartReader {
  public:
    DrawingReader(Package& package, PartText::Stream own) : PartReader(package), own_(own) {}

    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) override {
        keep_words(attributes);
        catch_ = name == "a:t" || name == "c:v" || name == "c:f";
        if (name == "a:p" || name == "c:pt") text_.next_paragraph();
        else if (name == "a:br") text_.end_line();
        else if (name.ends_with(":cNvPr")) {
            fields_.add("Alternative text", attributes["descr"], {origin.at, 0});
            fields_.add("Title of a picture", attributes["title"], {origin.at, 0});
        }
    }
    void end(std::string_view name) override {
        end_stray();
        catch_ = false;
        if (name == "a:p" || name.starts_with("c:")) text_.end_line();
    }
    void text(std::string_view text, XmlOrigin origin) override {
        if (catch_) text_.append(own_, text, origin);
        else keep_stray(text, origin);
    }
    void put(Place const& place) {
        text_.put(package_.outlet(), place);
        fields_.put(package_.outlet(), place);
    }

  private:
    PartText::Stream own_;
    PartText text_;
    FieldList fields_;
    bool catch_ = false;
};

}  // namespace

void read_drawing(Ooxml& ooxml, PackageEntry& entry, Role role, std::string_view reason) {
    DrawingReader reader(ooxml.package, {role, reason});
    read_part(ooxml.package, entry, reader);
    reader.put(place_of(entry));
}

}  // namespace keepmum
