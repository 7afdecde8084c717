// SPDX-License-Identifier: GPL-3.0-or-later
#include "excerpt/winnowed.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace keepmum;

namespace {

std::size_t window_of(std::vector<Document> const& registered, std::uintmax_t bytes) {
    std::size_t letters = 0;
    for (Document const& one : registered) {
        Letters const all = normalise(one.text);
        letters += all.latin.letters.size() + all.cjk.letters.size();
    }
    double const density = static_cast<double>(bytes) / 6 / static_cast<double>(std::max<std::size_t>(letters, 1));
    return static_cast<std::size_t>(std::max(1.0, std::round(2 / density - 1)));
}

}  // namespace

Winnowed::Winnowed(std::vector<Document> const& registered, std::uintmax_t bytes)
    : window_(window_of(registered, bytes)), winnowing_(window_) {
    for (Document const& one : registered) winnowing_.add(one.id, one.text);
}

void Winnowed::settle(std::vector<Document> const& strangers, Registered const& registered) {
    for (Stream stream : {Stream::latin, Stream::cjk}) {
        std::vector<std::size_t>& scores = scores_[static_cast<std::size_t>(stream)];
        for (Document const& one : strangers) {
            if (one.stream != stream) continue;
            std::size_t score = 0;
            for (auto const& [id, shared] : winnowing_.ask(one.text, stream)) {
                if (share_quote(one.text, registered.at(id)->text)) continue;
                score = shared;
                break;
            }
            scores.push_back(score);
        }
        std::sort(scores.rbegin(), scores.rend());
        if (!scores.empty()) winnowing_.least[static_cast<std::size_t>(stream)] = scores[scores.size() / 10000] + 1;
    }
    std::printf("winnowing: %zu hashes kept, one of %zu or more; told from %zu Latin or %zu Chinese shared ones on "
                "(settled on calibrate)\n",
                winnowing_.kept(), window_, winnowing_.least[0], winnowing_.least[1]);
}

void Winnowed::print_at(double wanted, Stream stream, std::vector<std::string> const& quotes,
                        std::vector<std::uint64_t> const& from) const {
    std::vector<std::size_t> shared;
    for (std::size_t i = 0; i < quotes.size(); ++i) {
        std::size_t own = 0;
        for (auto const& [id, count] : winnowing_.ask(quotes[i], stream)) own = id == from[i] ? count : own;
        shared.push_back(own);
    }
    std::sort(shared.rbegin(), shared.rend());
    auto const rank = static_cast<std::size_t>(wanted / 100 * static_cast<double>(shared.size()));
    std::size_t const least = std::max<std::size_t>(1, shared[rank]);
    auto const& scores = scores_[static_cast<std::size_t>(stream)];
    auto const wrong = std::count_if(scores.begin(), scores.end(), [&](std::size_t score) { return score >= least; });
    Share const share = share_of(static_cast<std::size_t>(wrong), scores.size());
    std::printf("winnowing, told from %zu shared hashes on, knows %.0f %% of %s quotes with 5 %% errors and speaks falsely of "
                "%td of %zu strangers (%.0f per 10,000)\n",
                least, wanted, name_of(stream), wrong, scores.size(), 100 * share.share);
}

std::vector<std::uint64_t> Winnowed::ask(std::string_view text, Stream stream) const {
    std::vector<std::uint64_t> ids;
    for (auto const& [id, shared] : winnowing_.ask(text, stream)) {
        if (shared >= winnowing_.least[static_cast<std::size_t>(stream)]) ids.push_back(id);
    }
    return ids;
}
