// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/ofd.h"

#include "base/utf8.h"
#include "extract/office/ofd_page.h"
#include "extract/office/part.h"
#include "extract/office/strings.h"
#include "format/ooxml/package_map.h"

namespace keepmum {

namespace {

// OFD.xml: properties of the document, and where its root is. Several documents may share a file.
class OfdRootReader final : public PartReader {
  public:
    using PartReader::PartReader;
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) override {
        keep_words(attributes);
        field_ = name.substr(name.find(':') + 1);
        if (name == "ofd:CustomData") field_ = attributes["Name"];
        value_.clear();
    }
    void end(std::string_view name) override {
        if (name == "ofd:DocRoot") roots.push_back(resolve_part("", one_line(value_)));
        else fields_.add(field_, value_, origin_);
        value_.clear();
    }
    void text(std::string_view text, XmlOrigin origin) override {
        if (value_.empty()) origin_ = origin;
        origin_.size = origin.at + origin.size - origin_.at;
        value_.append(text);
    }
    void put(Place const& place) { fields_.put(package_.outlet(), place); }

    std::vector<std::string> roots;

  private:
    FieldList fields_;
    std::string field_, value_;
    XmlOrigin origin_;
};

// Document.xml: pages in their order, templates, and lists of what belongs to it.
class OfdDocumentReader final : public PartReader {
  public:
    OfdDocumentReader(Package& package, std::string_view part) : PartReader(package), part_(part) {}
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin origin) override {
        keep_words(attributes);
        value_.clear();
        if (name == "ofd:Page") pages.push_back(resolve_part(part_, attributes["BaseLoc"]));
        else if (name == "ofd:TemplatePage") templates.push_back(resolve_part(part_, attributes["BaseLoc"]));
        else if (name == "ofd:OutlineElem") {
            outline_.append(attributes["Title"], {origin.at, 0});
            outline_.separate('\n');
        }
    }
    void end(std::string_view name) override {
        if (name == "ofd:PhysicalBox") box = parse_ofd_box(value_);
        else if (name == "ofd:Annotations" || name == "ofd:CustomTags" || name == "ofd:Attachments") {
            if (!one_line(value_).empty()) (name == "ofd:Annotations" ? annotations : lists).push_back(resolve_part(part_, one_line(value_)));
        } else {
            words_.add(value_);
        }
        value_.clear();
    }
    void text(std::string_view text, XmlOrigin) override { value_.append(text); }
    void put(Place const& place) {
        if (!outline_.empty()) package_.outlet().put(outline_.finish(place, Role::margin));
    }

    std::vector<std::string> pages, templates, annotations, lists;
    OfdBox box;

  private:
    std::string_view part_;
    std::string value_;
    TextBuilder outline_;
};

void read_page(Package& package, std::string const& name, Place const& place, PartText::Stream stream, OfdBox box) {
    PackageEntry* const entry = package.find(name);
    std::optional<Blob> const bytes = entry ? package.open(*entry) : std::nullopt;
    if (!bytes) return;
    OfdPageReader reader(package, stream, box);
    read_part_bytes(package, *bytes, place, reader);
    reader.put(place);
}

void read_document(Package& package, std::string const& root) {
    PackageEntry* const entry = package.find(root);
    if (!entry) return package.gap(root, Cause::malformed, 0, "the document's root is missing");
    OfdDocumentReader document(package, root);
    read_part(package, *entry, document);
    document.put(place_of(*entry));
    int number = 0;
    for (std::string const& page : document.pages) {
        ++number;
        if (!package.find(page)) package.gap(page, Cause::malformed, 0, "a page is missing");
        read_page(package, page, Place{}.with(How::page, std::to_string(number)), {Role::shown, {}}, document.box);
    }
    for (std::string const& page : document.templates)
        read_page(package, page, Place{}.with(How::member, page), {Role::margin, {}}, document.box);
}

// Parts by their names: annotations and custom tags are lists that lead to further parts.
void read_rest(Package& package) {
    std::vector<std::string> names;
    for (PackageEntry const& entry : package.entries())
        if (!entry.taken) names.push_back(entry.name);
    for (std::string const& name : names) {
        PackageEntry* const entry = package.find(name);
        if (!entry) continue;
        std::string const lower = ascii_lower(name);
        Place const place = place_of(*entry);
        bool const xml = lower.ends_with(".xml");
        if (xml && lower.find("annot") != std::string::npos) read_page(package, name, place, {Role::comment, {}}, {});
        else if (xml && lower.find("content") != std::string::npos) read_page(package, name, place, {Role::hidden, "unreferenced part"}, {});
        else if (xml && lower.find("tag") != std::string::npos) read_plain_part(package, *entry, Role::metadata);
        else if (xml) read_plain_part(package, *entry);
        else if (lower.ends_with("signedvalue.dat") || lower.ends_with(".esl")) {
            // Signatures and seals: certificates with the names of those who signed.
            std::optional<Blob> const bytes = package.open(*entry);
            if (!bytes) continue;
            WordBag words;
            words.add(printable_strings(bytes->view(), 6));
            words.put(package.outlet(), place);
        }
    }
}

}  // namespace

bool is_ofd(Package& package) { return package.find("OFD.xml") != nullptr; }

void read_ofd(Package& package) {
    PackageEntry* const entry = package.find("OFD.xml");
    if (!entry) return;
    OfdRootReader root(package);
    read_part(package, *entry, root);
    root.put(place_of(*entry));
    for (std::string const& name : root.roots) read_document(package, name);
    read_rest(package);
}

}  // namespace keepmum
