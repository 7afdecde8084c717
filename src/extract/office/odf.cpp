// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/odf.h"

#include <set>

#include "extract/office/odf_text.h"
#include "extract/office/part.h"
#include "extract/office/strings.h"

namespace keepmum {

namespace {

// META-INF/manifest.xml: which members are encrypted.
class ManifestReader final : public PartReader {
  public:
    using PartReader::PartReader;
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) override {
        if (name == "manifest:file-entry") path_ = attributes["manifest:full-path"];
        else if (name == "manifest:encryption-data") encrypted.insert(path_);
        // Keys and checksums are no words; names of members are given elsewhere.
        if (name == "manifest:file-entry" || name == "manifest:manifest") keep_words(attributes);
    }
    void end(std::string_view) override {}
    void text(std::string_view text, XmlOrigin) override { words_.add(text); }

    std::set<std::string> encrypted;

  private:
    std::string path_;
};

void refuse_encrypted(Package& package) {
    PackageEntry* const manifest = package.find("META-INF/manifest.xml");
    if (!manifest) return;
    ManifestReader reader(package);
    read_part(package, *manifest, reader);
    for (std::string const& name : reader.encrypted) {
        PackageEntry* const entry = package.find(name);
        if (!entry) continue;
        entry->taken = true;
        package.gap(entry->name, Cause::encrypted, entry->member.data.size(), "OpenDocument encryption");
    }
}

void read_stream(Package& package, OdfStyles& styles, PackageEntry& entry, Place place) {
    OdfTextReader reader(package, styles, std::move(place));
    read_part(package, entry, reader);
    reader.put();
}

// "Object 1/" for "Object 1/content.xml"; "" for the document itself.
std::string_view folder_of(std::string_view name) { return name.substr(0, name.rfind('/') + 1); }

bool is_document_stream(std::string_view name) {
    std::string_view const file = name.substr(folder_of(name).size());
    return file == "content.xml" || file == "meta.xml" || file == "settings.xml";
}

void read_document(Package& package, std::string const& folder) {
    OdfStyles styles;
    for (std::string_view file : {"styles.xml", "content.xml", "meta.xml", "settings.xml"}) {
        std::string const name = folder + std::string(file);
        if (PackageEntry* const entry = package.find(name)) read_stream(package, styles, *entry, place_of(*entry));
    }
}

// Menus, tool bars, the cache of the layout: the program's, not the author's.
bool is_program_data(std::string_view name) { return name == "layout-cache" || name.starts_with("Configurations2/"); }

void read_rest(Package& package) {
    std::vector<std::string> names;
    for (PackageEntry const& entry : package.entries())
        if (!entry.taken) names.push_back(entry.name);
    for (std::string const& name : names) {
        PackageEntry* const entry = package.find(name);
        if (!entry) continue;
        if (is_document_stream(name)) read_document(package, std::string(folder_of(name)));
        else if (name.ends_with(".xml") || name.ends_with(".rdf") || name.ends_with(".xlb") || name.ends_with(".xlc"))
            read_plain_part(package, *entry);
        else if (is_program_data(name)) {
            if (std::optional<Blob> const bytes = package.open(*entry)) {
                WordBag words;
                words.add(printable_strings(bytes->view(), 6));
                words.put(package.outlet(), place_of(*entry));
            }
        }
    }
}

// The first element of a flat file says what it is.
class FlatReader final : public PartReader {
  public:
    using PartReader::PartReader;
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) override {
        if (name == "office:document") media = attributes["office:mimetype"];
        done_ = true;
    }
    void end(std::string_view) override {}
    void text(std::string_view, XmlOrigin) override {}
    bool enough() const override { return done_; }

    std::string media;

  private:
    bool done_ = false;
};

}  // namespace

std::string odf_media(Package& package) {
    PackageEntry* const entry = package.find("mimetype");
    if (!entry || entry->member.size > 200) return {};
    std::optional<Blob> const bytes = package.open(*entry);
    if (!bytes) return {};
    std::string media = one_line(bytes->view());
    bool const plain = media.size() < 100 && media.find(' ') == std::string::npos && media.starts_with("application/");
    if (!plain) entry->taken = false;
    bool const ours = media.starts_with("application/vnd.oasis.opendocument") || media.starts_with("application/vnd.sun.xml");
    return plain && ours ? media : std::string();
}

void read_odf(Package& package) {
    refuse_encrypted(package);
    read_document(package, "");
    read_rest(package);
}

std::string read_flat_odf(Package& package, Evidence const& evidence) {
    FlatReader first(package);
    (void)read_xml(evidence.content.view(), first);
    OdfStyles styles;
    OdfTextReader reader(package, styles, {});
    read_part_bytes(package, evidence.content, {}, reader);
    reader.put();
    return first.media;
}

}  // namespace keepmum
