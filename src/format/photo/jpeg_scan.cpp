// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/photo/jpeg_scan.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "format/pixels/canvas.h"

namespace keepmum {

namespace {

constexpr unsigned window = 12;  // bits looked up at once: longer codes are rare

// What a code tells who only skips: bits of code and value together, and coefficients that it stands for.
struct Skip {
    std::uint8_t bits = 0;     // 0: longer than the window, or no code
    std::uint8_t advance = 0;  // 64: the rest of the block. Of a DC code the bits of its value
};

// Several codes of coefficients that lie in one window.
struct Leap {
    std::uint8_t bits = 0;     // 0: the first one reaches past it
    std::uint8_t advance = 0;  // coefficients in front of the end of the block, or in all
    bool ends = false;         // the last one ends the block
};

class Codes {
  public:
    enum class Use : std::uint8_t { dc, ac };

    bool build(std::string_view table, Use use) {
        if (table.size() < 16) return false;
        unsigned code = 0;
        std::size_t at = 16;
        for (unsigned length = 1; length <= 16; ++length, code <<= 1) {
            first_[length] = code;
            start_[length] = at;
            auto const count = static_cast<unsigned char>(table[length - 1]);
            if (code + count > (1u << length) || at + count > table.size()) return false;
            for (unsigned i = 0; i < count; ++i, ++code, ++at) {
                usual_ = usual_ && (use == Use::ac || static_cast<unsigned char>(table[at]) < 16);
                if (length > window) continue;
                Skip const skip = skip_of(static_cast<unsigned char>(table[at]), length, use);
                std::fill_n(near_.begin() + (code << (window - length)), 1u << (window - length), skip);
            }
            end_[length] = code;
            usual_ = usual_ && (count == 0 || code < (1u << length));  // no code is all ones
        }
        table_ = table;
        use_ = use;
        if (use == Use::ac) build_leaps();
        return true;
    }
    bool usual() const { return usual_; }
    Leap leap(std::uint64_t top) const { return leaps_[top >> (64 - window)]; }
    Skip near(std::uint64_t top) const { return near_[top >> (64 - window)]; }
    Skip far(std::uint64_t top) const {
        for (unsigned length = window + 1; length <= 16; ++length) {
            auto const code = static_cast<unsigned>(top >> (64 - length));
            if (code < end_[length] && code >= first_[length]) {
                return skip_of(static_cast<unsigned char>(table_[start_[length] + code - first_[length]]), length,
                               use_);
            }
        }
        return {};
    }

  private:
    static Skip skip_of(unsigned value, unsigned length, Use use) {
        unsigned const bits = value & 15, run = value >> 4;
        if (use == Use::dc) return value > 16 ? Skip{} : Skip{static_cast<std::uint8_t>(length + value), static_cast<std::uint8_t>(value)};
        if (bits == 0 && run != 15) return {static_cast<std::uint8_t>(length), 64};
        return {static_cast<std::uint8_t>(length + bits), static_cast<std::uint8_t>(run + 1)};
    }

    void build_leaps() {
        leaps_.resize(1u << window);
        for (unsigned value = 0; value < leaps_.size(); ++value) {
            Leap& leap = leaps_[value];
            while (!leap.ends) {
                Skip const skip = near_[value << leap.bits & ((1u << window) - 1)];
                if (skip.bits == 0 || leap.bits + skip.bits > window) break;
                leap.bits = static_cast<std::uint8_t>(leap.bits + skip.bits);
                leap.ends = skip.advance == 64;
                if (!leap.ends) leap.advance = static_cast<std::uint8_t>(leap.advance + skip.advance);
            }
        }
    }

    std::array<Skip, 1u << window> near_{};
    std::vector<Leap> leaps_;
    std::array<unsigned, 17> first_{}, end_{};
    std::array<std::size_t, 17> start_{};
    std::string_view table_;
    Use use_ = Use::dc;
    bool usual_ = true;
};

// Bits of a scan, stuffed zero bytes left out. Behind the end it gives ones, as the padding does.
class Bits {
  public:
    explicit Bits(std::string_view data) : data_(data) {}

    void fill() {
        if (count_ > 32) return;
        if (at_ + 4 <= data_.size()) {
            std::uint32_t four;
            std::memcpy(&four, data_.data() + at_, 4);
            if (((four & ~(four + 0x01010101u)) & 0x80808080u) == 0) {  // no byte can be 0xFF
                buffer_ |= std::uint64_t{__builtin_bswap32(four)} << (32 - count_);
                count_ += 32;
                at_ += 4;
                return;
            }
        }
        while (count_ <= 48) push_byte();
    }
    std::uint64_t top() const { return buffer_; }
    void skip(unsigned bits) {
        buffer_ <<= bits;
        count_ -= bits;
    }
    // More bits were taken than there are.
    bool overrun() const { return padding_ > count_; }
    // Nothing is left but less than a byte, of ones unless whatever stands there may be padding.
    enum class Padding : std::uint8_t { ones, any };
    bool at_end(Padding padding) const {
        if (at_ < data_.size() && !at_marker()) return false;
        unsigned const left = count_ - padding_;
        return left < 8 && (left == 0 || padding == Padding::any || (~buffer_ >> (64 - left)) == 0);
    }
    bool at_marker() const { return at_ + 1 < data_.size() && data_[at_] == '\xFF' && data_[at_ + 1] != '\0'; }
    // Goes behind the restart marker, if one is next: its number, 0 to 7, else nothing.
    std::optional<unsigned> restart() {
        buffer_ = 0;
        count_ = padding_ = 0;
        while (at_ + 1 < data_.size() && data_[at_] == '\xFF' && data_[at_ + 1] == '\xFF') ++at_;
        if (!at_marker()) return {};
        at_ += 2;
        return static_cast<unsigned char>(data_[at_ - 1]) & 7;
    }
    bool done() const { return at_ >= data_.size(); }
    std::uint64_t size() const { return data_.size(); }
    std::uint64_t position() const { return at_ - std::min<std::uint64_t>(at_, (count_ - padding_) / 8); }

  private:
    void push_byte() {
        std::uint64_t byte = 0xFF;
        if (at_ < data_.size() && !at_marker()) {
            byte = static_cast<unsigned char>(data_[at_]);
            at_ += byte == 0xFF && at_ + 1 < data_.size() ? 2 : 1;
        } else {
            padding_ += 8;
        }
        buffer_ |= byte << (56 - count_);
        count_ += 8;
    }

    std::string_view data_;
    std::size_t at_ = 0;
    std::uint64_t buffer_ = 0;
    unsigned count_ = 0, padding_ = 0;
};

struct Block {
    Codes const* dc;
    Codes const* ac;  // null: DC only, a progressive picture's first scan
    bool bright;      // of the frame's first component
};

// The value that `skip` stands for, whose code is on top (T.81, F.2.2.1).
int value_of(Skip skip, std::uint64_t top) {
    unsigned const bits = skip.advance;
    if (bits == 0) return 0;
    auto const value = static_cast<int>(top << (skip.bits - bits) >> (64 - bits));
    return value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
}

// The means of the first component's blocks, put where they stand in the picture.
class Means {
  public:
    Means(JpegScan& scan, JpegFrame::Component const& component) : scan_(scan), across_(component.across), down_(component.down) {
        scan_.blocks_in_a_row = static_cast<std::uint32_t>(scan_.in_a_row * across_);
    }
    void restart() { mean_ = 0; }
    void add(int difference) {
        mean_ += difference;
        if (mean_ != static_cast<std::int16_t>(mean_)) {
            scan_.usual = false;
            mean_ = 0;
        }
        if (column_ == 0 && in_unit_ == 0) scan_.means.resize(scan_.means.size() + std::size_t{scan_.blocks_in_a_row} * down_);
        std::size_t const row = scan_.means.size() - std::size_t{scan_.blocks_in_a_row} * (down_ - in_unit_ / across_);
        scan_.means[row + column_ + in_unit_ % across_] = static_cast<std::int16_t>(mean_);
        if (++in_unit_ < across_ * down_) return;
        in_unit_ = 0;
        column_ += across_;
        if (column_ == scan_.blocks_in_a_row) column_ = 0;
    }

  private:
    JpegScan& scan_;
    std::uint32_t across_, down_, in_unit_ = 0, column_ = 0;
    int mean_ = 0;
};

// False where what stands there is no code. The number of blocks that one call costs is bounded by the
// data: each takes at least a bit.
bool skip_block(Bits& bits, Block const& block, Means* means) {
    bits.fill();
    Skip skip = block.dc->near(bits.top());
    if (skip.bits == 0 && (skip = block.dc->far(bits.top())).bits == 0) return false;
    if (means && block.bright) means->add(value_of(skip, bits.top()));
    bits.skip(skip.bits);
    if (!block.ac) return true;
    for (unsigned k = 1; k < 64; k += skip.advance) {
        bits.fill();
        // As far as the codes in sight stay inside the block.
        for (Leap leap = block.ac->leap(bits.top()); leap.bits != 0 && k + leap.advance + leap.ends <= 64;
             leap = block.ac->leap(bits.top())) {
            bits.skip(leap.bits);
            if (leap.ends) return true;
            k += leap.advance;
            if (k == 64) return true;
            bits.fill();
        }
        skip = block.ac->near(bits.top());
        if (skip.bits == 0 && (skip = block.ac->far(bits.top())).bits == 0) return false;
        bits.skip(skip.bits);
    }
    return true;
}

std::uint64_t divide_up(std::uint64_t value, std::uint64_t by) {
    return (value + by - 1) / by;
}

// Which components take part, with their tables; the geometry of a unit.
bool read_header(JpegFrame const& frame, std::string_view header, std::vector<JpegFrame::Component>& taking_part,
                 JpegScan& scan) {
    auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(header[at]); };
    if (header.empty() || byte(0) == 0 || byte(0) > 4 || header.size() < 4u + 2u * byte(0)) return false;
    std::size_t const end = 1 + 2u * byte(0);
    if (byte(end) != 0 || (byte(end + 2) >> 4) != 0) return false;  // not a first scan of DC
    unsigned across = 1, down = 1;
    for (auto const& component : frame.components)
        across = std::max(across, component.across), down = std::max(down, component.down);
    for (std::size_t at = 1; at < end; at += 2) {
        auto const found = std::find_if(frame.components.begin(), frame.components.end(),
                                        [&](auto const& c) { return c.id == byte(at); });
        if (found == frame.components.end()) return false;
        taking_part.push_back(*found);
        taking_part.back().dc = byte(at + 1) >> 4 & 3;
        taking_part.back().ac = byte(at + 1) & 3;
    }
    std::uint64_t rows = divide_up(frame.height, 8ull * down);
    scan.in_a_row = divide_up(frame.width, 8ull * across);
    scan.unit_height = 8 * down;
    if (taking_part.size() == 1) {  // not interleaved: a unit is one block
        JpegFrame::Component& only = taking_part.front();
        scan.in_a_row = divide_up(divide_up(std::uint64_t{frame.width} * only.across, across), 8);
        rows = divide_up(divide_up(std::uint64_t{frame.height} * only.down, down), 8);
        scan.unit_height = 8 * down / only.down;
        only.across = only.down = 1;
    }
    scan.declared = rows * scan.in_a_row;
    return scan.in_a_row > 0;
}

void follow(Bits bits, std::uint32_t restart, std::vector<Block> const& blocks, JpegFrame::Component const& first, JpegScan& scan) {
    Means means(scan, first);
    unsigned restarts = 0;
    scan.declared_end = bits.size();
    // A picture that nobody decodes needs no means.
    std::uint64_t const wanted = scan.declared <= most_pixels / 64 ? scan.declared : 0;
    for (std::uint64_t since = 0;; ++since) {
        if (restart != 0 && since == restart) {
            since = 0;
            means.restart();
            std::optional<unsigned> const number = bits.restart();
            if (!number) {
                scan.clean = bits.done();
                return;
            }
            scan.usual = scan.usual && *number == (restarts++ & 7);
        }
        if (bits.at_end(scan.units == scan.declared ? Bits::Padding::any : Bits::Padding::ones)) {
            scan.clean = bits.done();
            return;
        }
        bool good = true;
        for (Block const& block : blocks) {
            good = good && skip_block(bits, block, scan.usual && scan.units < wanted ? &means : nullptr) && !bits.overrun();
        }
        if (!good) return;
        if (++scan.units == scan.declared) scan.declared_end = bits.position();
    }
}

}  // namespace

std::uint32_t JpegScan::rows() const {
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(units / std::max<std::uint64_t>(in_a_row, 1) * unit_height, 65535));
}

std::optional<JpegScan> count_jpeg_scan(JpegFrame frame, std::string_view header, std::string_view data) {
    JpegScan scan;
    std::vector<JpegFrame::Component> components;
    bool const progressive = frame.form == 0xC2;
    if (frame.form != 0xC0 && frame.form != 0xC1 && !progressive) return std::nullopt;
    if (!read_header(frame, header, components, scan)) return std::nullopt;
    std::array<Codes, 4> dc, ac;
    std::vector<Block> blocks;
    JpegFrame::Component first;
    for (JpegFrame::Component const& component : components) {
        if (!dc[component.dc].build(frame.dc[component.dc], Codes::Use::dc)) return std::nullopt;
        if (!progressive && !ac[component.ac].build(frame.ac[component.ac], Codes::Use::ac)) return std::nullopt;
        bool const bright = component.id == frame.components.front().id;
        if (bright) first = component;
        scan.usual = scan.usual && dc[component.dc].usual() && ac[component.ac].usual();
        blocks.insert(blocks.end(), component.across * component.down,
                      {&dc[component.dc], progressive ? nullptr : &ac[component.ac], bright});
    }
    follow(Bits(data), frame.restart, blocks, first, scan);
    return scan;
}

}  // namespace keepmum
