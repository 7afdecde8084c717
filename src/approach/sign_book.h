// The signs of an approach: rows of packs/approach/signs/*.toml with what they weigh on the ladder.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "base/result.h"
#include "io/folders.h"
#include "packs/signs/phrase_book.h"
#include "packs/signs/wording.h"

namespace keepmum {

enum class SignWeight : std::uint8_t { low, middle, high };

// What a row of the phrase book means here; see docs/formats/signs.md.
struct Sign {
    enum class What : std::uint8_t {
        sign,     // the other side says it
        counter,  // the other side says it, and it speaks for them
        refusal,  // we decline
        given,    // we give something away
        wording,  // the other side's sentences are worded like those of approaches that we learned from
        verdict,  // approach.amber, approach.red: what the ladder states
    };
    What what = What::sign;
    std::string id;                    // "t2"
    char group = 0;                    // 't'
    unsigned stage = 0;                // of the ladder, 1 to 8; 0 for none
    SignWeight weight = SignWeight::low;
    bool hard = false;                 // can make it red, with a sign of another group
    bool alone = false;                // makes it amber by itself
    std::vector<std::string> against;  // of a counter: ids or groups that it lowers

    // How strongly it counts: its weight, halved where it was said weakly.
    double strength(bool weak) const;
};

// Immutable once loaded.
class SignBook {
  public:
    // Shipped rows, then those of the machine and the user (approach/signs/*.toml of their folders). Errors name file and line.
    static Result<SignBook> load(Folders const& folders, PhraseBook::Examples examples = PhraseBook::Examples::local);
    // `wording`: what the rows of kind wording go by; "" for none.
    static Result<SignBook> load(std::span<BookText const> texts, PhraseBook::Examples examples = PhraseBook::Examples::all,
                                 BookText const& wording = {});

    PhraseBook const& phrases() const { return phrases_; }
    std::span<Sign const> signs() const { return signs_; }       // as many as phrases().rows()
    PhraseRow const& row(std::size_t sign) const { return phrases_.rows()[sign]; }
    Wording const& wording() const { return wording_; }
    // The row of kind wording; npos where there is none, or nothing was learned.
    std::size_t worded() const { return worded_; }
    // By id; npos where the books lack it.
    std::size_t find(std::string_view id) const { return phrases_.find_row(id); }

    std::string_view title(Language language, std::size_t sign) const;
    std::string_view why(Language language, std::size_t sign) const;
    std::string_view advice(Language language, std::size_t sign) const;

  private:
    PhraseBook phrases_;
    std::vector<Sign> signs_;
    Wording wording_;
    std::size_t worded_ = std::string_view::npos;
};

}  // namespace keepmum
