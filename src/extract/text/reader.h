// The input of a text extractor as UTF-8, in slices small enough for memory.
//
// Slices end at line ends and overlap a little, so that nothing that stands on a border is cut in
// two. UTF-8 is not copied. The map of a slice leads to bytes of the whole input.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/extractor.h"
#include "format/text/charset.h"
#include "format/text/mapped_text.h"

namespace keepmum {

struct TextSlice {
    Blob text;            // valid UTF-8
    OffsetMap map;        // to bytes of the input
    Blob bytes;           // what it was decoded from, without the byte order mark
    std::uint64_t begin = 0;  // of `bytes` in the input
    CharsetGuess guess;
    std::uint64_t invalid = 0;
};

class TextReader {
  public:
    static constexpr std::size_t slice_size = 16u << 20;
    static constexpr std::size_t overlap = 4096;

    // `declared` is what the file says of itself; else what is said of it counts (text/plain;charset=…). The bytes may overrule either.
    explicit TextReader(Evidence const& input, std::optional<Charset> declared = std::nullopt);

    // The next slice; nothing at the end, or where the rest is no text in any charset: see position().
    Result<std::optional<TextSlice>> next();

    // Bytes of the input that were handed out so far.
    std::uint64_t position() const { return position_; }
    // Where the next slice begins: before position() where slices overlap.
    std::uint64_t next_begin() const { return start_; }
    Charset charset() const { return charset_; }

  private:
    Evidence const& input_;
    std::optional<Charset> declared_;
    Charset charset_ = Charset::utf8;
    std::uint64_t position_ = 0;
    std::uint64_t start_ = 0;  // of the next slice: before position_ by the overlap
};

// The charset that a page or document names in its first bytes, if it is one of ours.
std::optional<Charset> declared_charset(std::string_view start);

// Bytes of `evidence`, wherever it keeps them.
Result<Blob> read_bytes(Evidence const& evidence, std::uint64_t offset, std::size_t size);

// A text evidence over the whole of `slice`.
Evidence evidence_of(TextSlice const& slice, Role role, std::string media);

// A text made of pieces of `slice`, which is taken out of `text`; nothing where it is empty.
void put_text(MappedText& text, TextSlice const& slice, Role role, std::string_view media, Outlet& outlet, std::string_view reason = "");

// What a slice holds that is not text: stretches of binary go out as children of their own, a
// doubtful charset and scattered invalid bytes as gaps.
void report_doubts(TextSlice const& slice, std::uint64_t whole_size, Outlet& outlet);

// Ends an extraction: a rest that could not be read as text becomes a child and is not counted.
Done finish(TextReader const& reader, Evidence const& input, std::string media, Outlet& outlet);

}  // namespace keepmum
