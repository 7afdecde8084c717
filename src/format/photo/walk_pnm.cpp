// Netpbm: "P1" to "P6", width, height, greatest value as text, one blank, samples; "P7" has a header of
// lines to "ENDHDR"; "PF" and "Pf" (PFM) hold floats. In headers, and in P1 to P3 everywhere, "#"
// begins a comment that goes to the end of its line. Binary forms may be strung together.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "format/photo/walkers.h"

namespace keepmum {

namespace {

bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

class PnmWalk {
  public:
    explicit PnmWalk(Mapper& mapper) : mapper_(mapper) {}

    void walk() {
        char const first = mapper_.file()[1];
        mapper_.walk.media = "image/x-portable-anymap";
        do {
            if (!take_picture()) break;
            ++mapper_.walk.pictures;
        } while (part_of(mapper_.file(), at_, 2).size() == 2 && mapper_.file()[at_] == 'P' &&
                 mapper_.file()[at_ + 1] == first && first >= '4' && first <= '7');
        walk_trailer(mapper_, at_, mapper_.size());
    }

  private:
    bool more() const { return at_ < mapper_.size(); }
    char here() const { return mapper_.file()[at_]; }

    // Blanks and comments; each comment comes out as a text.
    void skip(Owner blanks = Owner::structure) {
        while (more() && (is_blank(here()) || here() == '#')) {
            std::uint64_t const from = at_;
            if (here() != '#') {
                while (more() && is_blank(here())) ++at_;
                mapper_.claim(from, at_ - from, blanks, blanks == Owner::picture ? "pixels" : "header");
                continue;
            }
            at_ = std::min<std::uint64_t>(mapper_.file().find('\n', at_), mapper_.size());
            mapper_.claim(from, 1, Owner::structure, "header");
            mapper_.keep_text("Comment", from + 1, at_ - from - 1);
        }
    }

    // The next number, 0 where there is none; floats give their whole part.
    std::uint64_t number() {
        skip();
        std::uint64_t const from = at_;
        std::uint64_t value = 0;
        while (more() && is_digit(here()) && value < 1u << 31)
            value = value * 10 + static_cast<std::uint64_t>(here() - '0'), ++at_;
        while (more() && (here() == '.' || here() == '-' || is_alnum(here())) && at_ - from < 32) ++at_;
        mapper_.claim(from, at_ - from, Owner::structure, "header");
        return value;
    }

    bool take_picture() {
        char const form = mapper_.file()[at_ + 1];
        mapper_.claim(at_, 2, Owner::structure, "header");
        at_ += 2;
        std::uint64_t width = 0, height = 0, most = 255, depth = form == '3' || form == '6' || form == 'F' ? 3 : 1;
        if (form == '7') {
            read_lines(width, height, most, depth);
        } else {
            width = number();
            height = number();
            if (form == 'F' || form == 'f') number();
            else if (form != '1' && form != '4') most = number();
            if (form >= '4' || form == 'F' || form == 'f')
                mapper_.claim(at_, 1, Owner::structure, "header"), at_ += more();
        }
        if (mapper_.walk.width == 0)
            mapper_.walk.width = static_cast<std::uint32_t>(width),
            mapper_.walk.height = static_cast<std::uint32_t>(height);
        if (width == 0 || height == 0 || width > 1u << 30 || height > 1u << 30 || depth > 64) {
            mapper_.trouble(Cause::malformed, "its header gives no size");
            return false;
        }
        if (form >= '1' && form <= '3') return take_words(width * height, depth, form);
        std::uint64_t const row = form == '4' ? (width + 7) / 8
                                              : width * depth *
                                                    (form == 'F' || form == 'f' ? 4
                                                     : most > 255               ? 2
                                                                                : 1);
        std::uint64_t const left = mapper_.size() - at_;
        bool const whole = row <= left / height;
        if (!whole) mapper_.trouble(Cause::malformed, "its pixels are cut short");
        std::uint64_t const size = whole ? row * height : left;
        mapper_.claim(at_, size, Owner::picture, "pixels");
        at_ += size;
        return whole;
    }

    void read_lines(std::uint64_t& width, std::uint64_t& height, std::uint64_t& most, std::uint64_t& depth) {
        while (more()) {
            skip();
            std::uint64_t const from = at_;
            while (more() && !is_blank(here())) ++at_;
            std::string_view const word = mapper_.file().substr(from, at_ - from);
            mapper_.claim(from, at_ - from, Owner::structure, "header");
            if (word == "ENDHDR") return mapper_.claim(at_, 1, Owner::structure, "header"), void(at_ += more());
            if (word == "WIDTH") width = number();
            else if (word == "HEIGHT") height = number();
            else if (word == "MAXVAL") most = number();
            else if (word == "DEPTH") depth = number();
            else if (word == "TUPLTYPE") skip_word();
            else if (word.empty()) return;
        }
    }
    void skip_word() {
        skip();
        std::uint64_t const from = at_;
        while (more() && here() != '\n') ++at_;
        bool const known = mapper_.file().substr(from, at_ - from).size() <= 32;
        mapper_.claim(from, at_ - from, known ? Owner::structure : Owner::unknown,
                      known ? "header" : "long tuple type");
    }

    // Numbers as text; in P1 each digit is one.
    bool take_words(std::uint64_t pixels, std::uint64_t depth, char form) {
        std::uint64_t left = pixels * depth;
        while (left > 0 && more()) {
            skip(Owner::picture);
            std::uint64_t const from = at_;
            while (more() && left > 0 && is_digit(here())) {
                ++at_;
                if (form == '1' || !more() || !is_digit(here())) --left;
            }
            if (at_ == from) break;
            mapper_.claim(from, at_ - from, Owner::picture, "pixels");
        }
        if (left > 0) mapper_.trouble(Cause::malformed, "its pixels are cut short");
        std::uint64_t const from = at_;
        while (more() && is_blank(here())) ++at_;
        mapper_.claim(from, std::min<std::uint64_t>(at_ - from, 2), Owner::structure, "header");
        at_ = from + std::min<std::uint64_t>(at_ - from, 2);
        return left == 0;
    }

    Mapper& mapper_;
    std::uint64_t at_ = 0;
};

}  // namespace

void walk_pnm(Mapper& mapper) {
    PnmWalk(mapper).walk();
}

}  // namespace keepmum
