// Counting what a JPEG's first scan holds, without making pixels of it (ITU-T T.81, F.2.2 and G.1).
//
// The height in the frame header is a claim. A viewer stops there; whoever lowers it hides the rest of the
// picture, which stays in the scan whole. Only the Huffman codes are followed, a few instructions a coefficient. On the way the
// mean brightness of each block is read, which is the picture at an eighth of its size.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace keepmum {

struct JpegFrame {
    struct Component {
        unsigned id = 0, across = 1, down = 1;  // sampling factors
        unsigned dc = 0, ac = 0;                // tables of the scan
        unsigned table = 0;                     // of quantisation
    };
    unsigned form = 0;  // SOF's marker, 0xC0 …; 0: none yet
    std::uint32_t width = 0, height = 0;
    std::uint64_t height_at = 0;  // offset in the file of the two bytes that say it
    std::vector<Component> components;
    std::array<std::string_view, 4> dc, ac;  // 16 counts and their values, as in DHT
    std::uint32_t restart = 0;               // MCUs
};

struct JpegScan {
    bool clean = false;           // every code was one, up to the end of the data
    std::uint64_t units = 0;      // MCUs in it
    std::uint64_t declared = 0;   // MCUs that width and height ask for
    std::uint64_t in_a_row = 0;   // MCUs
    std::uint32_t unit_height = 0;  // rows of pixels that a MCU spans
    std::uint64_t declared_end = 0; // bytes of the scan's data that the declared ones take; its size where it holds fewer
    std::uint32_t rows() const;     // of pixels that the data shows, by whole rows of MCUs
    bool usual = true;              // nothing in tables, values and restart marks that a decoder might complain of
    std::uint32_t blocks_in_a_row = 0;   // of the frame's first component, whole MCUs
    std::vector<std::int16_t> means;     // the DC coefficient of each of its declared blocks, as coded; fewer where the data ends early
};

// `header` is SOS without marker and length, `data` what follows up to the next marker that ends a
// scan. Nothing where the scan cannot be followed: arithmetic coding, lossless, missing tables. Linear.
std::optional<JpegScan> count_jpeg_scan(JpegFrame frame, std::string_view header, std::string_view data);

}  // namespace keepmum
