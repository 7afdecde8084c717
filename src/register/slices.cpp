// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/slices.h"

#include <algorithm>

namespace keepmum {

namespace {

std::size_t bits_of(DocumentFacts const& document) {
    return static_cast<std::size_t>(std::clamp<std::uint64_t>(document.letters, 1, slice_bits));
}

// The first bit whose middle lies at or behind `letter`: stretches side by side set no bit twice.
std::size_t bit_at(std::uint64_t letter, DocumentFacts const& document, std::size_t bits) {
    double const each = static_cast<double>(std::max<std::uint64_t>(document.letters, 1)) / static_cast<double>(bits);
    return std::min(bits, static_cast<std::size_t>(static_cast<double>(letter) / each + 0.5));
}

}  // namespace

std::string print_share(Sliced const& sliced) { return std::to_string(static_cast<int>(sliced.share * 100)) + "%"; }

std::string print_ids(Sliced const& sliced) {
    constexpr std::size_t most = 20;
    std::string out = sliced.ids.size() > most ? "…" : "";
    for (std::size_t i = sliced.ids.size() - std::min(sliced.ids.size(), most); i < sliced.ids.size(); ++i) {
        out += (out.empty() ? "" : ", ") + sliced.ids[i];
    }
    return out;
}

void Slices::add(std::string_view to, std::string_view id, std::vector<Overlap> const& overlaps) {
    for (Overlap const& overlap : overlaps) {
        Covered& covered = covered_[{std::string(to), overlap.document.id}];
        covered.document = overlap.document;
        std::size_t const bits = bits_of(overlap.document), before = covered.letters.count();
        for (Passage const& passage : overlap.passages) {
            std::size_t const end = bit_at(passage.registered.end, overlap.document, bits);
            for (std::size_t bit = bit_at(passage.registered.begin, overlap.document, bits); bit < end; ++bit) {
                covered.letters.set(passage.stream == Stream::latin ? bit : bits - 1 - bit);
            }
        }
        bool const known = std::find(covered.ids.begin(), covered.ids.end(), id) != covered.ids.end();
        if (covered.letters.count() > before && !known) covered.ids.emplace_back(id);
    }
}

std::vector<Sliced> Slices::foresee(std::string_view to, std::string_view id, std::vector<Overlap> const& overlaps) const {
    Slices then;
    for (Overlap const& overlap : overlaps) {
        std::pair const key(std::string(to), overlap.document.id);
        if (auto const before = covered_.find(key); before != covered_.end()) then.covered_.insert(*before);
    }
    then.add(to, id, overlaps);
    std::vector<Sliced> told = then.answer();
    std::erase_if(told, [id](Sliced const& one) { return std::find(one.ids.begin(), one.ids.end(), id) == one.ids.end(); });
    return told;
}

std::vector<Sliced> Slices::answer() const {
    std::vector<Sliced> out;
    for (auto const& [key, covered] : covered_) {
        double const share = static_cast<double>(covered.letters.count()) / static_cast<double>(bits_of(covered.document));
        if (covered.ids.size() >= 2 && share >= least_sliced) out.push_back({key.first, covered.document, share, covered.ids});
    }
    return out;
}

Thresholds Slices::thresholds(Thresholds usual) {
    for (StreamThreshold& stream : usual.streams) stream.likely_letters = 1;
    return usual;
}

}  // namespace keepmum
