// Document properties: core (Dublin Core), extended and custom ones.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/ooxml.h"

namespace keepmum {

namespace {

class PropertiesReader final : public PartReader {
  public:
    using PartReader::PartReader;

    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) override {
        ++depth_;
        if (depth_ == 2) {
            field_ = name.substr(name.find(':') + 1);
            // A custom property carries its name as an attribute.
            if (attributes.has("name")) field_ = attributes["name"];
        } else {
            keep_words(attributes);
        }
        value_.clear();
    }
    void end(std::string_view) override {
        if (depth_ > 1) fields_.add(field_, value_, origin_);
        value_.clear();
        --depth_;
    }
    void text(std::string_view text, XmlOrigin origin) override {
        if (depth_ < 2) return words_.add(text);
        if (value_.empty()) origin_ = origin;
        origin_.size = origin.at + origin.size - origin_.at;
        value_.append(text);
    }
    void put(Place const& place) { fields_.put(package_.outlet(), place); }

  private:
    FieldList fields_;
    int depth_ = 0;
    std::string field_, value_;
    XmlOrigin origin_;
};

}  // namespace

void read_properties(Package& package, PackageEntry& entry) {
    PropertiesReader reader(package);
    read_part(package, entry, reader);
    reader.put(place_of(entry));
}

}  // namespace keepmum
