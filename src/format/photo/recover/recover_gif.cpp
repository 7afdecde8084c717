// The tail of a GIF: the end of a cut sub-block, more sub-blocks of 255 bytes, a last one, 0, the end
// mark. Joined, they are the end of an LZW stream that begins in the middle of a code. Its table is
// lost with what came before, but writers clear the table whenever it is full: from there on all is
// known. Where a clear code stands can be any bit; it is the right one if every code from there to the
// end is one that the table has, and the last is the end code, in the last byte.
//
// The palette is lost too, so how alike two colours are is learned from those that stand beside each
// other; the width is the distance at which rows are most alike by that measure.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "format/photo/recover/recover.h"

namespace keepmum {

namespace {

constexpr std::uint32_t widest = 16384;
constexpr std::size_t least_rows = 4;
constexpr unsigned table_full = 4096;
constexpr std::uint64_t most_searched =
    256u << 10;  // bytes in which a clear code is looked for: writers clear every few thousand

// The codes, sub-blocks joined. Nothing where the tail is none of sub-blocks that lead to its end.
std::string join_blocks(std::string_view tail) {
    std::size_t const last = tail.find_last_not_of('\0');
    if (last == std::string_view::npos || last < 2 || tail[last] != '\x3B' || tail[last - 1] != '\0') return {};
    std::uint64_t const end = last - 1;  // of the 0
    std::string best;
    std::uint64_t best_full = 0, work = 16 * tail.size();
    for (std::uint64_t begin = 0; begin < 256 && begin < end && work > 0; ++begin) {
        std::uint64_t full = 0, at = begin;
        for (; at < end && tail[at] != '\0' && work > 0; --work) {
            full += tail[at] == '\xFF';
            at += 1 + static_cast<unsigned char>(tail[at]);
        }
        if (at != end || (full <= best_full && !best.empty())) continue;
        best_full = full;
        best = tail.substr(0, begin);
        for (at = begin; at < end; at += 1 + static_cast<unsigned char>(tail[at]))
            best += tail.substr(at + 1, static_cast<unsigned char>(tail[at]));
    }
    return best;
}

class Codes {
  public:
    Codes(std::string_view bytes, unsigned code_size)
        : bytes_(bytes), first_size_(code_size + 1), clear_(1u << code_size), end_(bytes.size()) {}

    unsigned clear() const { return clear_; }
    // Bytes up to the end code that was met last; all where none was.
    std::uint64_t end() const { return end_; }
    unsigned code_at(std::uint64_t bit, unsigned size) const {
        return static_cast<unsigned>(little_endian(bytes_, bit / 8, 4) >> bit % 8) & ((1u << size) - 1);
    }

    // Follows the codes from `bit`, an empty table before it. With `out` their colours are appended, at
    // most `most`. True where the end code comes, and in the last byte.
    bool follow(std::uint64_t bit, std::uint64_t& work, std::string* out, std::uint64_t most) {
        unsigned size = first_size_, next = clear_ + 2, before = table_full;
        std::uint64_t const bits = bytes_.size() * 8;
        for (; bit + size <= bits && work > 0; --work) {
            unsigned const code = code_at(bit, size);
            bit += size;
            if (code == clear_ + 1) {
                end_ = (bit + 7) / 8;
                return bits - bit < 16;
            }
            if (code == clear_) {
                size = first_size_, next = clear_ + 2, before = table_full;
                continue;
            }
            if (before == table_full ? code >= clear_ : code > next || (code == next && next == table_full))
                return false;
            if (out && !put(code, before, next, *out, most)) return false;
            if (before != table_full && next < table_full) {
                prefix_[next] = static_cast<std::uint16_t>(before);
                ++next;
                if (next == 1u << size && size < 12) ++size;
            }
            before = code;
        }
        return false;
    }

  private:
    // Appends the colours of `code`, and what the next entry of the table ends in.
    bool put(unsigned code, unsigned before, unsigned next, std::string& out, std::uint64_t most) {
        std::array<char, table_full> reversed;
        std::size_t count = 0;
        // The one entry not made yet: the one before it, and its own first colour again.
        bool const own = code == next && before != table_full;
        for (unsigned at = own ? before : code; count < reversed.size(); at = prefix_[at]) {
            reversed[count++] = at < clear_ ? static_cast<char>(at) : suffix_[at];
            if (at < clear_) break;
        }
        char const first = reversed[count - 1];
        for (std::size_t i = count; i-- > 0;) out += reversed[i];
        if (own) out += first;
        if (before != table_full && next < table_full) suffix_[next] = first;
        return out.size() <= most;
    }

    std::string_view bytes_;
    unsigned first_size_, clear_;
    std::uint64_t end_;
    std::array<std::uint16_t, table_full> prefix_{};
    std::array<char, table_full> suffix_{};
};

// Colours from the first clear code that leads to the end.
std::string resume(std::string_view bytes, unsigned code_size, std::uint64_t most, std::uint64_t& work) {
    Codes codes(bytes, code_size);
    std::uint64_t const last = std::min<std::uint64_t>(bytes.size(), most_searched) * 8;
    for (unsigned size = 12; size > code_size; --size) {
        for (std::uint64_t bit = 0; bit + size < last && work > 0; ++bit, work -= work > 0) {
            if (codes.code_at(bit, size) != codes.clear() || !codes.follow(bit + size, work, nullptr, 0)) continue;
            work = 0;
            std::string out;
            std::uint64_t again = ~0ull;
            return codes.follow(bit + size, again, &out, most) ? out : std::string();
        }
    }
    return {};
}

// Which colours stand beside each other, learned from the rows themselves. The old palette is gone, but
// what goes together along a row goes together from row to row as well.
class Neighbours {
  public:
    explicit Neighbours(std::string_view colours) : together_(256 * 256), colours_(colours) {
        for (std::size_t i = 1; i < colours.size(); ++i) {
            together_[at(i) * 256 + at(i - 1)] += 1;
            together_[at(i - 1) * 256 + at(i)] += 1;
        }
        for (std::size_t i = 0; i < together_.size(); ++i) all_[i / 256] += together_[i];
    }

    std::uint32_t find_width(std::uint32_t least) const {
        std::uint64_t const most = std::min<std::uint64_t>(widest, colours_.size() / least_rows);
        std::vector<std::size_t> edges;
        for (std::size_t i = most + 1; i < colours_.size(); ++i) {
            if (colours_[i] != colours_[i - 1]) edges.push_back(i);
        }
        if (edges.size() < 64) return 0;
        std::vector<float> const weights = weigh();
        auto const alike = [&](std::uint64_t width, std::size_t looks) {
            float sum = 0;
            std::size_t count = 0;
            for (std::size_t i = 0; i < edges.size(); i += std::max<std::size_t>(1, edges.size() / looks), ++count) {
                sum += weights[at(edges[i]) * 256 + at(edges[i] - width)];
            }
            return sum / static_cast<float>(count);
        };
        // A coarse look at all widths, then a close one at the best.
        std::vector<std::pair<float, std::uint32_t>> coarse;
        for (std::uint32_t width = std::max(least, 1u); width < most; ++width)
            coarse.push_back({alike(width, 2048), width});
        std::size_t const kept = std::min<std::size_t>(coarse.size(), 48);
        std::partial_sort(coarse.begin(), coarse.begin() + static_cast<std::ptrdiff_t>(kept), coarse.end(),
                          std::greater<>());
        std::pair<float, std::uint32_t> best{0, 0};
        for (std::size_t i = 0; i < kept; ++i)
            best = std::max(best, {alike(coarse[i].second, 65536), coarse[i].second});
        return best.second;
    }

    // How rough a picture in these colours is: mean square between neighbours to that among all; 2
    // where they are drawn by lot.
    double roughness(std::array<double, 256> const& light) const {
        double between = 0, among = 0, mean = 0, count = 0;
        for (std::size_t i = 0; i < 256; ++i) mean += all_[i] * light[i], count += all_[i];
        mean /= std::max(count, 1.0);
        for (std::size_t i = 0; i < 256; ++i) among += all_[i] * (light[i] - mean) * (light[i] - mean);
        for (std::size_t i = 0; i < together_.size(); ++i) {
            double const step = light[i / 256] - light[i % 256];
            between += together_[i] * step * step;
        }
        return among == 0 ? 2 : between / among;
    }

    // Greys in which neighbours differ least (the second eigenvector of a walk from colour to colour,
    // by iteration), spread evenly. Light and dark may be the other way round.
    std::array<std::uint8_t, 256> greys() const {
        std::array<double, 256> value{}, next{};
        for (std::size_t i = 0; i < 256; ++i) value[i] = static_cast<double>(i * 167 % 256);
        for (int round = 0; round < 300; ++round) {
            double mean = 0, count = 0, length = 0;
            for (std::size_t i = 0; i < 256; ++i) mean += all_[i] * value[i], count += all_[i];
            mean /= std::max(count, 1.0);
            for (double& each : value) each -= mean;
            for (std::size_t i = 0; i < 256; ++i) {
                double sum = 0;
                for (std::size_t k = 0; k < 256; ++k) sum += together_[i * 256 + k] * value[k];
                next[i] = all_[i] == 0 ? 0 : value[i] / 2 + sum / all_[i] / 2;
                length = std::max(length, std::abs(next[i]));
            }
            for (std::size_t i = 0; i < 256; ++i) value[i] = length == 0 ? 0 : next[i] / length;
        }
        std::array<std::size_t, 256> order;
        for (std::size_t i = 0; i < 256; ++i) order[i] = i;
        std::sort(order.begin(), order.end(), [&](auto a, auto b) { return value[a] < value[b]; });
        std::array<std::uint8_t, 256> greys{};
        for (std::size_t i = 0; i < 256; ++i) greys[order[i]] = static_cast<std::uint8_t>(i);
        return greys;
    }

  private:
    std::size_t at(std::size_t i) const { return static_cast<unsigned char>(colours_[i]); }
    std::vector<float> weigh() const {
        double whole = 0;
        for (double const count : all_) whole += count;
        std::vector<float> weights(together_.size());
        for (std::size_t i = 0; i < weights.size(); ++i) {
            double const chance = all_[i / 256] * all_[i % 256] / whole;
            weights[i] = static_cast<float>(std::log((together_[i] + 0.5) / (chance + 0.5)));
        }
        return weights;
    }

    std::vector<double> together_;
    std::array<double, 256> all_{};
    std::string_view colours_;
};

// The visible picture's palette where the old picture is one in it too; else greys.
std::array<std::array<std::uint8_t, 3>, 256> choose_palette(Neighbours const& neighbours, std::string_view palette) {
    std::array<std::array<std::uint8_t, 3>, 256> out{};
    std::array<double, 256> light{};
    for (std::size_t i = 0; i < 256 && i * 3 + 3 <= palette.size(); ++i) {
        for (std::size_t c = 0; c < 3; ++c) out[i][c] = static_cast<std::uint8_t>(palette[i * 3 + c]);
        light[i] = out[i][0] + 2.0 * out[i][1] + out[i][2];
    }
    if (neighbours.roughness(light) < 0.7) return out;
    std::array<std::uint8_t, 256> const greys = neighbours.greys();
    for (std::size_t i = 0; i < 256; ++i) out[i] = {greys[i], greys[i], greys[i]};
    return out;
}

}  // namespace

std::optional<Recovered> recover_gif_tail(std::string_view tail, std::uint32_t width, unsigned code_size,
                                          std::string_view palette, std::uint64_t most) {
    std::string const codes = join_blocks(tail);
    if (codes.size() < 64) return std::nullopt;
    std::string colours;
    std::uint64_t work =
        16 * codes.size() + 64 * std::min<std::uint64_t>(codes.size(), most_searched);  // for all tries together
    for (unsigned const size : {code_size, 8u, 7u, 6u, 5u, 4u}) {
        if (size < 2 || size > 8) continue;
        if (!(colours = resume(codes, size, most / 8, work)).empty()) break;
    }
    if (colours.empty()) return std::nullopt;
    Neighbours const neighbours(colours);
    std::uint32_t const wide = neighbours.find_width(width);
    if (wide == 0) return std::nullopt;
    Recovered out{wide, static_cast<std::uint32_t>(colours.size() / wide), {}};
    auto const shown = choose_palette(neighbours, palette);
    for (std::size_t i = colours.size() % wide; i < colours.size(); ++i) {
        for (std::uint8_t const part : shown[static_cast<unsigned char>(colours[i])])
            out.rgb += static_cast<char>(part);
    }
    return out;
}

std::uint64_t gif_data_end(std::string_view codes, unsigned code_size) {
    if (code_size < 1 || code_size > 8) return codes.size();
    Codes reader(codes, code_size);
    std::uint64_t work = codes.size() * 8;
    reader.follow(0, work, nullptr, 0);
    return reader.end();
}

bool claim_gif_tail(Mapper& mapper, std::uint64_t begin, unsigned code_size, std::string_view palette) {
    std::string_view const tail = part_of(mapper.file(), begin);
    std::size_t const last = tail.find_last_not_of('\0');
    if (tail.size() < 64 || last == std::string_view::npos || tail[last] != '\x3B' || tail.starts_with("GIF8"))
        return false;
    std::uint64_t const size = last + 1;
    std::optional<Recovered> const found =
        recover_gif_tail(tail.substr(0, size), mapper.walk.width, code_size, palette, mapper.unpack_left());
    if (!found) {
        if (join_blocks(tail).empty()) return false;
        mapper.claim(begin, size, Owner::hidden_picture, "trailing picture data");
        mapper.piece(Piece::What::other, "trailing picture data", begin, size);
        return true;
    }
    mapper.unpacked(found->rgb.size() * 2);
    mapper.claim(begin, size, Owner::hidden_picture, "cropped away");
    mapper.made_piece(Piece::What::rows, "cropped away", begin, size,
                      to_pnm(found->width, found->height, 3, found->rgb));
    return true;
}

}  // namespace keepmum
