// The tail of a PNG: the end of a cut chunk, more IDAT chunks, IEND. Joined, their data is the end of a
// deflate stream that begins in the middle of a block. Where the next block with codes of its own
// begins can be any bit; it is known by its head, and by the stream's ending exactly where it must:
// four bytes (Adler-32) before the data does.
//
// What such a block copies from before its beginning is lost. The stream is unpacked twice, over zeros
// and over 0xFF: where the two differ, the byte is not known. Each row of a PNG begins with its filter,
// 0 to 4: only the true width puts a known byte of that kind at the head of every row.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "format/photo/png_rows.h"
#include "format/photo/recover/recover.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t most_searched = 4u << 20;  // bytes of the tail in which a block's beginning is looked for
constexpr std::uint64_t window = 32768;
constexpr std::uint32_t widest = 32768;
constexpr std::size_t least_rows = 8;

bool is_chunk(std::string_view tail, std::uint64_t at) {
    if (at > tail.size() || tail.size() - at < 12 || big_endian(tail, at, 4) > tail.size() - at - 12) return false;
    std::string_view const type = tail.substr(at + 4, 4);
    return std::all_of(type.begin(), type.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

// The data of the tail's chunks, where they lead to IEND; "" where they do not.
std::string join_chunks(std::string_view tail) {
    constexpr int most_tries = 64;
    std::size_t found = tail.find("IDAT");
    for (int i = 0; i < most_tries && found != std::string_view::npos; ++i, found = tail.find("IDAT", found + 1)) {
        if (found < 8) continue;
        std::string data(tail.substr(0, found - 8));  // the cut chunk, its checksum left out
        std::uint64_t at = found - 4;
        while (is_chunk(tail, at)) {
            std::uint64_t const size = big_endian(tail, at, 4);
            std::string_view const type = tail.substr(at + 4, 4);
            if (type == "IEND") return data;
            if (type == "IDAT") data += tail.substr(at + 8, size);
            at += 12 + size;
        }
    }
    // No chunk but the cut one.
    std::size_t const end = tail.rfind("\0\0\0\0IEND\xAE\x42\x60\x82"sv);
    return end == std::string_view::npos || end < 8 ? std::string() : std::string(tail.substr(0, end - 4));
}

// Whether a block with codes of its own may begin at that bit (RFC 1951, 3.2.7): its kind, numbers in
// their bounds, and a code for the lengths that is complete.
bool may_begin_block(std::string_view data, std::uint64_t bit) {
    std::uint64_t const low = little_endian(data, bit / 8, 8) >> bit % 8;
    if ((low >> 1 & 3) != 2 || (low >> 3 & 31) > 29 || (low >> 8 & 31) > 29) return false;
    unsigned const count = static_cast<unsigned>(low >> 13 & 15) + 4;
    std::uint64_t const codes_at = bit + 17;
    std::uint64_t const codes = little_endian(data, codes_at / 8, 8) >> codes_at % 8;  // 57 bits are enough
    unsigned sum = 0;
    for (unsigned i = 0; i < count; ++i) {
        unsigned const length = codes >> 3 * i & 7;
        if (length != 0) sum += 128u >> length;
    }
    return sum == 128;
}

class Stream {
  public:
    Stream() { good_ = inflateInit2(&stream_, -MAX_WBITS) == Z_OK; }
    ~Stream() {
        if (good_) inflateEnd(&stream_);
    }
    Stream(Stream const&) = delete;
    Stream& operator=(Stream const&) = delete;

    // Unpacks from that bit with a window full of `before`; false where the stream does not end as it
    // must. `work` is what all tries together may still cost, in bytes read and made.
    bool unpack(std::string_view data, std::uint64_t bit, char before, std::uint64_t most, std::uint64_t& work,
                std::string* out) {
        if (!good_ || inflateReset(&stream_) != Z_OK) return false;
        std::array<Bytef, window> dictionary;
        dictionary.fill(static_cast<Bytef>(before));
        inflateSetDictionary(&stream_, dictionary.data(), dictionary.size());
        std::uint64_t at = bit / 8;
        if (bit % 8 != 0) {
            int const left = 8 - static_cast<int>(bit % 8);
            inflatePrime(&stream_, left, static_cast<unsigned char>(data[at]) >> bit % 8);
            ++at;
        }
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data() + at));
        stream_.avail_in = static_cast<uInt>(std::min<std::uint64_t>(data.size() - at, 1u << 30));
        std::array<char, 16384> part;
        std::uint64_t made = 0;
        int status = Z_OK;
        while (status == Z_OK && made <= most && work > 0) {
            uInt const before_in = stream_.avail_in;
            stream_.next_out = reinterpret_cast<Bytef*>(part.data());
            stream_.avail_out = part.size();
            status = inflate(&stream_, Z_NO_FLUSH);
            std::size_t const count = part.size() - stream_.avail_out;
            made += count;
            work -= std::min<std::uint64_t>(work, count + (before_in - stream_.avail_in) + 64);
            if (out) out->append(part.data(), count);
        }
        return status == Z_STREAM_END && stream_.avail_in == 4 && made <= most;
    }

  private:
    z_stream stream_{};
    bool good_ = false;
};

// Data as the filters left it, and which bytes of it are known.
struct Lines {
    std::string bytes;
    std::vector<bool> known;
};

std::optional<Lines> resume(std::string_view data, std::uint64_t most) {
    Stream stream;
    std::uint64_t work = 16 * most_searched + 4 * std::min(most, std::uint64_t{256} << 20);
    std::uint64_t const last = std::min<std::uint64_t>(data.size(), most_searched) * 8;
    for (std::uint64_t bit = 0; bit + 80 < last && work > 0; ++bit) {
        if (!may_begin_block(data, bit) || !stream.unpack(data, bit, '\0', most, work, nullptr)) continue;
        Lines lines;
        std::string other;
        std::uint64_t again = ~0ull;
        if (!stream.unpack(data, bit, '\0', most, again, &lines.bytes) ||
            !stream.unpack(data, bit, '\xFF', most, again, &other))
            return std::nullopt;
        lines.known.resize(other.size());
        for (std::size_t i = 0; i < other.size(); ++i) lines.known[i] = lines.bytes[i] == other[i];
        return lines;
    }
    return std::nullopt;
}

// How much better rows of that many bytes, filter and all, explain the known bytes at their heads than
// chance does: the sum of the logarithms. 0 where one of these is no filter. Much of a screenshot is
// zeros, which is a filter too: what counts is that heads differ from all else.
double weigh(Lines const& lines, std::array<double, 256> const& shares, std::uint64_t stride) {
    std::array<std::size_t, 5> seen{};
    std::size_t rows = 0;
    for (std::uint64_t at = lines.bytes.size(); at >= stride;) {
        at -= stride;
        if (!lines.known[at]) continue;
        auto const head = static_cast<unsigned char>(lines.bytes[at]);
        if (head > 4) return 0;
        ++seen[head];
        ++rows;
    }
    if (rows < least_rows) return 0;
    double sum = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        double const count = static_cast<double>(seen[i]);
        if (seen[i] > 0) sum += count * std::log(count / static_cast<double>(rows) / std::max(shares[i], 1e-6));
    }
    return sum;
}

std::array<double, 256> shares_of(Lines const& lines) {
    std::array<double, 256> shares{};
    double all = 0;
    for (std::size_t i = 0; i < lines.bytes.size(); ++i) {
        if (lines.known[i]) shares[static_cast<unsigned char>(lines.bytes[i])] += 1, all += 1;
    }
    for (double& share : shares) share /= std::max(all, 1.0);
    return shares;
}

// Rows and which of their bytes are certain. Filters lead from above to below and from left to right;
// where a byte below is certain, most can be followed back as well, so that a row whose beginning is
// lost is found from the one that it was the beginning of.
class Grid {
  public:
    Grid(Lines const& lines, std::uint64_t row_size, unsigned pixel)
        : lines_(lines),
          row_size_(row_size),
          pixel_(pixel),
          rows_(lines.bytes.size() / (row_size + 1)),
          first_(lines.bytes.size() % (row_size + 1)) {
        values_.resize(rows_ * row_size_);
        certain_.resize(rows_ * row_size_);
        for (int round = 0; round < 2; ++round) {
            for (std::uint64_t row = 0; row < rows_; ++row) go_down(row);
            for (std::uint64_t row = rows_; row-- > 1;) go_up(row);
        }
        for (std::uint64_t row = 0; row < rows_; ++row) go_down(row);
    }

    std::uint64_t rows() const { return rows_; }
    std::string_view row(std::uint64_t row) const {
        return {reinterpret_cast<char const*>(&values_[row * row_size_]), row_size_};
    }

  private:
    std::uint64_t source(std::uint64_t row, std::uint64_t i) const { return first_ + row * (row_size_ + 1) + 1 + i; }
    unsigned filter(std::uint64_t row) const { return static_cast<unsigned char>(lines_.bytes[source(row, 0) - 1]); }

    void go_down(std::uint64_t row) {
        unsigned const how = filter(row);
        for (std::uint64_t i = 0; i < row_size_; ++i) {
            std::uint64_t const here = row * row_size_ + i;
            if (certain_[here]) continue;
            bool const has_left = i >= pixel_, has_above = row > 0;
            unsigned const left = has_left ? values_[here - pixel_] : 0,
                           above = has_above ? values_[here - row_size_] : 0;
            unsigned const corner = has_left && has_above ? values_[here - row_size_ - pixel_] : 0;
            unsigned const guess = how == 1   ? left
                                   : how == 2 ? above
                                   : how == 3 ? (left + above) / 2
                                   : how == 4 ? predict_png(left, above, corner)
                                              : 0;
            values_[here] = static_cast<std::uint8_t>(static_cast<unsigned char>(lines_.bytes[source(row, i)]) + guess);
            bool const left_known = how == 0 || how == 2 || !has_left || certain_[here - pixel_];
            bool const above_known = how < 2 || (has_above && certain_[here - row_size_]);
            bool const corner_known = how != 4 || !has_left || (has_above && certain_[here - row_size_ - pixel_]);
            certain_[here] = lines_.known[source(row, i)] && left_known && above_known && corner_known;
        }
    }

    // What stands above, and to the left, of bytes that are certain.
    void go_up(std::uint64_t row) {
        unsigned const how = filter(row);
        for (std::uint64_t i = row_size_; i-- > 0;) {
            std::uint64_t const here = row * row_size_ + i, above = here - row_size_;
            if (!certain_[here] || !lines_.known[source(row, i)]) continue;
            auto const guess =
                static_cast<std::uint8_t>(values_[here] - static_cast<unsigned char>(lines_.bytes[source(row, i)]));
            if (how == 1 && i >= pixel_ && !certain_[here - pixel_]) set(here - pixel_, guess);
            if (certain_[above]) continue;
            if (how == 2) set(above, guess);
            bool const left_known = i < pixel_ || certain_[here - pixel_];
            unsigned const left = i < pixel_ ? 0 : values_[here - pixel_];
            if (how == 3 && left_known) set(above, static_cast<std::uint8_t>(2 * guess - left));
            if (how != 4 || !left_known || (i >= pixel_ && !certain_[above - pixel_])) continue;
            unsigned const corner = i < pixel_ ? 0 : values_[above - pixel_];
            if (left == corner || (guess != left && guess != corner && predict_png(left, guess, corner) == guess))
                set(above, guess);
        }
    }
    void set(std::uint64_t at, std::uint8_t value) {
        values_[at] = value;
        certain_[at] = true;
    }

    Lines const& lines_;
    std::uint64_t row_size_;
    unsigned pixel_;
    std::uint64_t rows_, first_;
    std::vector<std::uint8_t> values_;
    std::vector<bool> certain_;
};

// What is lost was a copy of something; the commonest byte of its column is the best guess.
void guess_lost(Lines& lines, std::uint64_t stride) {
    for (std::uint64_t column = 0; column < stride; ++column) {
        std::uint64_t const first = (lines.bytes.size() % stride + column) % stride;
        std::array<std::uint32_t, 256> counts{};
        bool lost = false;
        for (std::uint64_t at = first; at < lines.bytes.size(); at += stride) {
            if (lines.known[at]) ++counts[static_cast<unsigned char>(lines.bytes[at])];
            else lost = true;
        }
        if (!lost) continue;
        auto const commonest = static_cast<char>(std::max_element(counts.begin(), counts.end()) - counts.begin());
        for (std::uint64_t at = first; at < lines.bytes.size(); at += stride) {
            if (!lines.known[at]) lines.bytes[at] = commonest;
        }
    }
}

Recovered undo(Lines& lines, std::uint32_t width, unsigned pixel) {
    PngHeader header;
    header.width = width;
    header.colour = pixel == 4 ? 6 : pixel == 3 ? 2 : pixel == 2 ? 4 : 0;
    guess_lost(lines, header.row_size() + 1);
    Grid const grid(lines, header.row_size(), pixel);
    Recovered out{width, static_cast<std::uint32_t>(grid.rows()), {}};
    for (std::uint64_t row = 0; row < grid.rows(); ++row) append_png_row(header, grid.row(row), out.rgb);
    return out;
}

}  // namespace

std::optional<Recovered> recover_png_tail(std::string_view tail, std::uint32_t width, unsigned pixel,
                                          std::uint64_t most) {
    std::string const data = join_chunks(tail);
    std::optional<Lines> lines = data.size() < 64 ? std::nullopt : resume(data, most / 4);
    if (!lines) return std::nullopt;
    std::array<double, 256> const shares = shares_of(*lines);
    double best = 0;
    std::uint32_t best_width = 0;
    unsigned best_pixel = pixel;
    for (unsigned const bytes : {pixel, 4u, 3u, 1u}) {
        for (std::uint32_t wide = std::max(width, 1u); wide <= widest; ++wide) {
            std::uint64_t const stride = wide * std::uint64_t{bytes} + 1;
            if (stride * least_rows > lines->bytes.size()) break;
            double const weight = weigh(*lines, shares, stride);
            if (weight > best) best = weight, best_width = wide, best_pixel = bytes;
        }
    }
    if (best_width == 0) return std::nullopt;
    return undo(*lines, best_width, best_pixel);
}

bool claim_png_tail(Mapper& mapper, std::uint64_t begin, unsigned pixel) {
    std::string_view const tail = part_of(mapper.file(), begin);
    // A whole picture behind the first is another thing, and so is what has no end of a PNG.
    std::size_t const end = tail.rfind("IEND\xAE\x42\x60\x82"sv);
    if (end == std::string_view::npos || tail.starts_with("\x89PNG"sv)) return false;
    std::uint64_t const size = end + 8;
    if (std::optional<Recovered> found =
            recover_png_tail(tail.substr(0, size), mapper.walk.width, pixel, mapper.unpack_left())) {
        mapper.unpacked(found->rgb.size() * 2);
        mapper.claim(begin, size, Owner::hidden_picture, "cropped away");
        mapper.made_piece(Piece::What::rows, "cropped away", begin, size,
                          to_pnm(found->width, found->height, 3, found->rgb));
        return true;
    }
    mapper.claim(begin, size, Owner::hidden_picture, "trailing picture data");
    mapper.piece(Piece::What::other, "trailing picture data", begin, size);
    return true;
}

}  // namespace keepmum
