// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/signs/phrase.h"

#include <algorithm>

namespace keepmum {

namespace {

constexpr std::uint32_t near_distance = 6;
constexpr std::size_t most_starts = 8;

using Part = std::vector<PhraseElement>;

// A class for words that stand in a phrase by themselves: "report|paper", "do_not".
Result<std::uint16_t> class_of_words(std::string_view words, Vocabulary& vocabulary) {
    std::string const name = "'" + std::string(words);
    bool const known = vocabulary.find_class(name) != Vocabulary::none;
    std::uint16_t const word_class = TRY(vocabulary.add_class(name));
    if (known) return word_class;
    for (std::size_t at = 0; at <= words.size();) {
        std::size_t const bar = std::min(words.find('|', at), words.size());
        std::string entry(words.substr(at, bar - at));
        at = bar + 1;
        if (entry.size() > 2 && entry.front() == '{' && entry.back() == '}') {
            std::uint16_t const other = vocabulary.find_class(entry.substr(1, entry.size() - 2));
            if (other == Vocabulary::none) return fail(Fault::invalid, "there is no class of words " + entry);
            TRY(vocabulary.add_class_entries(word_class, other));
            continue;
        }
        std::replace(entry.begin(), entry.end(), '_', ' ');
        TRY(vocabulary.add_entry(word_class, entry));
    }
    return word_class;
}

Result<std::uint16_t> class_of(std::string_view word, Vocabulary& vocabulary) {
    if (!word.starts_with('{') || word.find('|') != std::string_view::npos) return class_of_words(word, vocabulary);
    std::string const name(word.substr(1, word.size() - 2));
    if (!word.ends_with('}')) return fail(Fault::invalid, "'" + std::string(word) + "' lacks its closing brace");
    std::uint16_t const found = vocabulary.find_class(name);
    if (found == Vocabulary::none) return fail(Fault::invalid, "there is no class of words '" + name + "'");
    return found;
}

bool has_pause(Spoken const& spoken, std::uint32_t from, std::uint32_t to) {
    return std::any_of(spoken.words.begin() + from, spoken.words.begin() + to,
                       [](SpokenWord const& word) { return word.what == SpokenWord::What::pause; });
}

// The ends of all ways to find `part` that begin with `start`, the nearest first: at most one.
bool follow(Part const& part, Spoken const& spoken, std::span<Occurrence const> occurrences, std::size_t start,
            PhraseSpan& found) {
    found.elements.assign(1, occurrences[start]);
    std::uint32_t end = occurrences[start].last;
    for (std::size_t i = 1; i < part.size(); ++i) {
        Occurrence const* next = nullptr;
        for (Occurrence const& candidate : occurrences) {
            if (candidate.word_class != part[i].word_class || candidate.first < end) continue;
            if (part[i].near && (distance(spoken, end, candidate.first) > near_distance ||
                                 has_pause(spoken, end, candidate.first)))
                break;
            next = &candidate;
            break;
        }
        if (!next) return false;
        found.elements.push_back(*next);
        end = next->last;
    }
    found.first = occurrences[start].first;
    found.last = end;
    return true;
}

// Where `part` stands: up to most_starts ways.
std::vector<PhraseSpan> find_part(Part const& part, Spoken const& spoken, std::span<Occurrence const> occurrences) {
    std::vector<PhraseSpan> ways;
    for (std::size_t i = 0; i < occurrences.size() && ways.size() < most_starts; ++i) {
        if (occurrences[i].word_class != part.front().word_class) continue;
        PhraseSpan way;
        if (follow(part, spoken, occurrences, i, way)) ways.push_back(std::move(way));
    }
    return ways;
}

}  // namespace

std::uint32_t distance(Spoken const& spoken, std::uint32_t from, std::uint32_t to) {
    std::uint32_t sum = 0;
    for (std::uint32_t i = from; i < to && i < spoken.words.size(); ++i) {
        SpokenWord::What const what = spoken.words[i].what;
        sum += what == SpokenWord::What::word || what == SpokenWord::What::number ? 2 : 1;
    }
    return sum;
}

Result<Phrase> parse_phrase(std::string_view text, Vocabulary& vocabulary) {
    Phrase phrase;
    Part part;
    bool absent = false, near = false;
    auto const end_part = [&]() -> Result<> {
        if (part.empty()) return fail(Fault::invalid, "'" + std::string(text) + "' has an empty part");
        (absent ? phrase.absent : phrase.parts).push_back(std::move(part));
        part.clear();
        absent = near = false;
        return {};
    };
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const blank = std::min(text.find(' ', at), text.size());
        std::string_view word = text.substr(at, blank - at);
        at = blank + 1;
        if (word.empty()) continue;
        bool const begins = part.empty() && phrase.parts.empty() && phrase.absent.empty();
        if (word == "?" && begins) phrase.weak = true;
        else if (word == "~" && begins) phrase.scope = Phrase::Scope::neighbours;
        else if (word == "..") near = false;
        else if (word == "&") TRY(end_part());
        else {
            if (word.starts_with('!')) absent = true, word.remove_prefix(1);
            if (word.empty()) return fail(Fault::invalid, "'" + std::string(text) + "': '!' stands alone");
            part.push_back({TRY(class_of(word, vocabulary)), near && !part.empty()});
            near = true;
        }
    }
    TRY(end_part());
    if (phrase.parts.empty())
        return fail(Fault::invalid, "'" + std::string(text) + "' names only what must be absent");
    for (Part const& one : phrase.parts) {
        for (PhraseElement const& element : one) phrase.needs.push_back(element.word_class);
    }
    std::sort(phrase.needs.begin(), phrase.needs.end());
    phrase.needs.erase(std::unique(phrase.needs.begin(), phrase.needs.end()), phrase.needs.end());
    return phrase;
}

std::optional<PhraseSpan> find_phrase(Phrase const& phrase, Spoken const& spoken,
                                      std::span<Occurrence const> occurrences) {
    std::vector<std::vector<PhraseSpan>> ways;
    for (Part const& part : phrase.parts) {
        ways.push_back(find_part(part, spoken, occurrences));
        if (ways.back().empty()) return std::nullopt;
    }
    for (Part const& part : phrase.absent) {
        if (!find_part(part, spoken, occurrences).empty()) return std::nullopt;
    }
    std::optional<PhraseSpan> best;
    for (PhraseSpan const& start : ways.front()) {
        PhraseSpan whole = start;
        for (std::size_t i = 1; i < ways.size(); ++i) {
            auto const reach = [&](PhraseSpan const& way) {
                return std::max(whole.last, way.last) - std::min(whole.first, way.first);
            };
            PhraseSpan const& nearest = *std::min_element(
                ways[i].begin(), ways[i].end(), [&](auto const& a, auto const& b) { return reach(a) < reach(b); });
            whole.first = std::min(whole.first, nearest.first);
            whole.last = std::max(whole.last, nearest.last);
            whole.elements.insert(whole.elements.end(), nearest.elements.begin(), nearest.elements.end());
        }
        if (!best || whole.last - whole.first < best->last - best->first) best = std::move(whole);
    }
    return best;
}

}  // namespace keepmum
