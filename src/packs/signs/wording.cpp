// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/signs/wording.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::uint32_t farthest = 4;     // words between which two still belong together
constexpr unsigned word_bits = 20;

// The usual English endings off, where enough is left. A rough cut: it must only be the same for examples and messages.
std::string_view cut(std::string_view word) {
    for (std::string_view const ending : {"ing", "ed", "es", "s", "ly"}) {
        if (word.ends_with(ending) && word.size() >= ending.size() + 4) return word.substr(0, word.size() - ending.size());
    }
    return word;
}

bool is_pause(SpokenWord const& word) { return word.what == SpokenWord::What::pause; }
bool is_sign(SpokenWord const& word) { return word.what == SpokenWord::What::sign; }

// Letters would not tell these from the marks between the words of a cue.
bool is_mark(SpokenWord const& word) { return is_sign(word) && (word.sign <= ' ' || word.sign == '~'); }

void append_word(Spoken const& spoken, SpokenWord const& word, std::string& text) {
    if (word.what == SpokenWord::What::number) text += '#';
    else if (is_sign(word)) append_utf8(text, word.sign);
    else text += cut(spoken.letters(word));
}

std::uint64_t key_of(Cue::Kind kind, std::uint32_t first, std::uint32_t second, std::uint32_t third) {
    return (static_cast<std::uint64_t>(kind) + 1) << (3 * word_bits) | std::uint64_t{first} << (2 * word_bits) |
           std::uint64_t{second} << word_bits | third;
}

std::uint64_t scatter(std::uint64_t key) {
    key *= 0x9E3779B97F4A7C15u;
    return key ^ key >> 29;
}

std::string_view next_field(std::string_view& line, char end) {
    std::size_t const at = std::min(line.find(end), line.size());
    std::string_view const field = line.substr(0, at);
    line.remove_prefix(std::min(at + 1, line.size()));
    return field;
}

bool read_number(std::string_view text, int& number) {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number >= -100'000 && number <= 100'000;
}

}  // namespace

void read_cues(Spoken const& spoken, SpokenSentence sentence, std::vector<Cue>& cues) {
    cues.clear();
    auto const word = [&](std::uint32_t i) -> SpokenWord const& { return spoken.words[i]; };
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
        if (is_pause(word(i)) || is_mark(word(i))) continue;
        cues.push_back({Cue::Kind::word, i});
        for (std::uint32_t j = i + 1; j < std::min(sentence.last, i + farthest + 1) && !is_pause(word(j)); ++j) {
            if (is_mark(word(j))) continue;
            if (j == i + 1) cues.push_back({Cue::Kind::pair, i, j});
            else if (!is_sign(word(i))) cues.push_back({Cue::Kind::near, i, j});
            else if (j == i + 2 && is_sign(word(i + 1)) && is_sign(word(j))) cues.push_back({Cue::Kind::three, i, i + 1, j});
        }
    }
}

std::string print(Spoken const& spoken, Cue const& cue) {
    std::string text;
    append_word(spoken, spoken.words[cue.first], text);
    if (cue.kind == Cue::Kind::word) return text;
    text += cue.kind == Cue::Kind::near ? '~' : ' ';
    append_word(spoken, spoken.words[cue.second], text);
    if (cue.kind != Cue::Kind::three) return text;
    text += ' ';
    append_word(spoken, spoken.words[cue.third], text);
    return text;
}

double share_of_cues(std::size_t known) {
    constexpr double few = 4;  // a sentence of few known cues is not sure of much
    return 1 / std::sqrt(static_cast<double>(known) + few);
}

void TalkWindow::add(By by, double odds) {
    last_.push_back({by, odds});
    if (last_.size() > messages) last_.erase(last_.begin());
}

std::array<double, TalkWindow::feature_count> TalkWindow::features() const {
    std::array<double, 3> best{};  // falling
    std::array<double, 2> sum{}, count{};
    for (Message const& message : last_) {
        sum[message.by == By::me] += message.odds;
        ++count[message.by == By::me];
        double rest = message.by == By::them ? message.odds - worded_from : 0;
        for (double& one : best) {
            if (rest > one) std::swap(rest, one);
        }
    }
    auto const mean = [&](std::size_t side) { return count[side] > 0 ? sum[side] / count[side] : 0; };
    return {best[0] + best[1] + best[2], mean(0), mean(1), count[1] > 0 ? 1.0 : 0.0};
}

double Wording::judge(TalkWindow const& window) const {
    std::array<double, TalkWindow::feature_count> const features = window.features();
    return std::inner_product(features.begin(), features.end(), talk_.begin(), talk_.back());
}

Result<std::uint32_t> Wording::number_of(std::string_view word) {
    if (word.empty()) return fail(Fault::invalid, "a cue is empty");
    if (words_.size() >= most_words - 1) return fail(Fault::invalid, "there are too many words");
    return words_.try_emplace(std::string(word), static_cast<std::uint32_t>(words_.size() + 1)).first->second;
}

Result<> Wording::add_cue(std::string_view text) {
    std::uint32_t numbers[3] = {};
    std::size_t words = 0;
    bool const near = text.find('~') != std::string_view::npos;
    while (words < 3 && !text.empty()) numbers[words++] = TRY(number_of(next_field(text, near ? '~' : ' ')));
    if (words == 0 || !text.empty() || (near && words != 2)) return fail(Fault::invalid, "a cue has one to three words");
    Cue::Kind const kind = words == 1 ? Cue::Kind::word : words == 3 ? Cue::Kind::three : near ? Cue::Kind::near : Cue::Kind::pair;
    auto const begin = static_cast<std::uint32_t>(weights_.size());
    table_.push_back({key_of(kind, numbers[0], numbers[1], numbers[2]), begin, begin});
    return {};
}

bool Wording::place_cues() {
    std::vector<Place> const list = std::move(table_);
    std::size_t size = 16;
    while (size < list.size() * 2) size *= 2;
    table_.assign(size, {});
    for (Place const& place : list) {
        std::size_t at = scatter(place.key) & (size - 1);
        while (table_[at].key != 0 && table_[at].key != place.key) at = (at + 1) & (size - 1);
        if (table_[at].key != 0) return false;
        ++places_;
        table_[at] = place;
    }
    return true;
}

Wording::Place const* Wording::find(std::uint64_t key) const {
    std::size_t const mask = table_.size() - 1;
    for (std::size_t at = scatter(key) & mask; table_[at].key != 0; at = (at + 1) & mask) {
        if (table_[at].key == key) return &table_[at];
    }
    return nullptr;
}

Result<Wording> Wording::parse(std::string_view text, std::string_view file) {
    Wording wording;
    std::size_t number = 0;
    auto const complain = [&](std::string_view what) {
        return fail(Fault::invalid, std::string(what), std::string(file) + ":" + std::to_string(number));
    };
    bool headed = false;
    while (!text.empty()) {
        ++number;
        std::string_view line = next_field(text, '\n');
        if (line.empty()) continue;
        if (!headed) {
            if (line != "keepmum wording 1") return complain("must begin with 'keepmum wording 1'");
            headed = true;
            continue;
        }
        std::string_view const what = next_field(line, '\t');
        int much = 0;
        if (what == "=class") {  // no cue: the words of one have spaces between them
            std::string_view const name = next_field(line, '\t');
            if (!read_number(line, much)) return complain("must give a whole number behind the class");
            if (wording.classes_.size() >= most_classes) return complain("there are too many classes");
            wording.classes_.emplace_back(name);
            wording.bias_.push_back(static_cast<float>(much) / 100);
            continue;
        }
        if (what == "=talk") {
            for (double& weight : wording.talk_) {
                if (!read_number(next_field(line, '\t'), much)) return complain("must give five whole numbers behind '=talk'");
                weight = much / 100.0;
            }
            if (!line.empty()) return complain("must give five whole numbers behind '=talk'");
            continue;
        }
        if (Result<> const added = wording.add_cue(what); !added) return complain(added.error().what);
        while (!line.empty()) {
            std::string_view weight = next_field(line, '\t');
            int of = 0;
            if (!read_number(next_field(weight, '='), of) || !read_number(weight, much) || of < 0 ||
                static_cast<std::size_t>(of) >= wording.classes_.size())
                return complain("must give CLASS=WEIGHT behind the cue, whole numbers");
            wording.weights_.push_back({static_cast<std::uint8_t>(of), static_cast<float>(much) / 100});
        }
        wording.table_.back().end = static_cast<std::uint32_t>(wording.weights_.size());
    }
    if (!headed) return complain("must begin with 'keepmum wording 1'");
    if (!wording.place_cues()) return fail(Fault::invalid, "gives a cue twice", std::string(file));
    return wording;
}

void Wording::score(Spoken const& spoken, SpokenSentence sentence, Work& work, std::span<double> odds) const {
    std::copy(bias_.begin(), bias_.end(), odds.begin());
    if (places_ == 0) return;
    work.words.clear();
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
        work.letters.clear();
        append_word(spoken, spoken.words[i], work.letters);
        auto const known = is_pause(spoken.words[i]) ? words_.end() : words_.find(work.letters);
        work.words.push_back(known == words_.end() ? 0 : known->second);
    }
    read_cues(spoken, sentence, work.cues);
    work.known.clear();
    auto const word = [&](std::uint32_t i) { return work.words[i - sentence.first]; };
    for (Cue const& cue : work.cues) {
        std::uint32_t const first = word(cue.first), second = cue.kind == Cue::Kind::word ? 0 : word(cue.second);
        std::uint32_t const third = cue.kind == Cue::Kind::three ? word(cue.third) : 0;
        if (first == 0 || (second == 0 && cue.kind != Cue::Kind::word) || (third == 0 && cue.kind == Cue::Kind::three)) continue;
        if (Place const* const place = find(key_of(cue.kind, first, second, third)))
            work.known.push_back(static_cast<std::uint32_t>(place - table_.data()));
    }
    std::sort(work.known.begin(), work.known.end());
    work.known.erase(std::unique(work.known.begin(), work.known.end()), work.known.end());
    double const share = share_of_cues(work.known.size());
    for (std::uint32_t const at : work.known) {
        for (std::uint32_t i = table_[at].begin; i < table_[at].end; ++i) odds[weights_[i].of] += share * weights_[i].much;
    }
}

}  // namespace keepmum
