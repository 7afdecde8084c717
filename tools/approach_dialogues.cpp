// Judges dialogues given as JSON lines ({"id", "turns": [{"who": "me" or "them", "text"}]}) and prints one line for each: what
// bench/approach.py counts, and tests/approach_report.py checks. With --cues, the cues of each sentence instead: what
// tools/learn_wording learns from.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <set>
#include <string>

#include "approach/read_signs.h"
#include "base/json_writer.h"
#include "base/tree.h"
#include "io/folders.h"
#include "packs/signs/wording.h"

namespace keepmum {
namespace {

Conversation read_dialogue(Tree const& tree) {
    Conversation conversation;
    conversation.me = "me";
    conversation.senders = {"them", "me"};
    Tree const* const turns = tree.find("turns");
    if (!turns) return conversation;
    for (Tree const& turn : turns->items()) {
        ChatMessage message;
        message.number = static_cast<std::uint32_t>(conversation.messages.size() + 1);
        message.sender = turn.text("who", "them").value_or("them");
        message.mine = message.sender == "me";
        message.text = turn.text("text", "").value_or("");
        conversation.messages.push_back(std::move(message));
    }
    return conversation;
}

std::string_view word(Light light) { return light == Light::red ? "red" : light == Light::amber ? "amber" : "green"; }

// `without`: a row that is left out of the book, or "".
std::string judge_line(SignBook const& book, Tree const& tree, std::string_view without) {
    Conversation const conversation = read_dialogue(tree);
    SignsRead read = read_signs(book, conversation);
    std::erase_if(read.sightings, [&](Sighting const& one) { return book.signs()[one.sign].id == without; });
    bool const unworded = book.worded() != std::string_view::npos && book.signs()[book.worded()].id == without;
    Ladder const ladder = climb(book, read.sightings, unworded ? std::span<Worded const>() : read.worded);
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("id", tree.text("id", "").value_or("")).field("light", word(ladder.light)).field("stage", ladder.stage);
    json.field("turned", ladder.turned ? static_cast<int>(*ladder.turned) : -1);
    json.field("reddened", ladder.reddened ? static_cast<int>(*ladder.reddened) : -1);
    json.key("signs").begin_array();
    for (auto const* list : {&ladder.sightings, &ladder.counters}) {
        for (Sighting const& one : *list) {
            std::string_view const text = conversation.messages[one.message].text;
            json.begin_array().value(book.signs()[one.sign].id).value(one.message).value(static_cast<int>(one.strength * 100));
            json.value(text.substr(one.span.begin, one.span.size())).end_array();
        }
    }
    json.end_array().key("own").begin_array();
    for (OwnWords const& one : read.own) json.begin_array().value(book.signs()[one.sign].id).value(one.message).end_array();
    json.end_array().key("carrying").begin_array();
    for (std::uint16_t sign : ladder.carrying) json.value(book.signs()[sign].id);
    json.end_array().end_object();
    return out + "\n";
}

// {"id", "turns": [[[cue, …] of each sentence] of each turn]}
std::string cues_line(Tree const& tree) {
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("id", tree.text("id", "").value_or("")).key("turns").begin_array();
    Spoken spoken;
    std::vector<Cue> cues;
    for (ChatMessage const& message : read_dialogue(tree).messages) {
        read_spoken(message.text, spoken);
        json.begin_array();
        for (SpokenSentence const& sentence : spoken.sentences) {
            read_cues(spoken, sentence, cues);
            std::set<std::string> names;
            for (Cue const& cue : cues) names.insert(print(spoken, cue));
            json.begin_array();
            for (std::string const& name : names) json.value(name);
            json.end_array();
        }
        json.end_array();
    }
    json.end_array().end_object();
    return out + "\n";
}

int print_cues() {
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);) {
        Result<Tree> const tree = parse_json(line, "stdin");
        if (!tree) return std::cerr << tree.error().what << "\n", 2;
        std::cout << cues_line(*tree);
    }
    return 0;
}

int judge_all(std::string_view without) {
    Result<SignBook> const book = SignBook::load(find_folders("/nonexistent"), PhraseBook::Examples::local);
    if (!book) {
        std::cerr << book.error().where << ": " << book.error().what << "\n";
        return 2;
    }
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);) {
        Result<Tree> const tree = parse_json(line, "stdin");
        if (!tree) return std::cerr << tree.error().what << "\n", 2;
        std::cout << judge_line(*book, *tree, without);
    }
    return 0;
}

}  // namespace
}  // namespace keepmum

int main(int count, char** words) {
    std::string_view const word = count > 1 ? words[1] : "";
    return word == "--cues" ? keepmum::print_cues() : keepmum::judge_all(word);
}
