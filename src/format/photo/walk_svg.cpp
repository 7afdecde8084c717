// SVG is text: what an editor adds to it stands in elements, attributes and comments of its own (format/drawing/svg.h). What is not
// drawn comes out as a drawing that shows it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "format/drawing/svg.h"
#include "format/photo/walkers.h"
#include "format/text/entities.h"

namespace keepmum {

namespace {

using What = Piece::What;

std::string decode(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        CharacterReference const reference = text[at] == '&' ? decode_reference(text, at) : CharacterReference{};
        if (reference.length != 0) {
            append_utf8(out, reference.value);
            at += reference.length;
            continue;
        }
        out += text[at++];
    }
    return to_utf8(out);
}

void take_part(Mapper& mapper, SvgSurvey const& survey, SvgPart const& part) {
    std::string_view const file = mapper.file();
    std::string_view const value = file.substr(part.value.begin, part.value.size());
    std::uint64_t const at = part.whole.begin, size = part.whole.size();
    switch (part.what) {
        case SvgPart::What::embedded:
        case SvgPart::What::elsewhere: return;  // drawn, or a target: other readers take them
        case SvgPart::What::moving: mapper.claim(at, size, Owner::picture, "animation"); return;
        case SvgPart::What::page: mapper.claim(at, size, Owner::picture, "foreignObject"); return;
        case SvgPart::What::unseen:
            mapper.claim(at, size, Owner::hidden_picture, "not drawn");
            mapper.made_piece(What::picture, "not drawn", at, size, show_unseen(file, survey, part));
            return;
        case SvgPart::What::remark: {
            mapper.claim(at, size, Owner::metadata, part.name);
            std::string_view const program = names_program(value);
            mapper.made_piece(What::text, program.empty() ? part.name : "Software", at, size, decode(program.empty() ? value : program));
            return;
        }
        default: break;
    }
    mapper.claim(at, size, Owner::metadata, part.name);
    std::size_t const packet = value.find("<x:xmpmeta");
    if (part.name == "metadata" && packet != std::string_view::npos)
        return mapper.piece(What::xmp, "XMP", part.value.begin + packet, value.size() - packet);
    std::string text = decode(value.empty() && part.what == SvgPart::What::editor ? file.substr(at, size) : value);
    mapper.made_piece(What::text, part.name, at, size, std::move(text));
}

}  // namespace

void walk_svg(Mapper& mapper) {
    std::string_view const file = mapper.file();
    mapper.walk.media = "image/svg+xml";
    mapper.walk.pictures = 1;
    SvgSurvey const survey = survey_svg(file);
    for (SvgPart const& part : survey.parts) take_part(mapper, survey, part);
    mapper.claim(0, file.size(), Owner::picture, "drawing");
    if (!survey.closed && !file.substr(0, survey.root.end).ends_with("/>")) mapper.trouble(Cause::malformed, "the drawing is cut short");
}

}  // namespace keepmum
