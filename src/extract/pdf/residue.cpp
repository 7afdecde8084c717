// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/residue.h"

#include <algorithm>

#include "extract/pdf/structure.h"

namespace keepmum::pdf {

namespace {

using What = PdfPiece::What;

constexpr std::size_t most_strays = 2000;   // places; what comes after is put out as one
constexpr std::size_t least_letters = 4;    // shorter remarks are markers

void put_tail(std::string_view bytes, std::uint64_t begin, std::uint64_t end, Scribe& scribe) {
    if (end <= begin) return;
    scribe.put_file(Place{}.with(How::tail, std::to_string(begin)), "",
                    Blob::copy(bytes.substr(begin, end - begin)), end - begin);
}

void put_comments(std::string_view bytes, PdfByteMap const& map, Scribe& scribe) {
    std::vector<Line> lines;
    for (Span const& span : map.comments) {
        std::string const raw(bytes.substr(span.begin, span.size()));
        std::size_t letters = 0;
        for (char c : raw) letters += (c >= '0' && c <= '9') || (c >= 'A' && c <= 'z') || (c & 0x80) != 0;
        std::string text = readable(raw, raw);
        if (letters >= least_letters && !text.empty()) lines.push_back({"", std::move(text)});
    }
    scribe.put_lines(Place{}.with(How::part, "comments"), Role::markup, "", lines);
}

bool is_spaced(std::string_view bytes) {
    return bytes.find_first_not_of(std::string_view("\0\t\n\f\r ", 6)) == std::string_view::npos;
}

std::uint64_t put_strays(std::string_view bytes, PdfByteMap const& map, Scribe& scribe) {
    // In front and behind, whatever looks like our own words is part of the foreign data.
    std::uint64_t front = 0, back = bytes.size();
    bool stray_front = false, stray_back = false;
    for (PdfPiece const& piece : map.pieces) {
        if (piece.what == What::header) break;
        stray_front = stray_front || piece.what != What::space;
        front = piece.end;
    }
    if (front == bytes.size()) front = 0;  // no header at all
    if (front == 0) stray_front = false;
    if (!map.cuts.empty()) back = map.cuts.back();
    bool objects_behind = false;
    for (PdfPiece const& piece : map.pieces) {
        if (piece.begin < back) continue;
        stray_back = stray_back || piece.what == What::stray;
        objects_behind = objects_behind || (piece.what == What::object && !piece.broken);
    }
    stray_back = stray_back && !objects_behind;
    if (!stray_back) back = bytes.size();
    if (stray_front) put_tail(bytes, 0, front, scribe);
    std::size_t count = 0;
    std::string rest;
    for (PdfPiece const& piece : map.pieces) {
        if (piece.what != What::stray || piece.begin < front || piece.begin >= back) continue;
        if (++count <= most_strays) {
            put_tail(bytes, piece.begin, piece.end, scribe);
        } else {
            rest.append(bytes.substr(piece.begin, piece.size())).push_back('\n');
        }
    }
    if (!rest.empty()) {
        scribe.put_file(Place{}.with(How::tail, "rest"), "", Blob::take(std::move(rest)), 0);
    }
    // The line end behind %%EOF is ours: what follows may be a file, known by its first bytes.
    if (stray_back && bytes.substr(back).starts_with('\r')) ++back;
    if (stray_back && bytes.substr(back).starts_with('\n')) ++back;
    if (stray_back && !is_spaced(bytes.substr(back))) put_tail(bytes, back, bytes.size(), scribe);
    return 0;
}

std::uint64_t put_dead_object(std::string_view bytes, PdfPiece const& piece, ObjectFile const& file,
                              Scribe& scribe) {
    std::uint64_t body_end = piece.end;
    std::string_view stream;
    if (piece.stream_begin != 0) {
        stream = bytes.substr(piece.stream_begin, piece.stream_end - piece.stream_begin);
        std::size_t const word = bytes.rfind("stream", piece.stream_begin);
        if (word != std::string_view::npos && word >= piece.body) body_end = word;
    } else if (!piece.broken) {
        body_end = piece.end - 6;  // without "endobj"
    }
    std::string_view const body = bytes.substr(piece.body, body_end - piece.body);
    if (piece.stream_begin != 0 && body.find("/XRef") != std::string_view::npos) return 0;
    Place const place = Place{}.with(How::part, "object-" + std::to_string(piece.number) + "-" +
                                                    std::to_string(piece.begin));
    if (file.is_encrypted()) {
        scribe.gap(place, Cause::encrypted, piece.size(), "", "an object of an encrypted file that no table lists");
        return piece.size();
    }
    ObjectFile::Orphan orphan = file.read_orphan(body, stream, scribe.outlet().allowance());
    if (!orphan.understood) {
        put_tail(bytes, piece.begin, piece.end, scribe);
        return 0;
    }
    orphan.stream.stored = stream.size();
    return put_residue(std::move(orphan), place, scribe);
}

}  // namespace

std::uint64_t put_leftovers(std::string_view bytes, PdfByteMap const& map, ObjectFile const& file,
                            std::set<std::uint64_t> const& live, Scribe& scribe) {
    std::uint64_t lost = put_strays(bytes, map, scribe);
    put_comments(bytes, map, scribe);
    std::uint64_t header = 0;
    for (PdfPiece const& piece : map.pieces) {
        if (piece.what == What::header) header = piece.begin;
        if (piece.what != What::object || scribe.enough()) continue;
        if (live.count(piece.begin) > 0 || (piece.begin >= header && live.count(piece.begin - header) > 0)) continue;
        lost += put_dead_object(bytes, piece, file, scribe);
    }
    return lost;
}

std::uint64_t put_unreferenced(ObjectFile const& file, Survey const& survey, Scribe& scribe) {
    std::uint64_t lost = 0;
    for (auto const* list : {&survey.unreached, &survey.lost_contents}) {
        for (auto const& [number, generation] : *list) {
            if (scribe.enough()) return lost;
            Place const place = Place{}.with(How::part, "object-" + std::to_string(number));
            lost += put_residue(file.read_object(number, generation, scribe.outlet().allowance()), place, scribe);
        }
    }
    return lost;
}

}  // namespace keepmum::pdf
