// Office Open XML (ISO/IEC 29500): the package around documents, workbooks and presentations.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "extract/office/package.h"
#include "extract/office/part.h"
#include "format/ooxml/package_map.h"

namespace keepmum {

// The skeleton of the package, read once and shared by the readers of its parts.
struct Ooxml {
    Package& package;
    ContentTypes types;
    std::map<std::string, std::vector<Relation>> relations;  // by the part they belong to
    std::set<std::string> reachable;                         // lower-case names of parts that something refers to
    std::string main;                                        // the main part, "" if none was found

    std::vector<Relation> const& relations_of(std::string_view part) const;
    // Targets inside the package that `part` refers to as `kind`.
    std::vector<std::string> targets(std::string_view part, std::string_view kind) const;
    Relation const* relation(std::string_view part, std::string_view id) const;
    bool is_referred_to(std::string_view part) const;
};

// True where the package holds the list of content types that every Office Open XML file has.
bool is_ooxml(Package& package);
// Reads all parts. Gives the exact media type.
std::string read_ooxml(Package& package);

// The readers of each kind; they leave parts they do not know to read_ooxml.
void read_word(Ooxml& ooxml);
void read_workbook(Ooxml& ooxml);
void read_presentation(Ooxml& ooxml);

// Text of drawings, charts and diagrams (DrawingML), as `role`.
void read_drawing(Ooxml& ooxml, PackageEntry& entry, Role role, std::string_view reason = {});
// Property parts: one field an element. `kind` is what names without a name of their own are called.
void read_properties(Package& package, PackageEntry& entry);

}  // namespace keepmum
