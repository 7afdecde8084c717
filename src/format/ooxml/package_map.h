// The skeleton of an Open Packaging file (ISO/IEC 29500-2): which part is what, and who refers to whom.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

// [Content_Types].xml: the media type of each part, by name or else by its ending.
class ContentTypes final {
  public:
    static ContentTypes read(std::string_view xml);
    // "" where nothing is said. `part` without leading '/'.
    std::string_view of(std::string_view part) const;
    bool empty() const { return by_name_.empty() && by_ending_.empty(); }

  private:
    friend class ContentTypesReader;
    std::map<std::string, std::string, std::less<>> by_name_;    // lower-case
    std::map<std::string, std::string, std::less<>> by_ending_;  // lower-case
};

struct Relation {
    std::string id;
    std::string kind;    // last word of the type: "hyperlink", "image", "styles"
    std::string target;  // a part's name from the root of the package, or an outside address
    bool external = false;
};

// A relationships part. `part` is the name of the part that it belongs to ("" for the package itself).
std::vector<Relation> read_relations(std::string_view xml, std::string_view part);

// "word/document.xml" → "word/_rels/document.xml.rels"; "" → "_rels/.rels".
std::string relations_name(std::string_view part);
// The other way round; "" also for what is no relationships part.
std::string relations_owner(std::string_view relations_part);

// `target` as seen from the part `from`: "../media/a.png" from "ppt/slides/s.xml" is "ppt/media/a.png".
std::string resolve_part(std::string_view from, std::string_view target);

}  // namespace keepmum
