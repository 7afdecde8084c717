// A canvas that averages a picture down as its rows come, so that a large one is never held.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/extractor.h"
#include "format/pixels/canvas.h"

namespace keepmum {

// Means of what fell together; red, green and blue a pixel, 0 to 255.
struct Shrunk {
    std::uint32_t width = 0, height = 0;            // pixels; the height less where rows at the bottom never came
    std::uint32_t full_width = 0, full_height = 0;  // of the picture in its file
    std::uint32_t page = 0;                         // from 1; 0 where there is one only
    std::vector<float> rgb;
};

class ShrinkingCanvas : public Canvas {
  public:
    // No side becomes longer than `most_side` pixels; each side is shrunk by itself unless `shape` is kept.
    enum class Shape : std::uint8_t { free, kept };
    // A decoder may give a smaller picture as long as its shorter side has `enough` pixels (`most_side` unless given).
    ShrinkingCanvas(Outlet& outlet, std::uint32_t most_side, Shape shape, std::uint32_t enough = 0)
        : outlet_(outlet), most_side_(most_side), enough_(enough > 0 ? enough : most_side), shape_(shape) {}

    void reduced_from(std::uint32_t width, std::uint32_t height) final;
    void begin(std::uint32_t width, std::uint32_t height, std::uint32_t page) final;
    void row(std::span<std::uint8_t const> rgb) final;
    void end() final;
    std::uint32_t enough_side() const final { return enough_; }

  protected:
    virtual void done(Shrunk shrunk) = 0;
    Outlet& outlet_;

  private:
    std::uint32_t most_side_, enough_;
    Shape shape_;
    std::uint32_t full_width_ = 0, full_height_ = 0;    // of the picture that a smaller one is given for; 0: of none
    std::uint32_t given_width_ = 0, given_height_ = 0;  // rows that come
    std::uint32_t next_ = 0;
    std::uint32_t height_ = 0;            // of `shrunk_` while it is filled
    Shrunk shrunk_;
    std::vector<std::uint32_t> rows_;     // how many rows went into each
    std::vector<std::uint16_t> columns_;  // which column each pixel goes to
    std::vector<float> shares_;           // how many go to each
};

}  // namespace keepmum
