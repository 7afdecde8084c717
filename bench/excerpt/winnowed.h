// Winnowing as a method of the bench: as many bytes as the register has, and its threshold settled.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "excerpt/documents.h"
#include "excerpt/winnowing.h"

class Winnowed final : public Method {
  public:
    // Keeps as many hashes as lie in `bytes`, six of each: four of the hash and two of the document.
    Winnowed(std::vector<Document> const& registered, std::uintmax_t bytes);

    // The least number of shared hashes by which no more than one stranger in 10,000 is said falsely to quote. Prints it.
    void settle(std::vector<Document> const& strangers, Registered const& registered);

    // The other way round: prints what it says falsely where it is to know so many per cent of such quotes, each from a document by id.
    void print_at(double wanted, keepmum::Stream stream, std::vector<std::string> const& quotes,
                  std::vector<std::uint64_t> const& from) const;

    std::vector<std::uint64_t> ask(std::string_view text, keepmum::Stream stream) const override;

  private:
    std::size_t window_;
    Winnowing winnowing_;
    std::array<std::vector<std::size_t>, 2> scores_;  // of each stranger: the most hashes shared with a document not quoted
};
