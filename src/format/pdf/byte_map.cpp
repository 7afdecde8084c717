// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pdf/byte_map.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::uint64_t work_factor = 12;  // bytes looked at, a byte of file
constexpr int most_digits = 10;
constexpr int most_nesting = 500;

bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}
bool is_delimiter(char c) { return std::string_view("()<>[]{}/%").find(c) != std::string_view::npos; }
bool is_regular(char c) { return !is_space(c) && !is_delimiter(c); }

class Mapper {
  public:
    explicit Mapper(std::string_view file) : file_(file), work_left_(work_factor * file.size() + 4096) {}

    PdfByteMap run() {
        std::size_t at = 0;
        while (at < file_.size()) {
            PdfPiece piece;
            piece.begin = at;
            if (!spend(1)) {
                piece.end = file_.size();  // too tangled: the rest is owned by nothing
            } else if (is_space(file_[at])) {
                piece.what = PdfPiece::What::space;
                piece.end = skip_space(at);
            } else if (!read_piece(at, piece)) {
                piece.end = skip_stray(at);
            }
            at = piece.end;
            append(piece);
        }
        find_cuts();
        return std::move(map_);
    }

  private:
    struct Number {
        std::uint64_t value;
        std::size_t end;
    };
    struct Body {
        std::size_t end = 0;
        bool closed = false;  // ended by endobj
        std::uint64_t stream_begin = 0, stream_end = 0;
    };

    bool spend(std::uint64_t bytes) {
        if (bytes > work_left_) return false;
        work_left_ -= bytes;
        return true;
    }
    bool starts(std::size_t at, std::string_view word) const { return file_.substr(at, word.size()) == word; }
    std::size_t skip_space(std::size_t at) {
        std::size_t const begin = at;
        while (at < file_.size() && is_space(file_[at])) ++at;
        spend(at - begin);
        return at;
    }
    std::size_t line_end(std::size_t at) {
        std::size_t const end = std::min(file_.find_first_of("\r\n", at), file_.size());
        spend(end - at);
        return end;
    }
    std::optional<Number> read_number(std::size_t at) const {
        std::uint64_t value = 0;
        std::size_t end = at;
        while (end < file_.size() && is_digit(file_[end])) {
            if (end - at >= static_cast<std::size_t>(most_digits)) return std::nullopt;
            value = value * 10 + static_cast<std::uint64_t>(file_[end++] - '0');
        }
        if (end == at) return std::nullopt;
        return Number{value, end};
    }

    // "N G obj": sets number, generation and body.
    bool read_object_head(std::size_t at, PdfPiece& piece) {
        auto const number = read_number(at);
        if (!number) return false;
        std::size_t next = skip_space(number->end);
        if (next == number->end) return false;
        auto const generation = read_number(next);
        if (!generation) return false;
        next = skip_space(generation->end);
        if (next == generation->end || !starts(next, "obj")) return false;
        if (number->value > 0xFFFFFFFF || generation->value > 0xFFFFFFFF) return false;
        piece.number = static_cast<std::uint32_t>(number->value);
        piece.generation = static_cast<std::uint32_t>(generation->value);
        piece.body = next + 3;
        return true;
    }

    bool read_piece(std::size_t at, PdfPiece& piece) {
        using What = PdfPiece::What;
        char const c = file_[at];
        if (c == '%') {
            piece.end = line_end(at);
            piece.what = starts(at, "%PDF-") && !header_seen_ ? What::header
                         : starts(at, "%%EOF")               ? What::end_mark
                                                             : What::comment;
            if (piece.what == What::end_mark) piece.end = at + 5;
            if (piece.what == What::comment) map_.comments.push_back({at, piece.end});
            header_seen_ = header_seen_ || piece.what == What::header;
            return true;
        }
        if (is_digit(c)) {
            if (!read_object_head(at, piece)) return false;
            Body const body = read_body(piece.body);
            piece.what = What::object;
            piece.end = body.end;
            piece.broken = !body.closed;
            piece.stream_begin = body.stream_begin;
            piece.stream_end = body.stream_end;
            return true;
        }
        if (starts(at, "xref")) {
            piece.what = What::table;
            piece.end = std::min(file_.find_first_not_of("0123456789nf \t\r\n", at + 4), file_.size());
            spend(piece.end - at);
            return true;
        }
        if (starts(at, "trailer")) {
            piece.what = What::trailer;
            piece.end = skip_dictionary(skip_space(at + 7));
            return true;
        }
        if (starts(at, "startxref")) {
            piece.what = What::pointer;
            auto const number = read_number(skip_space(at + 9));
            piece.end = number ? number->end : at + 9;
            return true;
        }
        return false;
    }

    // To the next place where something could begin again.
    std::size_t skip_stray(std::size_t at) {
        std::size_t const begin = at;
        while (at < file_.size() && !is_space(file_[at])) ++at;
        spend(at - begin);
        return std::max(at, begin + 1);
    }

    // Behind a literal string that opens at `at`; the end of the file where it never closes.
    std::size_t skip_string(std::size_t at) {
        std::size_t const begin = at;
        int depth = 0;
        for (; at < file_.size(); ++at) {
            char const c = file_[at];
            if (c == '\\') {
                ++at;
            } else if (c == '(') {
                ++depth;
            } else if (c == ')' && --depth == 0) {
                ++at;
                break;
            }
        }
        at = std::min(at, file_.size());
        return spend(at - begin) ? at : file_.size();
    }

    std::size_t skip_regular(std::size_t at) {
        std::size_t const begin = at;
        while (at < file_.size() && is_regular(file_[at])) ++at;
        spend(at - begin);
        return at;
    }

    std::size_t skip_dictionary(std::size_t at) {
        if (!starts(at, "<<")) return at;
        int depth = 0;
        while (at < file_.size() && spend(1)) {
            if (starts(at, "<<")) {
                if (++depth > most_nesting) break;
                at += 2;
            } else if (starts(at, ">>")) {
                at += 2;
                if (--depth == 0) return at;
            } else if (file_[at] == '(') {
                at = skip_string(at);
            } else if (file_[at] == '%') {
                at = line_end(at);
            } else if (depth == 0) {
                break;
            } else {
                ++at;
            }
        }
        return at;
    }

    // From behind "obj" to behind "endobj", or to where the next object begins.
    Body read_body(std::size_t at) {
        Body body;
        int depth = 0;
        std::optional<std::uint64_t> length;
        std::size_t last_token[2] = {at, at};  // where the last two numbers begin
        while (at < file_.size() && spend(1)) {
            char const c = file_[at];
            if (is_space(c)) {
                ++at;
            } else if (c == '%') {
                if (starts(at, "%%EOF")) break;
                std::size_t const end = line_end(at);
                map_.comments.push_back({at, end});
                at = end;
            } else if (c == '(') {
                at = skip_string(at);
            } else if (starts(at, "<<")) {
                ++depth;
                at += 2;
            } else if (starts(at, ">>")) {
                --depth;
                at += 2;
            } else if (c == '/') {
                std::size_t const end = skip_regular(at + 1);
                if (depth == 1 && file_.substr(at, end - at) == "/Length") length = read_length(end);
                at = end;
            } else if (is_regular(c)) {
                std::size_t const end = skip_regular(at);
                std::string_view const word = file_.substr(at, end - at);
                if (word.substr(0, 6) == "endobj") {
                    body.end = at + 6;
                    body.closed = true;
                    return body;
                }
                if (word == "stream") return read_stream(end, length);
                if (word == "obj") {
                    body.end = last_token[0];  // the next object's number
                    return body;
                }
                if (word == "xref" || word == "trailer" || word == "startxref") break;
                if (is_digit(c)) {
                    last_token[0] = last_token[1];
                    last_token[1] = at;
                }
                at = end;
            } else {
                ++at;
            }
        }
        body.end = at;
        return body;
    }

    // The value behind /Length: a number, or the object that holds it.
    std::optional<std::uint64_t> read_length(std::size_t at) {
        auto const first = read_number(skip_space(at));
        if (!first) return std::nullopt;
        auto const second = read_number(skip_space(first->end));
        if (!second) return first->value;
        if (!starts(skip_space(second->end), "R")) return first->value;
        read_integers();
        auto const found = integers_.find(first->value);
        if (found == integers_.end()) return std::nullopt;
        return found->second;
    }

    // All objects that are a single integer; needed only where a /Length is indirect.
    void read_integers() {
        if (integers_read_) return;
        integers_read_ = true;
        for (std::size_t at = file_.find(" obj"); at != std::string_view::npos; at = file_.find(" obj", at + 4)) {
            std::size_t generation = at;
            while (generation > 0 && is_digit(file_[generation - 1]) && at - generation < 6) --generation;
            if (generation == at || generation == 0 || file_[generation - 1] != ' ') continue;
            std::size_t number = generation - 1;
            while (number > 0 && is_digit(file_[number - 1]) && generation - number < 11) --number;
            auto const key = read_number(number);
            std::size_t const value_at = std::min(file_.find_first_not_of(" \r\n\t", at + 4), file_.size());
            auto const value = read_number(value_at);
            if (key && value) integers_[key->value] = value->value;
        }
    }

    Body read_stream(std::size_t at, std::optional<std::uint64_t> length) {
        Body body;
        if (starts(at, "\r\n")) {
            at += 2;
        } else if (at < file_.size() && (file_[at] == '\n' || file_[at] == '\r')) {
            at += 1;
        }
        body.stream_begin = at;
        std::size_t mark = file_.size();
        if (length && *length <= file_.size() - at) {
            std::size_t const after = skip_space(at + *length);
            if (starts(after, "endstream")) {
                body.stream_end = at + *length;
                mark = after;
            }
        }
        if (body.stream_end == 0) {
            mark = std::min(file_.find("endstream", at), file_.size());
            spend(mark - at);
            body.stream_end = mark;
            if (mark < file_.size() && mark > at && file_[mark - 1] == '\n') --body.stream_end;
            if (body.stream_end > at && file_[body.stream_end - 1] == '\r' && body.stream_end < mark) {
                --body.stream_end;
            }
        }
        body.end = mark;
        if (mark == file_.size()) return body;
        std::size_t const after = skip_space(mark + 9);
        body.closed = starts(after, "endobj");
        body.end = body.closed ? after + 6 : mark + 9;
        return body;
    }

    void append(PdfPiece const& piece) {
        if (!map_.pieces.empty() && piece.what == PdfPiece::What::stray) {
            // Words of stray bytes with spaces between are one stretch.
            auto& pieces = map_.pieces;
            std::size_t const count = pieces.size();
            if (pieces.back().what == PdfPiece::What::stray) {
                pieces.back().end = piece.end;
                return;
            }
            if (count >= 2 && pieces.back().what == PdfPiece::What::space &&
                pieces[count - 2].what == PdfPiece::What::stray) {
                pieces.pop_back();
                pieces.back().end = piece.end;
                return;
            }
        }
        map_.pieces.push_back(piece);
    }

    // A file laid out for the web has an end mark in front that closes no revision.
    void find_cuts() {
        bool pointer = false, linear = false, first_object = true, zero = false;
        for (PdfPiece const& piece : map_.pieces) {
            std::string_view const text = file_.substr(piece.begin, std::min<std::uint64_t>(piece.size(), 1024));
            switch (piece.what) {
                case PdfPiece::What::object:
                    if (first_object) linear = text.find("/Linearized") != std::string_view::npos;
                    first_object = false;
                    map_.closed = false;
                    break;
                case PdfPiece::What::pointer:
                    pointer = true;
                    zero = text.back() == '0' && !is_digit(text[text.size() - 2]);
                    map_.closed = false;
                    break;
                case PdfPiece::What::end_mark:
                    ++map_.end_marks;
                    if (pointer && !(map_.cuts.empty() && (linear || zero) && !front_seen_)) {
                        map_.cuts.push_back(piece.end);
                    } else if (pointer) {
                        front_seen_ = true;
                    }
                    map_.closed = map_.closed || pointer;
                    pointer = false;
                    break;
                case PdfPiece::What::table:
                case PdfPiece::What::trailer: map_.closed = false; break;
                default: break;
            }
        }
    }

    std::string_view file_;
    std::uint64_t work_left_;
    bool header_seen_ = false;
    bool front_seen_ = false;
    bool integers_read_ = false;
    std::map<std::uint64_t, std::uint64_t> integers_;
    PdfByteMap map_;
};

}  // namespace

PdfByteMap map_pdf_bytes(std::string_view file) { return Mapper(file).run(); }

}  // namespace keepmum
