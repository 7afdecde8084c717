// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/signs/phrase_book.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "base/message.h"

namespace keepmum {

namespace {

constexpr std::uint32_t negation_reach = 8;  // distance(): four words, eight characters
constexpr std::size_t window = 3;            // sentences that a phrase "~" may run over

// The entries of a class, those of the classes that it takes in included.
Result<> collect_entries(std::map<std::string, std::vector<Tree const*>> const& classes, std::string const& name,
                         Tree const& asked, std::set<std::string>& open, std::vector<Tree const*>& entries) {
    auto const found = classes.find(name);
    if (found == classes.end()) return asked.complain(name, "is no class of words");
    if (!open.insert(name).second) return asked.complain(name, "takes in itself");
    for (Tree const* entry : found->second) {
        std::string const& text = entry->string();
        if (text.size() > 2 && text.front() == '{' && text.back() == '}')
            TRY(collect_entries(classes, text.substr(1, text.size() - 2), *entry, open, entries));
        else entries.push_back(entry);
    }
    open.erase(name);
    return {};
}

Result<std::string> one_of(Tree const& row, std::string_view key, char const* language) {
    Tree const* const both = TRY(row.table(key));
    if (!both) return row.complain(key, Message::entry_missing);
    return both->text(language);
}

}  // namespace

Result<PhraseBook> PhraseBook::load(std::string_view family, std::span<BookText const> texts,
                                    std::span<std::string_view const> known, Examples examples) {
    PhraseBook book;
    std::vector<Tree> trees;
    for (BookText const& text : texts) {
        trees.push_back(TRY(parse_toml(text.text, text.file)));
        TRY(trees.back().only({"pack", "class", "row"}));
    }
    TRY(book.take_classes(trees));
    for (std::size_t i = 0; i < trees.size(); ++i) TRY(book.take_rows(family, trees[i], texts[i].layer, known));
    book.index();
    std::set<std::string, std::less<>> shipped;
    for (BookText const& text : texts) {
        if (text.layer == BookText::Layer::shipped) shipped.insert(text.file);
    }
    for (PhraseRow const& row : book.rows_) {
        if (examples == Examples::all || !shipped.count(row.rule.origin.file)) TRY(book.try_examples(row));
    }
    return book;
}

Result<> PhraseBook::take_classes(std::span<Tree const> books) {
    std::map<std::string, std::vector<Tree const*>> classes;
    for (Tree const& book : books) {
        Tree const* const table = TRY(book.table("class"));
        if (!table) continue;
        for (TreeMember const& member : table->members()) {
            if (!member.value.is(Tree::Kind::array))
                return member.value.complain(member.key, "must be a list of words");
            for (Tree const& entry : member.value.items()) {
                if (!entry.is(Tree::Kind::string)) return entry.complain(member.key, "must be a list of words");
                classes[member.key].push_back(&entry);
            }
        }
    }
    for (auto const& [name, own] : classes) {
        std::uint16_t const number = TRY(vocabulary_.add_class(name));
        std::vector<Tree const*> entries;
        std::set<std::string> open;
        if (own.empty()) continue;
        TRY(collect_entries(classes, name, *own.front(), open, entries));
        for (Tree const* entry : entries) {
            if (Result<> const done = vocabulary_.add_entry(number, entry->string()); !done)
                return entry->complain(name, done.error().what);
        }
    }
    return {};
}

Result<PhraseRow> PhraseBook::read_row(std::string_view family, Tree const& tree,
                                       std::span<std::string_view const> known) {
    constexpr std::string_view own[] = {"id",       "title", "why", "advice", "source", "phrases", "more_phrases",
                                        "negation", "frame", "yes", "no",     "labels"};
    for (TreeMember const& member : tree.members()) {
        bool const is_known = std::find(std::begin(own), std::end(own), member.key) != std::end(own) ||
                              std::find(known.begin(), known.end(), member.key) != known.end();
        if (!is_known) return member.value.complain(member.key, Message::entry_unknown);
    }
    PhraseRow row;
    row.id = TRY(tree.text("id"));
    row.rule.id = std::string(family) + "." + row.id;
    row.rule.title_en = TRY(one_of(tree, "title", "en"));
    row.rule.title_zh = TRY(one_of(tree, "title", "zh"));
    row.frame = TRY(tree.flag("frame", false));
    if (!row.frame) {
        row.rule.why_en = TRY(one_of(tree, "why", "en"));
        row.rule.why_zh = TRY(one_of(tree, "why", "zh"));
    }
    if (tree.has("advice")) {
        row.advice_en = TRY(one_of(tree, "advice", "en"));
        row.advice_zh = TRY(one_of(tree, "advice", "zh"));
    }
    row.rule.defined_by = TRY(tree.text("source", ""));
    row.rule.labels = TRY(tree.texts("labels"));
    row.rule.labels.emplace_back(family);
    row.rule.showable = true;
    row.rule.origin = {std::string(family), std::string(tree.file()), tree.line()};
    std::string const negation = TRY(tree.text("negation", "heeded"));
    if (negation != "heeded" && negation != "ignored") return tree.complain("negation", "must be heeded or ignored");
    if (negation == "ignored") row.negation = PhraseRow::Negation::ignored;
    TRY(add_phrases(row, tree, "phrases"));
    row.data = tree;
    return row;
}

Result<> PhraseBook::add_phrases(PhraseRow& row, Tree const& tree, std::string_view key) {
    for (std::string const& text : TRY(tree.texts(key))) {
        Result<Phrase> phrase = parse_phrase(text, vocabulary_);
        if (!phrase) return tree.complain(key, phrase.error().what);
        row.phrases.push_back(std::move(*phrase));
    }
    return {};
}

Result<> PhraseBook::take_rows(std::string_view family, Tree const& book, BookText::Layer layer,
                                std::span<std::string_view const> known) {
    for (Tree const& tree : TRY(book.tables("row"))) {
        std::string const id = TRY(tree.text("id"));
        std::size_t const below = find_row(id);
        if (below == std::string_view::npos) {
            if (rows_.size() >= std::numeric_limits<std::uint16_t>::max())
                return tree.complain("id", "is one row too many");
            rows_.push_back(TRY(read_row(family, tree, known)));
        } else if (layer == BookText::Layer::shipped && tree.has("title")) {
            return tree.complain("id", "is there already: '" + id + "'");  // two shipped rows meant to be one is a slip
        } else {
            PhraseRow row = TRY(read_row(family, overlay(rows_[below].data, tree), known));
            if (!tree.has("phrases")) row.phrases = std::move(rows_[below].phrases);
            rows_[below] = std::move(row);
            TRY(add_phrases(rows_[below], tree, "more_phrases"));
        }
    }
    return {};
}

std::size_t PhraseBook::find_row(std::string_view id) const {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].id == id) return i;
    }
    return std::string_view::npos;
}

void PhraseBook::index() {
    vocabulary_.finish();
    negator_ = vocabulary_.find_class("negator");
    negator_after_ = vocabulary_.find_class("negator-after");
    negator_not_ = vocabulary_.find_class("negator-not");
    turn_ = vocabulary_.find_class("turn");
    std::vector<std::size_t> users(vocabulary_.classes());
    for (PhraseRow const& row : rows_) {
        for (Phrase const& phrase : row.phrases) {
            for (std::uint16_t const word_class : phrase.needs) ++users[word_class];
        }
    }
    for (auto& uses : uses_) uses.resize(vocabulary_.classes());
    for (std::size_t r = 0; r < rows_.size(); ++r) {
        for (std::size_t p = 0; p < rows_[r].phrases.size(); ++p) {
            Phrase const& phrase = rows_[r].phrases[p];
            std::uint16_t const rarest = *std::min_element(phrase.needs.begin(), phrase.needs.end(),
                                                           [&](auto a, auto b) { return users[a] < users[b]; });
            uses_[static_cast<std::size_t>(phrase.scope)][rarest].push_back(
                {static_cast<std::uint16_t>(r), static_cast<std::uint16_t>(p)});
        }
    }
}

Result<> PhraseBook::try_examples(PhraseRow const& row) const {
    Scratch scratch;
    std::vector<PhraseFound> found;
    for (std::string_view const key : {"yes", "no"}) {
        for (std::string const& example : TRY(row.data.texts(key))) {
            read(example, scratch, found);
            bool const said = std::any_of(found.begin(), found.end(), [&](PhraseFound const& one) {
                return &rows_[one.row] == &row && !one.negated && (row.frame || !one.framed);
            });
            if (said == (key == "yes")) continue;
            return row.data.complain(key, std::string(said ? "is found in: " : "is not found in: ") + example);
        }
    }
    return {};
}

bool PhraseBook::is_negated(Spoken const& spoken, PhraseSpan const& span,
                            std::span<Occurrence const> occurrences) const {
    auto const overlap = [](Occurrence const& a, Occurrence const& b) {
        return a.first < b.last && b.first < a.last;
    };
    auto const broken = [&](std::uint32_t from, std::uint32_t to) {
        for (std::uint32_t i = from; i < to; ++i) {
            if (spoken.words[i].what == SpokenWord::What::pause) return true;
        }
        return std::any_of(occurrences.begin(), occurrences.end(),
                           [&](Occurrence const& one) {
                               return one.word_class == turn_ && one.first >= from && one.last <= to;
                           }) ||
               std::any_of(spoken.sentences.begin(), spoken.sentences.end(),
                           [&](SpokenSentence const& one) { return one.first > from && one.first <= to; });
    };
    for (Occurrence const& word : occurrences) {
        bool const after = word.word_class == negator_after_;
        if (!after && word.word_class != negator_) continue;
        if (std::any_of(span.elements.begin(), span.elements.end(),
                        [&](Occurrence const& element) { return overlap(word, element); }))
            continue;
        if (std::any_of(occurrences.begin(), occurrences.end(), [&](Occurrence const& other) {
                return other.word_class == negator_not_ && overlap(word, other);
            }))
            continue;
        for (Occurrence const& element : span.elements) {
            std::uint32_t const from = after ? element.last : word.last, to = after ? word.first : element.first;
            if (from <= to && distance(spoken, from, to) <= negation_reach && !broken(from, to)) return true;
        }
    }
    return false;
}

void PhraseBook::read_window(Scratch const& scratch, SpokenSentence sentence, std::span<Occurrence const> occurrences,
                             Phrase::Scope scope, std::vector<PhraseFound>& found) const {
    WordClasses present;
    for (Occurrence const& one : occurrences) present.set(one.word_class);
    auto const& uses = uses_[static_cast<std::size_t>(scope)];
    Spoken const& spoken = scratch.spoken;
    WordClasses asked;
    for (Occurrence const& one : occurrences) {
        if (asked[one.word_class]) continue;
        asked.set(one.word_class);
        for (Use const& use : uses[one.word_class]) {
            Phrase const& phrase = rows_[use.row].phrases[use.phrase];
            if (!std::all_of(phrase.needs.begin(), phrase.needs.end(),
                             [&](std::uint16_t need) { return present[need]; }))
                continue;
            std::optional<PhraseSpan> const span = find_phrase(phrase, spoken, occurrences);
            if (!span) continue;
            PhraseFound one_found;
            one_found.row = use.row;
            one_found.span = {spoken.words[span->first].begin, spoken.words[span->last - 1].end};
            one_found.sentence = {spoken.words[sentence.first].begin, spoken.words[sentence.last - 1].end};
            one_found.weak = phrase.weak;
            one_found.negated =
                rows_[use.row].negation == PhraseRow::Negation::heeded && is_negated(spoken, *span, occurrences);
            found.push_back(one_found);
        }
    }
}

void PhraseBook::read(std::string_view message, Scratch& scratch, std::vector<PhraseFound>& found) const {
    found.clear();
    read_spoken(message, scratch.spoken);
    scratch.occurrences.clear();
    scratch.sentence_ends.assign(1, 0);
    std::vector<SpokenSentence> const& sentences = scratch.spoken.sentences;
    for (SpokenSentence const& sentence : sentences) {
        vocabulary_.find(scratch.spoken, sentence, scratch.work, scratch.occurrences);
        scratch.sentence_ends.push_back(static_cast<std::uint32_t>(scratch.occurrences.size()));
    }
    std::span<Occurrence const> const all = scratch.occurrences;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        std::uint32_t const begin = scratch.sentence_ends[i], end = scratch.sentence_ends[i + 1];
        if (begin == end) continue;
        read_window(scratch, sentences[i], all.subspan(begin, end - begin), Phrase::Scope::sentence, found);
        std::size_t const last = std::min(i + window, sentences.size());
        read_window(scratch, {sentences[i].first, sentences[last - 1].last},
                    all.subspan(begin, scratch.sentence_ends[last] - begin), Phrase::Scope::neighbours, found);
    }
    bool framed = false;
    for (PhraseFound const& one : found) framed = framed || (rows_[one.row].frame && !one.negated);
    for (PhraseFound& one : found) one.framed = framed;
    // Each row once a sentence: the surest way of saying it.
    std::sort(found.begin(), found.end(), [](PhraseFound const& a, PhraseFound const& b) {
        return std::tuple(a.row, a.span.begin, a.negated, a.weak, a.span.end) <
               std::tuple(b.row, b.span.begin, b.negated, b.weak, b.span.end);
    });
    std::vector<PhraseFound> kept;
    for (PhraseFound const& one : found) {
        PhraseFound* same = nullptr;
        int looked = 0;  // those before it lie further off
        for (auto other = kept.rbegin(); other != kept.rend() && other->row == one.row && looked < 4;
             ++other, ++looked) {
            if (other->sentence.begin < one.sentence.end && one.sentence.begin < other->sentence.end) same = &*other;
        }
        if (!same) kept.push_back(one);
        else if (std::tuple(one.negated, one.weak) < std::tuple(same->negated, same->weak)) *same = one;
    }
    found = std::move(kept);
    std::sort(found.begin(), found.end(), [](PhraseFound const& a, PhraseFound const& b) {
        return std::tuple(a.span.begin, a.row) < std::tuple(b.span.begin, b.row);
    });
}

}  // namespace keepmum
