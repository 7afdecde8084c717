// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/judge/answer.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/tree.h"

namespace keepmum {

namespace {

template <class T>
Result<T> word_of(std::span<std::string_view const> words, std::string_view word) {
    auto const at = std::find(words.begin(), words.end(), word);
    if (at == words.end()) return fail(Fault::invalid, "an answer has the unknown word '" + std::string(word) + "'");
    return static_cast<T>(at - words.begin());
}

constexpr std::string_view answer_words[] = {"pass", "fail", "not-applicable", "unknown"};
constexpr std::string_view blank_words[] = {"denied", "damaged", "uncollected"};

void print_unseen(JsonWriter& json, std::vector<Unseen> const& list) {
    json.begin_array();
    for (Unseen const& one : list) {
        json.begin_object().field("path", one.path).field("why", blank_words[static_cast<std::size_t>(one.why)]).end_object();
    }
    json.end_array();
}

Result<std::vector<Unseen>> read_unseen(Tree const& tree, std::string_view key) {
    std::vector<Unseen> list;
    for (Tree const& one : TRY(tree.tables(key))) {
        list.push_back({TRY(one.text("path")), TRY(word_of<Blank>(blank_words, TRY(one.text("why"))))});
    }
    return list;
}

void print_one(JsonWriter& json, HostAnswer::One const& one) {
    json.begin_object().field("check", one.check).field("answer", word(one.answered.answer));
    json.field("en", one.answered.what_en).field("zh", one.answered.what_zh).key("proofs").begin_array();
    for (Proof const& proof : one.answered.proofs) json.begin_object().field("path", proof.path).field("line", proof.line).end_object();
    json.end_array().key("missing");
    print_unseen(json, one.answered.missing);
    json.end_object();
}

Result<HostAnswer::One> read_one(Tree const& tree) {
    HostAnswer::One one;
    one.check = TRY(tree.text("check"));
    one.answered.answer = TRY(word_of<Answer>(answer_words, TRY(tree.text("answer"))));
    one.answered.what_en = TRY(tree.text("en"));
    one.answered.what_zh = TRY(tree.text("zh"));
    for (Tree const& proof : TRY(tree.tables("proofs"))) {
        one.answered.proofs.push_back({TRY(proof.text("path")), TRY(proof.text("line"))});
    }
    one.answered.missing = TRY(read_unseen(tree, "missing"));
    return one;
}

}  // namespace

std::string_view word(Answer answer) { return answer_words[static_cast<std::size_t>(answer)]; }

std::string print_answer(HostAnswer const& answer) {
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("system", answer.system).field("version", answer.version).field("host", answer.host);
    json.field("taken", answer.taken).field("bytes", answer.bytes).key("answers").begin_array();
    for (HostAnswer::One const& one : answer.answers) print_one(json, one);
    json.end_array().key("folders").begin_array();
    for (SyncedFolder const& folder : answer.folders) {
        json.begin_object().field("program", folder.program).field("path", folder.path).field("account", folder.account);
        json.field("proof", folder.proof.path).field("line", folder.proof.line).end_object();
    }
    json.end_array().key("facts").begin_array();
    for (HostFact const& fact : answer.facts) {
        json.begin_object().field("area", fact.area).field("name", fact.name).field("en", fact.en).field("zh", fact.zh).end_object();
    }
    json.end_array().key("unseen");
    print_unseen(json, answer.unseen);
    json.end_object();
    return out;
}

Result<HostAnswer> read_answer(std::string_view json) {
    constexpr std::uint32_t deepest = 8;
    Tree const tree = TRY(parse_json(json, "answer", deepest));
    HostAnswer answer;
    answer.system = TRY(tree.text("system"));
    answer.version = TRY(tree.text("version"));
    answer.host = TRY(tree.text("host"));
    answer.taken = TRY(tree.text("taken"));
    answer.bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, TRY(tree.whole("bytes"))));
    for (Tree const& one : TRY(tree.tables("answers"))) answer.answers.push_back(TRY(read_one(one)));
    for (Tree const& one : TRY(tree.tables("folders"))) {
        answer.folders.push_back({TRY(one.text("program")), TRY(one.text("path")), TRY(one.text("account")),
                                  {TRY(one.text("proof")), TRY(one.text("line"))}});
    }
    for (Tree const& one : TRY(tree.tables("facts"))) {
        answer.facts.push_back({TRY(one.text("area")), TRY(one.text("name")), TRY(one.text("en")), TRY(one.text("zh"))});
    }
    answer.unseen = TRY(read_unseen(tree, "unseen"));
    return answer;
}

}  // namespace keepmum
