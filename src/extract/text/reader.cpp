// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/text/reader.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {

namespace {

// Where to cut so that no character is torn: behind the last line end, else before a character.
std::size_t cut_at(std::string_view bytes, Charset charset) {
    std::size_t const unit = unit_of(charset);
    std::size_t const lowest = bytes.size() > 256 * 1024 ? bytes.size() - 256 * 1024 : 0;
    for (std::size_t at = bytes.rfind('\n'); at != std::string_view::npos && at >= lowest && at > 0;
         at = bytes.rfind('\n', at - 1)) {
        if (unit == 1) return at + 1;
        std::size_t const begin = at / unit * unit;
        bool const alone = std::count(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                                      bytes.begin() + static_cast<std::ptrdiff_t>(std::min(begin + unit, bytes.size())), '\0') ==
                           static_cast<std::ptrdiff_t>(unit) - 1;
        if (alone && begin + unit <= bytes.size()) return begin + unit;
    }
    std::size_t end = bytes.size() / unit * unit;
    if (charset == Charset::utf8) {
        for (int back = 0; back < 3 && end > 1 && (bytes[end - 1] & 0xC0) == 0x80; ++back) --end;
        if (end > 1 && (bytes[end - 1] & 0xC0) == 0xC0) --end;
    }
    return end == 0 ? bytes.size() : end;
}

bool is_control(unsigned char byte) {
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != '\x1B';
}

// Stretches of `bytes` in which too many are controls or invalid UTF-8, by windows of 256.
std::vector<Span> binary_stretches(std::string_view bytes, Charset charset) {
    std::vector<Span> out;
    if (unit_of(charset) != 1 || charset == Charset::ebcdic) return out;
    constexpr std::size_t window = 256;
    std::size_t bad = 0, first_bad = 0, last_bad = 0, window_start = 0;
    auto close_window = [&] {
        if (bad * 16 < window) return;
        if (!out.empty() && first_bad < out.back().end + 2 * window) {
            out.back().end = last_bad + 1;
        } else {
            out.push_back({first_bad, last_bad + 1});
        }
    };
    for (std::size_t at = 0; at < bytes.size();) {
        if (at >= window_start + window) {
            close_window();
            window_start = at;
            bad = 0;
        }
        auto const byte = static_cast<unsigned char>(bytes[at]);
        CodePoint const point = byte < 0x80 || charset != Charset::utf8 ? CodePoint{byte, 1, true} : decode_utf8(bytes, at);
        if (!point.valid || is_control(byte)) {
            if (bad++ == 0) first_bad = at;
            last_bad = at;
        }
        at += point.length;
    }
    close_window();
    return out;
}

// A zip begins with two letters before its first byte that is no text.
void include_mark(std::string_view bytes, Span& stretch) {
    if (stretch.begin >= 2 && bytes.substr(stretch.begin - 2, 2) == "PK") stretch.begin -= 2;
}

void put_child(Outlet& outlet, Blob bytes, std::uint64_t offset) {
    Evidence child;
    child.kind = Kind::bytes;
    child.role = Role::residue;
    child.place = Place().with(How::tail, std::to_string(offset));
    child.stored = bytes.size();
    child.content = std::move(bytes);
    outlet.put(std::move(child));
}

}  // namespace

void put_text(MappedText& text, TextSlice const& slice, Role role, std::string_view media, Outlet& outlet, std::string_view reason) {
    if (text.empty()) return;
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.role = role;
    evidence.media = media;
    evidence.reason = reason;
    evidence.map = join_maps(text.map(), slice.map, text.size());
    evidence.content = Blob::take(text.take_text());
    outlet.put(std::move(evidence));
}

Result<Blob> read_bytes(Evidence const& evidence, std::uint64_t offset, std::size_t size) {
    if (evidence.large) return evidence.large->read(offset, size);
    return evidence.content.slice(static_cast<std::size_t>(offset), size);
}

TextReader::TextReader(Evidence const& input, std::optional<Charset> declared) : input_(input), declared_(declared) {
    constexpr std::string_view parameter = ";charset=";
    std::size_t const at = input.media.find(parameter);
    if (!declared_ && at != std::string::npos) declared_ = charset_named(std::string_view(input.media).substr(at + parameter.size()));
}

Result<std::optional<TextSlice>> TextReader::next() {
    std::uint64_t const whole = input_.size();
    if (position_ >= whole) return std::optional<TextSlice>();
    TextSlice slice;
    slice.begin = start_;
    slice.bytes = TRY(read_bytes(input_, start_, slice_size));
    bool const last = start_ + slice.bytes.size() >= whole || slice.bytes.size() < slice_size;
    if (slice.bytes.empty()) return std::optional<TextSlice>();
    std::optional<CharsetGuess> const guess =
        guess_charset(slice.bytes.view(), last ? Ending::whole : Ending::cut, declared_);
    if (!guess) return std::optional<TextSlice>();
    slice.guess = *guess;
    if (start_ == 0) {
        charset_ = guess->charset;
    } else {
        slice.guess.mark = 0;
    }
    declared_ = guess->charset;
    std::size_t const end = last ? slice.bytes.size() : cut_at(slice.bytes.view(), guess->charset);
    slice.begin += slice.guess.mark;
    slice.bytes = slice.bytes.slice(slice.guess.mark, end - slice.guess.mark);
    std::uint64_t const reached = slice.begin + slice.bytes.size();
    if (guess->charset == Charset::utf8 && is_utf8(slice.bytes.view())) {
        slice.text = slice.bytes;
        slice.map = OffsetMap::shifted(slice.begin);
    } else {
        DecodedText decoded = decode_charset(slice.bytes.view(), guess->charset, slice.begin);
        slice.text = Blob::take(std::move(decoded.text));
        slice.map = std::move(decoded.map);
        slice.invalid = decoded.invalid;
    }
    position_ = reached;
    start_ = reached;
    if (!last && slice.bytes.size() > 2 * overlap) {
        std::string_view const tail = slice.bytes.view().substr(0, slice.bytes.size() - overlap);
        start_ = slice.begin + cut_at(tail, guess->charset);
    }
    return std::optional(std::move(slice));
}

Evidence evidence_of(TextSlice const& slice, Role role, std::string media) {
    Evidence text;
    text.kind = Kind::text;
    text.role = role;
    text.media = std::move(media);
    text.content = slice.text;
    text.map = slice.map;
    return text;
}

void report_doubts(TextSlice const& slice, std::uint64_t whole_size, Outlet& outlet) {
    std::string_view const bytes = slice.bytes.view();
    std::uint64_t in_stretches = 0;
    if (slice.invalid != 0 || !slice.guess.firm) {
        for (Span stretch : binary_stretches(bytes, slice.guess.charset)) {
            if (stretch.size() < 32) continue;
            include_mark(bytes, stretch);
            in_stretches += stretch.size();
            if (stretch.size() + 64 >= whole_size) break;  // all of it: a child would be the same again
            put_child(outlet, slice.bytes.slice(stretch.begin, stretch.size()), slice.begin + stretch.begin);
        }
    }
    Gap gap;
    gap.stage = Stage::decode;
    gap.media = "text/plain";
    if (!slice.guess.known) {
        gap.cause = Cause::unsupported;
        gap.detail = "the character set is not known; only what is ASCII was read";
        gap.bytes = static_cast<std::uint64_t>(
            std::count_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; }));
        outlet.gap(std::move(gap));
    } else if (slice.invalid >= 8 && in_stretches == 0) {
        gap.cause = Cause::malformed;
        gap.detail = "bytes that are no text in " + std::string(name_of(slice.guess.charset));
        gap.bytes = slice.invalid;
        outlet.gap(std::move(gap));
    }
}

Done finish(TextReader const& reader, Evidence const& input, std::string media, Outlet& outlet) {
    std::uint64_t const whole = input.size();
    if (reader.position() < whole && !outlet.enough()) {
        Gap gap;
        gap.cause = Cause::malformed;
        gap.stage = Stage::decode;
        gap.bytes = whole - reader.position();
        gap.media = media;
        gap.detail = "the rest is no text in any known character set";
        outlet.gap(std::move(gap));
        Result<Blob> rest = read_bytes(input, reader.position(), TextReader::slice_size);
        if (reader.position() > 0 && rest) put_child(outlet, std::move(*rest), reader.position());
    }
    return {reader.position(), std::move(media)};
}

}  // namespace keepmum
