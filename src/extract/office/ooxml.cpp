// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/ooxml.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/utf8.h"
#include "extract/office/strings.h"

namespace keepmum {

namespace {

constexpr std::string_view types_name = "[Content_Types].xml";

// The skeleton's own files say types and names only; words beside those are searched.
class SkeletonReader final : public PartReader {
  public:
    using PartReader::PartReader;
    void start(std::string_view, XmlAttributes const& attributes, XmlOrigin origin) override {
        static constexpr std::string_view known[] = {"Extension", "ContentType", "PartName", "Id", "Type", "TargetMode"};
        bool const external = equal_ascii_case(attributes["TargetMode"], "External");
        for (XmlAttribute const& one : attributes.all()) {
            if (one.name == "Target" && external) {
                TextBuilder& links = links_[load_of(attributes["Type"])];
                links.append(one.value, {origin.at, 0});
                links.separate('\n');
            } else if (std::find(std::begin(known), std::end(known), one.name) == std::end(known) && one.name != "Target") {
                words_.add(one.value);
            }
        }
    }
    void end(std::string_view) override {}
    void text(std::string_view text, XmlOrigin) override { words_.add(text); }
    void put(Place const& place) {
        for (auto& [load, links] : links_) {
            if (!links.empty()) package_.outlet().put(links.finish(place, Role::link, std::string(load)));
        }
    }

  private:
    // What the program that opens the document fetches of itself through a relationship of this
    // type; "" for a link that waits for a click.
    static std::string_view load_of(std::string_view type) {
        std::string_view const kind = type.substr(type.rfind('/') + 1);
        static constexpr std::pair<std::string_view, std::string_view> loads[] = {
            {"attachedTemplate", "template"}, {"oleObject", "object"},   {"frame", "frame"},
            {"subDocument", "document"},      {"image", "image"},        {"mailMergeSource", "mail-merge"},
            {"mailMergeHeaderSource", "mail-merge"}, {"externalLinkPath", "workbook"},
        };
        for (auto const& [name, load] : loads) {
            if (kind == name) return load;
        }
        return {};
    }

    std::map<std::string_view, TextBuilder> links_;  // by what they load
};

std::optional<Blob> read_skeleton_part(Package& package, PackageEntry& entry) {
    std::optional<Blob> bytes = package.open(entry);
    if (!bytes) return bytes;
    SkeletonReader reader(package);
    read_part_bytes(package, *bytes, place_of(entry), reader);
    reader.put(place_of(entry));
    return bytes;
}

void read_all_relations(Ooxml& ooxml) {
    for (PackageEntry& entry : ooxml.package.entries()) {
        if (entry.taken || !entry.name.ends_with(".rels")) continue;
        std::string const owner = relations_owner(entry.name);
        if (std::optional<Blob> const bytes = read_skeleton_part(ooxml.package, entry))
            ooxml.relations[ascii_lower(owner)] = read_relations(bytes->view(), owner);
    }
}

void mark_reachable(Ooxml& ooxml) {
    std::vector<std::string> open{""};
    while (!open.empty()) {
        std::string const part = std::move(open.back());
        open.pop_back();
        for (Relation const& relation : ooxml.relations_of(part)) {
            if (relation.external) continue;
            std::string key = ascii_lower(relation.target);
            if (ooxml.reachable.insert(key).second) open.push_back(std::move(key));
        }
    }
}

std::string find_main(Ooxml& ooxml) {
    for (std::string const& target : ooxml.targets("", "officeDocument"))
        if (ooxml.package.find(target)) return target;
    for (std::string const& target : ooxml.targets("", "document"))  // Visio
        if (ooxml.package.find(target)) return target;
    for (std::string_view name : {"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "visio/document.xml"})
        if (ooxml.package.find(name)) return std::string(name);
    return {};
}

bool is_xml_part(Ooxml const& ooxml, PackageEntry const& entry) {
    std::string const name = ascii_lower(entry.name);
    std::string_view const type = ooxml.types.of(entry.name);
    // VML is often not well-formed; it goes out as an embedded file, to a reader that does not mind.
    if (name.ends_with(".vml")) return false;
    return name.ends_with(".xml") || name.ends_with(".rels") || type.ends_with("+xml") ||
           type == "application/xml";
}

// Parts that hold nothing for a reader but may still bear words: fonts, printer settings.
bool is_opaque_but_known(Ooxml const& ooxml, PackageEntry const& entry) {
    std::string_view const type = ooxml.types.of(entry.name);
    return type.ends_with("obfuscatedFont") || type.ends_with("printerSettings") || type.ends_with("x-fontdata");
}

void put_strings(Package& package, PackageEntry& entry) {
    std::optional<Blob> const bytes = package.open(entry);
    if (!bytes) return;
    Evidence text;
    text.kind = Kind::text;
    text.role = Role::residue;
    text.place = place_of(entry);
    text.content = Blob::take(printable_strings(bytes->view(), 6));
    if (!text.content.empty()) package.outlet().put(std::move(text));
}

bool is_drawing(std::string_view type) {
    return type.find("drawing+xml") != std::string_view::npos || type.find("drawingml") != std::string_view::npos;
}

// A property part by its type; also where only its name tells.
bool is_property(std::string_view type, std::string_view name) {
    return type.ends_with("core-properties+xml") || type.ends_with("extended-properties+xml") ||
           type.ends_with("custom-properties+xml") || name.starts_with("docProps/");
}

void read_rest(Ooxml& ooxml) {
    for (PackageEntry& entry : ooxml.package.entries()) {
        if (ooxml.package.outlet().enough()) return;
        if (entry.taken) continue;
        std::string_view const type = ooxml.types.of(entry.name);
        bool const orphan = !ooxml.reachable.empty() && !ooxml.is_referred_to(entry.name);
        if (!is_xml_part(ooxml, entry)) {
            if (is_opaque_but_known(ooxml, entry)) put_strings(ooxml.package, entry);
        } else if (is_property(type, entry.name)) {
            read_properties(ooxml.package, entry);
        } else if (is_drawing(type)) {
            read_drawing(ooxml, entry, orphan ? Role::hidden : Role::shown, orphan ? "unreferenced part" : "");
        } else if (orphan) {
            read_plain_part(ooxml.package, entry, Role::hidden, "unreferenced part");
        } else if (entry.name.starts_with("customXml/")) {
            read_plain_part(ooxml.package, entry, Role::metadata);
        } else if (type.find("visio.page+xml") != std::string_view::npos) {
            read_plain_part(ooxml.package, entry, Role::shown);
        } else {
            read_plain_part(ooxml.package, entry);
        }
    }
}

}  // namespace

std::vector<Relation> const& Ooxml::relations_of(std::string_view part) const {
    static std::vector<Relation> const none;
    auto const found = relations.find(ascii_lower(part));
    return found == relations.end() ? none : found->second;
}

std::vector<std::string> Ooxml::targets(std::string_view part, std::string_view kind) const {
    std::vector<std::string> found;
    for (Relation const& relation : relations_of(part))
        if (!relation.external && relation.kind == kind) found.push_back(relation.target);
    return found;
}

Relation const* Ooxml::relation(std::string_view part, std::string_view id) const {
    for (Relation const& relation : relations_of(part))
        if (relation.id == id) return &relation;
    return nullptr;
}

bool Ooxml::is_referred_to(std::string_view part) const { return reachable.contains(ascii_lower(part)); }

bool is_ooxml(Package& package) { return package.find(types_name) != nullptr; }

std::string read_ooxml(Package& package) {
    Ooxml ooxml{package, {}, {}, {}, {}};
    if (PackageEntry* const entry = package.find(types_name))
        if (std::optional<Blob> const bytes = read_skeleton_part(package, *entry)) ooxml.types = ContentTypes::read(bytes->view());
    read_all_relations(ooxml);
    mark_reachable(ooxml);
    ooxml.main = find_main(ooxml);
    std::string media(ooxml.types.of(ooxml.main));
    std::string const lower = ascii_lower(media);
    std::string_view const name = ooxml.main;
    if (name.starts_with("word/") || lower.find("wordprocessingml") != std::string::npos || lower.find("ms-word") != std::string::npos)
        read_word(ooxml);
    else if (name.starts_with("xl/") || lower.find("spreadsheetml") != std::string::npos || lower.find("ms-excel") != std::string::npos)
        read_workbook(ooxml);
    else if (name.starts_with("ppt/") || lower.find("presentationml") != std::string::npos || lower.find("ms-powerpoint") != std::string::npos)
        read_presentation(ooxml);
    read_rest(ooxml);
    if (media.ends_with(".main+xml")) media.resize(media.size() - std::string_view(".main+xml").size());
    return media.empty() ? "application/zip" : media;
}

}  // namespace keepmum
