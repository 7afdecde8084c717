// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/ask.h"

#include <algorithm>
#include <bitset>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

#include "index/align.h"
#include "index/chain.h"
#include "index/pieces.h"
#include "index/segment/segment.h"

namespace keepmum {

namespace {

constexpr std::size_t most_votes = 1u << 20;   // in memory before they are joined
constexpr std::size_t remembered_blocks = 64;  // of positions, for each segment and layer

using Memory = std::vector<BlockMemory>;

constexpr std::size_t bytes_around = 192;      // of the text, that are aligned beside what shared grams cover
constexpr std::uint32_t letters_around = 160;  // of the document
constexpr std::size_t most_bytes = 4096;       // of the text before and behind the anchor: more is beyond doubt
constexpr std::uint32_t most_letters = 1500;   // of the document

Layer loose_layer(Stream stream) { return stream == Stream::latin ? Layer::latin_loose : Layer::cjk_loose; }

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

template <class Unit>
bool is_monotonous(Unit const* gram, std::size_t length) {
    std::size_t steps = 0;
    for (std::size_t i = 1; i < length; ++i) steps += std::abs(static_cast<int>(gram[i]) - static_cast<int>(gram[i - 1])) <= 1;
    if (steps * 4 >= length * 3) return true;
    for (std::size_t period = 2; period <= length / 3; ++period) {
        if (std::equal(gram + period, gram + length, gram)) return true;
    }
    return false;
}

// Zeros, rulers, alphabets and the like stand in all kinds of documents and vote for none.
bool is_monotonous(PieceWalk const& walk, Layer layer, Gram const& gram) {
    std::size_t const length = setting_of(layer).length;
    if (setting_of(layer).stream == Stream::latin) return is_monotonous(walk.letters().latin.letters.data() + gram.at, length);
    return is_monotonous(walk.letters().cjk.letters.data() + gram.at, length);
}

// What a passage of these letters can come to. One word again and again ("Turkish (IBM-857) Turkish (ISO-8859-9) Turkish") says no
// more than it does two or three times, wherever it stands.
std::uint32_t most_score(std::span<std::uint8_t const> codes) {
    std::bitset<256> const kinds = [&] {
        std::bitset<256> seen;
        for (std::uint8_t const code : codes) seen.set(code);
        return seen;
    }();
    constexpr std::size_t plenty = 64;  // no passage of so many kinds is one word
    return kinds.count() >= plenty ? UINT32_MAX : static_cast<std::uint32_t>(3 * kinds.count());
}

bool contains(Passage const& outer, Passage const& inner) {
    return outer.text == inner.text && outer.stream == inner.stream && outer.span.begin <= inner.span.begin &&
           inner.span.end <= outer.span.end;
}

}  // namespace

struct Question::Inside {
    Inside(Store const& asked, Thresholds const& own) : store(asked), thresholds(own), memories(asked.segments().size() * layer_count) {}

    // The places of one gram in one segment. False where they could not be read.
    bool read_places(std::size_t segment, Layer layer, Segment::Found const& found) {
        Segment const& from = *store.segments()[segment];
        positions.clear();
        if (found.is_list) {
            std::uint32_t const most = thresholds.documents * thresholds.of(setting_of(layer).stream).places;
            if (!from.read_list(layer, found.value, most, positions)) return false;
        } else {
            positions.push_back(found.value);
        }
        Memory& memory = memories[segment * layer_count + static_cast<std::size_t>(layer)];
        if (memory.empty()) memory.resize(remembered_blocks);
        for (std::uint64_t position : positions) {
            BlockMemory& block = memory[position / positions_a_block % remembered_blocks];
            std::optional<Location> const location = from.locate(layer, position, block);
            if (!location) return false;
            places.push_back({static_cast<std::uint32_t>(segment), *location});
        }
        return true;
    }

    void ask(PieceWalk const& walk, Layer layer, std::uint32_t text) {
        // Where there are loose grams, they tell what the plain ones would, and more.
        bool const is_plain = layer != loose_layer(setting_of(layer).stream);
        auto const all = [this](auto const& is_so) { return std::all_of(store.segments().begin(), store.segments().end(), is_so); };
        if (is_plain && all([](auto const& segment) { return segment->head().all_loose != 0; })) return;
        if (all([layer](auto const& segment) { return segment->head().layers[static_cast<std::size_t>(layer)].grams == 0; })) return;
        walk.select(layer, grams);
        ask(grams, layer, text, walk.first(setting_of(layer).stream), [&](Gram const& gram) { return walk.span_of(layer, gram); },
            [&](Gram const& gram) { return !is_monotonous(walk, layer, gram); });
    }

    // All segments are asked for all grams first, since any of them may say that a gram is common. Few grams are found at all; only
    // of those it is asked whether they tell anything.
    template <class SpanOf, class Tells>
    void ask(std::span<Gram const> grams, Layer layer, std::uint32_t text, std::uint32_t first, SpanOf span_of, Tells tells) {
        hits.clear();
        std::size_t const segments = store.segments().size();
        for (std::size_t segment = 0; segment < segments && !grams.empty(); ++segment) {
            found.clear();
            if (!store.segments()[segment]->look_up(layer, grams, found)) damaged.insert(segment);
            for (Segment::Found const& one : found) hits.push_back({segment, one});
        }
        auto const before = [](Hit const& a, Hit const& b) { return a.found.gram < b.found.gram; };
        if (segments > 1) std::stable_sort(hits.begin(), hits.end(), before);
        for (auto from = hits.begin(); from != hits.end();) {
            auto const end = std::find_if(from, hits.end(), [&](Hit const& hit) { return hit.found.gram != from->found.gram; });
            Gram const& gram = grams[from->found.gram];
            bool const common = std::any_of(from, end, [](Hit const& hit) { return hit.found.common; });
            places.clear();
            for (auto hit = from; hit != end && !common && tells(gram); ++hit) {
                if (!read_places(hit->segment, layer, hit->found)) damaged.insert(hit->segment);
            }
            if (!places.empty()) vote(span_of(gram), layer, text, first + gram.at, gram.hash);
            from = end;
        }
    }

    void vote(Span span, Layer layer, std::uint32_t text, std::uint32_t letter, std::uint64_t hash) {
        if (places.size() > thresholds.documents) {
            std::set<std::pair<std::uint32_t, std::uint32_t>> documents;
            for (Place const& place : places) documents.insert({place.segment, place.where.document});
            if (documents.size() > thresholds.documents) return;
        }
        for (Place const& place : places) {
            votes.push_back({place.segment, place.where.document, text, layer, letter, place.where.letter,
                             static_cast<std::uint32_t>(span.begin), static_cast<std::uint32_t>(span.end), hash});
        }
        if (votes.size() >= most_votes) join_votes(votes, thresholds, chains);
    }

    // Gives the chains from `first` on their scores, by the letters around them; those that tell nothing go. Log files and the like have
    // each line at many places of a document: once one of these tells, the others are not aligned, and tell no more.
    void align(std::string_view text, std::size_t first, Legibility legibility) {
        auto const owner = [](Chain const& chain) { return std::tuple(chain.segment, chain.document, setting_of(chain.layer).stream); };
        std::sort(chains.begin() + static_cast<std::ptrdiff_t>(first), chains.end(), [&](Chain const& a, Chain const& b) {
            return std::tuple(owner(a), a.span.begin, b.span.end, a.registered.begin) <
                   std::tuple(owner(b), b.span.begin, a.span.end, b.registered.begin);
        });
        std::uint64_t told = 0;  // what chains that tell cover of the text ends there
        for (std::size_t i = first; i < chains.size(); ++i) {
            Chain& chain = chains[i];
            Stream const stream = setting_of(chain.layer).stream;
            StreamThreshold const& threshold = thresholds.of(stream);
            if (i > first && owner(chains[i - 1]) != owner(chain)) told = 0;
            if (chain.span.end <= told) {
                chain.score = std::min(chain.score, threshold.chain_cost + 1);
                continue;
            }
            if (stream == Stream::latin) align(text, chain, letters.latin, legibility);
            else align(text, chain, letters.cjk, legibility);
            if (chain.score >= threshold.least_letters()) told = chain.span.end;
        }
        auto const tells_nothing = [this](Chain const& chain) {
            return chain.score <= thresholds.of(setting_of(chain.layer).stream).chain_cost;
        };
        chains.erase(std::remove_if(chains.begin() + static_cast<std::ptrdiff_t>(first), chains.end(), tells_nothing), chains.end());
    }

    template <class Unit>
    void align(std::string_view text, Chain& chain, LetterRun<Unit>& run, Legibility legibility) {
        Stream const stream = setting_of(chain.layer).stream;
        auto const less = [](std::uint64_t from, std::uint64_t by) { return from - std::min(from, by); };
        std::uint32_t const anchor = chain.anchor_registered;
        auto const from = static_cast<std::uint32_t>(std::max(less(chain.registered.begin, letters_around), less(anchor, most_letters)));
        std::uint32_t const count = static_cast<std::uint32_t>(chain.registered.end) + letters_around - from;
        there.clear();
        std::tuple const document(chain.segment, chain.document, stream);
        std::uint64_t& block = letter_blocks.try_emplace(document, Segment::unknown_block).first->second;
        Segment const& segment = *store.segments()[chain.segment];
        std::uint32_t const wanted = std::min(count, 2 * most_letters);
        bool const good = segment.read_letters(loose_layer(stream), chain.document, from, wanted, block, there);
        if (!good) damaged.insert(chain.segment);
        if (there.empty()) return;
        std::size_t begin = std::max(less(chain.span.begin, bytes_around), less(chain.anchor_begin, most_bytes));
        std::size_t end = std::min({text.size(), chain.span.end + bytes_around, chain.anchor_begin + most_bytes});
        while (begin > 0 && is_inside_character(text[begin])) --begin;
        while (end < text.size() && is_inside_character(text[end])) ++end;
        letters.latin.letters.clear(), letters.latin.begins.clear(), letters.cjk.letters.clear(), letters.cjk.begins.clear();
        normalise(text.substr(begin, end - begin), static_cast<std::uint32_t>(begin), letters);
        here.clear();
        std::make_unsigned_t<Unit> before = 0;
        for (Unit const letter : run.letters) {
            auto const unit = static_cast<std::make_unsigned_t<Unit>>(letter);
            here.push_back(store.selector().letter_code(stream, before, unit));
            before = unit;
        }
        auto const number_of = [&run](std::uint64_t byte) {
            return static_cast<std::size_t>(std::lower_bound(run.begins.begin(), run.begins.end(), byte) - run.begins.begin());
        };
        Comparison const& comparison = thresholds.comparison;
        std::size_t const first = number_of(chain.span.begin), last = number_of(chain.span.end);
        std::size_t const at = number_of(chain.anchor_begin);
        Meeting const meeting{at, anchor - from, less(at, first), less(last, at)};
        chain.score = aligner.score(stream, here, there, meeting, comparison.error_cost);
        if (legibility == Legibility::noisy) {
            // Errors cost half here: nothing is gone on to behind many of them, or phrases that are only alike become a quote.
            std::uint32_t const patient = aligner.score(stream, here, there, {meeting.here, meeting.there}, comparison.read_error_cost);
            chain.score = std::max(chain.score, patient - std::min(patient, comparison.read_slack[static_cast<std::size_t>(stream)]));
        }
        chain.score = std::min(chain.score, most_score(std::span(here).subspan(first, last - first)));
    }

    struct Place {
        std::uint32_t segment;
        Location where;
    };
    Store const& store;
    Thresholds const& thresholds;
    std::uint32_t texts = 0;
    std::vector<Memory> memories;  // of each segment and layer
    std::vector<Vote> votes;
    std::vector<Chain> chains;
    std::set<std::size_t> damaged;
    // Reused from call to call.
    std::vector<Gram> grams;
    std::vector<Segment::Found> found;
    struct Hit {
        std::size_t segment;
        Segment::Found found;
    };
    std::vector<Hit> hits;
    std::vector<std::uint64_t> positions;
    std::vector<Place> places;
    Aligner aligner;
    Letters letters;
    std::vector<std::uint8_t> here, there;
    std::map<std::tuple<std::uint32_t, std::uint32_t, Stream>, std::uint64_t> letter_blocks;  // where a document's begin
};

Question::Question(Store const& store, Thresholds const& thresholds) : inside_(std::make_unique<Inside>(store, thresholds)) {}
Question::~Question() = default;
Question::Question(Question&&) noexcept = default;

std::uint32_t Question::add(std::string_view text, Legibility legibility) {
    std::uint32_t const number = inside_->texts++;
    if (inside_->store.segments().empty()) return number;
    std::size_t const before = inside_->chains.size();
    PieceWalk walk(text, inside_->store.selector());
    while (walk.next()) {
        for (std::size_t layer = 0; layer < layer_count; ++layer) {
            inside_->ask(walk, static_cast<Layer>(layer), number);
        }
    }
    join_votes(inside_->votes, inside_->thresholds, inside_->chains);
    inside_->align(text, before, legibility);
    return number;
}

std::uint32_t Question::add(std::span<GramList const> lists) {
    std::uint32_t const number = inside_->texts++;
    for (GramList const& list : lists) {
        std::uint32_t const length = setting_of(list.layer).length;
        inside_->ask(list.grams, list.layer, number, 0, [&](Gram const& gram) { return Span{gram.at, gram.at + length}; },
                     [](Gram const&) { return true; });
    }
    join_votes(inside_->votes, inside_->thresholds, inside_->chains);
    return number;
}

bool Question::last_shares() const {
    return !inside_->chains.empty() && inside_->chains.back().text + 1 == inside_->texts;
}

namespace {

// What the chains of one document come to.
struct Weight {
    bool told = false;
    Certainty certainty = Certainty::hint;
    std::array<std::uint64_t, 2> letters = {};  // of each stream
};

Weight weigh(std::vector<Chain const*> const& chains, Thresholds const& thresholds) {
    Weight weight;
    for (Stream stream : {Stream::latin, Stream::cjk}) {
        std::vector<Chain const*> own;
        std::uint64_t& most = weight.letters[static_cast<std::size_t>(stream)];
        for (std::size_t layer = 0; layer < layer_count; ++layer) {
            if (gram_settings[layer].stream != stream) continue;
            std::vector<Chain const*> of_layer;
            for (Chain const* chain : chains) {
                if (chain->layer == static_cast<Layer>(layer)) of_layer.push_back(chain);
            }
            own.insert(own.end(), of_layer.begin(), of_layer.end());
            most = std::max(most, count_letters(std::move(of_layer)));
        }
        StreamThreshold const& threshold = thresholds.of(stream);
        std::uint64_t const telling = count_telling(std::move(own), threshold.chain_cost);
        if (telling < threshold.likely_letters) continue;
        weight.told = true;
        weight.certainty = std::max(weight.certainty, telling >= threshold.certain_letters ? Certainty::certain : Certainty::likely);
    }
    return weight;
}

void add_passages(std::vector<Chain const*> const& chains, Record const& record, Overlap& overlap) {
    for (Chain const* chain : chains) {
        Passage passage;
        passage.text = chain->text;
        passage.span = chain->span;
        passage.stream = setting_of(chain->layer).stream;
        passage.registered = chain->registered;
        passage.letters = chain->letters;
        passage.grams = chain->grams;
        passage.score = chain->score;
        passage.first = record.passage_at(passage.stream, static_cast<std::uint32_t>(chain->registered.begin));
        passage.last = record.passage_at(passage.stream, static_cast<std::uint32_t>(chain->registered.end - 1));
        overlap.passages.push_back(passage);
    }
    std::sort(overlap.passages.begin(), overlap.passages.end(), [](Passage const& a, Passage const& b) {
        return std::tuple(a.text, a.stream, a.span.begin, b.span.end, b.letters) <
               std::tuple(b.text, b.stream, b.span.begin, a.span.end, a.letters);
    });
    // One passage found by two layers, or that stands twice in the document, is told once.
    std::vector<Passage> kept;
    for (Passage const& passage : overlap.passages) {
        if (kept.empty() || !contains(kept.back(), passage)) kept.push_back(passage);
    }
    overlap.passages = std::move(kept);
    for (Passage const& passage : overlap.passages) {
        for (Record::Start const& start : record.passages) {
            bool const inside = passage.first <= start.number && start.number <= passage.last;
            if (inside) overlap.numbers.push_back(start.number);
        }
    }
    std::sort(overlap.numbers.begin(), overlap.numbers.end());
    overlap.numbers.erase(std::unique(overlap.numbers.begin(), overlap.numbers.end()), overlap.numbers.end());
}

}  // namespace

std::vector<Overlap> Question::answer() const {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Chain const*>> documents;
    for (Chain const& chain : inside_->chains) documents[{chain.segment, chain.document}].push_back(&chain);
    std::vector<Overlap> out;
    std::set<std::uint64_t> seen;
    for (auto const& [key, chains] : documents) {
        Weight const weight = weigh(chains, inside_->thresholds);
        if (!weight.told) continue;
        std::optional<Record> record = inside_->store.segments()[key.first]->record(key.second);
        if (!record) inside_->damaged.insert(key.first);
        if (!record || inside_->store.is_removed(record->facts.id) || !seen.insert(record->facts.id).second) continue;
        Overlap overlap;
        overlap.certainty = weight.certainty;
        overlap.letters = weight.letters[0] + weight.letters[1];
        auto const whole = static_cast<double>(std::max<std::uint64_t>(record->facts.letters, 1));
        overlap.share = std::min(1.0, static_cast<double>(overlap.letters) / whole);
        add_passages(chains, *record, overlap);
        overlap.document = std::move(record->facts);
        overlap.parts = std::move(record->parts);
        out.push_back(std::move(overlap));
    }
    std::sort(out.begin(), out.end(), [](Overlap const& a, Overlap const& b) {
        return std::tuple(b.certainty, b.letters, a.document.id) < std::tuple(a.certainty, a.letters, b.document.id);
    });
    return out;
}

std::vector<Damage> Question::damage() const {
    std::vector<Damage> out;
    for (std::size_t segment : inside_->damaged) out.push_back({inside_->store.segments()[segment]->path(), "bytes of it were changed"});
    return out;
}

}  // namespace keepmum
