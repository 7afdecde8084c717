// The record: how a worker's child tells the main program what it found. One-way, over a pipe.
//
// A stream of frames, each
//
//   tag (1) · zero (3) · size of meta (4) · size of content (8) · meta · content      little endian
//
//   'E' evidence   meta: kind, role, place, media, reason, stored, names, map, marks, origin of
//   content 'G' gap        meta: place, cause, stage, bytes, media, detail 'P' progress   nothing
//   'D' done       meta: read, media, number of frames before this one; the last frame of a stream
//
// Numbers in meta are LEB128 in their shortest form, signed ones zigzag; a string is its length and
// its bytes; map and marks are written as differences from the one before. Content that is a
// stretch of the input itself does not travel: the meta names offset and size, and the reader
// slices what it holds.
//
// The reader trusts nothing: the child may be in the hands of who made the file. It checks every
// length, count, enum, order and text, in linear time, and holds at most the limits it was given.
// Rejected: JSON (escaping makes large texts larger, and its readers are bigger than this one);
// shared memory (what is checked could be changed after the check).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/extractor.h"

namespace keepmum {

// One frame to be sent: `head` (header and meta), then `content`.
struct WireFrame {
    std::string head;
    Blob content;
};

// What the format cannot carry is mended, not refused: marks are sorted, texts for the log cut and
// cleaned, a place's source and span left out. `input` is what is being extracted: content that
// lies within it is sent as a reference. `evidence.large` must not be set.
WireFrame encode(Evidence const& evidence, std::string_view input);
WireFrame encode(Gap const& gap);
WireFrame encode_progress();
WireFrame encode(Done const& done, std::uint64_t frames_before);

struct RecordLimits {
    std::uint64_t bytes = 0;    // contents, all together
    std::uint64_t members = 0;  // evidence and gaps, all together
    std::uint64_t memory = 0;   // bytes that one meta may take in memory
};

// Reads a stream piecemeal:  while (…) { n = read(pipe, room()); if (!accept(n)) break; }
// Contents are received right into the Blob that will hold them.
class RecordReader final {
  public:
    // Why a stream is not read on.
    struct Refusal {
        Cause cause = Cause::malformed;  // malformed, or too_big where a limit is passed
        std::string_view why;            // one English clause
    };

    // `input` is what the child was given; it and `outlet` must outlive the reader.
    RecordReader(RecordLimits const& limits, Evidence const& input, Outlet& outlet);
    ~RecordReader();
    RecordReader(RecordReader const&) = delete;
    RecordReader& operator=(RecordReader const&) = delete;

    // Where the next bytes go; never empty while the stream is read on. Valid until accept().
    std::span<char> room();

    // The first `size` bytes of room() have been filled. Hands complete frames to the outlet. False
    // once the stream has ended, well or not; what follows is never looked at.
    bool accept(std::size_t size);

    // Set after the done frame.
    std::optional<Done> const& done() const { return done_; }
    std::optional<Refusal> const& refusal() const { return refusal_; }

  private:
    enum class Part : std::uint8_t { header, meta, content };

    bool refuse(Cause cause, std::string_view why);
    bool advance();
    bool read_header(std::string_view header);
    bool start_block(std::uint64_t size);
    bool read_meta(std::string_view meta);
    bool read_evidence(std::string_view meta);
    bool read_gap(std::string_view meta);
    bool read_done(std::string_view meta);
    bool finish_evidence(Blob content);
    bool take_slice(std::uint64_t offset, std::uint64_t size);
    bool spend_member();

    RecordLimits left_;
    Evidence const& input_;
    Outlet& outlet_;

    std::unique_ptr<char[]> buffer_;   // small frames, and the start of large ones
    std::size_t begin_ = 0, end_ = 0;  // of what is unread in it
    std::shared_ptr<char[]> block_;    // a meta or content that is received on its own
    std::size_t block_size_ = 0, block_filled_ = 0;

    Part part_ = Part::header;
    char tag_ = 0;
    std::uint32_t meta_size_ = 0;
    std::uint64_t content_size_ = 0;
    std::uint64_t frames_ = 0;
    Evidence pending_;  // its content still to come
    std::optional<Done> done_;
    std::optional<Refusal> refusal_;
};

}  // namespace keepmum
