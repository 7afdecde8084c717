// Markings that are fixed words: what their detectors share, so that each is a table and, where it needs
// one, a function that knows its scheme better.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string_view>

#include "core/detector.h"
#include "detect/marking/setting.h"

namespace keepmum {

struct MarkingPhrase {
    std::string_view text;   // ASCII letters in lower case
    std::string_view level;  // fact
    std::string_view label;  // besides "marking"
    int worth = 0;           // points: how seldom the words mean anything else
    std::string_view scheme = {};  // fact, where it is not that of the form
};

// One word trigger a phrase, in the same order.
template <std::size_t N>
constexpr std::array<Trigger, N> triggers_of(MarkingPhrase const (&phrases)[N]) {
    std::array<Trigger, N> all{};
    for (std::size_t i = 0; i < N; ++i) all[i] = {.what = Trigger::What::word, .text = phrases[i].text};
    return all;
}

struct PhraseForm {
    std::string_view scheme;  // fact
    std::span<MarkingPhrase const> phrases;
    // What follows the phrase and belongs to it ("OFFICIAL-SENSITIVE COMMERCIAL"): bytes; may be null.
    std::size_t (*tail)(std::string_view after) = nullptr;
    // More points, facts; may be null.
    void (*refine)(Reading const&, MarkingPhrase const&, MarkingSetting const&, Marking&) = nullptr;
};

// The longest phrase at a spot is taken; phrases that follow one another ("内部资料，严禁外传") are one
// marking at the level of the first. `about` and `form` must be constants.
std::unique_ptr<Detector> make_phrases(About const& about, PhraseForm const& form);

}  // namespace keepmum
