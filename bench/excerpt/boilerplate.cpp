// SPDX-License-Identifier: GPL-3.0-or-later
#include "excerpt/boilerplate.h"

#include <algorithm>
#include <functional>
#include <string_view>

using namespace keepmum;

namespace {

constexpr std::size_t slots = 1u << 27;
constexpr std::uint8_t most = 30;

template <class Unit>
constexpr std::size_t run = sizeof(Unit) == 1 ? 12 : 5;

template <class Unit>
std::size_t slot_of(std::basic_string_view<Unit> letters) {
    return std::hash<std::basic_string_view<Unit>>()(letters) % slots;
}

}  // namespace

Boilerplate::Boilerplate() : counts_(slots), last_(slots) {}

template <class Change>
void Boilerplate::visit(Letters const& text, Change change) {
    auto const all = [&]<class Unit>(std::basic_string_view<Unit> letters) {
        for (std::size_t i = 0; i + run<Unit> <= letters.size(); ++i) change(slot_of(letters.substr(i, run<Unit>)));
    };
    all(std::string_view(text.latin.letters));
    all(std::u16string_view(text.cjk.letters));
}

void Boilerplate::add(Letters const& document) {
    ++documents_;
    visit(document, [this](std::size_t slot) {
        if (last_[slot] == documents_ || counts_[slot] > most) return;
        last_[slot] = documents_;
        ++counts_[slot];
    });
}

void Boilerplate::add_background(Letters const& text) {
    visit(text, [this](std::size_t slot) { counts_[slot] = most + 1; });
}

bool Boilerplate::leaves_most(Letters const& quote) const {
    std::size_t own = 0, all = 0;
    auto const count = [&]<class Unit>(std::basic_string_view<Unit> letters) {
        all += letters.size();
        std::size_t covered = 0;
        for (std::size_t i = 0; i + run<Unit> <= letters.size(); ++i) {
            if (counts_[slot_of(letters.substr(i, run<Unit>))] > most) continue;
            own += i + run<Unit> - std::max(covered, i);
            covered = i + run<Unit>;
        }
    };
    // Of the stream that the quote is in.
    if (quote.cjk.letters.size() >= run<char16_t>) count(std::u16string_view(quote.cjk.letters));
    else count(std::string_view(quote.latin.letters));
    return own * 5 >= all * 4;
}
