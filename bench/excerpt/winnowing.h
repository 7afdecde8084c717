// The usual way of knowing quotes again, beside ours: winnowing (Schleimer, Wilkerson and Aiken, 2003). Of the hashes of all runs of
// so many letters the least one in each window is kept; two documents are alike where they share enough kept ones.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "index/normal.h"

class Winnowing {
  public:
    static constexpr std::array<std::size_t, 2> run = {12, 5};  // letters of a hash: as of our shortest grams, by stream

    // `window`: of so many hashes next to each other one is kept at least. 2 / (window + 1) of all are, on average.
    explicit Winnowing(std::size_t window) : window_(window) {}

    void add(std::uint64_t id, std::string_view text);
    std::size_t kept() const { return kept_; }

    // Documents that share hashes with a text and how many different ones, most first. Hashes that more than 30 documents have do not
    // count, as with us.
    std::vector<std::pair<std::uint64_t, std::size_t>> ask(std::string_view text, keepmum::Stream stream) const;

    // From how many shared hashes on a document is told, by stream.
    std::array<std::size_t, 2> least = {1, 1};

  private:
    std::vector<std::uint64_t> select(keepmum::Letters const& letters, keepmum::Stream stream) const;

    std::size_t window_;
    std::size_t kept_ = 0;
    std::array<std::unordered_map<std::uint64_t, std::vector<std::uint64_t>>, 2> documents_;
};
