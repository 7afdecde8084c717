// SVG is text: what an editor adds to it stands in elements and comments of its own. Only their bounds
// are looked for here, without building a tree; text and links are read by who reads XML.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using What = Piece::What;

struct Stretch {
    std::string_view front, back, name;
};
constexpr std::array<Stretch, 7> stretches = {
    {{"<!--", "-->", "Comment"},
     {"<metadata", "</metadata>", "metadata"},
     {"<title", "</title>", "title"},
     {"<desc", "</desc>", "description"},
     {"<sodipodi:namedview", "</sodipodi:namedview>", "settings of the editor"},
     {"<i:pgf", "</i:pgf>", "the editor's own file"},
     {"<?xpacket", "?>", "XMP"}}};

}  // namespace

bool is_svg(std::string_view bytes) {
    std::string_view const head = bytes.substr(0, 4096);
    std::size_t const first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return first != std::string_view::npos && head[first] == '<' && head.find("<svg") != std::string_view::npos;
}

void walk_svg(Mapper& mapper) {
    std::string_view const file = mapper.file();
    mapper.walk.media = "image/svg+xml";
    mapper.walk.pictures = 1;
    std::uint64_t drawn = 0;
    std::array<bool, stretches.size()> ends{};  // no end of that kind is left: do not look again
    for (std::size_t at = file.find('<'); at != std::string_view::npos; at = file.find('<', at)) {
        std::string_view const rest = file.substr(at);
        std::size_t size = 1;
        for (std::size_t i = 0; i < stretches.size(); ++i) {
            Stretch const& stretch = stretches[i];
            if (ends[i] || !rest.starts_with(stretch.front)) continue;
            std::size_t back = rest.find(stretch.back, stretch.front.size());
            // An empty element ends in itself.
            std::size_t const closed = rest.find('>');
            if (stretch.front[1] != '!' && stretch.front[1] != '?' && closed != std::string_view::npos &&
                rest[closed - 1] == '/')
                back = closed + 1 - stretch.back.size();
            if (back == std::string_view::npos) {
                ends[i] = true;
                continue;
            }
            size = std::max<std::size_t>(back + stretch.back.size(), 1);
            mapper.claim(drawn, at - drawn, Owner::picture, "drawing");
            mapper.claim(at, size, Owner::metadata, std::string(stretch.name));
            std::size_t const packet = rest.substr(0, size).find("<x:xmpmeta");
            if (packet != std::string_view::npos) mapper.piece(What::xmp, "XMP", at + packet, size - packet);
            else mapper.made_piece(What::text, std::string(stretch.name), at, size, to_utf8(rest.substr(0, size)));
            drawn = at + size;
            break;
        }
        at += size;
    }
    mapper.claim(drawn, file.size() - drawn, Owner::picture, "drawing");
    if (file.find("</svg>") == std::string_view::npos && file.find("</svg:svg>") == std::string_view::npos &&
        file.find("/>") == std::string_view::npos) {
        mapper.trouble(Cause::malformed, "the drawing is cut short");
    }
}

}  // namespace keepmum
