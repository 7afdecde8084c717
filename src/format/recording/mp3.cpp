// MP3: frames taken over bit by bit, and in them only the bits that are played.
//
//     frame   header (4), CRC (2) where protected, side information (MPEG 1: 32, one channel 17;
//             else 17, 9), main data
//
// A frame's main data may begin in frames before it, as many bytes back as its side information says, and has as many
// bits as the parts of its granules. Bits that belong to no granule are played by nobody: encoders write their names
// there. They become 0, as do the flags "private", "copyright" and "original". Of a first frame "Xing", "Info" or
// "VBRI", which plays nothing, only what players need is made anew: number of frames, bytes, and a hundred places to
// jump to, where the rate changes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "format/photo/byte_map.h"
#include "format/photo/walkers.h"
#include "format/recording/recording.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;

struct Kind {
    bool first = false;   // MPEG 1
    bool single = false;  // one channel
    std::size_t side() const { return first ? (single ? 17 : 32) : (single ? 9 : 17); }
    std::size_t granules() const { return first ? 2 : 1; }
    std::size_t channels() const { return single ? 1 : 2; }
    std::uint64_t samples() const { return first ? 1152 : 576; }
};

struct FrameAt {
    std::uint64_t at = 0, size = 0;  // bytes of the file
};

class Bits {
  public:
    Bits(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {}
    unsigned take(std::size_t count) {
        unsigned value = 0;
        for (; count > 0; --count, ++at_) {
            unsigned const byte = at_ / 8 < bytes_.size() ? static_cast<unsigned char>(bytes_[at_ / 8]) : 0;
            value = value << 1 | (byte >> (7 - at_ % 8) & 1);
        }
        return value;
    }

  private:
    std::string_view bytes_;
    std::size_t at_;  // bits
};

std::uint32_t header_of(std::string_view frame) { return static_cast<std::uint32_t>(big_endian(frame, 0, 4)); }
Kind kind_of(std::uint32_t header) { return {(header >> 19 & 3) == 3, (header >> 6 & 3) == 3}; }
std::uint32_t frequency_of(std::uint32_t header) {
    constexpr std::uint32_t frequencies[] = {44100, 48000, 32000};
    unsigned const version = header >> 19 & 3;
    return frequencies[std::min(header >> 10 & 3, 2u)] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
}

// ISO 11172-3, 2.4.3.1: of the header's last two bytes and the side information.
unsigned crc_of(std::string_view frame, std::size_t side) {
    unsigned crc = 0xFFFF;
    auto const add = [&](unsigned char byte) {
        for (int bit = 7; bit >= 0; --bit) {
            bool const flip = ((crc >> 15) ^ (byte >> bit & 1)) & 1;
            crc = (crc << 1 ^ (flip ? 0x8005u : 0u)) & 0xFFFF;
        }
    };
    for (std::size_t i = 2; i < 4; ++i) add(static_cast<unsigned char>(frame[i]));
    for (std::size_t i = 6; i < 6 + side; ++i) add(static_cast<unsigned char>(frame[i]));
    return crc;
}

class Mp3 {
  public:
    explicit Mp3(std::string_view file) : file_(file) {}

    Rewritten run() {
        if (std::optional<Trouble> trouble = find_frames()) return *trouble;
        std::string main;
        for (FrameAt const& frame : frames_) main += main_data(file_.substr(frame.at, frame.size));
        blank_unplayed(main);
        Recording out;
        std::size_t next = 0;
        for (FrameAt const& at : frames_) {
            std::string frame(file_.substr(at.at, at.size));
            std::size_t const size = main_data(frame).size();
            std::copy_n(main.data() + next, size, frame.data() + frame.size() - size);
            next += size;
            out.bytes += normal(std::move(frame));
        }
        if (is_uneven()) out.bytes.insert(0, places_to_jump_to());
        // Sound may happen to read as a tag where it now ends, and would be one to all who open it.
        Walk const walk = walk_picture(out.bytes, 1u << 20);
        auto const is_sound = [](Owned const& part) { return part.owner == Owner::picture; };
        if (!std::all_of(walk.map.begin(), walk.map.end(), is_sound))
            return Trouble{Cause::unsupported, "a rare kind of MP3: its sound would read as a tag"};
        out.media = "audio/mpeg";
        out.extension = "mp3";
        std::uint32_t const header = header_of(file_.substr(frames_.front().at));
        out.seconds = (frames_.size() * kind_.samples() + frequency_of(header) / 2) / frequency_of(header);
        if (had_note_) out.left_out.push_back("what its encoder noted of silence at the start and the end");
        return out;
    }

  private:
    // The walker knows which bytes are frames.
    std::optional<Trouble> find_frames() {
        Walk const walk = walk_picture(file_, 1u << 20);
        Trouble const mixed{Cause::unsupported, "a rare kind of MP3: its frames are of several kinds"};
        for (Owned const& part : walk.map) {
            if (part.owner != Owner::picture) continue;
            for (std::uint64_t at = part.offset; at < part.offset + part.size;) {
                std::uint32_t const header = header_of(file_.substr(at));
                std::uint64_t const size = mpeg_frame_size(header);
                if (size == 0 || (header >> 17 & 3) != 1)
                    return Trouble{Cause::unsupported, "a rare kind of MP3: another layer than III"};
                // The last one, where it is cut off, plays nothing.
                if (size > part.offset + part.size - at) break;
                if (frames_.empty()) kind_ = kind_of(header), like_ = header & same_in_all;
                if ((header & same_in_all) != like_ || kind_of(header).single != kind_.single) return mixed;
                if (size < front(header) + kind_.side()) return mixed;
                if (!frames_.empty() || !is_note(file_.substr(at, size)))
                    frames_.push_back({at, size});
                else
                    had_note_ = true;
                at += size;
            }
        }
        if (frames_.empty()) return Trouble{Cause::malformed, "damaged or cut short: no sound in it"};
        return {};
    }

    static std::size_t front(std::uint32_t header) { return header >> 16 & 1 ? 4 : 6; }

    bool is_note(std::string_view frame) const {
        // Some put it where it would stand without a CRC.
        for (std::size_t const at : {front(header_of(frame)) + kind_.side(), 4 + kind_.side()}) {
            std::string_view const mark = part_of(frame, at, 4);
            if (mark == "Xing" || mark == "Info") return true;
        }
        return part_of(frame, 36, 4) == "VBRI";
    }

    std::string_view main_data(std::string_view frame) const {
        return frame.substr(front(header_of(frame)) + kind_.side());
    }

    // How far back the main data begins, and how many bits it has.
    struct Extent {
        std::size_t back = 0, bits = 0;
    };
    Extent extent_of(std::string_view frame) const {
        Bits bits(frame, front(header_of(frame)) * 8);
        Extent out;
        out.back = bits.take(kind_.first ? 9 : 8);
        bits.take(kind_.first ? (kind_.single ? 5 + 4 : 3 + 8) : (kind_.single ? 1 : 2));
        for (std::size_t i = 0; i < kind_.granules() * kind_.channels(); ++i) {
            out.bits += bits.take(12);
            for (std::size_t rest = kind_.first ? 47 : 51; rest > 0; --rest) bits.take(1);
        }
        return out;
    }

    void blank_unplayed(std::string& main) const {
        std::size_t begin = 0, blanked = 0;  // of this frame's own data; bits up to where all is settled
        for (FrameAt const& at : frames_) {
            std::string_view const frame = file_.substr(at.at, at.size);
            std::size_t const end = begin + main_data(frame).size();
            Extent const extent = extent_of(frame);
            // Frames before the first one are gone: who refers to them is not played.
            std::size_t const from = begin >= extent.back ? (begin - extent.back) * 8 : blanked,
                              to = begin >= extent.back ? std::min(from + extent.bits, end * 8) : blanked;
            for (std::size_t bit = blanked; bit < from; ++bit) clear(main, bit);
            blanked = std::max(blanked, to);
            begin = end;
        }
        for (std::size_t bit = blanked; bit < begin * 8; ++bit) clear(main, bit);
    }

    static void clear(std::string& bytes, std::size_t bit) {
        bytes[bit / 8] = static_cast<char>(static_cast<unsigned char>(bytes[bit / 8]) & ~(0x80u >> bit % 8));
    }

    std::string normal(std::string frame) const {
        frame[2] = static_cast<char>(frame[2] & ~1);
        frame[3] = static_cast<char>(frame[3] & ~0x0C);
        // The private bits behind the beginning of the main data.
        std::size_t const at = front(header_of(frame)) * 8;
        std::size_t const begin = at + (kind_.first ? 9 : 8),
                          count = kind_.first ? (kind_.single ? 5 : 3) : (kind_.single ? 1 : 2);
        for (std::size_t bit = begin; bit < begin + count; ++bit) clear(frame, bit);
        if (at == 48) {
            unsigned const crc = crc_of(frame, kind_.side());
            frame[4] = static_cast<char>(crc >> 8);
            frame[5] = static_cast<char>(crc);
        }
        return frame;
    }

    bool is_uneven() const {
        auto const rate = [&](FrameAt const& frame) { return header_of(file_.substr(frame.at)) >> 12 & 15; };
        return std::any_of(frames_.begin(), frames_.end(),
                           [&](FrameAt const& frame) { return rate(frame) != rate(frames_.front()); });
    }

    // "Xing", flags 7, frames, bytes (4 each), a hundred places by percent of the time, as parts of 256.
    std::string places_to_jump_to() const {
        std::uint32_t header =
            (header_of(file_.substr(frames_.front().at)) | 1u << 16) & ~0x0000F33Cu;  // no CRC, no padding, no flags
        constexpr std::size_t note = 4 + 4 + 4 + 4 + 100;
        std::uint64_t size = 0;
        for (std::uint32_t rate = 1; rate < 15 && size < 4 + kind_.side() + note; ++rate) {
            header = (header & ~0xF000u) | rate << 12;
            size = mpeg_frame_size(header);
        }
        if (size < 4 + kind_.side() + note) return {};
        std::uint64_t bytes = size;
        for (FrameAt const& frame : frames_) bytes += frame.size;
        std::string out(size, '\0');
        auto const put = [&](std::size_t at, std::uint64_t value) {
            for (std::size_t i = 0; i < 4; ++i) out[at + i] = static_cast<char>(value >> (24 - 8 * i));
        };
        std::size_t at = 4 + kind_.side();
        put(0, header);
        out.replace(at, 4, "Xing");
        put(at + 4, 7);
        put(at + 8, frames_.size());
        put(at + 12, bytes);
        std::uint64_t passed = size;
        for (std::size_t percent = 0, frame = 0; percent < 100; ++percent) {
            for (; frame < percent * frames_.size() / 100; ++frame) passed += frames_[frame].size;
            out[at + 16 + percent] = static_cast<char>(std::min<std::uint64_t>(passed * 256 / bytes, 255));
        }
        return out;
    }

    // Version, layer and frequency.
    static constexpr std::uint32_t same_in_all = 0xFFFE0C00;
    std::string_view file_;
    Kind kind_;
    std::uint32_t like_ = 0;
    bool had_note_ = false;
    std::vector<FrameAt> frames_;
};

}  // namespace

Rewritten rewrite_mp3(std::string_view file) { return Mp3(file).run(); }

}  // namespace keepmum
