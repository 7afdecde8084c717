// An exhibit: the piece of a document around findings, already masked, that a report shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/evidence.h"
#include "core/preview.h"

namespace keepmum {

struct Exhibit {
    static constexpr std::int32_t context = -1;

    struct Piece {
        std::string text;                // '\n' parts lines; a finding's text is masked
        std::int32_t finding = context;  // index into Verdict::findings
    };
    // In 1/100 point from the page's upper left.
    struct Box {
        std::int32_t left = 0, top = 0, width = 0, height = 0;
        std::int32_t finding = context;
        bool masked = false;  // what stands there must not be shown
    };

    Place place;         // of the evidence, without a span
    Role role = Role::shown;
    std::string reason;  // Evidence::reason
    std::vector<Piece> pieces;
    bool goes_on_before = false;  // text of the same part stands before the first piece
    bool goes_on_after = false;
    std::int32_t page_width = 0, page_height = 0;  // 0: no page map
    std::vector<Box> boxes;
    // A picture: then there are no pieces, and boxes of what was read in it lie on the exhibits of that text, in 1/100 pixel.
    std::shared_ptr<Preview const> picture;
};

enum class Masking : std::uint8_t {
    masked,   // all but its ends
    shown,    // as it stands: only where the rule is showable
    passage,  // running text of a protected document: its shape alone
};

struct Highlight {
    Span span;                         // bytes of Evidence::content: exactly the value
    std::uint32_t finding = 0;         // index into Verdict::findings
    Masking masking = Masking::masked;
};

// The exhibits of one text: each highlight with the rest of its paragraph or line (and the neighbour of a
// short one), at most about 200 bytes on each side; close ones share an exhibit. At most `most` exhibits, those of the first
// highlights. Text with box marks gets a page map on its first exhibit. All highlights of the text
// must be handed over at once, so that no neighbour shows what another masks.
std::vector<Exhibit> make_exhibits(Evidence const& evidence, std::span<Highlight const> highlights,
                                   std::size_t most = 8);

// Whether `read` was read in the picture that `picture` shows: its writing ("part:text") or one of its codes ("region:code-1").
bool lies_on(Exhibit const& read, Exhibit const& picture);

// `number` gives the new place of a finding.
template <class Number>
void renumber(Exhibit& exhibit, Number number) {
    for (auto& piece : exhibit.pieces) piece.finding = piece.finding == Exhibit::context ? Exhibit::context : number(piece.finding);
    for (auto& box : exhibit.boxes) box.finding = box.finding == Exhibit::context ? Exhibit::context : number(box.finding);
}

}  // namespace keepmum
