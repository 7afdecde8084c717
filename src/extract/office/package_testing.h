// For tests: makes office files in memory, part by part.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "format/ooxml/package_map.h"
#include "format/zip/inflate.h"
#include "format/zip/writer.h"

namespace keepmum {

struct TestPart {
    std::string name;
    std::string relation;  // how the main part refers to it; "" not at all; "external" with the target as content
    std::string type;      // between "…officedocument." and "+xml"; "" for none
    std::string content;
    std::string owner;     // the part that refers to it, "" for the main part
};

inline std::string relations_xml(std::vector<TestPart const*> const& parts) {
    std::string xml = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>";
    int number = 0;
    for (TestPart const* part : parts) {
        bool const outside = part->relation == "external";
        xml += "<Relationship Id='r" + std::to_string(++number) + "' Type='http://t/" + (outside ? "hyperlink" : part->relation) +
               "' Target='" + (outside ? part->content : "/" + part->name) + "'" + (outside ? " TargetMode='External'" : "") + "/>";
    }
    return xml + "</Relationships>";
}

// A package with the main part, the parts, its content types and its relationships. Relations of each owner are numbered r1, r2, ….
inline std::string office_file(std::string const& main, std::string const& type, std::string const& content,
                               std::vector<TestPart> const& more) {
    std::string types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>";
    auto const declare = [&](std::string const& name, std::string const& kind) {
        if (kind.empty()) return;
        types += "<Override PartName='/" + name + "' ContentType='application/vnd.openxmlformats-officedocument." + kind + "+xml'/>";
    };
    declare(main, type + ".main");
    std::map<std::string, std::vector<TestPart const*>> by_owner;
    for (TestPart const& part : more) {
        declare(part.name, part.type);
        if (!part.relation.empty()) by_owner[part.owner.empty() ? main : part.owner].push_back(&part);
    }
    ZipWriter writer;
    writer.add("[Content_Types].xml", types + "</Types>");
    TestPart const root{main, "officeDocument", "", "", ""};
    writer.add("_rels/.rels", relations_xml({&root}));
    writer.add(main, content);
    for (TestPart const& part : more)
        if (part.relation != "external") writer.add(part.name, part.content);
    for (auto const& [owner, parts] : by_owner) writer.add(relations_name(owner), relations_xml(parts));
    return writer.finish();
}

// The unpacked bytes of one member.
inline std::string test_part_of(std::string_view file, std::string_view name) {
    for (ZipMember const& member : read_zip_layout(file).members)
        if (member.name == name) return inflate_raw(file.substr(member.data.begin, member.data.size()), 1u << 26).bytes;
    return {};
}

}  // namespace keepmum
