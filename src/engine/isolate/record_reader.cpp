// The main program's side of the record; see record.h. Everything read here may be a lie.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>
#include <new>

#include "base/utf8.h"
#include "engine/isolate/record.h"
#include "engine/isolate/wire.h"

namespace keepmum {
namespace {

constexpr std::size_t buffer_size = 64 * 1024;
constexpr std::uint64_t max_text = UINT32_MAX - 1ull;  // text kinds: less than 4 GiB
constexpr std::uint64_t large_slice =
    16ull * 1024 * 1024;  // slices of files beyond this stay in the file

// A stretch of a Content.
class Slice final : public Content {
  public:
    Slice(std::shared_ptr<Content const> whole, std::uint64_t offset, std::uint64_t size)
        : whole_(std::move(whole)), offset_(offset), size_(size) {}
    std::uint64_t size() const override { return size_; }
    Result<Blob> read(std::uint64_t offset, std::size_t size) const override {
        if (offset >= size_) return Blob();
        return whole_->read(offset_ + offset, std::min<std::uint64_t>(size, size_ - offset));
    }

  private:
    std::shared_ptr<Content const> whole_;
    std::uint64_t offset_, size_;
};

template <class Enum>
Enum read_enum(wire::Reader& meta, Enum last) {
    return static_cast<Enum>(meta.number(static_cast<std::uint64_t>(last)));
}

std::string read_word(wire::Reader& meta) {
    std::string_view const word = meta.string(wire::max_word);
    if (!std::all_of(word.begin(), word.end(), [](char c) { return c >= 0x20 && c <= 0x7E; }))
        meta.fail();
    return std::string(word);
}

std::string read_detail(wire::Reader& meta) {
    std::string_view const text = meta.string(wire::max_detail);
    auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (!is_utf8(text) || std::any_of(text.begin(), text.end(), control)) meta.fail();
    return std::string(text);
}

std::vector<Step> read_steps(wire::Reader& meta) {
    std::vector<Step> steps(meta.number(wire::max_steps));
    for (Step& step : steps) {
        step.how = read_enum(meta, How::tail);
        step.name = meta.string(wire::max_name);
    }
    return steps;
}

// Reads what one evidence may hold beside its content, within `memory` bytes.
class EvidenceReader {
  public:
    EvidenceReader(wire::Reader& meta, std::uint64_t memory, std::uint64_t text_size)
        : meta_(meta), memory_(memory), text_size_(text_size) {}

    void read_names(std::vector<std::string>& names) {
        names.resize(allowed(meta_.count(1), sizeof(std::string)));
        for (std::string& name : names) {
            std::string_view const text = meta_.string(wire::max_name);
            if (!is_utf8(text)) meta_.fail();
            if (meta_.failed()) return;
            name.assign(text);
        }
    }

    OffsetMap read_map() {
        std::vector<OffsetMap::Segment> segments(
            allowed(meta_.count(4), sizeof(OffsetMap::Segment)));
        OffsetMap::Segment last{0, 0, 1, 1};
        for (std::size_t i = 0; i < segments.size(); ++i) {
            OffsetMap::Segment& segment = segments[i];
            std::uint64_t const step = meta_.number(text_size_);
            if (i > 0 && step == 0) meta_.fail();
            segment.text = last.text + step;
            segment.source = last.source + static_cast<std::uint64_t>(meta_.signed_number());
            segment.text_unit = static_cast<std::uint32_t>(meta_.number(UINT32_MAX));
            segment.source_unit = static_cast<std::uint32_t>(meta_.number(UINT32_MAX));
            if (i > 0 && !reaches(last, segment.text)) meta_.fail();
            if (segment.text > text_size_ || segment.text_unit == 0) meta_.fail();
            if (meta_.failed()) return OffsetMap();
            last = segment;
        }
        if (!segments.empty() && !reaches(last, text_size_)) meta_.fail();
        return OffsetMap(std::move(segments));
    }

    void read_marks(std::vector<Mark>& marks, std::size_t names) {
        marks.resize(allowed(meta_.count(2), sizeof(Mark)));
        std::uint64_t at = 0;
        for (Mark& mark : marks) {
            at += meta_.number(text_size_);
            std::uint64_t const what = meta_.number(0x7F);
            if (at > text_size_ || (what & 7) > std::uint64_t(Mark::What::line)) meta_.fail();
            mark.what = static_cast<Mark::What>(what & 7);
            mark.at = static_cast<std::uint32_t>(at);
            std::int32_t* const values[] = {&mark.a, &mark.b, &mark.c, &mark.d};
            for (unsigned i = 0; i < 4; ++i) {
                if (what >> (3 + i) & 1) *values[i] = read_value();
            }
            bool const field = mark.what == Mark::What::field;
            if (field && (mark.a < 0 || static_cast<std::size_t>(mark.a) >= names)) meta_.fail();
            if (meta_.failed()) return;
        }
    }

  private:
    // `count` things of `size` bytes, or none where they would take too much.
    std::uint64_t allowed(std::uint64_t count, std::size_t size) {
        if (meta_.failed() || count > memory_ / size) return meta_.fail();
        memory_ -= count * size;
        return count;
    }

    std::int32_t read_value() {
        std::int64_t const value = meta_.signed_number();
        if (value == 0 || value < INT32_MIN || value > INT32_MAX)
            return static_cast<std::int32_t>(meta_.fail());
        return static_cast<std::int32_t>(value);
    }

    // Whether every offset the segment can give up to text offset `end` stays a sane number.
    static bool reaches(OffsetMap::Segment const& segment, std::uint64_t end) {
        if (segment.text_unit == 0 || segment.source > wire::max_number || end < segment.text)
            return false;
        std::uint64_t const units = (end - segment.text) / segment.text_unit + 1;
        std::uint64_t reach = 0;
        return !__builtin_mul_overflow(units, segment.source_unit, &reach) &&
               reach <= wire::max_number;
    }

    wire::Reader& meta_;
    std::uint64_t memory_;
    std::uint64_t text_size_;
};

}  // namespace

RecordReader::RecordReader(RecordLimits const& limits, Evidence const& input, Outlet& outlet)
    : left_(limits), input_(input), outlet_(outlet), buffer_(new char[buffer_size]) {}

RecordReader::~RecordReader() = default;

bool RecordReader::refuse(Cause cause, std::string_view why) {
    refusal_ = Refusal{cause, why};
    return false;
}

std::span<char> RecordReader::room() {
    if (block_) return {block_.get() + block_filled_, block_size_ - block_filled_};
    // What is unread is less than a header here, so moving it costs nothing.
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    return {buffer_.get() + end_, buffer_size - end_};
}

bool RecordReader::accept(std::size_t size) {
    if (done_ || refusal_) return false;
    if (block_) {
        block_filled_ += std::min(size, block_size_ - block_filled_);
    } else {
        end_ += std::min(size, buffer_size - end_);
    }
    return advance();
}

// Takes frames apart as far as their bytes have come.
bool RecordReader::advance() {
    while (true) {
        if (block_) {
            if (block_filled_ < block_size_) return true;
            std::shared_ptr<char[]> const block = std::move(block_);
            block_.reset();
            std::string_view const view(block.get(), block_size_);
            bool const good =
                part_ == Part::meta ? read_meta(view) : finish_evidence(Blob::adopt(block, view));
            if (!good) return false;
            continue;
        }
        std::string_view const unread(buffer_.get() + begin_, end_ - begin_);
        if (part_ == Part::header) {
            if (unread.size() < wire::header_size) return true;
            begin_ += wire::header_size;
            if (!read_header(unread.substr(0, wire::header_size))) return false;
        } else if (part_ == Part::meta && unread.size() >= meta_size_) {
            begin_ += meta_size_;
            if (!read_meta(unread.substr(0, meta_size_))) return false;
        } else if (!start_block(part_ == Part::meta ? meta_size_ : content_size_)) {
            return false;
        }
    }
}

bool RecordReader::read_header(std::string_view header) {
    tag_ = header[0];
    std::memcpy(&meta_size_, header.data() + 4, sizeof meta_size_);
    std::memcpy(&content_size_, header.data() + 8, sizeof content_size_);
    bool const known = tag_ == 'E' || tag_ == 'G' || tag_ == 'P' || tag_ == 'D';
    if (!known || header[1] != 0 || header[2] != 0 || header[3] != 0) {
        return refuse(Cause::malformed, "the worker sent a frame of no known sort");
    }
    if (tag_ != 'E' &&
        (content_size_ != 0 || meta_size_ > wire::max_steps * (wire::max_name + 8) + 4096)) {
        return refuse(Cause::malformed, "the worker sent a frame of a wrong size");
    }
    if (meta_size_ > left_.memory)
        return refuse(Cause::too_big, "the worker sent more marks than memory allows");
    if (content_size_ > left_.bytes)
        return refuse(Cause::too_big, "the worker sent more than the limit allows");
    part_ = Part::meta;
    return true;
}

// From here on bytes go into a block of their own; begins it with what the buffer holds already.
bool RecordReader::start_block(std::uint64_t size) {
    std::shared_ptr<char[]> block(new (std::nothrow) char[size]);
    if (!block) return refuse(Cause::too_big, "what the worker sent does not fit in memory");
    block_ = std::move(block);
    block_size_ = size;
    block_filled_ = std::min<std::uint64_t>(size, end_ - begin_);
    std::memcpy(block_.get(), buffer_.get() + begin_, block_filled_);
    begin_ += block_filled_;
    return true;
}

bool RecordReader::spend_member() {
    if (left_.members == 0)
        return refuse(Cause::too_big, "the worker sent more parts than the limit allows");
    --left_.members;
    return true;
}

bool RecordReader::read_meta(std::string_view meta) {
    ++frames_;
    part_ = Part::header;
    switch (tag_) {
        case 'E': return spend_member() && read_evidence(meta);
        case 'G': return spend_member() && read_gap(meta);
        case 'D': return read_done(meta);
        default: break;
    }
    if (!meta.empty()) return refuse(Cause::malformed, "the worker sent a frame of a wrong size");
    outlet_.progress();
    return true;
}

bool RecordReader::read_evidence(std::string_view bytes) {
    wire::Reader meta(bytes);
    pending_ = Evidence();
    pending_.kind = read_enum(meta, Kind::records);
    pending_.role = read_enum(meta, Role::residue);
    pending_.place.steps = read_steps(meta);
    pending_.media = read_word(meta);
    pending_.reason = read_word(meta);
    pending_.stored = meta.number();
    bool const text = wire::is_text(pending_.kind);
    if (text && content_size_ > max_text)
        return refuse(Cause::malformed, "the worker sent a text beyond 4 GiB");
    EvidenceReader reader(meta, left_.memory, text ? content_size_ : 0);
    reader.read_names(pending_.names);
    pending_.map = reader.read_map();
    reader.read_marks(pending_.marks, pending_.names.size());
    if (!text && (!pending_.map.is_identity() || !pending_.marks.empty())) meta.fail();
    bool const is_slice = meta.number(text ? 0 : 1) == 1;
    std::uint64_t const offset = is_slice ? meta.number() : 0;
    std::uint64_t const size = is_slice ? meta.number() : 0;
    if (meta.failed() || meta.left() > 0 || (is_slice && content_size_ > 0)) {
        return refuse(Cause::malformed, "the worker sent evidence that does not hold together");
    }
    if (is_slice) return take_slice(offset, size);
    if (content_size_ == 0) return finish_evidence(Blob());
    part_ = Part::content;
    return true;
}

bool RecordReader::take_slice(std::uint64_t offset, std::uint64_t size) {
    std::uint64_t const whole = input_.size();
    if (offset > whole || size > whole - offset) {
        return refuse(Cause::malformed, "the worker named a part that lies outside its input");
    }
    if (size > left_.bytes)
        return refuse(Cause::too_big, "the worker sent more than the limit allows");
    content_size_ = size;
    if (!input_.large) return finish_evidence(input_.content.slice(offset, size));
    if (size <= large_slice) {
        auto content = input_.large->read(offset, size);
        if (!content || content->size() != size) {
            return refuse(Cause::unreadable, "the file changed while it was read");
        }
        return finish_evidence(std::move(*content));
    }
    pending_.large = std::make_shared<Slice>(input_.large, offset, size);
    return finish_evidence(Blob());
}

bool RecordReader::finish_evidence(Blob content) {
    part_ = Part::header;
    left_.bytes -= content_size_;
    if (wire::is_text(pending_.kind) && !is_utf8(content.view())) {
        return refuse(Cause::malformed, "the worker sent a text that is not UTF-8");
    }
    pending_.content = std::move(content);
    outlet_.put(std::move(pending_));
    return true;
}

bool RecordReader::read_gap(std::string_view bytes) {
    wire::Reader meta(bytes);
    Gap gap;
    gap.place.steps = read_steps(meta);
    if (meta.number(1) == 1) {
        std::uint64_t const begin = meta.number();
        std::uint64_t const size = meta.number();
        gap.place.span = Span{begin, begin + size};
    }
    gap.cause = read_enum(meta, Cause::killed);
    gap.stage = read_enum(meta, Stage::detect);
    gap.bytes = meta.number();
    gap.media = read_word(meta);
    gap.detail = read_detail(meta);
    if (meta.failed() || meta.left() > 0) {
        return refuse(Cause::malformed, "the worker sent a gap that does not hold together");
    }
    outlet_.gap(std::move(gap));
    return true;
}

bool RecordReader::read_done(std::string_view bytes) {
    wire::Reader meta(bytes);
    Done done;
    done.read = meta.number(input_.size());
    done.media = read_word(meta);
    std::uint64_t const frames = meta.number();
    if (meta.failed() || meta.left() > 0 || frames + 1 != frames_) {
        return refuse(Cause::malformed, "the worker's last word does not fit what it sent");
    }
    done_ = std::move(done);
    return false;
}

}  // namespace keepmum
