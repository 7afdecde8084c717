// Texts under construction: characters with the way back to the bytes they came from, and landmarks.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/extractor.h"
#include "format/xml/stream.h"

namespace keepmum {

// `text` with each invalid byte replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

// Collapses runs of blanks and line ends into one blank each: for values that must stay on one line.
std::string one_line(std::string_view text);

class TextBuilder final {
  public:
    bool empty() const { return text_.empty(); }
    std::size_t size() const { return text_.size(); }

    // `text` is UTF-8, made of the bytes at `origin`; an origin of size 0 points to where it stands for.
    void append(std::string_view text, XmlOrigin origin);
    // Written before the next text, and not at all where none follows or none came before; a stronger
    // separator wins: line feed over tab over blank.
    void separate(char separator);
    // Written at once, with what was pending dropped: for cells, where also empty ones count.
    void separate_now(char separator);
    void mark(Mark::What what, std::int32_t a = 0, std::int32_t b = 0, std::int32_t c = 0, std::int32_t d = 0);

    // The evidence; the builder is empty afterwards.
    Evidence finish(Place place, Role role, std::string reason = {}, Kind kind = Kind::text);

  private:
    void flush();

    std::string text_;
    OffsetMap map_;
    std::vector<Mark> marks_;
    std::vector<Mark> waiting_;  // marks that stand where the next text begins
    char pending_ = 0;
};

// "Name: value" lines, one evidence of kind fields.
class FieldList final {
  public:
    bool empty() const { return names_.empty(); }
    // Blank values are left out, a pair that was there before as well.
    void add(std::string name, std::string_view value, XmlOrigin origin = {});
    void put(Outlet& outlet, Place place, Role role = Role::metadata);

  private:
    TextBuilder text_;
    std::vector<std::string> names_;
    std::unordered_set<std::string> seen_;
};

// Values that are words, each once: what a part says beside its content (names of styles, bookmarks,
// custom attributes). Searched as markup, so that nothing stands in a part without being looked at.
class WordBag final {
  public:
    // Kept if it holds three letters in a row, or anything beyond ASCII.
    void add(std::string_view value);
    void put(Outlet& outlet, Place place);

  private:
    std::unordered_set<std::string> seen_;
    std::string text_;
};

// The texts of one part, parted by how a reader would meet them.
class PartText final {
  public:
    struct Stream {
        Role role = Role::shown;
        std::string_view reason = {};  // constant text
        auto operator<=>(Stream const&) const = default;
    };

    // Text of a stream. Where another stream has spoken since, a line break parts it from what it said before.
    void append(Stream stream, std::string_view text, XmlOrigin origin);
    TextBuilder& builder(Stream stream) { return builders_[stream]; }
    // Ends the line in all streams.
    void end_line();
    void next_paragraph();
    // The same, where the line was begun already (the first paragraph of a table cell).
    void count_paragraph() { ++paragraph_; }
    void put(Outlet& outlet, Place const& place);

  private:
    std::map<Stream, TextBuilder> builders_;
    std::map<Stream, std::int32_t> marked_;  // last paragraph that the stream has a mark for
    Stream last_;
    bool spoken_ = false;
    std::int32_t paragraph_ = 0;
};

}  // namespace keepmum
