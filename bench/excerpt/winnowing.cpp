// SPDX-License-Identifier: GPL-3.0-or-later
#include "excerpt/winnowing.h"

#include <algorithm>

using namespace keepmum;

namespace {

constexpr std::size_t most_documents = 30;

template <class Unit>
std::vector<std::uint64_t> winnow(std::basic_string<Unit> const& letters, std::size_t run, std::size_t window) {
    std::vector<std::uint64_t> hashes;
    for (std::size_t at = 0; at + run <= letters.size(); ++at) {
        std::uint64_t hash = 0xCBF29CE484222325u;
        for (std::size_t i = 0; i < run; ++i) hash = (hash ^ static_cast<std::uint64_t>(letters[at + i])) * 0x100000001B3u;
        hash ^= hash >> 29, hash *= 0xBF58476D1CE4E5B9u, hash ^= hash >> 32;
        hashes.push_back(hash);
    }
    std::vector<std::uint64_t> kept;
    for (std::size_t at = 0; at + window <= hashes.size(); ++at) {
        kept.push_back(*std::min_element(hashes.begin() + static_cast<std::ptrdiff_t>(at),
                                         hashes.begin() + static_cast<std::ptrdiff_t>(at + window)));
    }
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    return kept;
}

}  // namespace

std::vector<std::uint64_t> Winnowing::select(Letters const& letters, Stream stream) const {
    std::size_t const length = run[static_cast<std::size_t>(stream)];
    return stream == Stream::latin ? winnow(letters.latin.letters, length, window_) : winnow(letters.cjk.letters, length, window_);
}

void Winnowing::add(std::uint64_t id, std::string_view text) {
    Letters const letters = normalise(text);
    for (Stream stream : {Stream::latin, Stream::cjk}) {
        for (std::uint64_t hash : select(letters, stream)) {
            ++kept_;
            documents_[static_cast<std::size_t>(stream)][hash].push_back(id);
        }
    }
}

std::vector<std::pair<std::uint64_t, std::size_t>> Winnowing::ask(std::string_view text, Stream stream) const {
    auto const& documents = documents_[static_cast<std::size_t>(stream)];
    std::unordered_map<std::uint64_t, std::size_t> shared;
    for (std::uint64_t hash : select(normalise(text), stream)) {
        auto const found = documents.find(hash);
        if (found == documents.end() || found->second.size() > most_documents) continue;
        for (std::uint64_t id : found->second) ++shared[id];
    }
    std::vector<std::pair<std::uint64_t, std::size_t>> out(shared.begin(), shared.end());
    std::sort(out.begin(), out.end(),
              [](auto const& a, auto const& b) { return std::pair(b.second, a.first) < std::pair(a.second, b.first); });
    return out;
}
