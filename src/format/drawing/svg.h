// The parts of an SVG drawing that are not the drawing: remarks, an editor's own data, what is not shown, what lies elsewhere.
//
//   <svg viewBox="0 0 100 50" inkscape:version="…">  elements and attributes of other namespaces are an editor's own
//     <!-- … -->  <title> <desc> <metadata>           said about it
//     <g style="display:none"> <rect x="500" …/>      drawn nowhere
//     <script>  onload="…"  <foreignObject>           not drawing at all
//     <image href="https://…"/>  url(https://…)       lies elsewhere and is fetched when the drawing is opened
//
// SVG 1.1 and 2, W3C. Read by a tokenizer, without a tree: a document that would be a tree of a million branches, or that
// declares entities of entities, costs what its bytes cost. Entities are never expanded.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

struct SvgPart {
    enum class What : std::uint8_t {
        remark,       // a comment or an instruction; a declaration with entities
        told,         // title, desc, metadata; and what stands in these under a name of its own ("creator")
        editor,       // an element or attribute of another namespace, data-…, aria-…
        script,       // script, on…="…"
        unseen,       // an element that is not drawn: display, visibility, opacity, or beside the page
        elsewhere,    // a target outside of the file that is drawn or obeyed: pictures, styles, fonts
        embedded,     // a file within the drawing, as a data address
        page,         // foreignObject: a piece of a web page, which few programs draw
        moving,       // an animation
    };
    What what = What::remark;
    std::string_view how;  // of `unseen`: "display-none", "invisible", "transparent", "off-page"; static storage
    std::string name;  // "Comment", "metadata", "inkscape:export-filename", "g", "image/webp"; always said
    Span whole;        // bytes of the document: the element with all that is in it, or the attribute with its name
    Span value;        // the text of it, references not decoded; of `unseen`: from behind its start tag to its end tag
};

struct SvgSurvey {
    std::vector<SvgPart> parts;  // in the order of the document; a part within another one only where it is `told` or `embedded`
    Span root;                   // the start tag of the root element; empty where there is none
    bool closed = false;         // the root element has its end
    bool entities = false;       // the document declares entities of its own
};

// Linear in the size of `svg`, which is UTF-8 or another charset that keeps ASCII.
SvgSurvey survey_svg(std::string_view svg);

// An unseen part as a drawing that shows it: the root's start tag, the part without what hides it, the end.
std::string show_unseen(std::string_view svg, SvgSurvey const& survey, SvgPart const& part);

// "Created with Inkscape (http://…)", "Generator: Adobe Illustrator 27.0": the program, where a remark is one that an editor puts in
// front of every drawing; else "".
std::string_view names_program(std::string_view remark);

// Whether the first element is `svg`; looks at the first 64 KiB.
bool is_svg(std::string_view bytes);

}  // namespace keepmum
