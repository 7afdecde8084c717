// Where in a text the words stand that detectors ask for.
//
// A page of numbers brings tens of detectors to each of them, and each asks whether one of its words
// stands nearby. So the text is folded once for all of them, in blocks, and each list of words is
// looked for once in a block; a question then costs a few comparisons. Memory is bounded: blocks are
// forgotten when there are many.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/detector.h"

namespace keepmum {

class WordIndex final : public Notes {
  public:
    // Words must be lower case and begin with a letter. A list is told by the address of its words:
    // it must be a constant.
    using Words = std::span<std::string_view const>;

    // A word in the text.
    struct Place {
        std::uint32_t begin = 0, end = 0;
        std::uint32_t plural_end = 0;  // with the s that follows; else `end`
        std::uint16_t word = 0;        // index in the list
        bool joined_before = false;    // a letter or digit stands directly before it
        bool joined_after = false;     // or after it
        // It stands wholly in `span`, and as a word of its own when nothing but `span` is read.
        bool lies_in(Span span) const {
            return begin >= span.begin && end <= span.end && (!joined_before || begin == span.begin) &&
                   (!joined_after || end == span.end || plural_end == span.end);
        }
    };

    // `text` must outlive the index.
    explicit WordIndex(std::string_view text) : text_(text) {}

    // The words that begin in `span`, which is no longer than 512 bytes, in order; valid until the
    // next call.
    std::span<Place const> find(Span span, Words words);

    // The blocks that `span` lies in, where none of the words begins in them; else nothing.
    Span quiet_around(Span span, Words words);

    // The first of `words` that stands in `name`, or npos. `number` tells the name: each has its own.
    std::size_t find_in_name(std::size_t number, std::string_view name, Words words);

  private:
    // The first two bytes of the words of a list, hashed.
    struct List {
        std::uint64_t starts[4] = {};
        std::map<std::size_t, std::size_t> in_names;
    };
    struct Block {
        std::string folded;
        std::vector<std::uint32_t> source;  // offset in the text of each byte of `folded`, and of its end
        std::vector<std::uint32_t> starts;  // in `folded`, where a word may begin
        std::map<std::string_view const*, std::vector<Place>> found;
    };

    class Folder;
    Block& block_at(std::size_t number);
    std::vector<Place> const& places_in(std::size_t number, Words words);
    List& list_of(Words words);
    static void fold(std::string_view text, std::size_t from, std::size_t to, std::size_t begin, Block& block);
    static std::vector<Place> search(Block const& block, List const& list, Words words);

    std::string_view text_;
    std::vector<std::unique_ptr<Block>> blocks_;
    std::size_t held_ = 0;
    std::map<std::string_view const*, List> lists_;
    // The question before.
    std::string_view const* last_list_ = nullptr;
    std::size_t last_number_ = 0;
    std::vector<Place> const* last_ = nullptr;
    std::vector<Place> joined_;
};

}  // namespace keepmum
