// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/read_signs.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <tuple>

namespace keepmum {

namespace {

// Classes of the learned wording.
constexpr std::size_t worded_step = 0, worded_answer = 1;

// What a second question after a refusal is about, where it makes the sign e7.
bool is_question(Sign const& sign) {
    return sign.what == Sign::What::sign &&
           (sign.group == 'e' || sign.id == "t5" || sign.id == "t6" || sign.id == "a2" || sign.id == "a3");
}

class Walk {
  public:
    Walk(SignBook const& book, Conversation const& conversation) : book_(book), conversation_(conversation), again_(book.find("e7")) {
        known_as_[static_cast<std::size_t>(ChatMessage::Kind::invitation)] = book.find("p1");
    }

    SignsRead read() {
        for (std::uint32_t i = 0; i < conversation_.messages.size(); ++i) {
            ChatMessage const& message = conversation_.messages[i];
            if (message.kind == ChatMessage::Kind::system) read_system(message, i);
            else if (message.mine) read_own(message, i);
            else read_theirs(message, i);
        }
        return std::move(read_);
    }

  private:
    void add(std::size_t sign, std::uint32_t at, PhraseFound const* found) {
        if (sign == std::string_view::npos) return;
        Sighting sighting;
        sighting.sign = static_cast<std::uint16_t>(sign);
        sighting.message = at;
        sighting.strength = book_.signs()[sign].strength(found && found->weak);
        if (found) {
            sighting.span = found->span;
            sighting.sentence = found->sentence;
        }
        read_.sightings.push_back(sighting);
    }

    void read_theirs(ChatMessage const& message, std::uint32_t at) {
        if (message.kind == ChatMessage::Kind::invitation) add(known_as_[static_cast<std::size_t>(message.kind)], at, nullptr);
        if (message.kind == ChatMessage::Kind::payment) add(book_.find("r4"), at, nullptr);
        if (message.text.empty()) return;
        ++read_.theirs;
        book_.phrases().read(message.text, scratch_, found_);
        add_wording(message, at);
        bool asked_again = false;
        for (PhraseFound const& found : found_) {
            Sign const& sign = book_.signs()[found.row];
            if (found.negated || found.framed || book_.row(found.row).frame) continue;
            if (sign.what != Sign::What::sign && sign.what != Sign::What::counter) continue;
            if (found.row == again_ && !refused_) continue;  // it is again only after a refusal
            add(found.row, at, &found);
            if (refused_ && is_question(sign) && !asked_again && again_ != std::string_view::npos) {
                asked_again = true;
                add(again_, at, &found);
                read_.sightings.back().strength = book_.signs()[again_].strength(false);
            }
        }
    }

    // How the message that was just read is worded: by the sentence that is most so. Not told of one that only speaks about such phrases.
    void add_wording(ChatMessage const& message, std::uint32_t at) {
        if (book_.worded() == std::string_view::npos) return;
        Worded worded{at, message.mine, -std::numeric_limits<double>::infinity(), {}, 1};
        worded.sentences = static_cast<std::uint32_t>(scratch_.spoken.sentences.size());
        for (SpokenSentence const& sentence : scratch_.spoken.sentences) {
            book_.wording().score(scratch_.spoken, sentence, wording_, odds_);
            double const odds = odds_[message.mine ? worded_answer : worded_step];
            if (odds <= worded.odds) continue;
            worded.odds = odds;
            worded.sentence = {scratch_.spoken.words[sentence.first].begin, scratch_.spoken.words[sentence.last - 1].end};
        }
        bool const framed = std::any_of(found_.begin(), found_.end(),
                                        [&](PhraseFound const& found) { return book_.row(found.row).frame && !found.negated; });
        if (!framed && !scratch_.spoken.sentences.empty()) read_.worded.push_back(worded);
    }

    void read_own(ChatMessage const& message, std::uint32_t at) {
        if (message.text.empty()) return;
        ++read_.ours;
        book_.phrases().read(message.text, scratch_, found_);
        add_wording(message, at);
        for (PhraseFound const& found : found_) {
            Sign::What const what = book_.signs()[found.row].what;
            if (what == Sign::What::refusal) refused_ = true;
            if (what == Sign::What::refusal || (what == Sign::What::given && !found.negated))
                read_.own.push_back({found.row, at, found.span, found.sentence});
        }
    }

    // The lines of the program: a timer for vanishing messages that somebody set, a history that was cleared.
    void read_system(ChatMessage const& message, std::uint32_t at) {
        for (std::string_view const words : {"disappearing", "messages_ttl", "clear_history", "阅后即焚", "限时消息", "自动删除", "閱後即焚"}) {
            if (message.text.find(words) == std::string::npos) continue;
            add(book_.find("c2"), at, nullptr);
            return;
        }
    }

    SignBook const& book_;
    Conversation const& conversation_;
    std::size_t const again_;
    std::map<std::size_t, std::size_t> known_as_;
    PhraseBook::Scratch scratch_;
    Wording::Work wording_;
    std::array<double, Wording::most_classes> odds_{};
    std::vector<PhraseFound> found_;
    SignsRead read_;
    bool refused_ = false;
};

auto gravity(Ladder const& ladder) { return std::tuple(ladder.light, ladder.stage, ladder.sightings.size()); }

}  // namespace

SignsRead read_signs(SignBook const& book, Conversation const& conversation) { return Walk(book, conversation).read(); }

Judged judge_conversation(SignBook const& book, Conversation const& conversation, Trust const* trust) {
    SignsRead read = read_signs(book, conversation);
    if (trust) {
        for (Sighting& sighting : read_technical(book, *trust, conversation)) read.sightings.push_back(std::move(sighting));
    }
    Judged judged;
    judged.own = std::move(read.own);
    judged.theirs = read.theirs;
    judged.ours = read.ours;
    auto const writer = [&](std::uint32_t message) {
        return conversation.group ? std::string_view(conversation.messages[message].sender) : std::string_view();
    };
    struct Said {
        std::vector<Sighting> sightings;
        std::vector<Worded> worded;
    };
    std::map<std::string_view, Said> by_sender;
    for (Worded const& worded : read.worded) {  // in a group nobody knows whom we answer
        if (!worded.mine || !conversation.group) by_sender[writer(worded.message)].worded.push_back(worded);
    }
    for (Sighting const& sighting : read.sightings) {
        by_sender[writer(sighting.message)].sightings.push_back(sighting);
    }
    bool first = true;
    for (auto& [sender, said] : by_sender) {
        Ladder ladder = climb(book, std::move(said.sightings), said.worded);
        if (!first && gravity(ladder) <= gravity(judged.ladder)) continue;
        first = false;
        judged.ladder = std::move(ladder);
        judged.about = sender;
    }
    return judged;
}

}  // namespace keepmum
